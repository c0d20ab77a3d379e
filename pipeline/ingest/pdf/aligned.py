"""Aligned: tables without rules, rows whose pieces stand in columns."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ingest.pdf.blocks import around
from pipeline.ingest.pdf.pieces import LEVEL, Piece, lines, marks_item
from pipeline.ingest.pdf.regions import follows, has_rules, is_parted, level, region_from
from pipeline.ingest.pdf.tables import Table, cell_text, heads, is_table
from pipeline.records import Box

#: Pieces of so many characters that fill so much of their column are lines of prose.
_PROSE, _FILLED = 26, 0.72
#: Of the pieces beside each other, so many follow one another in the file where it has rows.
_IN_ROWS = 0.6


def aligned(found: Sequence[Piece], rules: Sequence[Box]) -> tuple[list[Table], list[Piece]]:
    """Tables without rules between columns, and the pieces outside of them.

    First rows of all that stands on a line, then of what the file holds together: a table beside a
    column of text has lines of its own.
    """
    across = level(rules)
    made, left = _tables(found, across)
    for strand in _strands(left):
        own, rest = _tables(strand, across)
        if own:
            made += own
            kept = {id(p) for p in rest} | ({id(p) for p in left} - {id(p) for p in strand})
            left = [p for p in left if id(p) in kept]
    return made, left


def _tables(found: Sequence[Piece], across: Sequence[Box]) -> tuple[list[Table], list[Piece]]:
    made: list[Table] = []
    taken: set[int] = set()
    rows = lines(found)
    index = free = 0
    while index < len(rows):
        region = region_from(rows, free, index, across)
        table = _aligned(region, across) if region else None
        if table:
            made.append(table)
            taken |= {id(p) for row in region for p in row}
            index = free = rows.index(region[-1], index) + 1
        else:
            # of what is no table, the second half may still be one with what follows
            index += max(len(region) // 2, 1)
    return made, [p for p in found if id(p) not in taken]


def _strands(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that the file holds from the top down, until it leaps up the page."""
    strand: list[Piece] = []
    for part in found:
        if strand and part.baseline < strand[-1].baseline - LEVEL * part.size:
            yield strand
            strand = []
        strand.append(part)
    if strand and len(strand) < len(found):
        yield strand


def _aligned(region: list[list[Piece]], across: Sequence[Box]) -> Table | None:
    several = [row for row in region if len(row) > 1]
    columns = _columns(region)
    if len(several) < (2 if len(columns) > 2 else 3) or len(several) < 0.4 * len(region):
        return None
    pairs = [(a, b) for row in several for a, b in itertools.pairwise(row)]
    follow = sum(follows(a, b) for a, b in pairs)
    if follow < _IN_ROWS * len(pairs) or _is_prose(columns) or _is_list(columns):
        return None
    if _is_beside_prose(columns):
        return None
    if has_rules(region, across):
        logical = _between_rules(region, columns, across)
    else:
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


def _is_beside_prose(columns: Sequence[_Column]) -> bool:
    """Whether one of the columns is running text, which the file holds apart from the others."""
    for one, other in itertools.pairwise(columns):
        ends = {p.order + len(p.words) for p in one.pieces}
        follow = sum(p.order in ends for p in other.pieces)
        apart = follow < 0.3 * min(len(one.pieces), len(other.pieces))
        if apart and (_is_prose([one]) or _is_prose([other])):
            return True
    return False


def _is_list(columns: Sequence[_Column]) -> bool:
    """Whether all that stands in the first column are the signs or numbers of a list's items."""
    numbered = len(columns) == 2
    return all(marks_item(p, bullets=not numbered) for p in columns[0].pieces)


def _between_rules(
    region: Sequence[Sequence[Piece]], columns: Sequence[_Column], across: Sequence[Box]
) -> list[list[str]]:
    """Rows of cells: all that stands between two rules is one."""
    bands: list[list[Piece]] = [list(region[0])]
    for above, row in itertools.pairwise(region):
        if is_parted(above, row, across):
            bands.append([])
        bands[-1] += row
    return [[_cell(band, column) for column in columns] for band in bands]


def _cell(band: Sequence[Piece], column: _Column) -> str:
    inside = [w for p in band if column.x0 <= p.x0 < column.x1 for w in p.words]
    return cell_text(inside, column.x1)


def _logical(region: Sequence[Sequence[Piece]], columns: Sequence[_Column]) -> list[list[str]]:
    """Rows of cells: a line that only goes on with cells of the row above belongs to it."""
    rows: list[list[str]] = []
    last: list[Piece | None] = [None for _ in columns]
    for index, line in enumerate(region):
        placed = {next(i for i, c in enumerate(columns) if c.x0 <= p.x0 < c.x1): p for p in line}
        held = sum(p is not None for p in last)
        goes_on = (
            rows
            and len(placed) < held
            and not _is_heading(region, index, columns)
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


def _is_heading(region: Sequence[Sequence[Piece]], index: int, columns: Sequence[_Column]) -> bool:
    """Whether a line is one of a single name that stands above rows, as far off as they are.

    What goes on with the first cell of a row stands nearer to it, or below a line without room.
    """
    line, above = region[index], region[index - 1]
    if len(line) > 1 or line[0].x0 >= columns[0].x1 or line[0].text[:1].islower():
        return False
    near = _step(region, index) < 0.8 * _step(region, index + 1)
    word = line[0].words[0]
    room = columns[1].x0 - above[0].x1 - 0.5 * word.size > word.x1 - word.x0
    return room and not near


def _step(region: Sequence[Sequence[Piece]], index: int) -> float:
    if not 0 < index < len(region):
        return 0.0
    return region[index][0].baseline - region[index - 1][0].baseline


def _goes_on(above: Piece | None, part: Piece, right: float) -> bool:
    if above is None:
        return False
    word = part.words[0]
    no_room = right - above.x1 < word.x1 - word.x0 + 0.25 * word.size
    return no_room or part.text[:1].islower()
