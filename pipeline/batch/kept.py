"""Results of documents, kept from run to run in the user's cache.

One file a result, named by the SHA-256 of the content and the suffix of the name, in a folder of
the pipeline's version: what has another content or another version is another result. A file is
written under another name and then renamed, so that one that is there is whole. It holds the
`Account` without mentions and then the mentions, because the tables need all of the first at once
and one of the second at a time; or the `Rejected`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import platformdirs

from pipeline.batch.version import version
from pipeline.ingest import suffix_of
from pipeline.ingest.format import Reading
from pipeline.records import Account, Rejected

#: Results of versions that no run has used for so long are deleted.
UNUSED_DAYS = 30
#: No result takes so long to write; runs that go on at the same time keep theirs.
_DRAFT_S = 3600

Result = Account | Rejected


def folder() -> Path:
    """Where results of this version lie; made where it is missing."""
    path = platformdirs.user_cache_path("citypacts") / "kept" / version()
    path.mkdir(parents=True, exist_ok=True)
    return path


def key_of(content: bytes, name: str, reading: Reading) -> str:
    """The key of the result of a file: what it holds, how it is read, the suffix it goes by."""
    return f"{hashlib.sha256(content).hexdigest()}-{reading.ocr}{suffix_of(name)}"


def packed(result: Result) -> bytes:
    """A result as it is kept; without path, which belongs to the file and not to its content."""
    result = replace(result, path="")
    if isinstance(result, Rejected):
        return pickle.dumps(result)
    head = pickle.dumps(replace(result, mentions=()), pickle.HIGHEST_PROTOCOL)
    return head + pickle.dumps(result.mentions, pickle.HIGHEST_PROTOCOL)


def has(key: str) -> bool:
    return _path(key).exists()


def put(key: str, packed: bytes) -> None:
    """Keep a packed result. Raises `OSError` where the disk refuses; nothing is left then."""
    path = _path(key)
    path.parent.mkdir(exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def head(key: str, path: str, address: str, retrieved: str, where: Path) -> Result:
    """A kept result under the path of a file that has it, an account without its mentions.

    address, retrieved: where the file was fetched from, and the day.

    where: `folder()` of the run; another process may find another version installed by now.
    """
    with (where / key[:2] / key).open("rb") as file:
        result: Result = pickle.load(file)
    return replace(result, path=path, address=address, retrieved=retrieved)


def mentions(key: str, where: Path) -> Iterator[dict[str, object]]:
    """The mentions of a kept account."""
    with (where / key[:2] / key).open("rb") as file:
        pickle.load(file)
        yield from pickle.load(file)


def prune() -> None:
    """Mark this version as used; delete what others have kept, where no run uses them any more.

    Drafts of runs that were killed go as well.
    """
    mine = folder()
    os.utime(mine)
    oldest = time.time() - UNUSED_DAYS * 24 * 3600
    for draft in mine.glob("*/.draft-*"):
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime < time.time() - _DRAFT_S:
                draft.unlink()
    for other in mine.parent.iterdir():
        if other != mine and other.stat().st_mtime < oldest:
            shutil.rmtree(other, ignore_errors=True)


def _path(key: str) -> Path:
    return folder() / key[:2] / key
