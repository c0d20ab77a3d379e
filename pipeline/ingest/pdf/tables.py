"""Tables of a page: what rows of cells must be to be one, and which of them name the columns."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.pdf.pieces import Piece, lines, pieces
from pipeline.ingest.pdf.words import Word
from pipeline.records import Box

#: Cells of more characters, in the middle, hold text of a page and not of a table.
_LONG_CELL = 300
_HEAD = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of as many columns. heads: how many rows at the top name the columns."""

    box: Box
    order: int
    rows: tuple[tuple[str, ...], ...]
    heads: int


def cell_text(words: Sequence[Word], right: float) -> str:
    """Lines of a cell as one; those that end where the next word had room are entries each."""
    text, before = "", None
    for row in lines(pieces(words)):
        line = "  ".join(p.text for p in row)
        if before is not None:
            entry = begins(before, row, right) and _ends(text)
            text = text[:-1] if text.endswith("\u00ad") else f"{text}; " if entry else f"{text} "
        text += line
        before = row
    return " ".join(text.replace("\u00ad", "-").split())


def begins(above: Sequence[Piece], line: Sequence[Piece], right: float) -> bool:
    """Whether a line of a cell begins anew: its first word had room at the end of the line above.

    right: where lines of the cell end at most.
    """
    word, text = line[0].words[0], line[0].text
    room = right - above[-1].x1 - 0.6 * above[-1].size
    return (
        room > word.x1 - word.x0 + 0.3 * word.size and not text[:1].islower() and text[:1].isalnum()
    )


def _ends(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] in ")"


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows have cells that stand beside each other, more than once, and hold no pages."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    full = [row for row in rows if len(set(filter(None, row))) > 1]
    lengths = [len(text) for row in rows for text in row if text]
    return len(full) >= 2 and statistics.median(lengths) <= _LONG_CELL


def heads(rows: Sequence[Sequence[str]], bold: Sequence[bool]) -> int:
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
