"""Recognise the text of pages that are pictures.

::

    __init__   a picture to words: the page turned upright, the engine chosen
    carried    the engine whose models come with its package: Latin, Greek, Chinese, Japanese
    tesseract  the engine for other scripts, where it is installed with their data
    lines      lines of text in a picture: cut out, turned, put level
    scripts    which languages the carried models cannot read
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from pipeline.ingest.ocr import carried, tesseract
from pipeline.ingest.ocr.lines import Found, Image, Level, Recognised, lies_in, scaled, sideways
from pipeline.ingest.ocr.scripts import script_of

__all__ = ["Recognised", "recognise"]

#: A longer side than this many pixels (A3 at 300 dpi) adds nothing.
_LONGEST = 5000
#: So many of the longest lines tell which way up a page is, and whether its script can be read.
_SAMPLE = 5
#: Confidence above which a page is taken to be upright.
_UPRIGHT = 0.9
#: Words of less confidence are left out: they are more likely stains than text.
LEAST = 0.5
_SHORT = re.compile(r"memory|alloc|failed to map segment", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """A picture, its lines of text, and the longest of them read."""

    image: Image
    lines: list[Found]
    sample: dict[Found, carried.Line]

    @property
    def confidence(self) -> float:
        return fmean(read.confidence for read in self.sample.values()) if self.sample else 0.0


def recognise(image: Image, language: str = "") -> tuple[Recognised, ...]:
    """The words of a picture of a page, in no particular order.

    image: (height, width, 3) of uint8, text of 20 to 60 pixels a line (150 to 300 dpi), any of its
    four sides up, slightly askew or not. language: BCP 47, where it is known; it chooses the
    engine.

    Boxes are in pixels of the page turned upright and level. Nothing comes back where there is no
    text, or none that an engine on this machine can read (`tesseract` adds scripts). Raises
    `MemoryError`.
    """
    with _memory_told():
        return _recognised(image, language)


def _recognised(image: Image, language: str) -> tuple[Recognised, ...]:
    scale = min(1.0, _LONGEST / max(image.shape[:2]))
    page = _upright(scaled(image, scale))
    if not page.lines:
        return ()
    level = Level.of(page.image, page.lines)
    script = script_of(language)
    if script in tesseract.scripts():
        words = list(tesseract.read(level.straight(page.image), script))
    else:
        words = _words(page, level)
    return tuple(
        replace(word, box=tuple(round(at / scale, 1) for at in word.box))
        for word in words
        if word.confidence >= LEAST
    )


@contextmanager
def _memory_told() -> Iterator[None]:
    """Tell a lack of memory as such: the libraries have errors of their own for it."""
    try:
        yield
    except Exception as error:
        if _SHORT.search(str(error)):
            raise MemoryError from None
        raise


def _upright(image: Image) -> _Page:
    """A picture as a page, the right way up."""
    page = _page(image)
    if sideways(page.lines):
        page = _page(np.ascontiguousarray(np.rot90(image)))
    if not page.lines or page.confidence >= _UPRIGHT:
        return page
    turned = _page(np.ascontiguousarray(np.rot90(page.image, 2)))
    return turned if turned.confidence > page.confidence else page


def _page(image: Image) -> _Page:
    found = carried.find(image)
    longest = sorted(found, key=lambda line: line.width, reverse=True)[:_SAMPLE]
    return _Page(image, found, {line: carried.read(image, line) for line in longest})


def _words(page: _Page, level: Level) -> list[Recognised]:
    """The words of a page of whatever scripts: of each line by the engine that can read it."""
    if fmean(read.coverage for read in page.sample.values()) < carried.COVERED:
        return _strange(page, level, page.lines)
    reads = {line: page.sample.get(line) or carried.read(page.image, line) for line in page.lines}
    strange = [line for line, read in reads.items() if carried.is_strange(line, read)]
    others = _strange(page, level, strange) if strange else []
    if others:
        reads = {line: read for line, read in reads.items() if line not in strange}
    return others + [w for line, read in reads.items() for w in carried.words(line, read, level)]


def _strange(page: _Page, level: Level, lines: list[Found]) -> list[Recognised]:
    """The words of lines that the carried models cannot read; none without data for the script."""
    straight = level.straight(page.image)
    boxes = [level.box(line) for line in lines]
    words = tesseract.read(straight, tesseract.script(straight))
    return [word for word in words if any(lies_in(word.box, box) for box in boxes)]
