"""Grids: tables whose cells stand between rules."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from pdfplumber import table as geometry

from pipeline.ingest.pdf.blocks import around
from pipeline.ingest.pdf.tables import Table, cell_text, heads, is_table
from pipeline.ingest.pdf.words import Word
from pipeline.records import Box

#: Rules nearer than this, in points, are one.
_SNAP = 3.0
#: From so many points at which rules cross, a page is a drawing.
_MOST_CROSSINGS = 2500


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
    if not is_table(rows):
        return None
    bold = [_is_bold(words, ys[i], ys[i + 1], box) for i in range(min(2, len(ys) - 1))]
    return Table(box, order, tuple(rows), heads(rows, bold))


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
    return [cell_text(found, cell[2]) for found, cell in zip(held, cells, strict=True)]


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
