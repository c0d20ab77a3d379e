"""Tesseract by its command line, where it is installed: for scripts beyond the carried models."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from functools import cache

from pipeline.ingest.ocr.lines import Image, Recognised
from pipeline.ingest.ocr.scripts import data_of, served

#: No page takes so long; one that does has none of its text recognised.
_LIMIT_S = 120
#: More languages at a time make it slow.
_MOST = 3
#: Of `tsv`: rows of this level are words.
_WORD = "5"


@cache
def installed() -> frozenset[str]:
    """The languages that it has data for; empty where it is not installed."""
    if not shutil.which("tesseract"):
        return frozenset()
    told = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout
    return frozenset(told.split("\n")[1:]) - {""}


def script(page: Image) -> str:
    """The script of an upright page, of those that it has data for; empty where it has none."""
    known = served(installed())
    if len(known) > 1 and "osd" in installed():
        told = re.search(r"^Script: (\w+)", _run(page, "--psm", "0"), re.MULTILINE)
        return told[1] if told else ""
    return known[0] if known else ""


def read(page: Image, script: str) -> tuple[Recognised, ...]:
    """The words of an upright page, in no particular order; none without data for the script."""
    data = data_of(script, installed())[:_MOST]
    if not data:
        return ()
    latin = ("eng",) if "eng" in installed() else ()
    table = _run(page, "-l", "+".join((*data, *latin)), "tsv")
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_word(row) for row in rows if row["level"] == _WORD and row["text"].strip())


def _word(row: dict[str, str]) -> Recognised:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    box = (left, top, left + width, top + height)
    return Recognised(row["text"].strip(), box, max(0.0, float(row["conf"])) / 100)


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
