"""XML of any kind: each element that holds text of its own is a block."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.container import local, xml
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.markup.about import tag
from pipeline.records import RawDocument

_TITLES = frozenset({"title", "head", "heading"})


def _fits(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:6] in (b"<?xml ", b"<?xml\n")


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    root = xml(content)
    if local(root) == "svg":
        raise Unreadable("is a drawing (SVG); deliver its text")
    text, lines = assemble(_blocks(root))
    if not text.strip():
        raise Unreadable("holds no text; deliver it again")
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title="",
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        language=tag(language),
    )


def _blocks(element: etree._Element) -> Iterator[Part]:
    """Elements with text beside their children are one block with them; others are gone into."""
    children = [child for child in element if local(child)]
    beside = [element.text, *(child.tail for child in element)]
    if not children or any(text and text.strip() for text in beside):
        text = " ".join("".join(map(str, element.itertext())).split())
        if text:
            is_title = local(element).lower() in _TITLES
            yield Part("heading" if is_title else "body", text, joins=None if is_title else False)
        return
    for child in children:
        yield from _blocks(child)


FORMAT = Format("application/xml", (".xml", ".rss", ".atom"), _fits, _open)
