"""Tesseract by its command line, where it is installed: for scripts beyond the carried models."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache

from pipeline.ingest.ocr.lines import Image, Recognised
from pipeline.ingest.ocr.scripts import data_of, served

#: No page takes so long; one that does has none of its text recognised.
_LIMIT_S = 120
#: More languages at a time make it slow.
_MOST = 3
#: Levels of the rows of its table.
_LINE, _WORD = "4", "5"


@cache
def installed() -> frozenset[str]:
    """The languages that it has data for; empty where it is not installed."""
    if not shutil.which("tesseract"):
        return frozenset()
    told = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout
    return frozenset(told.split("\n")[1:]) - {""}


def scripts() -> tuple[str, ...]:
    """The scripts beyond the carried models that it has data for."""
    return served(installed())


def script(page: Image) -> str:
    """The script of an upright page, of those that it has data for; empty where it has none."""
    known = scripts()
    if len(known) > 1 and "osd" in installed():
        told = re.search(r"^Script: (\w+)", _run(page, "--psm", "0"), re.MULTILINE)
        return told[1] if told else ""
    return known[0] if known else ""


def read(page: Image, script: str) -> tuple[Recognised, ...]:
    """The words of an upright, level page in any order; none without data for the script."""
    data = data_of(script, installed())[:_MOST]
    if not data:
        return ()
    latin = ("eng",) if "eng" in installed() else ()
    return tuple(_words(_run(page, "-l", "+".join((*data, *latin)), "tsv")))


def _words(table: str) -> Iterator[Recognised]:
    """The words of its table, each as high as its line: others lie around their letters alone."""
    top = bottom = 0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, above, width, height = (int(row[n]) for n in ("left", "top", "width", "height"))
        if row["level"] == _LINE:
            top, bottom = above, above + height
        elif row["level"] == _WORD and (text := row["text"].strip()):
            sure = round(max(0.0, float(row["conf"])) / 100, 3)
            yield Recognised(text, (left, top, left + width, bottom), sure)


def _run(page: Image, *arguments: str) -> str:
    """What it prints about a page; empty where it cannot read it."""
    height, width = page.shape[:2]
    picture = b"P6 %d %d 255\n" % (width, height) + page.tobytes()
    try:
        return subprocess.run(
            ["tesseract", "-", "-", *arguments],
            input=picture,
            capture_output=True,
            check=True,
            timeout=_LIMIT_S,
            # there is a reading process a core
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        ).stdout.decode("utf-8", "replace")
    except (subprocess.SubprocessError, OSError):
        return ""
