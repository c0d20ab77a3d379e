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
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.heads import table
from pipeline.ingest.markup.about import tag, written
from pipeline.records import Notice, RawDocument

_MAIN = "ppt/presentation.xml"
#: Groups lie no deeper in each other.
_DEPTH = 20


def _fits(content: bytes) -> bool:
    return _MAIN in names(content)


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    with container(content) as opened:
        about = core(opened)
    try:
        slides, hidden, pages = _read(content)
    except Exception as error:  # a damaged file can break its parser anywhere
        reason = f"is a damaged file of slides ({type(error).__name__}); save it again"
        raise Unreadable(reason) from None
    text, lines = assemble(slides)
    if not text.strip():
        raise Unreadable("holds no text (pictures alone?); run text recognition on it first")
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
    columns = range(len(grid.columns))
    rows = [tuple(_text(_merged(grid, y, x)) for x in columns) for y in range(len(grid.rows))]
    yield from (replace(part, page=number) for part in table(rows, index))


def _merged(grid: Any, y: int, x: int) -> str:
    """The text of a cell, or of the one that it is merged into."""
    cell = grid.cell(y, x)
    if not cell.is_spanned:
        return str(cell.text)
    for top in range(y, -1, -1):
        for left in range(x, -1, -1):
            origin = grid.cell(top, left)
            high, wide = top + origin.span_height > y, left + origin.span_width > x
            if origin.is_merge_origin and high and wide:
                return str(origin.text)
    return ""


def _text(written: str) -> str:
    return " ".join(written.replace("\v", " ").split())


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    (".pptx", ".pptm", ".ppsx"),
    _fits,
    _open,
)
