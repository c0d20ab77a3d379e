"""Scans: which pages need their text recognised, and the words of those that do."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium

from pipeline.ingest.format import Ocr
from pipeline.ingest.ocr import Recognised, recognise
from pipeline.ingest.pdf.page import Read, laid_out
from pipeline.ingest.pdf.words import Word

#: Pages are drawn so finely to be recognised, but no larger than so many pixels.
_DPI, _MOST_PIXELS = 200, 40_000_000
#: A page with an image of this share of it, and fewer characters, is a scan.
_IMAGE, _FEW = 0.3, 40
#: From this share of garbled text on, the picture of a page says more than its text.
GARBLED = 0.2
#: Sizes of type nearer than this to the page's are the page's: recognition measures roughly.
_ROUGH = 0.3


def needs_recognition(page: Read, ocr: Ocr) -> bool:
    """Whether the text of a page is to be taken from its picture."""
    if ocr == "never" or page.failed:
        return False
    is_scan = page.characters < _FEW and page.image >= _IMAGE
    return ocr == "always" or is_scan or page.garbled > GARBLED


def recognised(page: pdfium.PdfPage, number: int, before: Read) -> Read:
    """A page with the words of its picture; as it was before where none are found."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
    found = _words(recognise(np.ascontiguousarray(picture[:, :, :3])), 1 / scale)
    if not found:
        return before
    parts = tuple(laid_out(found, (), number))
    characters = sum(len(w.text) + 1 for w in found)
    return replace(before, parts=parts, characters=characters, garbled=0.0, recognised=True)


def _words(found: Sequence[Recognised], points: float) -> list[Word]:
    """Recognised words by line, from the left. points: of a pixel."""
    if not found:
        return []
    usual = statistics.median(_size(w, points) for w in found)
    words = [_word(w, points, usual) for w in found]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.baseline):
        if lines and word.baseline - lines[-1][-1].baseline < 0.35 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        replace(word, baseline=statistics.median(w.baseline for w in line))
        for line in lines
        for word in sorted(line, key=lambda w: w.x0)
    ]


def _size(word: Recognised, points: float) -> float:
    return 0.85 * (word.box[3] - word.box[1]) * points


def _word(word: Recognised, points: float, usual: float) -> Word:
    x0, _, x1, bottom = (at * points for at in word.box)
    size = _size(word, points)
    baseline = bottom - 0.22 * size
    size = usual if abs(size - usual) < _ROUGH * usual else size
    return Word(word.text, x0, x1, baseline, size, False, False, confidence=word.confidence)
