"""PDF: glyphs by pdfium, put into words, pieces, tables and blocks by where they stand.

::

    glyphs      characters, upright
    figures     rules, images, filled areas
    hidden      what no reader sees
    words       runs of glyphs as text
    pieces      words of one line that stand together; gutters
    tables      cells between rules (by pdfplumber's geometry), rows in columns
    blocks      lines that belong together, and their order
    paragraphs  lines that go on with the line above
    page        all of these for one page
    furniture   running heads and page numbers, over all pages
    flow        sentences that go on over columns and pages; notes and heads beside them
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.assemble import assemble
from pipeline.ingest.format import Format, Unreadable
from pipeline.ingest.pdf.flow import flow
from pipeline.ingest.pdf.furniture import furniture
from pipeline.ingest.pdf.page import Read, read
from pipeline.records import Notice, RawDocument


def _fits(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _open(document_id: str, name: str, content: bytes) -> RawDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable(_reason(error)) from None
    with document:
        pages = []
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            pages.append(read(page, number))
            page.close()
        title = document.get_metadata_value("Title")
    if not any(page.characters for page in pages):
        raise Unreadable("has no text layer (a scan?); run text recognition on it first")
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
        notices=tuple(_notices(pages)),
    )


def _reason(error: pdfium.PdfiumError) -> str:
    code = getattr(error, "err_code", None)
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return "is encrypted with a password; save a copy without one"
    return "is a damaged PDF; deliver it again"


def _notices(pages: list[Read]) -> list[Notice]:
    return []


FORMAT = Format("application/pdf", (".pdf",), _fits, _open)
