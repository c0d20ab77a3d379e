"""The bytes of a document, wherever it lies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest import archive

_ARCHIVE = re.compile(rf"(.+?\.zip){re.escape(archive.INSIDE)}(.+)", re.I | re.S)


def content_of(source: str) -> bytes:
    """source: a path, or an URL of a file system that fsspec knows; `ARCHIVE!/NAME` of a file in a
    ZIP archive. Raises `OSError`, and `Unreadable` where an archive does not give the file.
    """
    path, inner = split(source)
    with opened(path) as file:
        return archive.read(file, inner) if inner else file.read()


def opened(path: str) -> BinaryIO:
    """A file to read from, at any place. Raises `OSError`."""
    if "://" not in path:
        return Path(path).open("rb")
    import fsspec

    file: BinaryIO = fsspec.open(path, "rb").open()
    return file


def split(source: str) -> tuple[str, str]:
    """The file that a source lies in, and its path in that file where it is an archive."""
    found = _ARCHIVE.fullmatch(source)
    if not found or ("://" not in source and _is_file(source)):
        return source, ""
    return found[1], found[2]


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:
        # names in archives may be longer than those of files
        return False
