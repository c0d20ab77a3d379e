"""A document from the web on disk: whole or not at all, and each content once."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pipeline.fetch.address import RefusedError
from pipeline.fetch.get import Page
from pipeline.fetch.manifest import Source, add, sources
from pipeline.fetch.names import stem_of
from pipeline.ingest import recognise
from pipeline.ingest.format import Unreadable

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.I)
_HTML_SUFFIXES = (".html", ".htm")


def store(page: Page, folder: Path) -> tuple[Path, bool]:
    """The file that holds a page, and whether it is new; what it was fetched from is recorded.

    Raises `RefusedError` for content of no known format, `OSError` from the disk.
    """
    media_type, suffixes = _format(page.content, page.url)
    digest = hashlib.sha256(page.content).hexdigest()
    for source in sources(folder):
        if source.sha256 == digest and _holds(folder / source.file, digest):
            return folder / source.file, False
    stem = stem_of(page.url, suffixes)
    path = folder / f"{stem}{suffixes[0]}"
    if path.exists() and not _holds(path, digest):
        # the page has changed: the new one lies beside the old
        path = folder / f"{stem}-{digest[:8]}{suffixes[0]}"
    _write(path, page.content)
    day = datetime.now(UTC).date().isoformat()
    add(folder, Source(path.name, page.url, page.asked, day, digest, media_type))
    return path, True


def _format(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Media type and suffixes by content."""
    if not content.strip():
        raise RefusedError("the page is empty")
    try:
        form = recognise(content, name)
    except Unreadable as error:
        raise RefusedError(str(error)) from None
    if form.media_type == "text/plain" and _HTML.search(content[:2048]):
        return "text/html", _HTML_SUFFIXES
    return form.media_type, form.suffixes


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _write(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
