"""One document through the stages, without orchestration."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.clean import clean
from pipeline.consolidate.account import account
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.ingest import AS_NEEDED, ingest, opened
from pipeline.ingest.format import Reading
from pipeline.records import Account, Claims, Document, RawDocument, Rejected
from pipeline.relate import relate
from pipeline.resolve import resolve
from pipeline.resources import Resources, load
from pipeline.tag import tag


def read(path: Path, name: str, reading: Reading = AS_NEEDED) -> Document | Rejected:
    """A file as cleaned text."""
    return _cleaned(ingest(path, name, reading), load())


def extract(
    path: Path, name: str, resources: Resources, reading: Reading = AS_NEEDED
) -> Claims | Rejected:
    """All that one file says; bad input comes back as `Rejected`."""
    return _told(ingest(path, name, reading), resources)


def account_of(
    content: bytes, name: str, resources: Resources, reading: Reading = AS_NEEDED
) -> Account | Rejected:
    """What the content of one file brings to the tables."""
    claims = _told(opened(content, name, reading), resources)
    return claims if isinstance(claims, Rejected) else account(claims)


def _told(raw: RawDocument | Rejected, resources: Resources) -> Claims | Rejected:
    document = _cleaned(raw, resources)
    if isinstance(document, Rejected):
        return document
    return relate(resolve(tag(document, resources), resources))


def _cleaned(raw: RawDocument | Rejected, resources: Resources) -> Document | Rejected:
    if isinstance(raw, Rejected):
        return raw
    return clean(raw, resources.known, partial(_is_country, resources.gazetteer))


def _is_country(gazetteer: Gazetteer, name: str) -> bool:
    found = gazetteer.candidates(name)
    return bool(found) and found[0].place.kind == "country"
