"""Files made to do harm: each is refused in one line, or read within bounds."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tests.ingested import read, refused
from tests.test_ingest_office import book, saved

ENTITIES = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
#: A text of a thousand million times its size, if its entities are resolved.
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">{ENTITIES}]>'
STOLEN = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def word(main: str) -> bytes:
    """A Word file with another main part."""
    document = docx.Document()
    source, made = io.BytesIO(saved(document.save)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, main if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def odt(main: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        new.writestr("content.xml", main)
    return made.getvalue()


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"{LAUGHS}<r>&j;</r>".encode(), "a.xml"),
        (
            word(f"{LAUGHS}{BODY}<w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"),
            "a.docx",
        ),
        (odt(f"{LAUGHS}<r><p>&j;</p></r>"), "a.odt"),
        (word(" " * 400_000_000), "a.docx"),
        (odt("<a>" * 100_000 + "</a>" * 100_000), "a.odt"),
        (b'<?xml version="1.0"?>' + b"<a>" * 100_000 + b"</a>" * 100_000, "a.xml"),
        (b"<html><body>" + b"<div>" * 1_000_000 + b"Lublin", "a.html"),
        (b"<html><body>" + b"<table><tr><td>" * 300_000 + b"Lublin", "a.html"),
        (b"<!--" * 500_000, "a.html"),
        (b"[" * 1_000_000 + b"]" * 1_000_000, "a.json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "a.json"),
        (b'[{"a": 1},', "a.json"),
        (word(BODY), "a.docx"),
    ],
    ids=range(13),
)
def test_harm_is_refused(content: bytes, name: str) -> None:
    assert len(refused(content, name)) < 200


def test_pages_resolve_no_entities_and_fetch_nothing() -> None:
    page = "<html><body><p>Lublin &{};</p></body></html>"
    assert read(LAUGHS.replace("DOCTYPE r", "DOCTYPE html") + page.format("j"), "a.html").text == (
        "Lublin &j;"
    )
    assert read(f"{STOLEN}<r>Lublin &a;</r>", "a.xml").text == "Lublin &a;"
    assert read(book(a=LAUGHS + page.format("j")), "a.epub").text == "Lublin &j;"


def test_what_lies_too_deep_is_told() -> None:
    raw = read(f"<html><body><p>Lublin</p>{'<div>' * 300}Gent", "a.html")
    assert raw.text == "Lublin"
    assert [notice.check for notice in raw.notices] == ["damaged_part"]


def test_cells_that_claim_to_span_everything() -> None:
    rows = "<tr><td colspan=100>Gent" * 2000
    raw = read(f"<html><table><tr><td rowspan=99999 colspan=999999>Lublin{rows}</table>", "a.html")
    assert len(raw.text) < 2_000_000


@pytest.mark.parametrize(
    "content", [b'"' * 200_000, b'"a;b\n' * 20_000, b"," * 200_000, b" " * 200_000 + b"x"]
)
def test_lists_that_are_none(content: bytes) -> None:
    assert read(content, "a.csv").keeps_offsets


def test_long_heads_of_mail_and_of_notes() -> None:
    assert read(b"A-b: x\n" * 100_000, "a.txt").media_type == "text/plain"
    assert read(b"---\n" + b"title: x\n" * 50_000, "a.md").title == ""
