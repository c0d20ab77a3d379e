"""PDF by pdfplumber: words grouped into lines, wide gaps kept as column breaks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.records import Box, Line, RawDocument

#: A gap of this many character heights between two words is a column break.
_COLUMN_GAP_HEIGHTS = 1.6
_COLUMN_BREAK = "   "
#: Words whose tops differ by less than this many points stand on one line.
_LINE_TOLERANCE_POINTS = 3.0


def _fits(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            title = str((pdf.metadata or {}).get("Title") or "")
            pages = [_page_lines(page) for page in pdf.pages]
    except Exception as error:  # a damaged PDF can break its parser anywhere
        raise Unreadable(_reason(error)) from None
    if not any(pages):
        raise Unreadable("has no text layer (a scan?); run text recognition on it first")
    text, lines = _assemble(pages)
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=title if title.lower() not in {"untitled", "unspecified"} else "",
        text=text,
        lines=lines,
        pages=len(pages),
        keeps_offsets=False,
    )


def _reason(error: Exception) -> str:
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return "is encrypted with a password; save a copy without one"
    return f"is a damaged PDF ({type(cause).__name__}); deliver it again"


def _page_lines(page: Page) -> list[tuple[str, Box]]:
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
    lines = [_line(group) for group in _rows(words)]
    page.close()
    return lines


def _rows(words: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Words in reading order, grouped by the line they stand on."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda w: (round(w["top"], 1), w["x0"])):
        if row and word["top"] - row[0]["top"] > _LINE_TOLERANCE_POINTS:
            yield sorted(row, key=lambda w: w["x0"])
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: w["x0"])


def _line(words: list[dict[str, Any]]) -> tuple[str, Box]:
    text = words[0]["text"]
    for left, right in pairwise(words):
        height = max(left["bottom"] - left["top"], 1.0)
        wide = right["x0"] - left["x1"] > _COLUMN_GAP_HEIGHTS * height
        text += (_COLUMN_BREAK if wide else " ") + right["text"]
    box = Box(
        round(words[0]["x0"], 2),
        round(min(w["top"] for w in words), 2),
        round(words[-1]["x1"], 2),
        round(max(w["bottom"] for w in words), 2),
    )
    return text, box


def _assemble(pages: list[list[tuple[str, Box]]]) -> tuple[str, tuple[Line, ...]]:
    """Lines joined into one text; an empty line stands where the page leaves a vertical gap."""
    parts: list[str] = []
    lines: list[Line] = []
    position = 0

    def add(text: str, page: int, box: Box | None) -> None:
        nonlocal position
        parts.append(text)
        lines.append(Line(position, position + len(text), page, box))
        position += len(text) + 1

    for number, page in enumerate(pages, start=1):
        leading = _leading(page)
        previous: Box | None = None
        for text, box in page:
            if previous and box.top - previous.top > 1.45 * leading:
                add("", number, None)
            add(text, number, box)
            previous = box
        add("", number, None)
    return "\n".join(parts), tuple(lines)


def _leading(page: list[tuple[str, Box]]) -> float:
    """The usual distance between two lines of a page, in points."""
    steps = sorted(b.top - a.top for (_, a), (_, b) in pairwise(page))
    return steps[len(steps) // 2] if steps else 12.0


FORMAT = Format("application/pdf", (".pdf",), _fits, _open)
