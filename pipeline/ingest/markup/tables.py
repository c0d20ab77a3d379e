"""The rows of a table as typed blocks."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.assemble import Part
from pipeline.ingest.heads import headed
from pipeline.ingest.markup.grid import Row

#: A cell over all columns that holds more is a remark, no name of a group.
_LONG_TEXT = 80


def table_parts(rows: list[Row], table: int) -> Iterator[Part]:
    """Rows as parts. A cell over all columns is the title of the table, a note below it, or names
    the group of the rows after it: then it is a cell of each of them.
    """
    while rows and rows[0].spans:
        yield Part("caption", rows[0].cells[0])
        rows = rows[1:]
    notes: list[Part] = []
    while rows and rows[-1].spans:
        notes.insert(0, Part("note", rows[-1].cells[0]))
        rows = rows[:-1]
    grouped = any(row.spans and len(row.cells[0]) <= _LONG_TEXT for row in rows)
    group = ""
    known = any(row.head for row in rows)
    data = [row.cells for row in rows if not row.spans]
    named = 0 if known else headed(data)
    for row in rows:
        if row.spans and len(row.cells[0]) > _LONG_TEXT:
            yield Part("note", row.cells[0])
        elif row.spans:
            group = row.cells[0]
        else:
            head = row.head or named > 0
            named -= 1
            cells = ("" if head else group, *row.cells) if grouped else row.cells
            yield Part("row", cells=cells, table=table, head=head)
    yield from notes
