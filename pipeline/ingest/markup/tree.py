"""The bytes of a page to a tree of elements, within bounds."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from pipeline.ingest.format import Unreadable
from pipeline.records import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']"""
    rb"""([\w.:-]+)""",
    re.I,
)
#: Where a page declares its character set.
_HEAD_BYTES = 8192
#: What stands before the page: of a declaration of entities, HTML makes text.
_DECLARATION = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->)\s*)*+(?:<!DOCTYPE[^\[<>]*\[[^\]]*\]\s*>)?",
    re.I | re.S,
)
#: As browsers do: pages that claim these mean what Windows makes of them.
_MEANT = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "iso8859-9": "windows-1254"}
#: Characters that are no text, and that lxml refuses where an element is moved.
_NO_TEXT = frozenset({*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF})
_BLANK = dict.fromkeys(_NO_TEXT, " ")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,9}));?", re.I)
_TOO_DEEP = "Excessive depth"


def parsed(content: bytes) -> tuple[HtmlElement, tuple[Notice, ...]]:
    """The root of a page, and what of it could not be read. Raises `Unreadable`."""
    return tree(decoded(content))


def tree(text: str) -> tuple[HtmlElement, tuple[Notice, ...]]:
    """The root of a page that is decoded, and what of it could not be read."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False
    )
    # bytes: of text, lxml would trust a declaration of the encoding
    before = _DECLARATION.match(text)
    page = text[before.end() :] if before else text
    written = _REFERENCE.sub(_character, page.translate(_BLANK))
    content = written.encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Unreadable("the page holds no text; save it again from the browser") from None
    deep = any(_TOO_DEEP in error.message for error in parser.error_log)
    message = "elements lie more than 255 deep: what comes after them was not read; save it simpler"
    return root, (Notice("damaged_part", message),) if deep else ()


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return " " if code in _NO_TEXT else reference[0]


def decoded(content: bytes) -> str:
    """The text of a page by its byte order mark, else its declaration, else its bytes."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(content)
    if declared:
        return content.decode(declared, "replace")
    best = from_bytes(content).best()
    if best is None:
        raise Unreadable("no text encoding fits its bytes; save it as UTF-8")
    return str(best)


def _declared(content: bytes) -> str:
    """The codec that a page names; empty where it names none, or one that does not fit."""
    found = _CHARSET.search(content[:_HEAD_BYTES])
    if not found:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return ""
    # the bytes are no UTF-8, and UTF-16 would have hidden the declaration itself
    return "" if name.startswith("utf") else _MEANT.get(name, name)
