"""Lists: CSV, spreadsheets and JSON, each record a row under the names of its columns."""

from __future__ import annotations

import datetime
import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import read as read_file
from pipeline.ingest.heads import headed
from pipeline.records import Document
from tests.ingested import read, refused, told


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_columns_is_found(mark: str) -> None:
    rows = [("Town", "Country", "Since"), ("Lublin", "Poland", "1992"), ("Aarhus", "", "1999")]
    raw = read("\r\n".join(mark.join(row) for row in rows), "a.csv")
    assert told(raw) == [("TOWN", "COUNTRY", "SINCE"), *rows[1:]]
    assert raw.keeps_offsets


def test_a_title_above_the_columns_and_a_comma_in_a_cell() -> None:
    raw = read('Partners of Ulm;;\n\nTown;Since\n"Gent, in\nFlanders";1992\n Lublin ;1993', "a.csv")
    assert told(raw) == [
        "heading1: Partners of Ulm",
        ("TOWN", "SINCE"),
        ("Gent, in\nFlanders", "1992"),
        ("Lublin", "1993"),
    ]


def test_offsets_of_a_list_count_in_its_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    written = '"Town","Country"\n"Lublin","Poland"\n'
    (tmp_path / "a.csv").write_text(written, "utf-8")
    document = read_file(tmp_path / "a.csv", "a.csv")
    assert isinstance(document, Document)
    # the words are read alike, however the file parts its cells
    assert document.text == "Town | Country\nLublin | Poland"
    assert document.published_text == written
    [start, end] = document.blocks[1].cells[1]
    assert document.text[start:end] == "Poland"
    start, end = document.published(start, end)
    assert written[start:end] == "Poland"


CELLS = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=8).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_no_cell_of_a_list_is_lost(rows: list[list[str]]) -> None:
    rows = [row for row in rows if any(row)]
    written = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    if rows:
        raw = read(written, "a.csv")
        found = [raw.text[line.start : line.end] for line in raw.lines]
        assert all(cell in text for row, text in zip(rows, found, strict=True) for cell in row)


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([("Name", "x"), ("Lublin", "1992")], 1),
        ([("Partnerstadt", "Land"), ("Lublin", "Polen")], 1),
        ([("Город", "Страна"), ("Люблин", "Польша")], 1),
        ([("Ulm", "a"), ("Lublin", "1992")], 1),
        ([("Lublin", "1992"), ("Aarhus", "1999")], 0),
        ([("Lublin", "Poland"), ("Gdynia", "Poland")], 0),
        ([("Lublin", "Poland"), ("Aarhus", "Denmark")], 0),
        ([("Town", "Country")], 0),
    ],
)
def test_which_first_row_names_columns(rows: list[tuple[str, ...]], heads: int) -> None:
    assert headed(rows) == heads


def test_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Europe"
    sheet["B2"] = "Partners of Ulm"
    sheet.merge_cells("B2:D2")
    for y, row in enumerate(
        [
            ("Town", "Country", "Since"),
            ("Lublin", "Poland", 1992),
            ("Gdynia", None, datetime.date(1993, 5, 2)),
        ]
    ):
        for x, value in enumerate(row):
            sheet.cell(y + 3, x + 2, value)
    sheet.merge_cells("C4:C5")
    hidden = book.create_sheet("Old")
    hidden["A1"], hidden.sheet_state = "Gent", "hidden"
    book.create_sheet("Empty")
    buffer = io.BytesIO()
    book.save(buffer)
    raw = read(buffer.getvalue(), "a.xlsx")
    assert told(raw) == [
        "heading1: Europe",
        "heading2: Partners of Ulm",
        ("TOWN", "COUNTRY", "SINCE"),
        ("Lublin", "Poland", "1992"),
        ("Gdynia", "Poland", "1993-05-02"),
    ]
    assert [(n.check, "Old" in n.message) for n in raw.notices] == [("hidden_text_left_out", True)]


def test_a_sheet_that_reaches_too_far_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Lublin", "Gent"
    buffer = io.BytesIO()
    book.save(buffer)
    assert "1048576 rows" in refused(buffer.getvalue(), "a.xlsx")


RECORDS = [{"town": "Lublin", "in": {"country": "Poland"}}, {"town": "Aarhus", "since": 1999}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS),
        json.dumps({"data": {"partners": RECORDS}}),
        "\n".join(map(json.dumps, RECORDS)),
    ],
)
def test_json_records(content: str) -> None:
    assert told(read(content, "a.json")) == [
        ("TOWN", "IN COUNTRY", "SINCE"),
        ("Lublin", "Poland", ""),
        ("Aarhus", "", "1999"),
    ]


def test_json_articles() -> None:
    long = "The towns of Ulm and Lublin have been partners for many years. " * 5
    raw = read(json.dumps([{"id": 7, "title": "A visit", "body": f"{long}\n\n{long}"}]), "a.json")
    assert told(raw) == [
        "heading1: A visit",
        "item1: id: 7",
        f"body: {long.strip()}",
        f"body: {long.strip()}",
    ]


def test_front_matter_is_about_the_text() -> None:
    raw = read("---\ntitle: 'Partners'\ndate: 2019-03-05\nlang: de\n---\n# Lublin\n", "a.md")
    assert (raw.title, raw.date, raw.language) == ("Partners", "2019-03-05", "de")
    assert [line.role for line in raw.lines] == ["furniture"] * 5 + [""]
    assert raw.keeps_offsets
    assert read("---\nLublin: a town\n---\n", "a.md").lines[1].role == ""


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    raw = read("---\ndate: 2019-02-31\n---\nUlm and Lublin.\n", "a.md")
    assert raw.date == "2019-02"
