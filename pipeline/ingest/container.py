"""Formats that are ZIP containers of XML (office files, books), opened within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from pipeline.ingest.format import Unreadable

ZIP = b"PK\x03\x04"
#: What a container may unpack to, and how many times its own size, beyond a first MB.
MOST_BYTES = 1 << 30
MOST_TIMES = 200
_FREE_BYTES = 1 << 20
MOST_MEMBERS = 20_000
#: Such a part of an office file or a book is text, no picture.
_PART_BYTES = 256 << 20
#: What zipfile raises for a container that is damaged.
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError)


def names(content: bytes) -> frozenset[str]:
    """The names of the members of a ZIP container; empty where it is none."""
    if not content.startswith(ZIP):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return frozenset(container.namelist())
    except _BROKEN:
        return frozenset()


def kind(content: bytes) -> str:
    """The media type that a container states in its member `mimetype`; empty where it does not."""
    if "mimetype" not in names(content):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened, opened.open("mimetype") as member:
            return member.read(200).decode("ascii", "replace").strip()
    except _BROKEN:
        return ""


def container(content: bytes) -> zipfile.ZipFile:
    """A container whose members may be unpacked. Raises `Unreadable` where it is a bomb."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN:
        raise Unreadable("is a damaged file (its container is broken); deliver it again") from None
    check(opened.infolist(), len(content))
    return opened


def check(members: list[zipfile.ZipInfo], size: int) -> None:
    """Raises `Unreadable` where a container of `size` bytes unpacks to more than is sensible."""
    if len(members) > MOST_MEMBERS:
        raise Unreadable(f"holds {len(members)} files, more than {MOST_MEMBERS}; split it")
    unpacked = sum(member.file_size for member in members)
    if unpacked > min(MOST_BYTES, _FREE_BYTES + MOST_TIMES * size):
        raise Unreadable(
            f"unpacks to {unpacked >> 20} MB, far more than its size tells; deliver it unpacked"
        )


def part(opened: zipfile.ZipFile, name: str) -> bytes:
    """A member of a container. Raises `Unreadable` where it is missing, broken or encrypted."""
    try:
        info = opened.getinfo(name)
        if info.flag_bits & 1:
            raise Unreadable("is encrypted with a password; save a copy without one")
        if info.file_size > _PART_BYTES:
            raise Unreadable(f"its part {name} is too large; split the document")
        return opened.read(info)
    except KeyError:
        raise Unreadable(f"is a damaged file ({name} is missing); deliver it again") from None
    except _BROKEN:
        raise Unreadable(f"is a damaged file ({name} is broken); deliver it again") from None


def xml(content: bytes) -> etree._Element:
    """The root of an XML part: no entities, nothing fetched. Raises `Unreadable`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        reason = str(error).splitlines()[0][:80] if str(error) else "broken"
        raise Unreadable(f"holds damaged XML ({reason}); deliver it again") from None


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
