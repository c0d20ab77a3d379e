"""What the last run into a folder saw and wrote, so that the next one need not read it again.

One JSON file an output folder, in the user's cache. It is a help, not a source: without it, or
where anything differs, the files are read and the tables are made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from pipeline.batch.version import version
from pipeline.ingest.format import Ocr
from pipeline.records import Rejected
from pipeline.tables.publish import SET

#: A file changed so shortly before it was read may change again with the same time stamp.
_SETTLED_S = 2.0


@dataclass(frozen=True, slots=True)
class Past:
    """version: of the pipeline. ocr: how files were read.

    seen: source -> [state of the file, key of its result]. made: what the tables were made of.
    files: SHA-256 of each file of the tables. rows: their number by table. quarantined: `Rejected`
    as a mapping.
    """

    version: str = ""
    ocr: Ocr = "auto"
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: str = ""
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    quarantined: list[dict[str, str]] = field(default_factory=list)


def load(out: str, ocr: Ocr) -> Past:
    """The last run into `out`, if this version of the pipeline read so; else an empty one."""
    try:
        past = Past(**json.loads(_path(out).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Past(ocr=ocr)
    return past if (past.version, past.ocr) == (version(), ocr) else Past(ocr=ocr)


def save(out: str, past: Past) -> None:
    path = _path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(past), file)
    Path(draft).replace(path)


def state(path: Path) -> str:
    """What changes when a file is written to; empty where that cannot be told (yet)."""
    with suppress(OSError):
        stat = path.stat()
        if stat.st_ctime < time.time() - _SETTLED_S:
            return (
                f"{stat.st_dev} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
            )
    return ""


def made_of(keys: Sequence[tuple[str, ...]], rejected: Sequence[Rejected]) -> str:
    """A digest of `Order.keys`, and of the documents without result."""
    parts = [*map(repr, sorted(keys)), *sorted(map(repr, rejected))]
    return hashlib.sha256("\n".join([version(), *parts]).encode()).hexdigest()


def written(out: Path) -> dict[str, str]:
    """SHA-256 of each file of the tables in `out`; empty where one is missing."""
    found: Mapping[str, str] = {}
    with suppress(OSError):
        found = {name: _digest(out / name) for name in sorted(SET)}
    return dict(found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(out: str) -> Path:
    name = hashlib.sha256(out.encode()).hexdigest()[:32]
    return platformdirs.user_cache_path("citypacts") / "past" / f"{name}.json"
