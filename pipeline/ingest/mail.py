"""E-mail (EML) and saved web archives (MHT): subject, date, and the text of the message."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.format import Format, Reading, Unreadable, parsing
from pipeline.ingest.markup.blocks import blocks
from pipeline.ingest.markup.prune import prune
from pipeline.ingest.markup.tree import decoded, tree
from pipeline.ingest.text import fits as is_text
from pipeline.records import Notice, RawDocument

#: The first line of a message, and one that each has.
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\r\n]*\r?\n")
_HAS = re.compile(rb"^(?:message-id|mime-version|received|return-path|from):", re.I | re.M)
_DATED = re.compile(rb"^(?:date|received|mime-version):", re.I | re.M)
_PARTS = 200


def _fits(content: bytes) -> bool:
    if not _HEADER.match(content):
        return False
    head = re.split(rb"\r?\n\r?\n", content[:16384], maxsplit=1)[0]
    lines = head.splitlines()
    named = all(line[:1] in b" \t" or _HEADER.match(line + b"\n") for line in lines)
    return named and bool(_HAS.search(head)) and bool(_DATED.search(head))


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    with parsing("e-mail"):
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        subject, date = _field(message, "subject"), _date(message)
        body, notices = list(_body(message)), tuple(_unread(message))
    title = [Part("heading", subject, level=1)] if subject else []
    text, lines = assemble([*title, *body])
    if not any(part.text.strip() or part.cells for part in body):
        raise Unreadable("the message holds no text; deliver its attachments as files")
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=subject,
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=date,
        notices=notices,
    )


def _field(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _date(message: EmailMessage) -> str:
    sent = getattr(message.get("date"), "datetime", None)
    return sent.date().isoformat() if isinstance(sent, datetime) else ""


def _body(message: EmailMessage) -> Iterator[Part]:
    """The text as HTML, which has its tables and lists, else as plain text."""
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        return
    read = part.get_payload(decode=True)
    content = read if isinstance(read, bytes) else b""
    text = _decoded(content, part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        root, _ = tree(text)
        yield from blocks(prune(root))
    else:
        yield from (Part("", line) for line in text.splitlines())


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(content)


def _unread(message: EmailMessage) -> Iterator[Notice]:
    attached = [part for part in message.walk() if part.get_content_disposition() == "attachment"]
    for part in attached[:_PARTS]:
        named = " ".join((part.get_filename() or part.get_content_type()).split())
        yield Notice("part_not_read", f"attachment {named} was not read; deliver it as a file")


FORMAT = Format("message/rfc822", (".eml", ".mht", ".mhtml"), _fits, _open, is_text)
