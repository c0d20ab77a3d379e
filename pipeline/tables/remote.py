"""Tables in a folder that an URL names (`s3://bucket/processed`, any of fsspec's).

They are made in a folder of this machine and then put there: first all of them beside the old ones
(`NEW`), then a mark (`COMMIT`) from when on they count, then each in its place. Such stores know no
exchange of folders, so for a moment old and new stand together; `datapackage.json` comes
last and has the hash of every file. A run that is killed leaves either the old tables, or the mark,
and the next run finishes its work.

One run at a time, on any machine: a lock file that only one can create, and that says until when it
is to be believed; whoever holds it renews it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
import platformdirs

from pipeline.tables.lock import HeldError
from pipeline.tables.publish import PACKAGE, SET

NEW = ".citypacts-new"
COMMIT = ".citypacts-commit"
LOCK = ".citypacts.lock"
#: A lock that has not been renewed for so long belongs to a run that has died.
BELIEVED_S = 120
RENEWED_S = 30


def is_url(place: str) -> bool:
    return "://" in place


def working(url: str) -> Path:
    """The folder of this machine in which the tables for `url` are made."""
    name = hashlib.sha256(url.encode()).hexdigest()[:32]
    return platformdirs.user_cache_path("citypacts") / "remote" / name / "processed"


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Hold `url` until the block ends. Raises `HeldError` where another run has it."""
    files, root = fsspec.url_to_fs(url)
    path = f"{root}/{LOCK}"
    files.makedirs(root, exist_ok=True)
    if not _create(files, path):
        if _believed(files, path):
            raise HeldError(f"{url} is held by another run; wait for it or choose another --out")
        files.rm_file(path)
        if not _create(files, path):
            raise HeldError(f"{url} is held by another run; wait for it or choose another --out")
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(files, path, ended), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()
        files.rm_file(path)


def fetch(url: str, folder: Path) -> None:
    """Finish or drop what a killed run left; bring the tables that are there to `folder`."""
    files, root = fsspec.url_to_fs(url)
    files.invalidate_cache()
    recover(url)
    for name in SET:
        if files.exists(f"{root}/{name}"):
            files.get_file(f"{root}/{name}", str(folder / name))
        else:
            (folder / name).unlink(missing_ok=True)


def upload(url: str, folder: Path) -> None:
    """Put the tables of `folder` in the place of those at `url`. The caller holds `url`."""
    files, root = fsspec.url_to_fs(url)
    for name in sorted(SET):
        files.put_file(str(folder / name), f"{root}/{NEW}/{name}")
    files.pipe_file(f"{root}/{COMMIT}", b"these count\n")
    recover(url)


def recover(url: str) -> None:
    """Finish the work of a run that left its mark; drop what one left without."""
    files, root = fsspec.url_to_fs(url)
    files.invalidate_cache()
    if files.exists(f"{root}/{COMMIT}"):
        for name in sorted(SET, key=lambda name: (name == PACKAGE, name)):
            files.cp_file(f"{root}/{NEW}/{name}", f"{root}/{name}")
        files.rm_file(f"{root}/{COMMIT}")
    if files.exists(f"{root}/{NEW}"):
        files.rm(f"{root}/{NEW}", recursive=True)
    files.invalidate_cache()


def state(url: str) -> dict[str, str]:
    """What changes when a file of the tables is written to; empty where one is missing."""
    files, root = fsspec.url_to_fs(url)
    files.invalidate_cache()
    try:
        return {name: str(files.ukey(f"{root}/{name}")) for name in sorted(SET)}
    except FileNotFoundError:
        return {}


def _create(files: Any, path: str) -> bool:
    """Create the lock file, where there is none."""
    try:
        files.pipe_file(path, _until(), mode="create")
    except FileExistsError:
        return False
    except OSError as error:
        # what S3 answers where the object is there
        if "precondition" in str(error).lower():
            return False
        raise
    return True


def _believed(files: Any, path: str) -> bool:
    files.invalidate_cache()
    try:
        return float(files.cat_file(path)) > time.time()
    except (FileNotFoundError, ValueError):
        return False


def _renew(files: Any, path: str, ended: threading.Event) -> None:
    while not ended.wait(RENEWED_S):
        files.pipe_file(path, _until())


def _until() -> bytes:
    return str(time.time() + BELIEVED_S).encode()
