"""Rows whose cells hold entries of lists: each entry becomes an item of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.clean.piece import Cells, Piece
from pipeline.columnwords import names_columns
from pipeline.records import Span

_MARK = re.compile(r"^(?:[-–—*•▪◦·‣●■□»]\s+|\(?\d{1,3}[.)]\s+)(?=[^\W\d_])")
#: A name with where it lies or since when: "Kiel, Germany (1985)", "Kiel (1985)".
_ENTRY = re.compile(r"^[^\W\d_][^,;:(|]{1,40}(?:, ?[^\W\d_][^|]{1,50}| ?\([^|]{2,40}\))\W*$")


def unlisted(rows: Sequence[Piece], text: str) -> list[Piece]:
    """The rows of a table, those that hold lists as their headings and items, column by column."""
    if _is_side_by_side(rows, text):
        columns = [[s for r in rows for s in r.cells[i]] for i in range(len(rows[0].cells))]
        return [p for column in columns for p in _entries(rows[0], column, text, _ENTRY)]
    found: list[Piece] = []
    for piece in rows:
        if piece.role == "row" and not any(piece.cells):
            continue
        if _holds_lists(piece, text):
            found += [p for cell in piece.cells for p in _entries(piece, cell, text, _MARK)]
        else:
            found.append(piece)
    return found


def _holds_lists(piece: Piece, text: str) -> bool:
    spans = [(i, bool(_MARK.match(text[a:b]))) for i, c in enumerate(piece.cells) for a, b in c]
    marked = sum(is_marked for _, is_marked in spans)
    columns = {i for i, is_marked in spans if is_marked}
    return (
        marked > 1 and 2 * marked >= len(spans) and 2 * len(columns) >= sum(map(bool, piece.cells))
    )


def _is_side_by_side(rows: Sequence[Piece], text: str) -> bool:
    """Whether the columns are lists of unlike length that stand beside each other.

    Where all rows are whole, a row may be a pair: "Leeds, UK | Dortmund, Germany".
    """
    if len(rows) < 3 or len({len(r.cells) for r in rows}) > 1 or any(r.head for r in rows):
        return False
    columns = list(zip(*(r.cells for r in rows), strict=True))
    sizes = [sum(map(bool, column)) for column in columns]
    from_top = all(all(column[:n]) for column, n in zip(columns, sizes, strict=True))
    if not from_top or len(set(sizes)) < 2 or min(sizes) < 2:
        return False
    if names_columns([_words(c, text) for c in rows[0].cells]):
        return False
    below = [_words(c, text) for column in columns for c in column[1:] if c]
    return sum(bool(_ENTRY.match(cell)) for cell in below) >= 0.9 * len(below)


def _words(cell: Sequence[Span], text: str) -> str:
    return " ".join(text[a:b] for a, b in cell)


def _entries(
    piece: Piece, spans: Sequence[Span], text: str, entry: re.Pattern[str]
) -> Iterator[Piece]:
    """The heading and items of one column; what does not begin as an entry goes on with one."""
    groups: list[list[Span]] = []
    begun = False
    for span in spans:
        begins = bool(entry.match(text[slice(*span)]))
        if begun and not begins:
            groups[-1].append(span)
        else:
            groups.append([span])
        begun = begun or begins
    for group in groups:
        cells: Cells = (tuple(group),)
        is_item = entry.match(text[slice(*group[0])])
        yield Piece(text[slice(*group[0])], "item" if is_item else "heading", piece.line, cells)
