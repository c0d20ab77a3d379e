"""Ingest: recognise a file by its content and open it as a `RawDocument`.

A new format is one module with a `FORMAT` and one entry in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ingest import image, pdf, text
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.warned import collected, notices
from pipeline.records import RawDocument, Rejected

#: Tried in this order; plain text comes last because it recognises almost anything.
FORMATS: tuple[Format, ...] = (pdf.FORMAT, *image.FORMATS, text.FORMAT)
#: The media type of content that nothing recognises.
UNKNOWN = "application/octet-stream"
AS_NEEDED = Reading()


def documents(inputs: Sequence[Path]) -> list[tuple[Path, str]]:
    """Files under `inputs` with their names relative to the input, sorted by name.

    Folders are searched recursively for files of known suffixes; hidden files and folders are
    passed over. A file named directly is taken whatever its suffix.
    """
    known = {suffix for form in FORMATS for suffix in form.suffixes}
    found: dict[Path, str] = {}
    for given in inputs:
        if given.is_dir():
            for path in given.rglob("*"):
                relative = path.relative_to(given)
                hidden = any(part.startswith(".") for part in relative.parts)
                if path.suffix.lower() in known and not hidden and path.is_file():
                    found.setdefault(path.resolve(), relative.as_posix())
        else:
            found.setdefault(given.resolve(), given.name)
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def ingest(path: Path, name: str, reading: Reading = AS_NEEDED) -> RawDocument | Rejected:
    """Open one file; bad input comes back as `Rejected` with a reason, never as an exception."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return unreadable(name, error)
    return opened(content, name, reading)


def unreadable(name: str, error: OSError) -> Rejected:
    """A file that the system does not let be read."""
    # no content to name the document by: its path keeps it apart from others of its kind
    unread = hashlib.sha256(f"unreadable {name}".encode()).hexdigest()[:16]
    reason = f"cannot be read ({error.strerror or error}); check the path and its permissions"
    return Rejected(unread, name, UNKNOWN, reason)


def opened(content: bytes, name: str, reading: Reading = AS_NEEDED) -> RawDocument | Rejected:
    """The content of a file as its format has it, `Rejected` where it is none or another."""
    document_id = hashlib.sha256(content).hexdigest()[:16]
    media_type = UNKNOWN
    try:
        if not content.strip():
            raise Unreadable("the file is empty; deliver it again")
        form = recognise(content)
        media_type = form.media_type
        suffix = suffix_of(name)
        claimed = next((f for f in FORMATS if suffix in f.suffixes), None)
        if claimed and claimed is not form:
            raise Unreadable(
                f"named {suffix} but its content is {media_type}; "
                f"rename it to {form.suffixes[0]} or deliver it again"
            )
        with collected() as told:
            raw = form.open(document_id, name, content, reading)
        return replace(raw, notices=(*raw.notices, *notices(told)))
    except Unreadable as error:
        return Rejected(document_id, name, media_type, str(error))


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case, where a format has it: all of a name that counts."""
    suffix = Path(name).suffix.lower()
    return suffix if any(suffix in form.suffixes for form in FORMATS) else ""


def recognise(content: bytes) -> Format:
    """The format of a file by its content; raises `Unreadable` where none fits."""
    for form in FORMATS:
        if form.fits(content):
            return form
    raise Unreadable("the content is of no known format; convert it to PDF or plain text")
