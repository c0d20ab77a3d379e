"""Office files, books, mail and rich text: made here by the libraries of their formats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pptx
from odf import dc, meta, table
from odf import text as odt
from odf.opendocument import OpenDocumentText
from pptx.util import Inches

from tests.ingested import read, refused, told


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Report on partners"
    document.add_heading("Our partners", 1)
    document.add_paragraph("We have had partners since 1992.")
    document.add_paragraph("Lublin (Poland)", style="List Bullet")
    document.add_paragraph("Aarhus", style="List Bullet")
    document.add_paragraph("Table 1: partners", style="Caption")
    grid = document.add_table(3, 2)
    for y, row in enumerate([("Town", "Country"), ("Lublin", "Poland"), ("Gdynia", "")]):
        for x, cell in enumerate(row):
            grid.cell(y, x).text = cell
    grid.cell(1, 1).merge(grid.cell(2, 1))
    document.sections[0].header.paragraphs[0].text = "Page head"
    return saved(document.save)


def test_word() -> None:
    raw = read(word(), "a.docx")
    assert told(raw) == [
        "heading1: Our partners",
        "body: We have had partners since 1992.",
        "item1: Lublin (Poland)",
        "item1: Aarhus",
        "caption: Table 1: partners",
        ("TOWN", "COUNTRY"),
        ("Lublin", "Poland"),
        ("Gdynia", "Poland"),
    ]
    assert (raw.title, raw.pages, raw.keeps_offsets) == ("Report on partners", 0, False)


def test_an_office_file_changed_in_another_year_has_no_date_of_its_own() -> None:
    from datetime import datetime

    for changed, date in ((datetime(2020, 6, 1), "2020-05-06"), (datetime(2023, 6, 1), "")):
        document = docx.Document()
        document.add_paragraph("Lublin")
        document.core_properties.created = datetime(2020, 5, 6)
        document.core_properties.modified = changed
        assert read(saved(document.save), "a.docx").date == date


def test_opendocument() -> None:
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text="Report"))
    document.meta.addElement(dc.Language(text="pl-PL"))
    document.meta.addElement(meta.CreationDate(text="2020-05-06T10:00:00"))
    document.text.addElement(odt.H(outlinelevel=2, text="Our partners"))
    paragraph = odt.P(text="Twinned")
    paragraph.addElement(odt.S(c=3))
    paragraph.addText("since 1992")
    note = odt.Note(noteclass="footnote", id="n1")
    note.addElement(odt.NoteCitation(text="1"))
    body = odt.NoteBody()
    body.addElement(odt.P(text="By the council."))
    note.addElement(body)
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    items = odt.List()
    item = odt.ListItem()
    item.addElement(odt.P(text="Lublin"))
    items.addElement(item)
    document.text.addElement(items)
    grid = table.Table(name="T")
    for row in (("Town", "Country"), ("Lublin", "Poland"), ("Gdynia", None)):
        made = table.TableRow()
        for cell in row:
            if cell is None:
                made.addElement(table.CoveredTableCell())
                continue
            place = table.TableCell(numberrowsspanned=2) if cell == "Poland" else table.TableCell()
            place.addElement(odt.P(text=cell))
            made.addElement(place)
        grid.addElement(made)
    document.text.addElement(grid)
    raw = read(saved(document.write), "a.odt")
    assert told(raw) == [
        "heading2: Our partners",
        "body: Twinned since 1992",
        "item1: Lublin",
        ("TOWN", "COUNTRY"),
        ("Lublin", "Poland"),
        ("Gdynia", "Poland"),
        "note: By the council.",
    ]
    assert (raw.title, raw.date, raw.language) == ("Report", "2020-05-06", "pl-PL")


def test_slides() -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Our partners"
    frame = slide.placeholders[1].text_frame
    frame.text = "Lublin"
    inner = frame.add_paragraph()
    inner.text, inner.level = "since 1992", 1
    slide.notes_slide.notes_text_frame.text = "Thank the mayor"
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "A table"
    grid = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(5), Inches(2)).table
    for y, row in enumerate([("Town", "Country"), ("Lublin", "Poland"), ("Gdynia", "")]):
        for x, cell in enumerate(row):
            grid.cell(y, x).text = cell
    grid.cell(1, 1).merge(grid.cell(2, 1))
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Not to be shown"
    slide._element.set("show", "0")
    raw = read(saved(show.save), "a.pptx")
    assert told(raw) == [
        "heading1: Our partners",
        "item1: Lublin",
        "item2: since 1992",
        "note: Thank the mayor",
        "heading1: A table",
        ("TOWN", "COUNTRY"),
        ("Lublin", "Poland"),
        ("Gdynia", "Poland"),
    ]
    assert [line.page for line in raw.lines] == [1] * 4 + [2] * 4
    assert [(n.check, "3" in n.message) for n in raw.notices] == [("hidden_text_left_out", True)]


def book(**pages: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
        container.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        items = "".join(f'<item id="{name}" href="text/{name}.xhtml"/>' for name in pages)
        spine = "".join(f'<itemref idref="{name}"/>' for name in sorted(pages))
        container.writestr(
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Towns</dc:title>'
            "<dc:date>2011-02-03</dc:date><dc:language>fr</dc:language></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, content in pages.items():
            if content:
                container.writestr(f"OEBPS/text/{name}.xhtml", content)
    return buffer.getvalue()


def test_the_pages_of_a_book_come_in_the_order_of_its_spine() -> None:
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    raw = read(
        book(
            b=xhtml.format("<h1>Two</h1><p>Caf&#233;s &amp; quays.</p>"),
            a=xhtml.format("<h1>One</h1><p>Lublin.</p><aside epub:type='footnote'>So.</aside>"),
            c="",
        ),
        "a.epub",
    )
    assert told(raw) == [
        "heading1: One",
        "body: Lublin.",
        "note: So.",
        "heading1: Two",
        "body: Cafés & quays.",
    ]
    assert (raw.title, raw.date, raw.language) == ("Towns", "2011-02-03", "fr")
    assert ["c.xhtml" in notice.message for notice in raw.notices] == [True]


MAIL = """\
From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
To: council@example.org
Subject: =?utf-8?b?UGFydG5lcnN0w6RkdGU=?=
Date: Tue, 05 Mar 2019 10:00:00 +0100
MIME-Version: 1.0
"""


def test_mail_in_plain_text() -> None:
    raw = read(
        MAIL + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
        "quoted-printable\n\nK=F6ln is twinned with Li=\nlle.\n\n> And with whom else?\n",
        "a.eml",
    )
    assert told(raw) == [
        "heading1: Partnerstädte",
        ": Köln is twinned with Lille.",
        ": ",
        ": > And with whom else?",
    ]
    assert (raw.title, raw.date, raw.media_type) == (
        "Partnerstädte",
        "2019-03-05",
        "message/rfc822",
    )


def test_mail_as_a_page_with_an_attachment() -> None:
    raw = read(
        MAIL + "Content-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: multipart/alternative; boundary=y\n\n"
        "--y\nContent-Type: text/plain\n\nLublin, Poland\n"
        "--y\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        "PHVsPjxsaT5MdWJsaW48bGk+QWFyaHVzPC91bD4=\n--y--\n"
        "--x\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment; filename=treaty.pdf\n\n%PDF\n--x--\n",
        "a.txt",
    )
    assert told(raw)[1:] == ["item1: Lublin", "item1: Aarhus"]
    assert [n.check for n in raw.notices] == ["part_not_read"]
    assert "treaty.pdf" in raw.notices[0].message


def test_rich_text() -> None:
    raw = read(
        r"{\rtf1\ansi\ansicpg1252{\info{\title Our partners}{\creatim\yr2019\mo3\dy5}}"
        r"Twinned with K\'f6ln \u322?\'a3 in 1992.\par"
        r"\trowd\cellx1000\cellx2000 Town\cell Since\cell\row"
        r"\trowd\cellx1000\cellx2000 Lublin\cell 1992\cell\row\pard End.\par}",
        "a.rtf",
    )
    assert ("TOWN", "SINCE") in told(raw)
    assert ("Lublin", "1992") in told(raw)
    assert "Twinned with Köln" in raw.text
    assert (raw.title, raw.date) == ("Our partners", "2019-03-05")


def test_any_xml() -> None:
    raw = read(
        '<?xml version="1.0"?><r xml:lang="en"><title>Towns</title><p>With <b>Lublin</b>.</p></r>',
        "a.xml",
    )
    assert told(raw) == ["heading: Towns", "body: With Lublin."]


def test_files_of_old_or_locked_kinds_say_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "DOCX" in refused(ole + "WordDocument".encode("utf-16-le"), "a.doc")
    assert "password" in refused(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx")
