"""PDF by pdfplumber: words grouped into lines, wide gaps kept as column breaks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.ocr import recognise
from pipeline.records import Box, Line, Notice, RawDocument

#: A gap of this many character heights between two words is a column break.
_COLUMN_GAP_HEIGHTS = 1.6
Words = list[dict[str, Any]]
#: Pages are drawn so finely to have their text recognised.
_SCAN_DPI = 200
_COLUMN_BREAK = "   "
#: Words whose tops differ by less than this many points stand on one line.
_LINE_TOLERANCE_POINTS = 3.0


def _fits(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _open(document_id: str, name: str, content: bytes, reading: Reading) -> RawDocument:
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            title = str((pdf.metadata or {}).get("Title") or "")
            words = [_page_words(page) for page in pdf.pages]
    except Exception as error:  # a damaged PDF can break its parser anywhere
        raise Unreadable(_reason(error)) from None
    wanted = [n for n, page in enumerate(words) if reading.ocr == "always" or not page]
    if reading.ocr != "never":
        words = _recognised(content, words, wanted)
    if not any(words):
        raise Unreadable("has no text; if it is a scan, allow recognition with --ocr auto")
    pages = [[_line(row) for row in _rows(page)] for page in words]
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
        notices=_notices(words, wanted),
    )


def _recognised(content: bytes, words: list[Words], wanted: list[int]) -> list[Words]:
    """The words of pages, those that are wanted recognised."""
    document = pypdfium2.PdfDocument(content) if wanted else None
    made = list(words)
    for number in wanted:
        assert document is not None
        picture = document[number].render(scale=_SCAN_DPI / 72, rev_byteorder=True).to_numpy()
        found = recognise(np.ascontiguousarray(picture[:, :, :3]))
        points = 72 / _SCAN_DPI
        made[number] = [
            {"text": w.text, "confidence": w.confidence}
            | {n: at * points for n, at in zip(("x0", "top", "x1", "bottom"), w.box, strict=True)}
            for w in found
        ] or words[number]
    return made


def _notices(words: list[Words], wanted: list[int]) -> tuple[Notice, ...]:
    read = [n + 1 for n in wanted if any("confidence" in word for word in words[n])]
    empty = [n + 1 for n in wanted if not words[n]]
    made = []
    if read:
        text = f"the text of pages {read} was recognised; compare it with the file"
        made.append(Notice("text_recognised", text))
    if empty:
        made.append(Notice("page_without_text", f"pages {empty} have no text; look at them"))
    return tuple(made)


def _reason(error: Exception) -> str:
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return "is encrypted with a password; save a copy without one"
    return f"is a damaged PDF ({type(cause).__name__}); deliver it again"


def _page_words(page: Page) -> Words:
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
    page.close()
    return words


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


def _line(words: Words) -> tuple[str, Box, float]:
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
    return text, box, min(w.get("confidence", 1.0) for w in words)


def _assemble(pages: list[list[tuple[str, Box, float]]]) -> tuple[str, tuple[Line, ...]]:
    """Lines joined into one text; an empty line stands where the page leaves a vertical gap."""
    parts: list[str] = []
    lines: list[Line] = []
    position = 0

    def add(text: str, page: int, box: Box | None, sure: float = 1.0) -> None:
        nonlocal position
        parts.append(text)
        lines.append(Line(position, position + len(text), page, box, confidence=sure))
        position += len(text) + 1

    for number, page in enumerate(pages, start=1):
        leading = _leading(page)
        previous: Box | None = None
        for text, box, sure in page:
            if previous and box.top - previous.top > 1.45 * leading:
                add("", number, None)
            add(text, number, box, sure)
            previous = box
        add("", number, None)
    return "\n".join(parts), tuple(lines)


def _leading(page: list[tuple[str, Box, float]]) -> float:
    """The usual distance between two lines of a page, in points."""
    steps = sorted(b.top - a.top for (_, a, _), (_, b, _) in pairwise(page))
    return steps[len(steps) // 2] if steps else 12.0


FORMAT = Format("application/pdf", (".pdf",), _fits, _open)
