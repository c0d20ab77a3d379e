"""Some documents: results that are kept, or that are read now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.batch import kept
from pipeline.batch.content import content_of
from pipeline.batch.job import Job, Read
from pipeline.batch.readers import Readers, read
from pipeline.fetch.manifest import Source
from pipeline.ingest import UNKNOWN, recognise, unreadable
from pipeline.ingest.format import Reading, Unreadable
from pipeline.records import Rejected


@dataclass(frozen=True, slots=True)
class File:
    """A document: where it lies, its name in the tables, and what changes when it is written to.

    state: empty where that cannot be told. origin: what `fetch` recorded of it.
    """

    source: str
    name: str
    state: str
    origin: Source | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The key of the result of a file, or why there is none.

    packed: the result itself, where it is not kept yet.
    """

    file: File
    key: str = ""
    rejected: Rejected | None = None
    packed: bytes = b""


def known(file: File, seen: Mapping[str, Sequence[str]]) -> Outcome | None:
    """The kept result of a file that has not changed since it was seen; reads nothing."""
    state, key = seen.get(file.source, ("", ""))
    return Outcome(file, key) if file.state and file.state == state and kept.has(key) else None


def outcome(file: File, readers: Readers, reading: Reading, keep: bool = True) -> Outcome:
    """The result of a file, or why there is none.

    keep: keep it here; otherwise it comes back packed, for a run on another machine.
    Raises `OSError` where the result cannot be kept.
    """
    try:
        content = content_of(file.source)
    except (OSError, Unreadable) as error:
        return Outcome(file, rejected=unreadable(file.name, error))
    key = kept.key_of(content, file.name, reading)
    if keep and kept.has(key):
        return Outcome(file, key)
    found = read(readers, Job(file.source, file.name, reading))
    if isinstance(found, Read):
        made = Outcome(file, found.key, packed=found.packed)
        return stored(made) if keep else made
    if isinstance(found, str):
        found = Rejected(key[:16], file.name, _media_type(content, file.name), found)
    return Outcome(file, rejected=found)


def stored(made: Outcome) -> Outcome:
    """Keep the result that an outcome brings along."""
    if made.packed:
        kept.put(made.key, made.packed)
    return replace(made, packed=b"")


def _media_type(content: bytes, name: str) -> str:
    try:
        return recognise(content, name).media_type
    except Unreadable:
        return UNKNOWN
