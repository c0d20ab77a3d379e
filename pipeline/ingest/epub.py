"""Books (EPUB): their pages in the order of the spine."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from itertools import count
from urllib.parse import unquote

from lxml import etree

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.container import container, local, names, part, xml
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.markup.about import edtf, tag
from pipeline.ingest.markup.blocks import blocks
from pipeline.ingest.markup.prune import prune
from pipeline.ingest.markup.tree import parsed
from pipeline.records import Notice, RawDocument

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"


def _fits(content: bytes) -> bool:
    return _CONTAINER in names(content)


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    notices: list[Notice] = []
    with container(content) as opened:
        path = xml(part(opened, _CONTAINER)).xpath(
            "string(//*[local-name()='rootfile']/@full-path)"
        )
        package = xml(part(opened, str(path)))
        locked = _locked(opened)
        parts = list(_chapters(opened, _spine(package, str(path)), locked, notices))
    text, lines = assemble(parts)
    if not text.strip():
        raise Unreadable("the book holds no text that can be read (protected?); deliver it open")
    about = {local(e): " ".join((e.text or "").split()) for e in reversed(list(package[0].iter()))}
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=about.get("title", ""),
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=edtf(about.get("date", "")),
        language=tag(about.get("language", "")),
        notices=tuple(notices),
    )


def _spine(package: etree._Element, path: str) -> list[str]:
    """Paths in the container of the pages of a book, in order; the table of contents is none."""
    items = {e.get("id"): e for e in package.iter("{*}item")}
    found = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        href = unquote(item.get("href") or "").split("#")[0]
        found.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), href)))
    return found


def _locked(opened: zipfile.ZipFile) -> frozenset[str]:
    if _ENCRYPTION not in opened.namelist():
        return frozenset()
    root = xml(part(opened, _ENCRYPTION))
    return frozenset(unquote(e.get("URI") or "") for e in root.iter("{*}CipherReference"))


def _chapters(
    opened: zipfile.ZipFile, spine: list[str], locked: frozenset[str], notices: list[Notice]
) -> Iterator[Part]:
    tables = count(1)
    for path in dict.fromkeys(spine):
        try:
            if path in locked:
                raise Unreadable("is encrypted")
            root, damaged = parsed(part(opened, path))
        except Unreadable as error:
            notices.append(Notice("part_not_read", f"{path}: {error}; deliver the book anew"))
            continue
        notices.extend(damaged)
        yield from blocks(prune(root), tables)


FORMAT = Format("application/epub+zip", (".epub",), _fits, _open)
