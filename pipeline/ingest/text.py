"""Plain text: UTF-8, or whatever encoding the bytes most likely have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import islice

from charset_normalizer import from_bytes

from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.markup.about import edtf, tag
from pipeline.records import Line, RawDocument

#: Front matter is no longer than this many lines.
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:(?!\1)[^\r\n]*\r?\n){1,100}?\1[ \t]*(?:\r?\n|\Z)")
#: Fields with the date of a document: the day of its latest change before that of its first.
_DATES = ("lastmod", "last_modified", "updated", "modified", "date", "published")
_FIELD = re.compile(
    rf"^(title|lang|language|{'|'.join(_DATES)})[ \t]*[:=][ \t]*(\S[^\r\n]*)", re.I | re.M
)
#: Share of control characters above which bytes are no text.
_CONTROL_SHARE = 0.01
#: Control characters, but for tabs, the ends of lines and pages, and those of Chinese terminals.
_CONTROL_BYTES = [bytes([code]) for code in range(1, 32) if code not in (9, 10, 12, 13, 27)]


def fits(content: bytes) -> bool:
    """Whether bytes may be text."""
    sample = content[:65536]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    control = sum(map(sample.count, _CONTROL_BYTES))
    return b"\0" not in sample and control <= _CONTROL_SHARE * len(sample)


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    text = decode(content)
    front = front_matter(text)
    end = front.end() if front else 0
    about = dict(_FIELD.findall(front[0])) if front else {}
    stated = {key.lower(): value.strip().strip("\"'") for key, value in about.items()}
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=stated.get("title", ""),
        text=text,
        lines=tuple(
            replace(line, role="furniture") if line.end <= end else line for line in lines_of(text)
        ),
        pages=0,
        keeps_offsets=True,
        date=next((day for name in _DATES if (day := edtf(stated.get(name, "")))), ""),
        language=tag(stated.get("lang", "") or stated.get("language", "")),
    )


def front_matter(text: str) -> re.Match[str] | None:
    """What stands before the text of a Markdown file about it, between two lines of marks."""
    found = _FRONT.match(text)
    return found if found and _FIELD.search(found[0]) else None


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


FORMAT = Format("text/plain", (".txt", ".text", ".md"), fits, _open)
