"""Spreadsheets (XLSX, XLS, ODS) by calamine: a heading a sheet, a row a record."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.container import ZIP, container, kind, names
from pipeline.ingest.docx import core
from pipeline.ingest.format import Format, Reading, Unreadable, parsing
from pipeline.ingest.heads import table, titled
from pipeline.ingest.markup.about import written
from pipeline.ingest.sheet_bounds import bounded
from pipeline.records import Notice, RawDocument

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
#: Rows of all sheets and columns of each that are read.
_ROWS, _COLUMNS = 100_000, 200
#: A cell holds no more.
_CELL = 20_000


def _open(form: Format, document_id: str, name: str, content: bytes) -> RawDocument:
    about: dict[str, str] = {}
    if content.startswith(ZIP):
        with container(content) as opened:
            about = core(opened)
            bounded(opened)
    notices: list[Notice] = []
    with parsing("spreadsheet"):
        parts = list(_read(content, notices))
    text, lines = assemble(parts)
    if not text.strip():
        raise Unreadable("the spreadsheet is empty; deliver it again")
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=form.media_type,
        title=about.get("title", ""),
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=written(about.get("created", ""), about.get("modified", "")),
        notices=tuple(notices),
    )


def _read(content: bytes, notices: list[Notice]) -> Iterator[Part]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise Unreadable("is encrypted with a password; save a copy without one") from None
    left = _ROWS
    tables = count(1)
    for sheet in book.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != calamine.SheetVisibleEnum.Visible:
            message = f"sheet {sheet.name} is hidden and was not read; show it if it counts"
            notices.append(Notice("hidden_text_left_out", message))
            continue
        rows, all_rows = _rows(book.get_sheet_by_name(sheet.name), left)
        if len(rows) < all_rows:
            message = f"sheet {sheet.name}: {all_rows - len(rows)} rows were not read; split it"
            notices.append(Notice("part_not_read", message))
        left -= len(rows)
        if any(any(row) for row in rows):
            yield Part("heading", sheet.name, level=1)
            yield from listed(rows, tables)


def _rows(sheet: Any, most: int) -> tuple[list[tuple[str, ...]], int]:
    """The rows of a sheet as texts, merged cells repeated; and how many rows it has."""
    rows: list[list[str]] = []
    total = 0
    for row in sheet.iter_rows():
        total += 1
        if len(rows) < most:
            rows.append([_text(value) for value in row[:_COLUMNS]])
    # rows come from the first of the sheet on, columns from the first that is used
    _, left = sheet.start or (0, 0)
    for (y0, x0), (y1, x1) in sheet.merged_cell_ranges or []:
        _fill(rows, y0, x0 - left, y1, x1 - left)
    return [tuple(row) for row in rows], total


def _fill(rows: list[list[str]], y0: int, x0: int, y1: int, x1: int) -> None:
    """Repeat the text of a merged cell; over whole titles too, which `listed` takes as one."""
    if not (0 <= y0 < len(rows) and 0 <= x0 < len(rows[y0])):
        return
    text = rows[y0][x0]
    for y in range(y0, min(y1, len(rows) - 1) + 1):
        for x in range(x0, min(x1, len(rows[y]) - 1) + 1):
            rows[y][x] = text


def listed(rows: Sequence[tuple[str, ...]], tables: Iterator[int]) -> Iterator[Part]:
    """The rows of a list: its title, the row that names the columns, the records.

    Empty rows part one table from the next; empty columns on the left or right are left out.
    """
    near: list[tuple[str, ...]] = []
    for row in [*rows, ()]:
        if any(row):
            near.append(row)
        elif near:
            yield from _table(near, next(tables))
            near = []


def _table(rows: list[tuple[str, ...]], number: int) -> Iterator[Part]:
    used = [i for row in rows for i, cell in enumerate(row) if cell]
    rows = [row[min(used) : max(used) + 1] for row in rows]
    single = [tuple(dict.fromkeys(filter(None, row))) for row in rows]
    title = titled(single)
    for index, cells in enumerate(single[:title]):
        yield Part("caption" if index else "heading", cells[0], level=0 if index else 2)
    yield from table(rows[title:], number)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(str(value).split())[:_CELL]


def _is_xlsx(content: bytes) -> bool:
    return "xl/workbook.xml" in names(content)


def _is_xls(content: bytes) -> bool:
    return content.startswith(_OLE) and "Workbook".encode("utf-16-le") in content


def _is_ods(content: bytes) -> bool:
    return kind(content) == _ODS


def _format(media_type: str, suffixes: tuple[str, ...], fits: Any) -> Format:
    def opens(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
        return _open(form, document_id, name, content)

    form = Format(media_type, suffixes, fits, opens)
    return form


XLSX = _format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx", ".xlsm"),
    _is_xlsx,
)
XLS = _format("application/vnd.ms-excel", (".xls",), _is_xls)
ODS = _format(_ODS, (".ods",), _is_ods)
