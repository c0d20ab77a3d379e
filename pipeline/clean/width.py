"""How wide lines are, and whether text was broken into lines of one width."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.clean.piece import Piece
from pipeline.clean.splits import wide

#: A line shorter than this share of the usual width ends its paragraph.
FULL_LINE = 0.72
#: Without spaces between words lines are broken anywhere, so that they are full to the last word.
_FULL_UNSPACED_COLUMNS = 5
_FULL_UNSPACED_SHARE = 0.6
#: In wrapped text at least this share of the lines goes on in small letters.
_SMALL_LETTERS = 0.2
_WIDEST, _NARROWEST = 140, 12


def columns(line: str) -> int:
    """Columns of a screen that a line takes: two for each Chinese character."""
    return len(line) if line.isascii() else sum(map(wide, line))


def is_full(line: str, width: int) -> bool:
    """Whether a line is as long as lines of that width are before they are broken."""
    size = columns(line.rstrip())
    if _is_unspaced(line):
        return size >= width - _FULL_UNSPACED_COLUMNS
    return size >= FULL_LINE * width


def _is_unspaced(line: str) -> bool:
    return 2 * (columns(line) - len(line)) > len(line) and " " not in line.strip()[-8:]


def wrap_width(found: Sequence[Piece]) -> int:
    """Width in columns of a screen at which lines were broken; 0 where they were not."""
    lines = [p.text.rstrip() for p in found if p.role in ("body", "item") and p.is_open]
    lines = [line for line in lines if columns(line) > _NARROWEST]
    if len(lines) < 3:
        return 0
    lengths = sorted(map(columns, lines))
    width = lengths[int(len(lengths) * 0.9) - 1 if len(lengths) > 9 else -1]
    full = sum(FULL_LINE * width <= n <= 1.1 * width for n in lengths)
    if width > _WIDEST or full < 0.4 * len(lengths) or _is_list(found, width):
        return 0
    unspaced = [line for line in lines if _is_unspaced(line)]
    if 2 * len(unspaced) > len(lines) and not _is_even(unspaced, width):
        return 0
    return width


def _is_even(lines: Sequence[str], width: int) -> bool:
    """Whether most of the longer lines are as long as each other, as in wrapped text alone."""
    longer = [line for line in lines if columns(line) > width / 2]
    full = sum(is_full(line, width) for line in longer)
    return full > 1 and full >= _FULL_UNSPACED_SHARE * len(longer)


def _is_list(found: Sequence[Piece], width: int) -> bool:
    """Whether hardly a long line is followed by one in small letters: entries, no wrapped text."""
    follow = [
        after.text.lstrip()[:1]
        for line, after in itertools.pairwise(found)
        if line.role == after.role == "body" and columns(line.text.rstrip()) >= FULL_LINE * width
    ]
    cased = [c for c in follow if c.isupper() or c.islower()]
    small = sum(c.islower() for c in cased)
    return len(cased) > 1 and small < _SMALL_LETTERS * len(cased)
