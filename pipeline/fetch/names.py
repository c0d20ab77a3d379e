"""What a document from the web is called on disk."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx

_LONGEST_BYTES = 120
_UNSAFE = re.compile(r"[^\w.-]+|_+")
_RUNS = re.compile(r"-{2,}|\.{2,}")


def stem_of(url: str, suffixes: tuple[str, ...]) -> str:
    """Host, path and query as one readable name, without suffix; never hidden, never empty."""
    address = httpx.URL(url)
    path = unquote(address.path).strip("/")
    if PurePosixPath(path).suffix.lower() in suffixes:
        path = str(PurePosixPath(path).with_suffix(""))
    host = address.host.removeprefix("www.")
    told = "-".join(part for part in (host, path, unquote(address.query.decode("ascii"))) if part)
    name = _RUNS.sub("-", _UNSAFE.sub("-", told)).strip(".-")
    short = name.encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(".-")
    return short or "page"
