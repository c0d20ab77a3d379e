"""What each block stands under: the heads of its table, its headings, the lead-in of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.clean.piece import Piece
from pipeline.columnwords import names_columns
from pipeline.records import Block

_DIGIT = re.compile(r"\d")
_COLON = (":", "：")
#: What an entry says beside a name.
_DETAIL = re.compile(r"[\d(（,，]")
_LEAST_ENTRIES = 2
_LONGEST_ENTRY, _LONGEST_LEAD = 90, 600
#: Without words that name columns, so many rows show that the first one does.
_LEAST_ROWS = 3
_MOST_HEADS = 4
#: So many items may hold another.
_DEEPEST = 8
#: So many headings in a row are none.
_CROWD = 4


@dataclass(slots=True)
class _Table:
    """The rows of a table so far. told: its number where the format says it."""

    told: int = 0
    rows: list[int] = field(default_factory=list)
    has_body: bool = False


def outlined(text: str, blocks: Sequence[Block], openers: Sequence[Piece]) -> list[Block]:
    """The blocks with their heads and what they stand under.

    openers: of each block the piece that opened it, which says what its form is.
    """
    heads: list[tuple[int, ...]] = [()] * len(blocks)
    above: list[tuple[int, ...]] = [()] * len(blocks)
    last: tuple[int, ...] = ()
    for table in _tables(openers):
        naming = _naming(text, blocks, openers, table)
        if not naming and last and _goes_on(blocks, openers, last, table):
            naming = last
        for index in table.rows:
            if naming and index > naming[-1]:
                heads[index] = naming
        _within(text, blocks, table, naming, above)
        last = naming
    paths = _paths(text, blocks, openers)
    return [
        replace(b, heads=heads[i], under=tuple(dict.fromkeys((*paths[i], *above[i]))))
        for i, b in enumerate(blocks)
    ]


def _tables(openers: Sequence[Piece]) -> Iterator[_Table]:
    """Rows that follow each other, up to a row of another table or one that names columns anew."""
    table = _Table()
    for index, piece in enumerate(openers):
        if piece.role != "row":
            if table.rows and not table.told:
                yield table
                table = _Table()
            continue
        again = _is_head(piece) and table.has_body
        if table.rows and (again or table.told != piece.line.table):
            yield table
            table = _Table()
        table.told = piece.line.table
        table.has_body = table.has_body or not _is_head(piece)
        table.rows.append(index)
    if table.rows:
        yield table


def _is_head(piece: Piece) -> bool:
    return piece.head or piece.line.head


def _naming(
    text: str, blocks: Sequence[Block], openers: Sequence[Piece], table: _Table
) -> tuple[int, ...]:
    """The rows that name the columns of a table."""
    told = tuple(i for i in table.rows if _is_head(openers[i]))
    if told:
        return told[:_MOST_HEADS]
    rows = [i for i in table.rows if sum(a < b for a, b in blocks[i].cells) > 1]
    if len(rows) < 2:
        return ()
    first = _cells(text, blocks[rows[0]])
    if names_columns(first):
        return (rows[0],)
    below = [_cells(text, blocks[i]) for i in rows[1:]]
    return (rows[0],) if _differs(first, below) else ()


def _cells(text: str, block: Block) -> list[str]:
    return [text[a:b] for a, b in block.cells]


def _differs(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has words alone, in a column too where all rows below have digits."""
    if len(below) < _LEAST_ROWS or len(first) < 3 or any(map(_DIGIT.search, first)):
        return False
    if not all(first) or any(len(row) != len(first) for row in below):
        return False
    columns = zip(first, zip(*below, strict=True), strict=True)
    return any(name[:1].isalpha() and all(map(_DIGIT.search, cells)) for name, cells in columns)


def _goes_on(
    blocks: Sequence[Block], openers: Sequence[Piece], heads: tuple[int, ...], table: _Table
) -> bool:
    """Whether rows go on with the table of these heads behind a heading of its own."""
    first = table.rows[0]
    before = [openers[i].role for i in range(max(0, first - 2), first)]
    between = before[-1:] == ["heading"] and blocks[first].page == blocks[heads[-1]].page
    whole = not openers[first].line.table and len(blocks[first].cells) > 1
    return between and whole and len(blocks[first].cells) == len(blocks[heads[-1]].cells)


def _within(
    text: str,
    blocks: Sequence[Block],
    table: _Table,
    naming: Sequence[int],
    above: list[tuple[int, ...]],
) -> None:
    """Heading rows inside a table, and rows whose first cell an empty one below repeats."""
    rows = [i for i in table.rows if i not in naming]
    whole = sum(len(_filled(text, blocks[i])) > 1 for i in rows)
    heading: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    for index in rows:
        cells = blocks[index].cells
        filled = _filled(text, blocks[index])
        if len(cells) > 1 and len(filled) == 1 and 2 * whole >= len(rows) and _heads(text, cells):
            heading, named = (index,), ()
            continue
        above[index] = heading
        if cells and cells[0][0] == cells[0][1] and filled:
            above[index] += named
        elif len(filled) > 1:
            named = (index,)


