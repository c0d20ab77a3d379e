"""Tables of plain text whose columns stand under each other, parted by spaces alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.clean.piece import Cells, Piece, is_free, row
from pipeline.clean.splits import Written, places, wide
from pipeline.records import Span

_GAP = re.compile(r"\S(?: {2,}|\u3000+ *| *\t\s*)\S")
_WIDE_GAP = re.compile(r"\S(?: {3,}|\u3000| *\t\s*)\S")
_NUMBERING = re.compile(r"^(?:\(?[\da-zA-Zivx]{1,4}[.)]?|[-–—*•>]+)$")
#: What shows that a line goes on with the cell above it, and that a cell goes on below.
_GOES_ON = re.compile(r"^[\(\[&/a-zà-öø-ÿа-яё]")
_UNFINISHED = re.compile(r"[,/&–(-]$|\b(?:of|and|the|de|di|da|do|und|et|y|i|и)$")
_GUTTER = 2
_LONGEST_ROW, _MOST_COLUMNS, _MOST_LINES = 400, 40, 30
#: With one gap only, this many rows make a table.
_TWO_COLUMNS = 3
_DIGIT = re.compile(r"\d")
#: A column is filled in every row if it is in this share of the rows.
_ALWAYS = 0.8


def aligned(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """The table that begins with a line: the index behind it, and its rows; none if it is none."""
    if not _may_be(found[index]) or not _GAP.search(found[index].text.strip()):
        return index, []
    used, gutters = _run(found, index, written)
    rows = [cells(written, piece, gutters) for piece in used]
    if not _is_table(used, rows, written.text):
        # the rows of a long run are not looked at again and again
        apart = [i for i, cells_of in enumerate(rows) if sum(map(bool, cells_of)) > 1]
        return index + max(1, len(apart) and apart[-1] - 1), []
    return index + len(used), rows_of(used, rows, written.text)


def _run(found: Sequence[Piece], index: int, written: Written) -> tuple[list[Piece], list[Span]]:
    """The lines from `index` on that leave columns free in common, and those columns."""
    union = 0
    used: list[Piece] = []
    gutters: list[Span] = []
    for at in range(index, len(found)):
        piece = found[at]
        if not _may_be(piece):
            break
        line = _mask(written, piece)
        after = _gutters(union | line)
        own = len(_GAP.findall(piece.text.strip()))
        if used and len(after) < (min(len(gutters), own) if own else len(gutters)):
            break
        union, gutters = union | line, after
        used.append(piece)
        if not gutters:
            break
    return used, gutters


def _may_be(piece: Piece) -> bool:
    return is_free(piece) and len(piece.text) <= _LONGEST_ROW


def _mask(written: Written, piece: Piece) -> int:
    """The columns of the screen that a line fills, as the bits of a number."""
    filled = 0
    for column, at in places(written, (piece.start, piece.end)):
        filled |= (1 if wide(written.text[at]) < 2 else 3) << column
    return filled


def _gutters(union: int) -> list[Span]:
    """Columns of the screen that no line fills, as (first, end), right of some that lines fill."""
    free = re.finditer(f"0{{{_GUTTER},}}", f"{union:b}"[::-1])
    return [m.span() for m in free if m.start()]


def cells(written: Written, piece: Piece, gutters: Sequence[Span]) -> Cells:
    """The cells of a line between free columns of the screen."""
    found: list[list[int]] = [[] for _ in range(len(gutters) + 1)]
    cell = 0
    for column, at in places(written, (piece.start, piece.end)):
        while cell < len(gutters) and column >= gutters[cell][1]:
            cell += 1
        found[cell].append(at)
    return tuple(((c[0], c[-1] + 1),) if c else () for c in found)


def _is_table(used: Sequence[Piece], rows: Sequence[Cells], text: str) -> bool:
    columns = len(rows[0]) if rows else 0
    full = [r for r in rows if sum(map(bool, r)) > 1]
    if not 1 < columns <= _MOST_COLUMNS or len(full) < 2 or 2 * len(full) < len(rows):
        return False
    first = [text[slice(*r[0][0])] for r in rows if r[0]]
    if columns == 2 and all(_NUMBERING.match(cell) for cell in first):
        return False
    clear = all(_WIDE_GAP.search(p.text.strip()) for p in used)
    return columns > 2 or len(full) >= _TWO_COLUMNS or clear


def rows_of(used: Sequence[Piece], rows: Sequence[Cells], text: str) -> list[Piece]:
    """The rows, each with the lines below it that go on with its cells."""
    always = _always(rows, text)
    margin = min((_indent(p) for p, r in zip(used, rows, strict=True) if r[0]), default=0)
    done: list[tuple[list[Piece], Cells]] = []
    for piece, own in zip(used, rows, strict=True):
        lines, above = done[-1] if done else ([], ())
        if 0 < len(lines) < _MOST_LINES and (
            _is_hung(above, own, _indent(piece) - margin) or _goes_on(above, own, text, always)
        ):
            whole = tuple(a + b for a, b in zip(above, own, strict=True))
            done[-1] = ([*lines, piece], whole)
        else:
            done.append(([piece], own))
    return [row(lines, whole) for lines, whole in done]


def _indent(piece: Piece) -> int:
    return len(piece.text) - len(piece.text.lstrip())


def _is_hung(above: Cells, cells: Cells, indent: int) -> bool:
    """Whether a line has nothing but a first cell that stands further in than those of rows."""
    return indent > 0 and bool(cells[0] and above[0]) and not any(cells[1:])


def _always(rows: Sequence[Cells], text: str) -> int:
    """The column behind the first that whole rows fill with figures; 0 for none."""
    whole = [r for r in rows if r[0]]
    digits: Counter[int] = Counter()
    for cells in whole:
        digits.update(
            i for i, c in enumerate(cells) if i and c and _DIGIT.search(text[slice(*c[0])])
        )
    best = max(digits, key=lambda i: (digits[i], i), default=0)
    return best if digits[best] >= _ALWAYS * (len(whole) - 1) and digits[best] > 1 else 0


def _goes_on(above: Cells, cells: Cells, text: str, always: int) -> bool:
    filled = [i for i, c in enumerate(cells) if c]
    if not all(above[i] for i in filled) or len(filled) == len(cells):
        return False
    if cells[0] and len(filled) > 1:
        return False
    if any(_GOES_ON.match(text[slice(*cells[i][0])]) for i in filled):
        return True
    if any(_UNFINISHED.search(text[slice(*above[i][-1])]) for i in filled):
        return True
    return bool(always) and not cells[0] and always not in filled
