"""Files made to do harm: each is refused in one line, or read within bounds."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.ingest import opened
from tests.ingested import read, refused
from tests.test_ingest_office import MAIL, book, saved
from tests.test_ingest_office import word as whole_word

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


WHOLE = [
    whole_word(),
    book(a="<html><body><h1>Lublin</h1></body></html>"),
    odt("<r><h outline-level='1'>Lublin</h></r>"),
    f"{MAIL}Content-Type: text/html\n\n<p>Lublin".encode(),
    b"<html><table><tr><td rowspan=2>Lublin<td>1992<tr><td>1993</table>",
    b'{"partners": [{"town": "Lublin"}, {"town": "Gent"}]}',
    b'"Town";"Since"\n"Lublin";1992\n',
    rb"{\rtf1\ansi Lublin \'f6\par\trowd\cell 1992\cell\row}",
    b'<?xml version="1.0"?><r><p>Lublin</p></r>',
]
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


def test_characters_that_are_none() -> None:
    body = "<h1>Ulm</h1><main>&#1;Lublin\x02 \x0b &#xFFFF;&#x4c;ille</main><p hidden></p>&#11;"
    assert read(f"<html><body>{body}", "a.html").text == "Ulm\nLublin Lille"


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


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_damage_anywhere_is_never_an_exception(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=4))
    opened(bytes(content), data.draw(st.sampled_from(["a", "a.csv", "a.eml", "a.html"])))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "TIFF", "WEBP", "JPEG"]), st.data())
def test_a_damaged_picture_is_told(kind: str, data: st.DataObject) -> None:
    made = io.BytesIO()
    Image.new("L", (40, 20), 255).save(made, kind)
    content = bytearray(made.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(12, len(content) - 1))
        content[at] = data.draw(st.sampled_from([0, 1, 127, 128, 255]))
    assert refused(bytes(content), "a.bin")
