"""Pages of the web: HTML and XHTML."""

from __future__ import annotations

import re

from pipeline.ingest.assemble import assemble
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.markup import about
from pipeline.ingest.markup.blocks import blocks
from pipeline.ingest.markup.prune import prune
from pipeline.ingest.markup.tree import parsed
from pipeline.ingest.text import fits as is_text
from pipeline.records import RawDocument

#: What a page begins with, after a declaration and comments. What was taken for a comment is not
#: looked at again, or many of them would be parted in every way there is.
_PAGE = re.compile(
    r"\s*(?>(?:<\?xml[^>]*\?>|<!--.{0,2000}?-->)\s*)*+"
    r"(?:<!doctype\s+html|<(?:html|head|body)[\s>])",
    re.I | re.S,
)


def _fits(content: bytes) -> bool:
    start = content[:4096]
    text = start.decode("utf-16", "ignore") if start[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    return bool(_PAGE.match(text or start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")))


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    root, notices = parsed(content)
    title, date, language = about.title(root), about.date(root), about.language(root)
    text, lines = assemble(blocks(prune(root)))
    if notices and not text.strip():
        raise Unreadable(notices[0].message)
    if not text.strip():
        raise Unreadable("the page holds no text; save it from the browser once it is shown")
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=title,
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=date,
        language=language,
        notices=notices,
    )


FORMAT = Format("text/html", (".html", ".htm", ".xhtml"), _fits, _open, is_text)
