"""Pieces: words of one line that stand close together, and the gutters that part columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.pdf.words import Word
from pipeline.records import Box

#: A gap of so many sizes of the type ends a piece; fragments nearer than the second are one.
GAP, NEAR = 1.2, 0.5
#: Words whose baselines differ by less than this part of their size stand on one line.
LEVEL = 0.3
#: A justified line has so many gaps at least, that differ by no more than this factor, and are no
#: wider than so many sizes of its type.
_EVEN_GAPS, _EVEN, _WIDEST = 3, 1.2, 5.0
#: Two gaps differ by no more than this factor; between words of a stretched line they are so wide.
_EXACT, _STRETCHED = 1.03, 0.4
#: A gutter has at least so many lines on both sides, and so small a share of lines across it.
_BESIDE, _ACROSS = 4, 0.34
#: Of the spaces of a line so many are padding at most.
_PADDED = 0.25
_LEFTWARD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
_SOFT = "\u00ad"
#: Signs and numbers that stand before the items of a list, no further than so many sizes.
_BULLET = re.compile(r"[^\w\s:;,.()$€£]|o")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)")
_HANGING = 5.0
#: What a number alone stands before is a paragraph if it has so many characters.
_PARAGRAPH = 45


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line in reading order. order: of the first word in the file."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    baseline: float
    size: float
    order: int
    text: str

    @property
    def box(self) -> Box:
        return Box(
            self.x0, self.baseline - 0.8 * self.size, self.x1, self.baseline + 0.22 * self.size
        )

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)


def text_of(words: Sequence[Word]) -> str:
    """The text of words in a row; a soft hyphen stays at the end of a line only.

    A space without width is padding within a word where the line's other spaces have one.
    """
    padded = sum(w.tight for w in words) <= _PADDED * len(words)
    text = "".join(
        w.text if i and (w.glued or (w.tight and padded)) else f" {w.text}"
        for i, w in enumerate(words)
    ).lstrip()
    return text[:-1].replace(_SOFT, "") + text[-1:] if _SOFT in text else text


def piece(words: Sequence[Word], order: int) -> Piece:
    sizes = sorted(w.size for w in words)
    lines = sorted(w.baseline for w in words)
    return Piece(
        tuple(words),
        min(w.x0 for w in words),
        max(w.x1 for w in words),
        lines[len(lines) // 2],
        sizes[len(sizes) // 2],
        order,
        text_of(words),
    )


def pieces(words: Iterable[Word]) -> list[Piece]:
    """Pieces in the order of the file."""
    found: list[Piece] = []
    row: list[Word] = []
    for order, word in enumerate(words):
        if row and not _goes_on(row[-1], word):
            found.append(piece(row, order - len(row)))
            row = []
        row.append(word)
    if row:
        found.append(piece(row, order + 1 - len(row)))
    return _merged(_justified(found))


def _justified(found: Sequence[Piece]) -> list[Piece]:
    """Words that a justified line drives apart, put together: all of its gaps are alike."""
    rows: list[list[Piece]] = []
    for part in found:
        if rows and _is_right_of(rows[-1][-1], part):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [part for row in rows for part in (_evened(row) if len(row) > 1 else row)]


def _is_right_of(left: Piece, right: Piece) -> bool:
    level = abs(left.baseline - right.baseline) <= LEVEL * min(left.size, right.size)
    return level and right.x0 >= left.x1


def _evened(row: list[Piece]) -> list[Piece]:
    words = [w for part in row for w in part.words]
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(words) if not b.glued]
    if max(gaps, default=0.0) >= _WIDEST * row[0].size:
        return row
    even = len(gaps) >= _EVEN_GAPS and max(gaps) <= _EVEN * max(min(gaps), 0.1)
    exact = len(gaps) == _EVEN_GAPS - 1 and max(gaps) <= _EXACT * min(gaps)
    return [piece(words, row[0].order)] if even or exact else _sentences(row)


def _sentences(row: list[Piece]) -> list[Piece]:
    """Sentences put together, between which a justified line has more room than between words."""
    made = [row[0]]
    for part in row[1:]:
        last = made[-1]
        words = [*last.words, *part.words]
        gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(words) if not b.glued]
        stretched = len(gaps) > _EVEN_GAPS and min(gaps) > _STRETCHED * part.size
        near = stretched and max(gaps) <= 2 * GAP * part.size
        if near and last.text.endswith((".", "!", "?")) and part.text[:1].isupper():
            made[-1] = piece(words, last.order)
        else:
            made.append(part)
    return made


def _goes_on(before: Word, word: Word) -> bool:
    size = max(min(before.size, word.size), 1.0)
    if abs(word.baseline - before.baseline) > LEVEL * size:
        return False
    ahead, behind = word.x0 - before.x1, before.x0 - word.x1
    leftward = _is_leftward(word.text) or _is_leftward(before.text)
    if leftward and behind > -LEVEL * size:
        return behind <= GAP * size
    return -0.6 * size <= ahead <= GAP * max(before.size, word.size)


def _is_leftward(text: str) -> bool:
    return not text.isascii() and _LEFTWARD.search(text) is not None


def _merged(found: list[Piece]) -> list[Piece]:
    """Fragments of one line that the file holds apart, put together."""
    level = sorted(found, key=lambda p: (round(p.baseline), p.x0))
    merged: list[Piece] = []
    for part in level:
        last = merged[-1] if merged else None
        if last and _is_beside(last, part):
            merged[-1] = piece((*last.words, *part.words), min(last.order, part.order))
        else:
            merged.append(part)
    return sorted(merged, key=lambda p: p.order)


def _is_beside(left: Piece, right: Piece) -> bool:
    size = min(left.size, right.size)
    gap = right.x0 - left.x1
    return (
        abs(left.baseline - right.baseline) <= 0.15 * size
        and -LEVEL * size <= gap <= NEAR * size
        and not any(_is_leftward(p.words[0].text) for p in (left, right))
    )


def lines(found: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by the line of the page that they stand on, from the top, each from the left."""
    rows: list[list[Piece]] = []
    for part in sorted(found, key=lambda p: (p.baseline, p.x0)):
        if rows and part.baseline - rows[-1][0].baseline <= LEVEL * min(
            part.size, rows[-1][0].size
        ):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def listed(found: Sequence[Piece]) -> list[Piece]:
    """Pieces, those that mark the items of a list together with what they mark."""
    made: list[Piece] = []
    for row in lines(found):
        for part in row:
            last = made[-1] if made and part is not row[0] else None
            near = last and part.x0 - last.x1 <= _HANGING * part.size
            if last and near and (marks_item(last) or _numbers(row)):
                whole = piece((*last.words, *part.words), min(last.order, part.order))
                made[-1] = replace(whole, baseline=part.baseline, size=part.size)
            else:
                made.append(part)
    return sorted(made, key=lambda p: p.order)


