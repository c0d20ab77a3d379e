"""Imported by the server process that readers are forked from: loads what they all need."""

from __future__ import annotations

import gc
from contextlib import suppress

from pipeline.batch import reader
from pipeline.extract import account_of
from pipeline.resources import load

#: Read once before any reader is forked: dictionaries and patterns that load at their first use
#: (some seconds) are then there in all of them, and count for no document's time.
SAMPLES = (
    "Graz has been a sister city of Split since 4 May 1998. The park cost $2 million, 3 percent.",
    "Рига и Каунас подписали соглашение о сотрудничестве 4 мая 1998 года на 2 млн рублей.",
    "成都市与大阪市于1998年5月4日签署友好合作协议，投资200万元。",
)

# a fault is told by the reader that meets it again, where somebody listens
with suppress(Exception):
    for sample in SAMPLES:
        account_of(sample.encode(), "sample.txt", load())

# what is loaded stays: without it the collections of the readers take a tenth of their time
gc.collect()
gc.freeze()

__all__ = ["reader"]
