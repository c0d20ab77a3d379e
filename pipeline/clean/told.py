"""Rows whose cells the format tells, as reading text."""

from __future__ import annotations

from pipeline.clean.join import Reader
from pipeline.clean.piece import Piece
from pipeline.records import Span

#: What parts the cells of a row in the reading text, however the file does it.
_BREAK = " | "


def told_row(piece: Piece, reader: Reader) -> tuple[Span, ...]:
    """Add a row to the reading text; returns where its cells stand there."""
    columns: list[Span] = []
    last = piece.start
    for start, end in piece.line.cells:
        if columns:
            # what stands there in the file parts its cells in its own way: ; or "," or a tab
            reader.parts.append(_BREAK)
            reader.origin.extend([last] * len(_BREAK))
        begin = reader.length
        words = piece.text[start - piece.start : end - piece.start]
        # a cell may hold line ends
        reader.add(words.translate({10: " ", 13: " "}), start)
        columns.append((begin, reader.length))
        last = min(end, piece.end - 1)
    return tuple(columns)
