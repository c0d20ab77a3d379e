"""Blocks: lines of a page that belong together, and the order in which they are read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.pdf.pieces import LEVEL, Piece
from pipeline.ingest.pdf.regions import is_parted, level
from pipeline.records import Box

#: Lines of a block are no further apart than so many sizes of their type.
_LEADING = 2.1
#: Sizes of type in one block differ by no more than this factor.
_SIZES = 1.3
#: So many blocks may grow at a time: columns beside each other.
_OPEN = 6
#: From so many blocks on a page is a drawing: read from the top, line by line.
_MOST_BLOCKS = 600
#: Of the blocks that the file has one after the other, so many may go against the way one reads.
_BACKWARD = 0.06


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, each of one piece or of pieces with wide gaps; or the rows of a table.

    order: of its first word in the file.
    """

    box: Box
    order: int
    lines: tuple[tuple[Piece, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int = 0
    confidence: float = 1.0


def blocks(
    found: Sequence[Piece], gutters: Sequence[float], rules: Sequence[Box] = ()
) -> list[Block]:
    """Text blocks of pieces in the order of the file; a rule across stands between two."""
    across = level(rules)
    made: list[list[list[Piece]]] = []
    for part in found:
        last = made[-1][-1] if made else []
        if last and _same_line(last[-1], part, gutters):
            last.append(part)
            continue
        # a file that goes from column to column line by line comes back to each of them
        mine = next((b for b in reversed(made[-_OPEN:]) if _follows(b[-1], part)), None)
        if mine and across and is_parted(mine[-1], [part], across):
            mine = None
        if mine is None:
            made.append([[part]])
        else:
            mine.append([part])
    return [_block(lines) for lines in made]


def _same_line(left: Piece, right: Piece, gutters: Sequence[float]) -> bool:
    level = abs(left.baseline - right.baseline) <= LEVEL * min(left.size, right.size)
    parted = any(left.x1 <= x <= right.x0 for x in gutters)
    return level and right.x0 >= left.x1 and not parted


def _follows(line: Sequence[Piece], part: Piece) -> bool:
    before = line[0]
    x1 = line[-1].x1
    step = part.baseline - before.baseline
    size = max(before.size, part.size)
    if not LEVEL * size < step <= _LEADING * size or size > _SIZES * min(before.size, part.size):
        return False
    shared = min(x1, part.x1) - max(before.x0, part.x0)
    return shared > 0.2 * min(x1 - before.x0, part.x1 - part.x0)


def _block(lines: Sequence[Sequence[Piece]]) -> Block:
    parts = [p for line in lines for p in line]
    return Block(around(p.box for p in parts), parts[0].order, tuple(map(tuple, lines)))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around others."""
    found = list(boxes)
    return Box(
        min(b.x0 for b in found),
        min(b.top for b in found),
        max(b.x1 for b in found),
        max(b.bottom for b in found),
    )


def ordered(found: Sequence[Block]) -> list[Block]:
    """Blocks as a reader takes them: as the file has them, unless that leaps back up the page."""
    told = sorted(found, key=lambda b: b.order)
    back = sum(_leaps_back(a.box, b.box) for a, b in itertools.pairwise(told))
    if back <= _BACKWARD * len(told):
        return told
    if len(told) > _MOST_BLOCKS:
        return _rejoined(sorted(told, key=lambda b: (b.box.top, b.box.x0)))
    return _rejoined(_cut(told))


def _rejoined(found: Sequence[Block]) -> list[Block]:
    """Blocks whose lines the file holds in another order than they are read, put together."""
    made: list[Block] = []
    for block in found:
        last = made[-1] if made else None
        if last and last.lines and block.lines and _follows(last.lines[-1], block.lines[0][0]):
            box = around((last.box, block.box))
            made[-1] = replace(last, box=box, lines=(*last.lines, *block.lines))
        else:
            made.append(block)
    return made


def _leaps_back(before: Box, after: Box) -> bool:
    """Whether a block stands above the one before it in its column, or left of and above it."""
    above = after.bottom <= before.top + 1
    level = after.top < before.bottom and before.top < after.bottom
    left = after.x1 <= before.x0
    beside = after.x0 >= before.x1
    return (above and not beside) or (level and left)


def _cut(found: list[Block]) -> list[Block]:
    """Columns by their gutter, between the blocks that stand across it; else from the top."""
    best = _gutter(found)
    if best is None:
        return sorted(found, key=lambda b: (b.box.top, b.box.x0))
    across = sorted((b for b in found if b.box.x0 < best < b.box.x1), key=lambda b: b.box.top)
    rest = [b for b in found if b not in across]
    made: list[Block] = []
    for block in [*across, None]:
        band = [b for b in rest if block is None or _middle(b.box) < _middle(block.box)]
        rest = [b for b in rest if b not in band]
        left = [b for b in band if b.box.x1 <= best]
        made += _cut(left) + _cut([b for b in band if b not in left])
        made += [block] if block else []
    return made


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _gutter(found: Sequence[Block]) -> float | None:
    """The x that parts most of the height of blocks with the least across it."""
    best, most = None, 0.0
    for x in sorted({round(b.box.x1, 1) + 0.1 for b in found}):
        left = [b for b in found if b.box.x1 <= x]
        right = [b for b in found if b.box.x0 >= x]
        if not left or not right:
            continue
        side = min(_height(left), _height(right))
        across = _height([b for b in found if b.box.x0 < x < b.box.x1])
        level = any(
            a.box.top < b.box.bottom and b.box.top < a.box.bottom for a in left for b in right
        )
        if level and side - across > most:
            best, most = x, side - across
    return best


def _height(found: Sequence[Block]) -> float:
    return sum(b.box.bottom - b.box.top for b in found)
