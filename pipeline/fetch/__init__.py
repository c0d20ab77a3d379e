"""Fetch: pages and PDFs from the web into a folder of documents, with where they come from.

::

    address   what may be asked: http and https, public addresses only
    get       one document: redirects, limits
    robots    what a site lets be fetched, and how often
    names     what a document is called on disk
    manifest  what was fetched from where, beside the documents
    store     a document on disk, once a content

Nothing here is part of reading documents; `batch` looks into the manifest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.fetch.address import Allowed, RefusedError, is_public
from pipeline.fetch.get import MOST_BYTES, get
from pipeline.fetch.robots import Robots
from pipeline.fetch.store import store


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address: the file, and whether it is new; or why there is none."""

    asked: str
    file: Path | None = None
    new: bool = False
    reason: str = ""


def fetch(
    urls: Iterable[str],
    folder: Path,
    *,
    allowed: Allowed = is_public,
    most_bytes: int = MOST_BYTES,
    delay_s: float = 1.0,
    timeout_s: float = 20.0,
) -> Iterator[Fetched]:
    """Fetch addresses into `folder`, one after the other; each once.

    allowed: which addresses may be connected to. delay_s: between two requests to a
    host, unless its robots.txt asks for more. timeout_s: for the host to answer or go on.
    Raises `OSError` where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    robots = Robots(allowed, delay_s, timeout_s)
    for asked in dict.fromkeys(urls):
        try:
            page = get(asked, allowed, most_bytes, timeout_s, before=robots.permit)
            file, new = store(page, folder)
        except RefusedError as error:
            yield Fetched(asked, reason=str(error))
        else:
            yield Fetched(asked, file, new)
