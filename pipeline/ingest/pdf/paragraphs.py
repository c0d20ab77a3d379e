"""Paragraphs: which line goes on with the line above it, by where the type stands."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence

from pipeline.ingest.pdf.blocks import Block
from pipeline.ingest.pdf.pieces import Piece

Line = tuple[Piece, ...]

#: A line is indented from so many sizes of its type on.
_INDENT = 0.7
#: What parts one paragraph from the next, as a multiple of the usual step from line to line.
_STEP = 1.3
#: Of the line ends of a block, so many leave no room for the next word where it is wrapped text.
_WRAPPED = 0.5
#: An unfinished line fills so much of its column.
_MOST = 0.7
#: In short lines of running text so many begin in small letters.
_SMALL_STARTS = 0.2
#: A line that alone stands above another is wrapped if it is as long as this.
_LONG = 45
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”»)\]）]*$")
ITEM = re.compile(
    r"^(?:[-–—*•▪◦·‣●■□»o]\s|\(?\d{1,3}[.)）]\s|[（(][\da-z一-十]{1,3}[)）]|[a-z][.)]\s)"
)


def joins(block: Block, right: float) -> list[bool]:
    """Of each line of a block, whether it goes on with the one above; never the first.

    right: where lines of the column end at most.
    """
    lines = block.lines
    steps = [b[0].baseline - a[0].baseline for a, b in itertools.pairwise(lines)]
    usual = sorted(steps)[len(steps) // 3] if steps else 0.0
    breaks = [0, *(i for i, s in enumerate(steps, start=1) if s > _STEP * usual), len(lines)]
    found: list[bool] = []
    for start, stop in itertools.pairwise(breaks):
        found += _joins(lines[start:stop], lines[start - 1] if start else None, right)
    return found


def _joins(lines: Sequence[Line], before: Line | None, right: float) -> list[bool]:
    """The same of lines that stand close together, below another line of their block."""
    full = [_is_full(a, b, right) for a, b in itertools.pairwise(lines)]
    wrapped = _is_wrapped(lines, full)
    # a paragraph goes on below a gap that a figure beside it has made
    resumes = before is not None and _is_full(before, lines[0], right) and _is_small(lines[0])
    found = [resumes and before is not None and not ends(before[-1].text)]
    for index in range(1, len(lines)):
        above, line = lines[index - 1], lines[index]
        left = min(above[0].x0, lines[index - 2][0].x0 if index > 1 else above[0].x0)
        goes_on = full[index - 1] and (wrapped or _is_small(line))
        goes_on = goes_on or (_is_small(line) and is_unfinished(above, right))
        found.append(goes_on and not _starts(above, line, left, found[-1]))
    return found


def ends(text: str) -> bool:
    """Whether a line ends a sentence."""
    return _SENTENCE_END.search(text) is not None


def is_unfinished(line: Line, right: float) -> bool:
    """Whether a line fills most of its column and ends no sentence."""
    left, end = line[0].x0, line[-1].x1
    filled = end - left > _MOST * (right - left)
    return filled and not ends(line[-1].text) and len(line) == 1


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Whether the first word of the next line had no room at the end of a line."""
    word = after[0].words[0]
    size = line[-1].size
    if _is_east(line[-1].text[-1:]):
        return right - line[-1].x1 < 2.5 * size
    return right - line[-1].x1 < word.x1 - word.x0 + 0.45 * size


def _is_east(character: str) -> bool:
    return character >= "\u2e80"


def _is_wrapped(lines: Sequence[Line], full: Sequence[bool]) -> bool:
    """Whether the lines of a block are running text, and no list."""
    if len(lines) < 2:
        return False
    east = _is_east(lines[0][-1].text[-1:])
    length = statistics.median(len(line[-1].text) for line in lines[:-1])
    long = length >= (_LONG / 2 if east else _LONG)
    if len(lines) == 2:
        return long
    if sum(full) < _WRAPPED * len(full):
        return False
    starts = [line[0].text[:1] for line in lines[1:]]
    cased = [c for c in starts if c.isupper() or c.islower()]
    small = sum(c.islower() for c in cased)
    return east or long or not cased or small >= _SMALL_STARTS * len(cased)


def _is_small(line: Line) -> bool:
    return line[0].text[:1].islower()


def _starts(above: Line, line: Line, left: float, joined: bool) -> bool:
    """Whether a line starts a paragraph or an item of its own.

    left: where the lines above begin. joined: whether the line above goes on with another.
    """
    text = line[0].text
    if ITEM.match(text) or len(line) > 1 or len(above) > 1:
        return True
    if _is_small(line):
        return False
    size = line[0].size
    item = bool(ITEM.match(above[0].text))
    indented = line[0].x0 > left + _INDENT * size and not item
    if indented and not (abs(line[0].x0 - above[0].x0) < _INDENT * size and joined):
        return True
    # a paragraph that begins with its heading in bold
    runs_in = line[0].words[0].bold and not above[-1].words[-1].bold
    if runs_in and _SENTENCE_END.search(above[-1].text):
        return True
    back = line[0].x0 < above[0].x0 - _INDENT * size and joined
    return back or above[-1].bold != line[0].bold
