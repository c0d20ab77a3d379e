"""Aligned: tables without rules, rows whose pieces stand in columns."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.pdf.blocks import around
from pipeline.ingest.pdf.pieces import NEAR, Piece, lines
from pipeline.ingest.pdf.tables import Table, heads, is_table

#: Pieces of so many characters that fill so much of their column are lines of prose.
_PROSE, _FILLED = 26, 0.72
#: Of the pieces beside each other, so many follow one another in the file where it has rows.
_IN_ROWS = 0.6
#: Rows of a table are no further apart than so many sizes of its type.
_APART = 4.0


def aligned(found: Sequence[Piece]) -> tuple[list[Table], list[Piece]]:
    """Tables without rules: rows of pieces in columns; and the pieces outside of them."""
    made: list[Table] = []
    taken: set[int] = set()
    rows = lines(found)
    index = 0
    while index < len(rows):
        region = _region(rows, index)
        table = _aligned(region) if region else None
        if table:
            made.append(table)
            taken |= {id(p) for row in region for p in row}
            index += len(region)
        else:
            index += 1
    return made, [p for p in found if id(p) not in taken]


def _region(rows: Sequence[list[Piece]], start: int) -> list[list[Piece]]:
    """Rows from one on that keep to the same two columns or more."""
    if len(rows[start]) < 2:
        return []
    columns = [[p.x0, p.x1] for p in rows[start]]
    region = [rows[start]]
    for row in rows[start + 1 :]:
        before = region[-1][0]
        if row[0].baseline - before.baseline > _APART * max(row[0].size, before.size):
            break
        grown = _grown(columns, row)
        if grown is None:
            break
        columns = grown
        region.append(row)
    while region and len(region[-1]) < 2 and not _is_tail(region):
        region.pop()
    return region


def _is_tail(region: Sequence[list[Piece]]) -> bool:
    """Whether the last row goes on with a cell of the row above it."""
    last = region[-1][0]
    above = region[-2] if len(region) > 1 else []
    over = [p for p in above if min(p.x1, last.x1) > max(p.x0, last.x0)]
    return bool(over) and over[0].x0 > above[0].x0 and last.text[:1].islower()


def _grown(columns: Sequence[list[float]], row: Sequence[Piece]) -> list[list[float]] | None:
    """The columns with a row's pieces in them; None where a piece stands in two of them."""
    made = [list(c) for c in columns]
    used = set()
    for part in row:
        over = [i for i, (x0, x1) in enumerate(made) if min(x1, part.x1) > max(x0, part.x0)]
        if len(over) > 1 or (over and over[0] in used):
            return None
        if over:
            used.add(over[0])
            made[over[0]] = [min(made[over[0]][0], part.x0), max(made[over[0]][1], part.x1)]
        elif len(row) > 1:
            made.append([part.x0, part.x1])
        else:
            return None
    made.sort()
    if any(b[0] < a[1] + NEAR for a, b in itertools.pairwise(made)):
        return None
    return made


def _aligned(region: list[list[Piece]]) -> Table | None:
    several = [row for row in region if len(row) > 1]
    columns = _columns(region)
    if len(several) < (2 if len(columns) > 2 else 3) or len(several) < 0.4 * len(region):
        return None
    pairs = [(a, b) for row in several for a, b in itertools.pairwise(row)]
    follow = sum(b.order == a.order + len(a.words) for a, b in pairs)
    if follow < _IN_ROWS * len(pairs) or _is_prose(columns):
        return None
    logical = _logical(region, columns)
    if not is_table(logical):
        return None
    bold = [all(p.bold for p in row) for row in region[:2]]
    box = around(p.box for row in region for p in row)
    order = min(p.order for row in region for p in row)
    return Table(box, order, tuple(map(tuple, logical)), heads(logical, bold))


@dataclass(frozen=True, slots=True)
class _Column:
    x0: float
    x1: float
    pieces: tuple[Piece, ...]


def _columns(region: Sequence[Sequence[Piece]]) -> list[_Column]:
    bounds: list[list[float]] = []
    for part in sorted((p for row in region for p in row), key=lambda p: p.x0):
        if bounds and part.x0 < bounds[-1][1]:
            bounds[-1][1] = max(bounds[-1][1], part.x1)
        else:
            bounds.append([part.x0, part.x1])
    return [
        _Column(x0, x1, tuple(p for row in region for p in row if x0 <= p.x0 < x1))
        for x0, x1 in bounds
    ]


def _is_prose(columns: Sequence[_Column]) -> bool:
    """Whether all columns hold lines of running text."""
    for column in columns:
        wide = column.x1 - column.x0
        filled = statistics.median((p.x1 - p.x0) / wide for p in column.pieces)
        length = statistics.median(len(p.text) for p in column.pieces)
        if length < _PROSE or filled < _FILLED:
            return False
    return True


def _logical(region: Sequence[Sequence[Piece]], columns: Sequence[_Column]) -> list[list[str]]:
    """Rows of cells: a line that only goes on with cells of the row above belongs to it."""
    rows: list[list[str]] = []
    last: list[Piece | None] = [None for _ in columns]
    for line in region:
        placed = {next(i for i, c in enumerate(columns) if c.x0 <= p.x0 < c.x1): p for p in line}
        held = sum(p is not None for p in last)
        goes_on = (
            rows
            and len(placed) < held
            and all(_goes_on(last[i], p, columns[i].x1) for i, p in placed.items())
        )
        if goes_on:
            for i, p in placed.items():
                rows[-1][i] = f"{rows[-1][i]} {p.text}".strip()
                last[i] = p
        else:
            rows.append([placed[i].text if i in placed else "" for i in range(len(columns))])
            last = [placed.get(i) for i in range(len(columns))]
    return rows


def _goes_on(above: Piece | None, part: Piece, right: float) -> bool:
    if above is None:
        return False
    word = part.words[0]
    no_room = right - above.x1 < word.x1 - word.x0 + 0.25 * word.size
    return no_room or part.text[:1].islower()
