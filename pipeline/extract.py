"""One document through the stages, without orchestration."""

from __future__ import annotations

from pathlib import Path

from pipeline.clean import clean
from pipeline.ingest import ingest
from pipeline.records import Claims, Document, Rejected
from pipeline.relate import relate
from pipeline.resolve import resolve
from pipeline.resources import Resources, load
from pipeline.tag import tag


def read(path: Path, name: str) -> Document | Rejected:
    """A file as cleaned text."""
    return _read(path, name, load())


def extract(path: Path, name: str, resources: Resources) -> Claims | Rejected:
    """All that one file says; bad input comes back as `Rejected`."""
    document = _read(path, name, resources)
    if isinstance(document, Rejected):
        return document
    return relate(resolve(tag(document, resources), resources), resources.judges)


def _read(path: Path, name: str, resources: Resources) -> Document | Rejected:
    raw = ingest(path, name)
    return raw if isinstance(raw, Rejected) else clean(raw, resources.known)
