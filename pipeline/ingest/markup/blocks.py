"""A tree of HTML elements to typed blocks, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from lxml.html import HtmlElement

from pipeline.ingest.assemble import Part
from pipeline.ingest.heads import headed
from pipeline.ingest.markup import grid
from pipeline.records import LineRole

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CAPTIONS = frozenset({"caption", "figcaption", "legend"})
_BREAK = "\v"
#: The mark of a note: [3], *, or a small number that links to it.
_NOTE_MARK = re.compile(r"\[?\w{1,4}\]?|\*+")
_BACK = re.compile(r"\s*[↑↩^\ufe0e]+\s*")
_SENTENCE_END = re.compile(r"[.!?。！？:：;；]$")
#: Lines of a paragraph no longer than this are lines of their own, longer ones run on.
_SHORT_LINE = 100
#: No definition is longer; a longer one stands under its term as under a heading.
_DEFINITION = 300
_LONG_TEXT = 80


@dataclass(frozen=True, slots=True)
class _Where:
    """What a block stands in: its role there, the depth of its list, numbers for tables."""

    role: LineRole = "body"
    depth: int = 0
    tables: Iterator[int] = field(default_factory=lambda: count(1))


def blocks(root: HtmlElement, tables: Iterator[int] | None = None) -> Iterator[Part]:
    """The blocks of an element. tables: the numbers that its tables get."""
    yield from _flow(root, _Where(tables=tables or count(1)))


def said(element: HtmlElement) -> str:
    """The text of an element on one line; what stands on lines of its own is parted by `;`."""
    lines = [" ".join(line.split()) for line in "".join(_texts(element)).split(_BREAK)]
    text = ""
    for line in filter(None, lines):
        if not text:
            text = line
        elif line[0].islower() or line[0] in "(/–—-" or text[-1] in ",;:.-–/(" or line.isdigit():
            text = f"{text} {line}"
        else:
            text = f"{text}; {line}"
    return text


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or _is_note_mark(child):
            pass
        elif child.tag == "br":
            yield _BREAK
        elif _is_block(child):
            yield _BREAK
            yield from _texts(child)
            yield _BREAK
        else:
            yield from _texts(child)
        yield child.tail or ""


def _flow(element: HtmlElement, where: _Where) -> Iterator[Part]:
    """The blocks of what holds text and blocks: text between two blocks is a block of its own."""
    run: list[str] = []
    for piece in _pieces(element):
        if isinstance(piece, str):
            run.append(piece)
        else:
            yield from _paragraphs("".join(run), where)
            run = []
            yield from _block(piece, where)
    yield from _paragraphs("".join(run), where)


def _pieces(element: HtmlElement) -> Iterator[str | HtmlElement]:
    links = _are_links(element)
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or _is_note_mark(child):
            pass
        elif child.tag == "br":
            yield _BREAK
        elif _is_block(child):
            yield child
        else:
            yield from _texts(child)
            yield _BREAK * 2 if links else ""
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
    is_note = _is_note(element)
    inside = replace(where, role="note" if is_note else "body", depth=where.depth)
    first = True
    for part in _flow(element, inside):
        if first and part.role == "body":
            yield replace(part, role="item", level=where.depth)
        elif is_note:
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


def table_parts(rows: list[grid.Row], table: int) -> Iterator[Part]:
    """Rows as parts. A cell over all columns is the title of the table, a note below it, or names
    the group of the rows after it: then it is a cell of each of them.
    """
    while rows and rows[0].spans:
        yield Part("caption", rows[0].cells[0])
        rows = rows[1:]
    notes = []
    while rows and rows[-1].spans:
        notes.insert(0, Part("note", rows[-1].cells[0]))
        rows = rows[:-1]
    grouped = any(row.spans and len(row.cells[0]) <= _LONG_TEXT for row in rows)
    group = ""
    known = any(row.head for row in rows)
    data = [row.cells for row in rows if not row.spans]
    named = 0 if known else headed(data)
    for row in rows:
        if row.spans and len(row.cells[0]) > _LONG_TEXT:
            yield Part("note", row.cells[0])
        elif row.spans:
            group = row.cells[0]
        else:
            head = row.head or named > 0
            named -= 1
            cells = ("" if head else group, *row.cells) if grouped else row.cells
            yield Part("row", cells=cells, table=table, head=head)
    yield from notes


def _paragraphs(text: str, where: _Where) -> Iterator[Part]:
    """Text that lies between blocks: one paragraph, or several where it breaks its lines."""
    groups = re.split(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*", text)
    for group in groups:
        lines = [line for line in (" ".join(x.split()) for x in group.split(_BREAK)) if line]
        short = all(len(line) <= _SHORT_LINE for line in lines)
        for line in lines if short else _run_on(lines):
            yield Part(where.role, line, level=where.depth if where.role == "item" else 0)


def _run_on(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if found and not _SENTENCE_END.search(found[-1]):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _is_block(element: HtmlElement) -> bool:
    return (
        element.tag in _BLOCKS
        or element.get("role") in ("heading", "listitem")
        or any(child.tag in _BLOCKS for child in element.iterdescendants())
    )


def _are_links(element: HtmlElement) -> bool:
    """Whether an element holds several links (or spans) and no text beside them."""
    children = [child for child in element if child.tag in ("a", "span")]
    beside = [element.text, *(child.tail for child in element)]
    return (
        len(children) > 1
        and len(children) == len(element)
        and len({child.tag for child in children}) == 1
        and not any(text and text.strip() for text in beside)
        and (children[0].tag == "a" or not any(beside))
    )


def _is_note_mark(element: HtmlElement) -> bool:
    """Whether an element only points to a note, as a raised number does."""
    if element.tag != "sup" or element.find(".//a") is None:
        return False
    return bool(_NOTE_MARK.fullmatch("".join(element.itertext()).strip()))


def _is_note(element: HtmlElement) -> bool:
    """Whether an item is the text of a note: it has a link back to where its mark stands."""
    return any(
        (link.get("href") or "").startswith("#") and _BACK.fullmatch("".join(link.itertext()))
        for link in element.iter("a")
    )
