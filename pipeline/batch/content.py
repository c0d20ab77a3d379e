"""The bytes of a document, wherever it lies."""

from __future__ import annotations

from pathlib import Path


def content_of(source: str) -> bytes:
    """source: a path, or an URL of a file system that fsspec knows. Raises `OSError`."""
    if "://" not in source:
        return Path(source).read_bytes()
    import fsspec

    with fsspec.open(source, "rb") as file:
        content: bytes = file.read()
    return content
