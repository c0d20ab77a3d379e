"""Files whose reading must not take time that grows with the square of their length.

Nothing is timed: what is asserted comes within a second, and took minutes where it was not so.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.clean import clean
from pipeline.clean.language import language_of
from pipeline.clean.title import title_of
from pipeline.ingest import opened
from pipeline.ingest.markup.tree import tree
from pipeline.records import Document, Rejected
from tests.ingested import read

MANY = 100_000


def cleaned(text: str) -> Document:
    return clean(read(text, "a.txt"), lambda _: False)


def test_comments_without_a_page() -> None:
    assert read("<!---->" * 500 + "A town.", "a.txt").media_type == "text/plain"


def test_declarations_without_end() -> None:
    root, _ = tree("<!DOCTYPE[" * MANY + "<p>Graz")
    assert "Graz" in root.text_content()


def test_text_between_many_parts_that_are_none() -> None:
    raw = read("<html><body><p>" + "<del></del>ab" * MANY + "</p></body></html>", "a.html")
    assert raw.text == "ab" * MANY


def test_spaces_that_are_elements() -> None:
    made = io.BytesIO()
    spaced = "<t:p>a" + "<t:s/>b" * MANY + "</t:p>"
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        new.writestr("content.xml", f'<d xmlns:t="t"><body>{spaced}</body></d>')
    assert read(made.getvalue(), "a.odt").text == "a" + " b" * MANY


def test_long_lines_below_each_other() -> None:
    line = "Graz and the town of Pula are partners " * (MANY // 10)
    assert len(cleaned(f"{line}\n{line}").text) > 7 * MANY


@pytest.mark.parametrize("text", ["a" * MANY, "<a" * MANY, "ж" * MANY, "a." * MANY])
def test_a_word_as_long_as_a_text(text: str) -> None:
    assert language_of(text)


def test_a_title_of_marks() -> None:
    assert len(title_of("A title " + "." * MANY + "a", "", [])) <= 1000


def test_lines_parted_by_tabs_that_make_no_table() -> None:
    text = "\n".join("a" + "\tb" * (1 + i * i % 9) for i in range(MANY // 4))
    assert cleaned(text).text.count("a") == MANY // 4


def test_many_small_tables_of_one_cell_a_line() -> None:
    table = "City\nYear\nGraz\n1999\nPula\n2001\nFoo\nBar\n"
    rows = [b for b in cleaned(table * 1000).blocks if b.kind == "row"]
    assert len(rows) == 3000


@pytest.mark.parametrize("content", [b"<!---->" * 600, b"\x00<!---->" * 600])
def test_comments_alone_are_refused_or_read(content: bytes) -> None:
    found = opened(content, "a.html")
    assert isinstance(found, Rejected) or found.text
