"""Some documents: results that are kept, or that are read now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import kept
from pipeline.batch.job import Job, Read
from pipeline.batch.readers import Readers, read
from pipeline.ingest import UNKNOWN, recognise, unreadable
from pipeline.ingest.format import Unreadable
from pipeline.records import Rejected


@dataclass(frozen=True, slots=True)
class File:
    """A document: where it lies, its name in the tables, and what changes when it is written to.

    state: empty where that cannot be told.
    """

    source: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The key of the kept result of a file, or why there is none."""

    file: File
    key: str = ""
    rejected: Rejected | None = None


def known(file: File, seen: Mapping[str, Sequence[str]]) -> Outcome | None:
    """The kept result of a file that has not changed since it was seen; reads nothing."""
    state, key = seen.get(file.source, ("", ""))
    return Outcome(file, key) if file.state and file.state == state and kept.has(key) else None


def outcome(file: File, readers: Readers) -> Outcome:
    """The result of a file, kept by now, or why there is none.

    Raises `OSError` where the result cannot be kept.
    """
    try:
        content = Path(file.source).read_bytes()
    except OSError as error:
        return Outcome(file, rejected=unreadable(file.name, error))
    if kept.has(key := kept.key_of(content, file.name)):
        return Outcome(file, key)
    found = read(readers, Job(file.source, file.name))
    if isinstance(found, Read):
        kept.put(found.key, found.packed)
        return Outcome(file, found.key)
    if isinstance(found, str):
        found = Rejected(key[:16], file.name, _media_type(content), found)
    return Outcome(file, rejected=found)


def _media_type(content: bytes) -> str:
    try:
        return recognise(content).media_type
    except Unreadable:
        return UNKNOWN
