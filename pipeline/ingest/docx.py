"""Word files (DOCX) by mammoth: to HTML by the names of styles, then as a page."""

from __future__ import annotations

import io
import logging
import zipfile

from pipeline.ingest.assemble import assemble
from pipeline.ingest.container import container, local, names, part, xml
from pipeline.ingest.format import NO_TEXT, Format, Reading, Unreadable, parsing
from pipeline.ingest.markup.about import tag, written
from pipeline.ingest.markup.blocks import blocks
from pipeline.ingest.markup.tree import tree
from pipeline.records import RawDocument

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
#: Styles beyond those that mammoth knows.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='footnote text'] => p:fresh
comment-reference =>
"""


def _fits(content: bytes) -> bool:
    return _MAIN in names(content)


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    with container(content) as opened:
        about = core(opened)
        part(opened, _MAIN)
    html = _html(content)
    if not html.strip():
        raise Unreadable(NO_TEXT)
    root, notices = tree(f"<html><body>{html}</body></html>")
    text, lines = assemble(blocks(root))
    if not text.strip():
        raise Unreadable(NO_TEXT)
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=about.get("title", ""),
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=written(about.get("created", ""), about.get("modified", "")),
        language=tag(about.get("language", "")),
        notices=notices,
    )


def core(opened: zipfile.ZipFile) -> dict[str, str]:
    """The core properties of an office file by their names; empty where there are none."""
    if _CORE not in opened.namelist():
        return {}
    try:
        root = xml(part(opened, _CORE))
    except Unreadable:
        return {}
    return {local(e): " ".join((e.text or "").split()) for e in root}


def _html(content: bytes) -> str:
    import mammoth

    logging.getLogger("mammoth").setLevel(logging.CRITICAL)
    with parsing("Word file"):
        made = mammoth.convert_to_html(
            io.BytesIO(content), style_map=_STYLES, convert_image=lambda _: []
        )
    return str(made.value)


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm"),
    _fits,
    _open,
)
