"""A raw line, or a row of a table over several, with its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import Line, Span

#: `edge`: a page number or running head, across which a sentence may go on.
Role = Literal[
    "blank", "furniture", "edge", "rule", "heading", "item", "row", "body", "caption", "note"
]


@dataclass(frozen=True, slots=True)
class Piece:
    """A raw line with its role; `start` and `cells` count in `RawDocument.text`.

    cells: of a row found by its form, the spans that each cell is made of, none where it is empty;
    an item or heading that was a cell of a table has one. head: whether it names columns. level:
    depth of a heading or item; 0 where it is not known.
    """

    text: str
    role: Role
    line: Line
    cells: tuple[tuple[Span, ...], ...] = ()
    head: bool = False
    level: int = 0

    @property
    def start(self) -> int:
        return self.line.start

    @property
    def page(self) -> int | None:
        return self.line.page

    @property
    def is_told(self) -> bool:
        """Whether the format says what the line is."""
        return bool(self.line.role)

    @property
    def is_open(self) -> bool:
        """Whether the form of the line may still say what it is."""
        return not self.is_told and not self.cells

    @property
    def end(self) -> int:
        return self.start + len(self.text)


#: The cells of a row, each as the spans of raw text that it is made of.
Cells = tuple[tuple[Span, ...], ...]


def row(lines: Sequence[Piece], cells: Cells, head: bool = False) -> Piece:
    """The row of a table that stands on these lines."""
    line = replace(lines[0].line, end=lines[-1].line.end)
    return Piece(lines[0].text, "row", line, cells, head)


def is_free(piece: Piece) -> bool:
    """Whether a line of plain text may be part of a table, by its role so far."""
    return piece.role in ("body", "item") and piece.is_open and piece.line.box is None
