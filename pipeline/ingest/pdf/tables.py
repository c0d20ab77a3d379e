"""Tables of a page: cells between rules, and rows whose pieces stand in columns without any."""

from __future__ import annotations

import bisect
import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pdfplumber import table as geometry

from pipeline.ingest.pdf.blocks import around
from pipeline.ingest.pdf.pieces import NEAR, Piece, lines, pieces
from pipeline.ingest.pdf.words import Word
from pipeline.records import Box

#: Rules nearer than this, in points, are one.
_SNAP = 3.0
#: From so many points at which rules cross, a page is a drawing.
_MOST_CROSSINGS = 2500
#: Cells of more characters, in the middle, hold text of a page and not of a table.
_LONG_CELL = 300
#: Pieces of so many characters that fill so much of their column are lines of prose.
_PROSE, _FILLED = 26, 0.72
#: Of the pieces beside each other, so many follow one another in the file where it has rows.
_IN_ROWS = 0.6
#: Rows of a table are no further apart than so many sizes of its type.
_APART = 4.0
_HEAD = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of as many columns. heads: how many rows at the top name the columns."""

    box: Box
    order: int
    rows: tuple[tuple[str, ...], ...]
    heads: int


def ruled(words: Sequence[Word], rules: Sequence[Box]) -> tuple[list[Table], list[Word]]:
    """Tables whose cells stand between rules, and the words outside of them."""
    found: list[Table] = []
    left = list(words)
    for cells in _grids(rules):
        box = around(Box(*cell) for cell in cells)
        inside = [w for w in left if _within(w, box)]
        table = _ruled(cells, inside, box, left.index(inside[0]) if inside else 0)
        if table:
            found.append(table)
            taken = set(map(id, inside))
            left = [w for w in left if id(w) not in taken]
    return found, left


def _grids(rules: Sequence[Box]) -> list[list[tuple[float, float, float, float]]]:
    edges = [
        {
            "x0": r.x0,
            "x1": r.x1,
            "top": r.top,
            "bottom": r.bottom,
            "width": r.x1 - r.x0,
            "height": r.bottom - r.top,
            "orientation": "h" if r.x1 - r.x0 >= r.bottom - r.top else "v",
            "object_type": "line",
        }
        for r in rules
    ]
    if sum(e["orientation"] == "v" for e in edges) < 2 or len(edges) < 5:
        return []
    merged = [
        e
        for e in geometry.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
        if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) > 2 * _SNAP
    ]
    across = sum(e["orientation"] == "h" for e in merged)
    if across * (len(merged) - across) > 40 * _MOST_CROSSINGS:
        return []
    crossings = geometry.edges_to_intersections(merged, _SNAP, _SNAP)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    return list(geometry.cells_to_tables(geometry.intersections_to_cells(crossings)))


def _within(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _ruled(
    cells: Sequence[tuple[float, float, float, float]],
    words: Sequence[Word],
    box: Box,
    order: int,
) -> Table | None:
    xs, ys = (sorted({cell[i] for cell in cells} | {cell[i + 2] for cell in cells}) for i in (0, 1))
    if len(xs) < 3 or len(ys) < 3:
        return None
    texts = _texts(cells, words)
    grid = [["" for _ in xs[1:]] for _ in ys[1:]]
    for (x0, top, _, _), text in zip(cells, texts, strict=True):
        grid[ys.index(top)][xs.index(x0)] = text
    rows = [tuple(row) for row in _without_empty(grid)]
    if not _is_table(rows):
        return None
    bold = [_is_bold(words, ys[i], ys[i + 1], box) for i in range(min(2, len(ys) - 1))]
    return Table(box, order, tuple(rows), _heads(rows, bold))


def _texts(cells: Sequence[tuple[float, float, float, float]], words: Sequence[Word]) -> list[str]:
    """The text of each cell."""
    held: list[list[Word]] = [[] for _ in cells]
    tops = sorted(range(len(cells)), key=lambda i: cells[i][1])
    starts = [cells[i][1] for i in tops]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for index in reversed(tops[: bisect.bisect_right(starts, y)]):
            x0, _, x1, bottom = cells[index]
            if x0 <= x <= x1 and y <= bottom:
                held[index].append(word)
                break
    return [_cell_text(found, cell[2]) for found, cell in zip(held, cells, strict=True)]


def _cell_text(words: Sequence[Word], right: float) -> str:
    """Lines of a cell as one; those that end where the next word had room are entries each."""
    text, before = "", None
    for row in lines(pieces(words)):
        line = "  ".join(p.text for p in row)
        if before is not None:
            room = right - before[-1].x1 - 0.6 * before[-1].size
            word = row[0].words[0]
            entry = room > word.x1 - word.x0 + 0.3 * word.size and _begins(line) and _ends(text)
            text = text[:-1] if text.endswith("\u00ad") else f"{text}; " if entry else f"{text} "
        text += line
        before = row
    return " ".join(text.replace("\u00ad", "-").split())


def _begins(text: str) -> bool:
    return not text[:1].islower() and text[:1].isalnum()


def _ends(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] in ")"


def _without_empty(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows and columns that hold something; columns that never hold it together are one.

    Sides of cells that nearly meet make such columns.
    """
    rows = [list(row) for row in grid if any(row)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    merged: list[list[str]] = []
    for column in columns:
        if merged and not any(a and b for a, b in zip(merged[-1], column, strict=True)):
            merged[-1] = [a or b for a, b in zip(merged[-1], column, strict=True)]
        else:
            merged.append(list(column))
    return [list(row) for row in zip(*merged, strict=True)]


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    full = [row for row in rows if len(set(filter(None, row))) > 1]
    lengths = [len(text) for row in rows for text in row if text]
    return len(full) >= 2 and statistics.median(lengths) <= _LONG_CELL


def _is_bold(words: Sequence[Word], top: float, bottom: float, box: Box) -> bool:
    inside = [w for w in words if _within(w, Box(box.x0, top, box.x1, bottom))]
    return bool(inside) and all(w.bold for w in inside)


def _heads(rows: Sequence[Sequence[str]], bold: Sequence[bool]) -> int:
    """How many rows at the top name the columns: in bold alone, or words above figures."""
    if len(rows) < 2 or any(len(text) > _HEAD for text in rows[0]):
        return 0
    if bold[:1] == [True] and bold[1:2] == [False]:
        return 1
    if _has_figures(rows[0]) or sum(map(bool, rows[0])) < 2:
        return 0
    figures = [
        sum(any(c.isdigit() for c in row[i]) for row in rows[1:]) > 0.6 * (len(rows) - 1)
        for i in range(len(rows[0]))
    ]
    return int(any(figures))


def _has_figures(row: Sequence[str]) -> bool:
    return any(c.isdigit() for text in row for c in text)


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
        # of what is no table, the second half may still be one with what follows
        index += len(region) if table else max(len(region) // 2, 1)
    return made, [p for p in found if id(p) not in taken]


def _region(rows: Sequence[list[Piece]], start: int) -> list[list[Piece]]:
    """Rows from one on that keep to the same two columns or more."""
    if not any(_follow(a, b) for a, b in itertools.pairwise(rows[start])):
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


def _follow(left: Piece, right: Piece) -> bool:
    """Whether the file holds a piece right behind another."""
    return right.order == left.order + len(left.words)


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
    if sum(_follow(a, b) for a, b in pairs) < _IN_ROWS * len(pairs) or _is_prose(columns):
        return None
    logical = _logical(region, columns)
    if not _is_table(logical):
        return None
    bold = [all(p.bold for p in row) for row in region[:2]]
    box = around(p.box for row in region for p in row)
    order = min(p.order for row in region for p in row)
    return Table(box, order, tuple(map(tuple, logical)), _heads(logical, bold))


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
