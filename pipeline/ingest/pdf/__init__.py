"""PDF: glyphs by pdfium, put into words, pieces, tables and blocks by where they stand.

::

    glyphs      characters, upright
    figures     rules, images, filled areas
    hidden      what no reader sees
    words       runs of glyphs as text
    initials    large first letters, before the rest of their words
    pieces      words of one line that stand together; gutters
    tables      what is one, and which rows name its columns
    grids       tables whose cells stand between rules (by pdfplumber's geometry)
    regions     lines that keep to the same columns
    aligned     tables without rules between columns
    blocks      lines that belong together, and their order
    paragraphs  lines that go on with the line above
    page        all of these for one page
    scan        words of a page's picture, where its text is none (`garbled`)
    plumber     words by pdfplumber, where pdfium cannot open a file
    furniture   running heads and page numbers, over all pages
    flow        sentences that go on over columns and pages; notes and heads beside them
    notices     what could not be read, or not as it stands
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.assemble import assemble
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.pdf import plumber
from pipeline.ingest.pdf.flow import flow
from pipeline.ingest.pdf.furniture import furniture
from pipeline.ingest.pdf.notices import notices
from pipeline.ingest.pdf.page import Read, read
from pipeline.ingest.pdf.scan import needs_recognition, recognised
from pipeline.records import RawDocument


def _fits(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _open(document_id: str, name: str, content: bytes, reading: Reading) -> RawDocument:
    try:
        with pdfium.PdfDocument(content) as document:
            title = document.get_metadata_value("Title")
            pages = [_page(document, number, reading) for number in range(1, len(document) + 1)]
    except pdfium.PdfiumError as error:
        title, pages = "", _by_plumber(content, error)
    if not any(page.characters for page in pages):
        raise Unreadable(_nothing(pages, reading))
    text, lines = assemble(flow(furniture(pages)))
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=title,
        text=text,
        lines=lines,
        pages=len(pages),
        keeps_offsets=False,
        notices=tuple(notices(pages)),
    )


def _page(document: pdfium.PdfDocument, number: int, reading: Reading) -> Read:
    """One page; where it cannot be read, why."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Read((), (1.0, 1.0), failed="it is damaged")
    try:
        found = read(page, number)
        return recognised(page, number, found) if needs_recognition(found, reading.ocr) else found
    finally:
        page.close()


def _by_plumber(content: bytes, error: pdfium.PdfiumError) -> list[Read]:
    """The pages of a file that pdfium does not open, where pdfminer does."""
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        raise Unreadable("is encrypted; save a copy without a password") from None
    try:
        return list(plumber.pages(content))
    except Exception:  # a damaged PDF can break its parser anywhere
        raise Unreadable("is a damaged PDF; deliver it again") from None


def _nothing(pages: list[Read], reading: Reading) -> str:
    if all(page.failed for page in pages):
        return "is a damaged PDF: none of its pages can be read; deliver it again"
    if reading.ocr == "never" and any(page.image for page in pages):
        return "is a scan without text; allow its recognition with --ocr auto"
    return "has no text, nor any that could be recognised; look at it"


FORMAT = Format("application/pdf", (".pdf",), _fits, _open)
