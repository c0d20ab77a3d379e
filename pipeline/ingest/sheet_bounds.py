"""Whether a spreadsheet claims a sensible number of cells, before memory is given to them all."""

from __future__ import annotations

import re
import zipfile

from pipeline.ingest.container import part
from pipeline.ingest.format import Unreadable

#: Cells between the first and the last of a sheet, filled or not.
_CELLS = 20_000_000
_COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<(?:\w+:)?(?:row|c) r="[A-Z]*(\d{1,9})"')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,12})"[^>]*?(/?)>')
#: OpenDocument fills the sheet with rows of empty cells.
_EMPTY_ROW = re.compile(rb"<table:table-row[^>]*>(?:<table:table-cell[^>]*/>)*</table:table-row>")


def bounded(opened: zipfile.ZipFile) -> None:
    """Raises `Unreadable` where a sheet reaches too far."""
    for name in opened.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check(*_reach(part(opened, name)))
        elif name == "content.xml":
            _check(*_repeats(part(opened, name)))


def _check(rows: int, columns: int) -> None:
    if rows * columns > _CELLS:
        raise Unreadable(
            f"a sheet reaches over {rows} rows and {columns} columns; "
            "delete what lies beyond the list and save it again"
        )


def _reach(sheet: bytes) -> tuple[int, int]:
    """The last row and column that a sheet of XLSX names."""
    columns = {_number(name) for name in set(_COLUMN.findall(sheet))}
    rows = {int(number) for number in set(_ROW.findall(sheet))}
    return max(rows, default=0), max(columns, default=0)


def _number(name: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number


def _repeats(sheets: bytes) -> tuple[int, int]:
    """How often rows that hold something, and cells that do, are repeated in OpenDocument."""
    found = {"rows": 1, "columns": 1}
    for kind, number, closed in _REPEATED.findall(_EMPTY_ROW.sub(b"", sheets)):
        # an element without content is empty space
        if not closed:
            found[kind.decode()] = max(found[kind.decode()], int(number))
    return found["rows"], found["columns"]
