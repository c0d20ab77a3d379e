"""Plain text: UTF-8, or whatever encoding the bytes most likely have."""

from __future__ import annotations

import unicodedata
from itertools import islice

from charset_normalizer import from_bytes

from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.records import Line, RawDocument

#: Share of control characters above which bytes are no text.
_CONTROL_SHARE = 0.01


def _fits(content: bytes) -> bool:
    sample = content[:65536]
    return b"\0" not in sample or sample[:2] in (b"\xff\xfe", b"\xfe\xff")


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    text = decode(content)
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title="",
        text=text,
        lines=tuple(lines_of(text)),
        pages=0,
        keeps_offsets=True,
    )


def decode(content: bytes) -> str:
    """The text of a file; a byte order mark is no part of it. Raises `Unreadable`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content).best()
        if best is None:
            raise Unreadable("no text encoding fits its bytes; save it as UTF-8") from None
        text = str(best)
    control = sum(
        unicodedata.category(c) == "Cc" and c not in "\n\r\t\f" for c in islice(text, 65536)
    )
    if control > _CONTROL_SHARE * min(len(text), 65536):
        raise Unreadable("holds binary data, no text; deliver it as PDF or plain text")
    return text


def lines_of(text: str) -> list[Line]:
    """The lines of a text with their offsets, line ends left out."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Line(start, start + len(line.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return lines


FORMAT = Format("text/plain", (".txt", ".text", ".md"), _fits, _open)
