"""Slides (PPTX): a page a slide, its title as heading, then its texts and tables, then notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.container import container, names
from pipeline.ingest.docx import core
from pipeline.ingest.format import NO_TEXT, Format, Reading, Unreadable, parsing
from pipeline.ingest.heads import table
from pipeline.ingest.markup.about import tag, written
from pipeline.records import Notice, RawDocument

_MAIN = "ppt/presentation.xml"
#: Groups lie no deeper in each other.
_DEPTH = 20
#: Rows that a cell goes over, whatever the file claims.
_SPAN = 100


def _fits(content: bytes) -> bool:
    return _MAIN in names(content)


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    with container(content) as opened:
        about = core(opened)
    with parsing("file of slides"):
        slides, hidden, pages = _read(content)
    text, lines = assemble(slides)
    if not text.strip():
        raise Unreadable(NO_TEXT)
    message = f"hidden slides were not read: {', '.join(map(str, hidden))}; show them if they count"
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=about.get("title", "").replace("PowerPoint Presentation", ""),
        text=text,
        lines=lines,
        pages=pages,
        keeps_offsets=False,
        date=written(about.get("created", ""), about.get("modified", "")),
        language=tag(about.get("language", "")),
        notices=(Notice("hidden_text_left_out", message),) if hidden else (),
    )


def _read(content: bytes) -> tuple[list[Part], list[int], int]:
    """The parts of all slides, the numbers of those that are hidden, and how many there are."""
    from pptx import Presentation

    slides = list(Presentation(io.BytesIO(content)).slides)
    parts: list[Part] = []
    hidden: list[int] = []
    tables = count(1)
    for number, slide in enumerate(slides, start=1):
        if slide._element.get("show") in ("0", "false"):
            hidden.append(number)
        else:
            parts.extend(_slide(slide, number, tables))
    return parts, hidden, len(slides)


def _slide(slide: Any, number: int, tables: Iterator[int]) -> Iterator[Part]:
    title = slide.shapes.title
    if title is not None and title.has_text_frame and title.text_frame.text.strip():
        yield Part("heading", _text(title.text_frame.text), level=1, page=number)
    for shape in _shapes(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_text_frame:
            yield from _frame(shape, number)
        elif shape.has_table:
            yield from _table(shape.table, number, next(tables))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            if paragraph.text.strip():
                yield Part("note", _text(paragraph.text), page=number)


def _shapes(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """Shapes from the top of the slide down, those of groups in their place."""
    for shape in sorted(shapes, key=lambda s: (s.top or 0, s.left or 0)):
        if hasattr(shape, "shapes") and depth < _DEPTH:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _frame(shape: Any, number: int) -> Iterator[Part]:
    paragraphs = [p for p in shape.text_frame.paragraphs if p.text.strip()]
    # bodies of slides are lists; a box with one text is a text
    listed = shape.is_placeholder and len(paragraphs) > 1
    for paragraph in paragraphs:
        if _is_furniture(shape):
            yield Part("furniture", _text(paragraph.text), page=number)
        elif listed:
            yield Part("item", _text(paragraph.text), level=paragraph.level + 1, page=number)
        else:
            yield Part("body", _text(paragraph.text), page=number, joins=False)


def _is_furniture(shape: Any) -> bool:
    """Whether a shape holds the number, the date or the foot of the slide."""
    return shape.is_placeholder and shape.placeholder_format.type in (13, 15, 16)


def _table(grid: Any, number: int, index: int) -> Iterator[Part]:
    """The rows of a table; the text of a merged cell is repeated in each place that it covers."""
    width = len(grid.columns)
    rows: list[list[str]] = []
    below: dict[tuple[int, int], str] = {}
    for y, row in enumerate(grid.rows):
        texts: list[str] = []
        for x, cell in zip(range(width), row.cells, strict=False):
            text = below.pop((y, x), "") if cell.is_spanned else _text(cell.text)
            texts.append(text)
            if cell.is_merge_origin:
                high, wide = min(cell.span_height, _SPAN), min(cell.span_width, width - x)
                places = ((y + i, x + j) for i in range(high) for j in range(wide))
                below |= dict.fromkeys(places, text)
        rows.append(texts + [""] * (width - len(texts)))
    yield from (replace(part, page=number) for part in table([tuple(r) for r in rows], index))


def _text(written: str) -> str:
    return " ".join(written.replace("\v", " ").split())


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    (".pptx", ".pptm", ".ppsx"),
    _fits,
    _open,
)
