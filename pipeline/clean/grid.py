"""Tables of reStructuredText: grids of plus signs and bars, and simple ones of equals signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.clean.aligned import cells, rows_of
from pipeline.clean.piece import Cells, Piece, row
from pipeline.clean.splits import Written, places, trimmed
from pipeline.records import Span

_BORDER = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
_SIMPLE = re.compile(r"^\s*={2,}(?:\s+={2,})+\s*$")
_MOST_LINES = 2000


def grid(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """The grid that begins with a border: the index behind its last line, and its rows."""
    if not _BORDER.match(found[index].text):
        return index, []
    bars = _bars(written, found[index])
    rows: list[Piece] = []
    lines: list[Piece] = []
    end = index
    for at in range(index + 1, min(len(found), index + _MOST_LINES)):
        piece = found[at]
        if _BORDER.match(piece.text):
            if not lines and not rows:
                break
            if lines:
                rows.append(row(lines, _gridded(written, lines, bars)))
            if "=" in piece.text:
                rows = [row([r], r.cells, True) for r in rows]
            lines, end = [], at + 1
        elif piece.text.lstrip().startswith("|"):
            lines.append(piece)
        else:
            break
    if len(lines) > 1 and not rows:
        # the end of a page that was cut off
        rows, end = [row(lines, _gridded(written, lines, bars))], index + 1 + len(lines)
    return (end, rows) if rows else (index, [])


def _bars(written: Written, border: Piece) -> list[int]:
    """The columns of the screen in which the bars of a grid stand."""
    return [c for c, at in places(written, (border.start, border.end)) if written.text[at] == "+"]


def _gridded(written: Written, lines: Sequence[Piece], bars: Sequence[int]) -> Cells:
    text = written.text
    found: list[tuple[Span, ...]] = [()] * (len(bars) - 1)
    for line in lines:
        ends = _line_bars(written, line, bars)
        for i, (left, right) in enumerate(pairwise(ends)):
            # a bar inside a cell stands for an empty line of it
            inner = text[left + 1 : right].lstrip()
            start = right - len(inner) + (inner.startswith("|"))
            found[i] += trimmed(text, start, right)
    return tuple(found)


def _line_bars(written: Written, line: Piece, bars: Sequence[int]) -> list[int]:
    """Where the bars of a line are: all of them, or those under the border's."""
    ends = [i for i in range(line.start, line.end) if written.text[i] == "|"]
    if len(ends) != len(bars):
        at = dict(places(written, (line.start, line.end)))
        ends = [at[c] for c in bars if c in at]
    return ends if len(ends) == len(bars) else []


def simple(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """The simple table that begins with a rule: the index behind its last line, and its rows."""
    rule = found[index]
    if not _SIMPLE.match(rule.text):
        return index, []
    rules = [index]
    for at in range(index + 1, min(len(found), index + _MOST_LINES)):
        if _SIMPLE.match(found[at].text):
            rules.append(at)
        if len(rules) == 3 or (
            len(rules) == 2 and at == rules[1] + 1 and found[at].role == "blank"
        ):
            break
    if len(rules) < 2:
        return index, []
    gutters = [m.span() for m in re.finditer(r"\s+", rule.text.rstrip()) if m.start()]
    parts = [[p for p in found[a + 1 : b] if p.role != "blank"] for a, b in pairwise(rules)]
    rows = [rows_of(p, [cells(written, q, gutters) for q in p], written.text) for p in parts if p]
    if len(rows) > 1:
        rows[0] = [row([r], r.cells, True) for r in rows[0]]
    return rules[-1] + 1, [r for part in rows for r in part]
