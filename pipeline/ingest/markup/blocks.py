"""A tree of HTML elements to typed blocks, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import etree
from lxml.html import HtmlElement

from pipeline.ingest.assemble import Part
from pipeline.ingest.markup import grid
from pipeline.ingest.markup.cards import cards
from pipeline.ingest.markup.tables import table_parts
from pipeline.ingest.markup.words import (
    BREAK,
    are_apart,
    is_block,
    is_note,
    is_note_mark,
    lines,
    said,
    texts,
)
from pipeline.records import LineRole

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CAPTIONS = frozenset({"caption", "figcaption", "legend"})
_BACK = re.compile(r"\s*[↑↩^\ufe0e]+\s*")
_SENTENCE_END = re.compile(r"[.!?。！？:：;；]$")
#: Lines of a paragraph no longer than this are lines of their own, longer ones run on.
_SHORT_LINE = 100
#: No definition is longer; a longer one stands under its term as under a heading.
_DEFINITION = 300


@dataclass(frozen=True, slots=True)
class _Where:
    """What a block stands in: its role there, the depth of its list, numbers for tables."""

    role: LineRole = "body"
    depth: int = 0
    tables: Iterator[int] = field(default_factory=lambda: count(1))


def blocks(root: HtmlElement, tables: Iterator[int] | None = None) -> Iterator[Part]:
    """The blocks of an element. tables: the numbers that its tables get."""
    yield from _flow(root, _Where(tables=tables or count(1)))


def _flow(element: HtmlElement, where: _Where) -> Iterator[Part]:
    """The blocks of what holds text and blocks: text between two blocks is a block of its own."""
    run: list[str] = []
    told = cards(element)
    table = next(where.tables) if told else 0
    for piece in _pieces(element):
        if isinstance(piece, str):
            run.append(piece)
            continue
        yield from _paragraphs("".join(run), where)
        run = []
        if piece in told:
            yield Part("row", cells=told[piece], table=table)
        else:
            yield from _block(piece, where)
    yield from _paragraphs("".join(run), where)


def _pieces(element: HtmlElement) -> Iterator[str | HtmlElement]:
    apart = are_apart(element)
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or is_note_mark(child):
            pass
        elif child.tag == "br":
            yield BREAK
        elif is_block(child):
            yield child
        else:
            yield from texts(child)
            yield BREAK * 2 if apart else ""
        yield child.tail or ""


def _block(element: HtmlElement, where: _Where) -> Iterator[Part]:
    tag = element.tag
    level = _level(element)
    if level:
        yield from _heading(element, level, where)
    elif tag in _CAPTIONS:
        yield Part("caption", said(element).replace("; ", " "))
    elif tag in ("ul", "ol", "menu", "dir"):
        yield from _flow(element, replace(where, role="item", depth=where.depth + 1))
    elif tag == "li":
        yield from _item(element, where)
    elif tag == "dl":
        yield from _definitions(element, where)
    elif tag == "table":
        yield from _table(element, where)
    elif is_note(element):
        yield from _flow(element, replace(where, role="note"))
    elif tag == "pre":
        yield from (Part("", line) for line in "".join(element.itertext()).splitlines())
    else:
        yield from _flow(element, where)


def _heading(element: HtmlElement, level: int, where: _Where) -> Iterator[Part]:
    text = said(element).replace("; ", " ")
    if text:
        yield Part("heading", text, level=level)
    else:
        yield from _flow(element, where)


def _level(element: HtmlElement) -> int:
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return min(int(level), 9) if level.isdecimal() and len(level) == 1 else 2
    return _HEADINGS.get(element.tag, 0)


def _item(element: HtmlElement, where: _Where) -> Iterator[Part]:
    """An item: its first text; what is a block of its own inside it follows."""
    noted = where.role == "note" or _is_note(element)
    if not noted and not any(map(is_block, element.iterchildren(etree.Element))):
        yield Part("item", said(element), level=where.depth)
        return
    inside = replace(where, role="note" if noted else "body", depth=where.depth)
    first = True
    for part in _flow(element, inside):
        if first and part.role == "body":
            yield replace(part, role="item", level=where.depth)
        elif noted:
            yield replace(part, text=_BACK.sub(" ", part.text))
        else:
            yield part
        first = False


def _definitions(element: HtmlElement, where: _Where) -> Iterator[Part]:
    """Terms with what is said of them: one item where that is short, else a heading and blocks."""
    terms: list[str] = []
    for child in element.xpath("./dt|./dd|./div/dt|./div/dd"):
        text = said(child)
        if child.tag == "dt":
            terms = [*terms, text] if text else terms
        elif len(text) > _DEFINITION or child.xpath(".//ul|.//ol|.//table"):
            yield from (Part("heading", ", ".join(terms)),) if terms else ()
            yield from _flow(child, where)
            terms = []
        elif text:
            term = ", ".join(terms).rstrip(":： ")
            yield Part("item", f"{term}: {text}" if term else text, level=where.depth + 1)
            terms = []
    if terms:
        yield Part("item", ", ".join(terms), level=where.depth + 1)


def _table(element: HtmlElement, where: _Where) -> Iterator[Part]:
    if grid.is_layout(element):
        for cell in grid.own(element, "caption", "td", "th"):
            yield from _block(cell, where)
        return
    caption = element.find("./caption")
    if caption is not None:
        yield from _block(caption, where)
    rows = [row for row in grid.rows(element, said) if any(row.cells)]
    yield from table_parts(rows, next(where.tables))


def _paragraphs(text: str, where: _Where) -> Iterator[Part]:
    """Text that lies between blocks: one paragraph, or several where it breaks its lines."""
    groups = re.split(rf"{BREAK}\s*{BREAK}[\s{BREAK}]*", text)
    for group in groups:
        written = lines(group)
        short = all(len(line) <= _SHORT_LINE for line in written)
        for line in written if short else _run_on(written):
            level = where.depth if where.role == "item" else 0
            yield Part(where.role, line, level=level, joins=False)


def _run_on(written: list[str]) -> list[str]:
    found: list[str] = []
    for line in written:
        if found and not _SENTENCE_END.search(found[-1]):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _is_note(element: HtmlElement) -> bool:
    """Whether an item is the text of a note: it has a link back to where its mark stands."""
    return any(
        (link.get("href") or "").startswith("#") and _BACK.fullmatch("".join(link.itertext()))
        for link in element.iter("a")
    )