def _numbers(row: Sequence[Piece]) -> bool:
    """Whether a line is the first of a paragraph, and the number of it."""
    return len(row) == 2 and row[0].text.isdecimal() and len(row[1].text) >= _PARAGRAPH


def marks_item(part: Piece, bullets: bool = False) -> bool:
    """Whether a piece is the sign, or the number too, that stands before an item of a list."""
    found = _BULLET.fullmatch(part.text) or (not bullets and _NUMBERED.fullmatch(part.text))
    return bool(found)


def gutters(found: Sequence[Piece]) -> list[float]:
    """Where columns of a page part: x that many lines stand beside and few stand across."""
    gaps = [
        ((a.x1 + b.x0) / 2, a.size)
        for row in lines(found)
        for a, b in itertools.pairwise(row)
        if b.x0 - a.x1 > NEAR * a.size
    ]
    clusters: list[list[float]] = []
    for x, size in sorted(gaps):
        if clusters and x - clusters[-1][-1] < size:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    return [
        x
        for cluster in clusters
        if len(cluster) >= _BESIDE and _parts(found, x := cluster[len(cluster) // 2])
    ]


def _parts(found: Sequence[Piece], x: float) -> bool:
    left = [p for p in found if p.x1 <= x]
    right = [p for p in found if p.x0 >= x]
    if min(len(left), len(right)) < _BESIDE:
        return False
    top = max(min(p.baseline for p in left), min(p.baseline for p in right))
    bottom = min(max(p.baseline for p in left), max(p.baseline for p in right))
    across = sum(p.x0 < x < p.x1 and top <= p.baseline <= bottom for p in found)
    beside = min(sum(top <= p.baseline <= bottom for p in side) for side in (left, right))
    return across <= _ACROSS * beside
