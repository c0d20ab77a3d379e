"""What reading a file gives, in a form that a test can write down."""

from __future__ import annotations

from pipeline.ingest import opened
from pipeline.records import RawDocument, Rejected


def read(content: bytes | str, name: str) -> RawDocument:
    found = opened(content.encode() if isinstance(content, str) else content, name)
    assert isinstance(found, RawDocument), found
    return found


def refused(content: bytes | str, name: str) -> str:
    """Why a file is not read."""
    found = opened(content.encode() if isinstance(content, str) else content, name)
    assert isinstance(found, Rejected), found
    assert "\n" not in found.reason
    return found.reason


def told(raw: RawDocument) -> list[str | tuple[str, ...]]:
    """The lines of a document: `role: text`, `role2: text` with a level, a row as its cells.

    The row that names the columns is one of capitals.
    """
    lines: list[str | tuple[str, ...]] = []
    for line in raw.lines:
        cells = tuple(raw.text[start:end] for start, end in line.cells)
        if line.head:
            lines.append(tuple(cell.upper() for cell in cells))
        elif cells:
            lines.append(cells)
        else:
            lines.append(f"{line.role}{line.level or ''}: {raw.text[line.start : line.end]}")
    return lines
