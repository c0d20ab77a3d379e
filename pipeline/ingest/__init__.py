"""Ingest: recognise a file by its content and open it as a `RawDocument`.

A new format is one module with a `FORMAT` and one entry in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.ingest import (
    archive,
    delimited,
    docx,
    epub,
    foreign,
    html,
    image,
    jsonlist,
    mail,
    odf,
    pdf,
    pptx,
    rtf,
    sheets,
    text,
    xmlfile,
)
from pipeline.ingest.format import Format, Reading, Unreadable, printable
from pipeline.ingest.warned import collected, notices
from pipeline.records import RawDocument, Rejected

#: Tried in this order; plain text comes last because it recognises almost anything.
FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    *image.FORMATS,
    docx.FORMAT,
    pptx.FORMAT,
    sheets.XLSX,
    sheets.XLS,
    sheets.ODS,
    odf.TEXT,
    odf.SLIDES,
    epub.FORMAT,
    archive.FORMAT,
    rtf.FORMAT,
    html.FORMAT,
    xmlfile.FORMAT,
    jsonlist.FORMAT,
    mail.FORMAT,
    delimited.FORMAT,
    text.FORMAT,
)
#: The media type of content that nothing recognises.
UNKNOWN = "application/octet-stream"
AS_NEEDED = Reading()
#: What systems and programs leave in folders, hidden from who looks into them.
_HIDDEN = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


def documents(inputs: Sequence[Path]) -> list[tuple[Path, str]]:
    """Files under `inputs` with their names relative to the input, sorted by name.

    Folders are searched recursively, for files of any kind: one that cannot be read is to be told.
    Hidden files and folders are passed over.
    """
    found: dict[Path, str] = {}
    for given in inputs:
        if given.is_dir():
            for path in given.rglob("*"):
                relative = path.relative_to(given)
                if not is_hidden(relative.parts) and path.is_file():
                    found.setdefault(path.resolve(), printable(relative.as_posix()))
        else:
            found.setdefault(given.resolve(), printable(given.name))
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def is_hidden(parts: Iterable[str]) -> bool:
    """Whether a file that lies so below an input is hidden, by itself or its folders."""
    return any(part.startswith((".", "~$")) or part.lower() in _HIDDEN for part in parts)


def ingest(path: Path, name: str, reading: Reading = AS_NEEDED) -> RawDocument | Rejected:
    """Open one file; bad input comes back as `Rejected` with a reason, never as an exception."""
    name = printable(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        return unreadable(name, error)
    return opened(content, name, reading)


def unreadable(name: str, error: OSError | Unreadable) -> Rejected:
    """A file that the system, or the archive it lies in, does not let be read."""
    # no content to name the document by: its path keeps it apart from others of its kind
    unread = hashlib.sha256(f"unreadable {name}".encode()).hexdigest()[:16]
    reason = str(error)
    if isinstance(error, OSError):
        cause = error.strerror or error
        reason = f"cannot be read ({cause}); check the path and its permissions"
    return Rejected(unread, name, UNKNOWN, reason)


def opened(content: bytes, name: str, reading: Reading = AS_NEEDED) -> RawDocument | Rejected:
    """The content of a file as its format has it; `Rejected` where it is none."""
    document_id = hashlib.sha256(content).hexdigest()[:16]
    media_type = UNKNOWN
    try:
        if not content.strip():
            raise Unreadable("the file is empty; deliver it again")
        form = recognise(content, name)
        media_type = form.media_type
        with collected() as told:
            raw = form.open(document_id, name, content, reading)
        return replace(raw, notices=(*raw.notices, *notices(told)))
    except Unreadable as error:
        return Rejected(document_id, name, media_type, str(error))


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case, where content alone does not tell what a file is.

    It is all of a name that counts.
    """
    suffix = PurePosixPath(name).suffix.lower()
    counts = any(form.allows and suffix in form.suffixes for form in FORMATS)
    return suffix if counts or suffix in foreign.CODE else ""


def recognise(content: bytes, name: str) -> Format:
    """The format of a file by its content, and its suffix where that leaves it open.

    Raises `Unreadable` where it has none that is read.
    """
    suffix = suffix_of(name)
    for form in FORMATS:
        named = form.allows is not None and suffix in form.suffixes and form.allows(content)
        if named or form.fits(content):
            if form is text.FORMAT and suffix in foreign.CODE:
                raise Unreadable(f"is program code ({suffix}), no document; move it elsewhere")
            return form
    raise Unreadable(foreign.reason(content))
