"""What was fetched from where: one JSON object a line, in a hidden file beside the documents."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = ".citypacts-sources.jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from. file: its name. url: where redirects led. retrieved: the day, EDTF.

    sha256: of its content.
    """

    file: str
    url: str
    asked: str
    retrieved: str
    sha256: str
    media_type: str


def sources(folder: Path) -> list[Source]:
    """All that was fetched into a folder, in order; lines that cannot be read are passed over."""
    if not (folder / MANIFEST).is_file():
        return []
    try:
        lines = (folder / MANIFEST).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [source for line in lines if (source := _source(line))]


def add(folder: Path, source: Source) -> None:
    """Record what was fetched; whole lines, whoever else writes at the same time."""
    line = json.dumps(asdict(source), ensure_ascii=False) + "\n"
    handle = os.open(folder / MANIFEST, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        # a line that was cut off is no part of ours
        cut = end and os.pread(handle, 1, end - 1) != b"\n"
        os.write(handle, (("\n" if cut else "") + line).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _source(line: str) -> Source | None:
    try:
        told = json.loads(line)
        found = Source(*(told[name] for name in Source.__slots__))
    except (ValueError, KeyError, TypeError):
        return None
    return found if all(isinstance(value, str) for value in asdict(found).values()) else None
