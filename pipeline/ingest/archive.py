"""ZIP archives: folders of documents. Nothing is unpacked to disk, so no path can leave them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest.container import MOST_MEMBERS, ZIP, check, names, part
from pipeline.ingest.format import Format, Reading, Unreadable, printable
from pipeline.records import RawDocument

#: Parts the path of an archive from that of a file in it.
INSIDE = "!/"
#: An archive may lie in an archive, and no deeper.
_DEPTH = 2
#: What the containers of office files and books hold.
_OTHER = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError)


def is_named(name: str) -> bool:
    """Whether a file goes by the name of an archive."""
    return name.lower().endswith(".zip")


def members(file: BinaryIO, depth: int = 1) -> list[str]:
    """Paths of the files in an archive; of those in archives in it as `inner.zip!/name`.

    Empty where it is an office file or a book. Raises `Unreadable`, `OSError`.
    """
    with _archive(file) as opened:
        if any(name in _OTHER for name in opened.namelist()):
            return []
        found: list[str] = []
        for name in dict.fromkeys(i.filename for i in opened.infolist() if not i.is_dir()):
            found.extend(_within(opened, name, depth) if is_named(name) else [name])
            if len(found) > MOST_MEMBERS:
                raise Unreadable(f"holds more than {MOST_MEMBERS} files; split it")
        return found


def _within(opened: zipfile.ZipFile, name: str, depth: int) -> Iterator[str]:
    """The files of an archive in an archive; itself where it cannot be gone into."""
    inner: list[str] = []
    if depth < _DEPTH:
        try:
            inner = members(io.BytesIO(part(opened, name)), depth + 1)
        except Unreadable:
            # whoever reads it will say why
            inner = []
    yield from (f"{name}{INSIDE}{path}" for path in inner) if inner else (name,)


def read(file: BinaryIO, path: str) -> bytes:
    """A file of an archive by its path as `members` gives it. Raises `Unreadable`, `OSError`."""
    with _archive(file) as opened:
        first, inside, rest = path.partition(INSIDE)
        if inside and first in opened.namelist():
            return read(io.BytesIO(part(opened, first)), rest)
        return part(opened, path)


def shown(path: str) -> str:
    """The path of a file in an archive as the tables have it: below the archive, always."""
    parts = re.split(r"[/\\]", printable(path).replace(INSIDE, "/"))
    return "/".join(p for p in parts if p not in ("", ".", "..") and not p.endswith(":"))


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        opened = zipfile.ZipFile(file)
    except _BROKEN:
        raise Unreadable("is a damaged ZIP archive; deliver it again") from None
    size = file.seek(0, io.SEEK_END)
    check(opened.infolist(), size)
    return opened


def _fits(content: bytes) -> bool:
    return content.startswith((ZIP, b"PK\x05\x06"))


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    """An archive that reached a reader as it is: always `Unreadable`."""
    found = members(io.BytesIO(content))
    if not found and names(content):
        raise Unreadable("is an office file of a kind that is not read; convert it to PDF")
    if not found:
        raise Unreadable("is an empty ZIP archive; deliver it again")
    if is_named(name):
        raise Unreadable(f"is a ZIP archive of {len(found)} files; use `run`, or unpack it")
    raise Unreadable("is a ZIP archive; name it .zip to have its files read")


FORMAT = Format("application/zip", (".zip",), _fits, _open)