def _filled(text: str, block: Block) -> set[str]:
    """What the cells of a row hold; a cell merged over columns is repeated in each."""
    return {text[a:b] for a, b in block.cells if a < b}


def _heads(text: str, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether the only content of a row may stand over the rows below."""
    first = next(text[a:b] for a, b in cells if a < b)
    merged = sum(a < b for a, b in cells) > 1
    return (merged or len(cells) > 2 or first.isupper()) and not _DIGIT.search(first)


def _paths(text: str, blocks: Sequence[Block], openers: Sequence[Piece]) -> list[tuple[int, ...]]:
    """The headings of each block from the outermost, then the lead-in and items above an item."""
    found: list[tuple[int, ...]] = []
    path: list[int] = []
    lead: tuple[int, ...] = ()
    items: list[tuple[int, int]] = []
    for index, piece in enumerate(openers):
        listed = piece.role in ("item", "row")
        if piece.role == "heading":
            path = _parents(text, blocks, openers, path, index)
            found.append(tuple(path))
            path, lead, items = [*path, index], (), []
            continue
        if listed and index and openers[index - 1].role not in ("item", "row"):
            lead = _lead(text, blocks, openers, index) or lead
        elif not listed and not _is_entry(text, blocks[index], piece, lead):
            lead, items = (), []
        level = piece.level or piece.line.level
        items = [(i, at) for i, at in items if at < level][-_DEEPEST:]
        found.append((*path, *lead, *(i for i, _ in items)))
        if piece.role == "item" and level:
            items.append((index, level))
        elif piece.role in ("body", "caption") and _leads(text, blocks, index, lead):
            lead = (index,)
    return found


def _lead(
    text: str, blocks: Sequence[Block], openers: Sequence[Piece], index: int
) -> tuple[int, ...]:
    """The paragraph or caption right before the first item of a list."""
    before = blocks[index - 1]
    leads = openers[index - 1].role in ("body", "caption")
    return (index - 1,) if leads and before.end - before.start <= _LONGEST_LEAD else ()


def _leads(text: str, blocks: Sequence[Block], index: int, lead: tuple[int, ...]) -> bool:
    """Whether a line opens a list: by a colon, or as a bare name before entries that say more."""
    inside = text[blocks[index].start : blocks[index].end]
    if inside.endswith(_COLON):
        return True
    if len(inside) > _LONGEST_ENTRY or _DETAIL.search(inside) or inside.endswith((".", "。")):
        return False
    if lead and index - lead[-1] > _LEAST_ENTRIES:
        return _say_more(text, blocks[index - _LEAST_ENTRIES : index])
    if lead or (index and not _is_closed(text, blocks[index - 1])):
        return False
    return _say_more(text, blocks[index + 1 : index + 1 + _LEAST_ENTRIES])


def _is_closed(text: str, block: Block) -> bool:
    return block.kind == "heading" or text[block.start : block.end].endswith((".", "。"))


def _say_more(text: str, blocks: Sequence[Block]) -> bool:
    entries = [text[b.start : b.end] for b in blocks if b.kind == "paragraph"]
    return len(entries) == _LEAST_ENTRIES and all(
        len(e) <= _LONGEST_ENTRY and _DETAIL.search(e) and not e.endswith((".", "。"))
        for e in entries
    )


def _is_entry(text: str, block: Block, piece: Piece, lead: tuple[int, ...]) -> bool:
    """Whether a short line still belongs to the list that a line with a colon opened."""
    inside = text[block.start : block.end]
    short = len(inside) <= _LONGEST_ENTRY and not inside.endswith((".", "。"))
    return bool(lead) and (piece.role in ("note", "caption") or short)


def _parents(
    text: str,
    blocks: Sequence[Block],
    openers: Sequence[Piece],
    path: Sequence[int],
    index: int,
) -> list[int]:
    """The headings that still hold where a new one begins."""
    level = _level(openers[index])
    if level:
        return [i for i in path if 0 < _level(openers[i]) < level]
    if openers[index].cells:
        # what heads the column of a table stands under the headings of the table
        return [i for i in path if not openers[i].cells]
    if _is_crowded(openers, index):
        return [i for i in path if _level(openers[i])]
    style = _style(text, blocks[index])
    kept = [i for i in path if _level(openers[i])]
    rest = [i for i in path if not _level(openers[i])]
    for at, other in enumerate(rest):
        if _style(text, blocks[other]) == style and other != index - 1:
            return [*kept, *rest[:at]]
    # right below another heading of unknown depth it is a part of that
    return [*kept, *rest] if rest and rest[-1] == index - 1 else kept


def _is_crowded(openers: Sequence[Piece], index: int) -> bool:
    """Whether so many headings follow each other that they are entries of a list."""
    near = openers[max(0, index - _CROWD + 1) : index + _CROWD]
    run = best = 0
    for piece in near:
        run = run + 1 if piece.role == "heading" else 0
        best = max(best, run)
    return best >= _CROWD


def _level(piece: Piece) -> int:
    return piece.level or piece.line.level


def _style(text: str, block: Block) -> tuple[bool, bool]:
    inside = text[block.start : block.end]
    return inside.isupper(), inside.endswith(_COLON)
