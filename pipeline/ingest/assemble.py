"""Typed blocks of a format to the text and the lines of a raw document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Box, Line, LineRole, Span

#: What stands between the cells of a row.
_CELL_BREAK = " | "


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a document, or one line of it, as its format tells it.

    text: of all roles but `row`, which has `cells`. level, table, head, joins, confidence: as in
    `Line`.
    """

    role: LineRole
    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0
    table: int = 0
    head: bool = False
    page: int | None = None
    box: Box | None = None
    joins: bool | None = None
    confidence: float = 1.0


def assemble(blocks: Iterable[Part]) -> tuple[str, tuple[Line, ...]]:
    """The text of the blocks, one a line, and the lines.

    White space within a block is one space, but where the role is left to the form of the line:
    there wide gaps count. An empty text makes an empty line, which parts paragraphs; a row of empty
    cells makes none.
    """
    texts: list[str] = []
    lines: list[Line] = []
    position = 0
    for part in blocks:
        text, cells = _row(part.cells, position) if part.cells else (_line_text(part), ())
        if part.cells and all(start == end for start, end in cells):
            continue
        lines.append(_line(part, position, position + len(text), cells))
        texts.append(text)
        position += len(text) + 1
    return "\n".join(texts), tuple(lines)


def _line(part: Part, start: int, end: int, cells: tuple[Span, ...]) -> Line:
    return Line(
        start=start,
        end=end,
        page=part.page,
        box=part.box,
        role=part.role if end > start else "",
        level=part.level,
        cells=cells,
        table=part.table,
        head=part.head,
        joins=part.joins,
        confidence=part.confidence,
    )


def _row(cells: tuple[str, ...], position: int) -> tuple[str, tuple[Span, ...]]:
    """The cells of a row on one line that starts at `position`, and where each stands."""
    found: list[Span] = []
    texts = [_flat(cell) for cell in cells]
    for text in texts:
        found.append((position, position + len(text)))
        position += len(text) + len(_CELL_BREAK)
    return _CELL_BREAK.join(texts), tuple(found)


def _line_text(part: Part) -> str:
    return _flat(part.text) if part.role else " ".join(part.text.splitlines())


def _flat(text: str) -> str:
    return " ".join(text.split())
