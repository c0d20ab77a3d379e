"""Texts and slides of OpenDocument (ODT, ODP): its elements as those of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.container import container, local, part, xml
from pipeline.ingest.container import kind as stated
from pipeline.ingest.format import NO_TEXT, Format, Reading, Unreadable
from pipeline.ingest.markup.about import tag, written
from pipeline.ingest.markup.blocks import blocks
from pipeline.records import RawDocument

_TEXT = "application/vnd.oasis.opendocument.text"
_SLIDES = "application/vnd.oasis.opendocument.presentation"
#: Elements of OpenDocument as elements of a page; what is not named here only holds others.
_TAGS = {
    "p": "p",
    "list": "ul",
    "list-item": "li",
    "list-header": "li",
    "table": "table",
    "table-header-rows": "thead",
    "table-row": "tr",
    "table-cell": "td",
    "span": "span",
    "a": "span",
    "line-break": "br",
}
_LEVELS = frozenset("123456")
_SPANS = (("number-columns-spanned", "colspan"), ("number-rows-spanned", "rowspan"))
#: What a reader does not see: comments, deleted text, forms, what a cell is hidden by.
_UNSEEN = frozenset(
    {
        "annotation",
        "tracked-changes",
        "forms",
        "covered-table-cell",
        "sequence-decls",
        "note-citation",
    }
)
#: So many equal cells or spaces are repeated, whatever the file claims.
_REPEATED = 100


def _open(form: Format, document_id: str, name: str, content: bytes) -> RawDocument:
    with container(content) as opened:
        if "META-INF/manifest.xml" in opened.namelist() and b"encryption-data" in part(
            opened, "META-INF/manifest.xml"
        ):
            raise Unreadable("is encrypted with a password; save a copy without one")
        root = xml(part(opened, "content.xml"))
        about = _about(part(opened, "meta.xml")) if "meta.xml" in opened.namelist() else {}
    pages = root.findall(".//{*}presentation/{*}page")
    text, lines = assemble(_slides(pages) if pages else blocks(_page(root)))
    if not text.strip():
        raise Unreadable(NO_TEXT)
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=form.media_type,
        title=about.get("title", ""),
        text=text,
        lines=lines,
        pages=len(pages),
        keeps_offsets=False,
        date=written(about.get("creation-date", ""), about.get("date", "")),
        language=tag(about.get("language", "")),
    )


def _slides(pages: list[etree._Element]) -> Iterator[Part]:
    for number, page in enumerate(pages, start=1):
        for block in blocks(_page(page)):
            yield replace(block, page=number)


def _about(content: bytes) -> dict[str, str]:
    try:
        root = xml(content)
    except Unreadable:
        return {}
    return {local(e): " ".join((e.text or "").split()) for e in root.iter() if local(e)}


def _page(root: etree._Element) -> HtmlElement:
    """The body of a document as that of a page; notes stand at its end."""
    body = lxml_html.Element("body")
    notes: list[etree._Element] = []
    found = root.find(".//{*}body")
    _children(root if found is None else found, body, notes)
    for note in notes:
        _children(note, etree.SubElement(body, "aside", role="note"), [])
    return body


def _children(element: etree._Element, into: HtmlElement, notes: list[etree._Element]) -> None:
    said: list[str] = []
    for piece in _pieces(element, notes):
        if isinstance(piece, str):
            said.append(piece)
        else:
            _add_text(into, said)
            said = []
            _child(piece, into, notes)
    _add_text(into, said)


def _pieces(element: etree._Element, notes: list[etree._Element]) -> Iterator[str | etree._Element]:
    """The texts of an element and the elements that make one of a page, in order."""
    yield element.text or ""
    for child in element:
        kind = local(child)
        if kind == "note":
            notes.extend(child.findall("{*}note-body"))
        elif kind in ("s", "tab"):
            yield " "
        elif not kind or kind in _UNSEEN:
            pass
        elif kind in _TAGS or kind == "h" or _is_title(child):
            yield child
        else:
            yield from _pieces(child, notes)
        yield child.tail or ""


def _is_title(element: etree._Element) -> bool:
    return any(
        value == "title" and etree.QName(name).localname == "class"
        for name, value in element.attrib.items()
    )


def _child(child: etree._Element, into: HtmlElement, notes: list[etree._Element]) -> None:
    kind = local(child)
    attributes = {etree.QName(name).localname: str(v) for name, v in child.attrib.items()}
    if kind == "h" or _is_title(child):
        level = attributes.get("outline-level", "1")
        made = etree.SubElement(into, f"h{level}" if level in _LEVELS else "h6")
    else:
        made = etree.SubElement(into, _TAGS[kind])
    for theirs, ours in _SPANS:
        if theirs in attributes:
            made.set(ours, attributes[theirs])
    _children(child, made, notes)
    repeated = attributes.get("number-columns-repeated", "1")
    if kind == "table-cell" and repeated.isdecimal() and (len(made) or made.text):
        made.set("colspan", str(min(int(repeated[:4]), _REPEATED)))


def _add_text(into: HtmlElement, said: Sequence[str]) -> None:
    text = "".join(said)
    if text and len(into):
        into[-1].tail = (into[-1].tail or "") + text
    elif text:
        into.text = (into.text or "") + text


def _format(kind: str, suffixes: tuple[str, ...]) -> Format:
    def fits(content: bytes) -> bool:
        return stated(content) == kind or stated(content) == f"{kind}-template"

    def opens(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
        return _open(form, document_id, name, content)

    form = Format(kind, suffixes, fits, opens)
    return form


TEXT = _format(_TEXT, (".odt", ".ott"))
SLIDES = _format(_SLIDES, (".odp",))
