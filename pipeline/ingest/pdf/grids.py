"""Grids: tables whose cells stand between rules."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import replace

from pdfplumber import table as geometry

from pipeline.ingest.pdf.aligned import aligned
from pipeline.ingest.pdf.blocks import around
from pipeline.ingest.pdf.pieces import LEVEL, lines, pieces
from pipeline.ingest.pdf.tables import Table, begins, cell_text, heads, is_table
from pipeline.ingest.pdf.words import Word
from pipeline.records import Box

#: Rules nearer than this, in points, are one.
_SNAP = 3.0
#: From so many points at which rules cross, a page is a drawing.
_MOST_CROSSINGS = 2500
#: Words outside of the columns of a table whose rules part some of them only.
_OUTSIDE = 0.1
#: So many lines of cells are rows, if each cell has so large a share of them, and so many begin
#: anew, all of the first column among them.
_ENTRIES, _LEVEL_SHARE, _ANEW = 3, 0.6, 0.6


Cell = tuple[float, float, float, float]


def ruled(
    words: Sequence[Word], rules: Sequence[Box], shades: Sequence[Box] = ()
) -> tuple[list[Table], list[Word]]:
    """Tables whose cells stand between rules, and the words outside of them.

    shades: sides of filled areas; they are those of cells where no rules are.
    """
    found: list[Table] = []
    left = list(words)
    for cells in _best(_grids(rules), _grids([*rules, *shades]) if shades else []):
        box = around(Box(*cell) for cell in cells)
        inside = [w for w in left if _within(w, box)]
        order = left.index(inside[0]) if inside else 0
        table = _ruled(cells, inside, box, order)
        if table:
            found.append(_in_columns(table, inside, rules))
            taken = set(map(id, inside))
            left = [w for w in left if id(w) not in taken]
    return found, left


def _best(by_rules: list[list[Cell]], shaded: list[list[Cell]]) -> list[list[Cell]]:
    """Grids of rules and shades; of rules alone where these are as large and part as many rows."""
    if not shaded:
        return by_rules
    boxes = [(around(Box(*c) for c in cells), cells) for cells in by_rules]
    made = []
    for cells in shaded:
        box = around(Box(*c) for c in cells)
        own = next((own for b, own in boxes if _is_same(b, box)), cells)
        made.append(own if _parted(own) >= _parted(cells) else cells)
    return made


def _parted(cells: Sequence[Cell]) -> int:
    """How many heights there are that no cell reaches across."""
    count, reached = 0, float("-inf")
    for _, top, _, bottom in sorted(cells, key=lambda cell: cell[1]):
        count += top >= reached - _SNAP
        reached = max(reached, bottom)
    return count


def _is_same(one: Box, other: Box) -> bool:
    sides = ((one.x0, other.x0), (one.top, other.top), (one.x1, other.x1))
    return all(abs(a - b) <= 2 * _SNAP for a, b in (*sides, (one.bottom, other.bottom)))


def _in_columns(table: Table, words: Sequence[Word], rules: Sequence[Box]) -> Table:
    """A table by what stands in columns, where rules part some of these only."""
    found, left = aligned(pieces(words), rules)
    if len(found) != 1 or sum(len(p.words) for p in left) > _OUTSIDE * len(words):
        return table
    (other,) = found
    finer = len(other.rows[0]) > len(table.rows[0]) and len(other.rows) >= len(table.rows)
    # columns of which one holds what another lacks are none
    full = finer and _full(other) >= _full(table)
    return replace(other, box=table.box, order=table.order) if full else table


def _full(table: Table) -> float:
    cells = [text for row in table.rows for text in row]
    return sum(map(bool, cells)) / len(cells)


def _grids(rules: Sequence[Box]) -> list[list[Cell]]:
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
    cells: Sequence[Cell],
    words: Sequence[Word],
    box: Box,
    order: int,
) -> Table | None:
    xs, ys = (sorted({cell[i] for cell in cells} | {cell[i + 2] for cell in cells}) for i in (0, 1))
    if len(xs) < 3 or len(ys) < 3:
        return None
    bands: list[list[tuple[Cell, list[Word]]]] = [[] for _ in ys[1:]]
    for cell, held in zip(cells, _held(cells, words), strict=True):
        bands[ys.index(cell[1])].append((cell, held))
    grid = [row for band in bands for row in _rows(band, xs)]
    rows = [tuple(row) for row in _without_empty(grid)]
    if not is_table(rows):
        return None
    bold = [_is_bold(words, ys[i], ys[i + 1], box) for i in range(min(2, len(ys) - 1))]
    return Table(box, order, tuple(rows), heads(rows, bold))


def _held(cells: Sequence[Cell], words: Sequence[Word]) -> list[list[Word]]:
    """The words of each cell."""
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
    return held


def _rows(band: Sequence[tuple[Cell, list[Word]]], xs: Sequence[float]) -> list[list[str]]:
    """The row of cells between two rules; or the rows, where the lines of all cells are entries."""
    entries = _entries(band)
    if not entries:
        entries = [[(cell, cell_text(words, cell[2])) for cell, words in band]]
    made = []
    for entry in entries:
        row = ["" for _ in xs[1:]]
        for cell, text in entry:
            row[xs.index(cell[0])] = text
        made.append(row)
    return made


def _entries(band: Sequence[tuple[Cell, list[Word]]]) -> list[list[tuple[Cell, str]]]:
    """Cells by the lines that stand level in them; none where these go on with one another."""
    full = [(cell, lines(pieces(words))) for cell, words in band if words]
    most = max((len(rows) for _, rows in full), default=0)
    if most < _ENTRIES or len(full) < 2 or len({cell[3] for cell, _ in full}) > 1:
        return []
    if any(len(rows) < _LEVEL_SHARE * most for _, rows in full):
        return []
    anew = [[begins(a, b, cell[2]) for a, b in itertools.pairwise(rows)] for cell, rows in full]
    if not all(anew[0]) or sum(map(sum, anew)) < _ANEW * sum(map(len, anew)):
        return []
    heights = next([row[0].baseline for row in rows] for _, rows in full if len(rows) == most)
    made: list[list[tuple[Cell, str]]] = [[] for _ in heights]
    for cell, rows in full:
        for row in rows:
            nearest = min(range(most), key=lambda i: abs(heights[i] - row[0].baseline))
            if abs(heights[nearest] - row[0].baseline) > LEVEL * row[0].size:
                return []
            made[nearest].append((cell, "  ".join(p.text for p in row)))
    return made


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


def _is_bold(words: Sequence[Word], top: float, bottom: float, box: Box) -> bool:
    inside = [w for w in words if _within(w, Box(box.x0, top, box.x1, bottom))]
    return bool(inside) and all(w.bold for w in inside)
