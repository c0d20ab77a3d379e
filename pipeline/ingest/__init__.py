"""Ingest: recognise a file by its content and open it as a `RawDocument`.

A new format is one module with a `FORMAT` and one entry in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipeline.ingest import pdf, text
from pipeline.ingest.format import Format, Unreadable
from pipeline.records import RawDocument, Rejected

#: Tried in this order; plain text comes last because it recognises almost anything.
FORMATS: tuple[Format, ...] = (pdf.FORMAT, text.FORMAT)


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


def ingest(path: Path, name: str) -> RawDocument | Rejected:
    """Open one file; bad input comes back as `Rejected` with a reason, never as an exception."""
    try:
        content = path.read_bytes()
    except OSError as error:
        # no content to name the document by: its path keeps it apart from others of its kind
        unread = hashlib.sha256(f"unreadable {name}".encode()).hexdigest()[:16]
        return Rejected(unread, name, "application/octet-stream", _unreadable(error))
    document_id = hashlib.sha256(content).hexdigest()[:16]
    media_type = "application/octet-stream"
    try:
        if not content.strip():
            raise Unreadable("the file is empty; deliver it again")
        form = recognise(content)
        media_type = form.media_type
        suffix = path.suffix.lower()
        claimed = next((f for f in FORMATS if suffix in f.suffixes), None)
        if claimed and claimed is not form:
            raise Unreadable(
                f"named {suffix} but its content is {media_type}; "
                f"rename it to {form.suffixes[0]} or deliver it again"
            )
        return form.open(document_id, name, content)
    except Unreadable as error:
        return Rejected(document_id, name, media_type, str(error))


def recognise(content: bytes) -> Format:
    """The format of a file by its content; raises `Unreadable` where none fits."""
    for form in FORMATS:
        if form.fits(content):
            return form
    raise Unreadable("the content is of no known format; convert it to PDF or plain text")


def _unreadable(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error}); check the path and its permissions"
