"""Words: runs of glyphs as text, with note figures, ligatures and overprinted type mended."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf.glyphs import Glyphs, Run

#: Type that is raised or lowered by so much of the size of its neighbour, and is no larger than so
#: much of it, stands off the line.
_RAISED, _SMALL = 0.15, 0.85
#: What a symbol font's private characters stand for, where they begin a list's item.
_BULLETS = {0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF02D, 0xF076, 0xF0A8, 0xF06E, 0xF071, 0xF0E0}
_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPT = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
#: Glyphs without a Unicode character, kept so that they can be counted.
UNKNOWN = "\ufffd"
_SPACES = (" ", "\u00a0")
#: Letters that are set apart have at least so many in a row.
_LETTERS_APART = 5
#: A stored space between glyphs that touch is none: less than so much of the size.
_NO_SPACE = 0.03


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands on an upright page.

    glued: no space parts it from the one before. tight: a space does, but one of no width.
    confidence: of its recognition, 1 where the file holds it as text.

    top, bottom: by the size of the type around the baseline, so that words of one line agree.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    glued: bool
    tight: bool = False
    confidence: float = 1.0

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.22 * self.size


def words(
    found: Glyphs, again: NDArray[np.bool_], hidden: Callable[[int], bool]
) -> dict[int, list[Word]]:
    """Words by the number of quarters that they are turned, in the order of the file.

    again: glyphs that are printed over others. hidden: whether the run of an index is not seen.
    """
    made: dict[int, list[Word]] = {}
    characters = [_character(code) for code in found.codes.tolist()]
    over = np.concatenate(([0], np.cumsum(again))).tolist()
    before: Run | None = None
    for index, run in enumerate(found.runs):
        doubled = over[run.stop] - over[run.start]
        if hidden(index) or doubled == run.stop - run.start:
            continue
        text = "".join(
            [c for i, c in enumerate(characters[run.start : run.stop], run.start) if not again[i]]
            if doubled
            else characters[run.start : run.stop]
        )
        if not text:
            continue
        glued = before is not None and before.stop == run.start
        tight = before is not None and _touches(characters, before, run)
        word = Word(text, run.x0, run.x1, run.baseline, run.size, run.bold, glued, tight)
        layer = made.setdefault(run.turn, [])
        layer.append(_off_line(word, layer[-1]) if layer and glued else word)
        before = run
    return {turn: list(_closed_up(layer)) for turn, layer in made.items()}


def _touches(characters: Sequence[str], before: Run, run: Run) -> bool:
    """Whether the spaces between two runs are none on the page: padding within a word."""
    if not 0 < run.start - before.stop <= 2 or before.turn != run.turn:
        return False
    if characters[before.stop] not in _SPACES or characters[run.start - 1] not in _SPACES:
        return False
    level = abs(run.baseline - before.baseline) < 0.1 * run.size
    return level and -0.3 * run.size < run.x0 - before.x1 < _NO_SPACE * run.size


def _character(code: int) -> str:
    if 0x20 < code < 0x2000:
        return chr(code)
    if code == 0:
        return UNKNOWN
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if 0xE000 <= code <= 0xF8FF:
        return (
            "•" if code in _BULLETS else (chr(code - 0xF000) if 0xF020 < code < 0xF07F else UNKNOWN)
        )
    if code < 0x20 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def _off_line(word: Word, before: Word) -> Word:
    """Figures above and below the line as Unicode has them: the mark of a note, m², CO₂.

    As plain figures they would lengthen the year or the name that they follow.
    """
    raised = before.baseline - word.baseline
    small = word.size < _SMALL * before.size
    if not (small and _RAISED < abs(raised) / before.size < 1 and word.x0 >= before.x0):
        return word
    signs = _SUPERSCRIPT if raised > 0 else _SUBSCRIPT
    text = word.text.translate(signs) if any(c.isdigit() for c in word.text) else word.text
    return replace(word, text=text, baseline=before.baseline, size=before.size)


def _closed_up(layer: Sequence[Word]) -> Iterator[Word]:
    """Words whose letters are set apart ("T W I N   T O W N S") as words."""
    index = 0
    while index < len(layer):
        stop = index
        while stop < len(layer) and _is_letter(layer[stop]) and _follows(layer, index, stop):
            stop += 1
        if stop - index >= _LETTERS_APART:
            yield from _spelled(layer[index:stop])
            index = stop
        else:
            yield layer[index]
            index += 1


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and (word.text.isalnum() or word.text in "&-.,'’")


def _follows(layer: Sequence[Word], first: int, index: int) -> bool:
    if index == first:
        return layer[first].text.isalpha()
    before, word = layer[index - 1], layer[index]
    gap = word.x0 - before.x1
    level = abs(word.baseline - before.baseline) < 0.1 * word.size
    return level and word.size == before.size and 0 <= gap < 2 * word.size


def _spelled(letters: Sequence[Word]) -> Iterator[Word]:
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(letters)]
    wide = 1.8 * sorted(gaps)[len(gaps) // 2] + 0.5
    start = 0
    for index, gap in enumerate([*gaps, float("inf")], start=1):
        if gap > wide:
            part = letters[start:index]
            text = "".join(w.text for w in part)
            yield replace(part[0], text=text, x1=part[-1].x1, glued=False)
            start = index
