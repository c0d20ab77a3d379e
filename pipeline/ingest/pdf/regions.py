"""Regions: lines of a page that keep to the same columns, and the rules between them."""

from __future__ import annotations

import bisect
import itertools
import statistics
from collections.abc import Sequence

from pipeline.ingest.pdf.pieces import NEAR, Piece
from pipeline.records import Box

#: Rows of a table are no further apart than so many sizes of its type.
_APART = 4.0
#: A line alone that stands so much further below than rows do is the caption of what follows.
_CAPTION = 2.0
#: Rules that are no thicker part rows, where so many of the rows have one above.
_LEVEL_RULE, _RULED = 2.5, 0.6
#: A rule so much nearer to the line above, in sizes of its type, underlines it.
_UNDERLINE = 0.27


def level(rules: Sequence[Box]) -> list[Box]:
    """Level rules, from the top."""
    return sorted((r for r in rules if r.bottom - r.top <= _LEVEL_RULE), key=lambda r: r.top)


def is_parted(above: Sequence[Piece], row: Sequence[Piece], across: Sequence[Box]) -> bool:
    """Whether a rule stands between two lines, across most of what they hold."""
    top = above[0].baseline + _UNDERLINE * above[0].size
    bottom = row[0].baseline - 0.4 * row[0].size
    return _covered(across, top, bottom, [*above, *row])


def _covered(across: Sequence[Box], top: float, bottom: float, pieces: Sequence[Piece]) -> bool:
    """Whether rules between two heights run across most of the width of pieces."""
    start = bisect.bisect_left(across, top, key=lambda r: r.top)
    stop = bisect.bisect_left(across, bottom, key=lambda r: r.top)
    x0, x1 = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    covered = sum(max(min(r.x1, x1) - max(r.x0, x0), 0.0) for r in across[start:stop])
    return covered > 0.6 * (x1 - x0)


def follows(left: Piece, right: Piece) -> bool:
    """Whether the file holds a piece right behind another."""
    return right.order == left.order + len(left.words)


def region_from(
    rows: Sequence[list[Piece]], free: int, start: int, across: Sequence[Box]
) -> list[list[Piece]]:
    """Rows from one on that keep to the same two columns or more.

    Rows above, from `free` on, belong to it where no rule parts them from it: a cell of a single
    line stands in the middle beside one of several.
    """
    # the file holds a table row by row; what it holds column by column is none
    if not any(follows(a, b) for a, b in itertools.pairwise(rows[start])):
        return []
    columns = [[p.x0, p.x1] for p in rows[start]]
    region = [rows[start]]
    steps: list[float] = []
    for row in rows[start + 1 :]:
        before = region[-1][0]
        step = row[0].baseline - before.baseline
        grown = _grown(columns, row)
        apart = len(row) < 2 and len(steps) > 1 and step > _CAPTION * statistics.median(steps)
        if step > _APART * max(row[0].size, before.size) or grown is None or apart:
            break
        columns = grown
        region.append(row)
        steps.append(step)
    while region and len(region[-1]) < 2 and not _is_tail(region, across):
        region.pop()
    first = start - 1
    while first >= free and len(rows[first]) < 2 and _is_top(rows, first, free, columns, across):
        region.insert(0, rows[first])
        first -= 1
    return region


def _is_top(
    rows: Sequence[list[Piece]],
    index: int,
    free: int,
    columns: Sequence[list[float]],
    across: Sequence[Box],
) -> bool:
    """Whether the line above a region is of its first row, which a rule parts from all above."""
    row, below = rows[index], rows[index + 1]
    near = below[0].baseline - row[0].baseline < 2 * row[0].size
    if not near or _grown(columns, row) is None or is_parted(row, below, across):
        return False
    above = next((i for i in range(index, max(free, 1) - 1, -1) if len(rows[i]) > 1), 0)
    return any(is_parted(rows[i - 1], rows[i], across) for i in range(max(above, 1), index + 1))


def _is_tail(region: Sequence[list[Piece]], across: Sequence[Box]) -> bool:
    """Whether the last row goes on with a cell of the row above it."""
    if len(region) < 2:
        return False
    last, above = region[-1][0], region[-2]
    if has_rules(region, across) and not is_parted(above, region[-1], across):
        return _covered(across, last.baseline, last.baseline + 2 * last.size, above)
    over = [p for p in above if min(p.x1, last.x1) > max(p.x0, last.x0)]
    return bool(over) and over[0].x0 > above[0].x0 and last.text[:1].islower()


def has_rules(region: Sequence[Sequence[Piece]], across: Sequence[Box]) -> bool:
    """Whether rules part the rows of a region."""
    parted = sum(is_parted(a, b, across) for a, b in itertools.pairwise(region))
    rows = sum(len(row) > 1 for row in region)
    return parted >= 2 and parted >= _RULED * (rows - 1)


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
