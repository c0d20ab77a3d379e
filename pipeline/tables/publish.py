"""Put the tables in the place of the last ones, whole or not at all.

The set is written and flushed to `out/.citypacts-new`; that folder then changes places with
`out` in one system call (Linux `renameat2`, RENAME_EXCHANGE), and what else stood in `out` moves
over. Where that cannot be done (macOS, a mount point) or would pull the folder away under a shell
or notebook that stands in it, the folder becomes `.citypacts-commit`, from when on the new set
counts, and its files are moved one by one. `recover` finishes or drops what a killed run left;
every run begins with it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.schema import TABLES
from pipeline.tables import lock

PACKAGE = "datapackage.json"
#: The files of a set. Whatever else stands in an output folder is the user's, and stays.
SET = frozenset(
    {PACKAGE} | {f"{table.name}.{end}" for table in TABLES for end in ("csv", "parquet")}
)
STAGE = ".citypacts-new"
COMMIT = ".citypacts-commit"


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A folder to write the new set in; the set takes its place in `out` when the block ends.

    The caller holds the lock on `out`. If the block raises, `out` stays as it was.
    """
    recover(out)
    stage = out / STAGE
    stage.mkdir()
    try:
        yield stage
        _flush(stage)
        _publish(stage, out.resolve())
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def recover(out: Path) -> None:
    """Finish or drop what a killed run left in and beside `out`."""
    out = out.resolve()
    if (beside := _beside(out)).is_dir():
        _finish_exchange(beside, out)
    if (commit := out / COMMIT).is_dir():
        _finish_commit(commit, out)
    shutil.rmtree(out / STAGE, ignore_errors=True)


def _publish(stage: Path, out: Path) -> None:
    beside, commit = _beside(out), out / COMMIT
    try:
        if _occupied(out):
            raise OSError(errno.EBUSY, "a process stands in the folder")
        stage = stage.rename(beside)
        _take_over(out, beside)
        _exchange(beside, out)
    except OSError:
        (stage / lock.NAME).unlink(missing_ok=True)
        stage.rename(commit)
        _flush_folder(out)
        _finish_commit(commit, out)
    else:
        _flush_folder(out.parent)
        _finish_exchange(beside, out)


def _take_over(out: Path, new: Path) -> None:
    """Give the new folder the owner, the mode and the lock of `out`."""
    owner = out.stat()
    os.chown(new, owner.st_uid, owner.st_gid)
    shutil.copystat(out, new)
    # one file under both names: the lock holds on either side of the exchange
    (new / lock.NAME).hardlink_to(out / lock.NAME)


def _finish_exchange(beside: Path, out: Path) -> None:
    """Drop the set in `beside` (the old one, or a new one that never got in), keep the rest.

    What else stands there moves to `out`; where `out` has that name by now, it stays beside.
    """
    for entry in sorted(beside.iterdir()):
        if entry.name in SET or entry.name == lock.NAME:
            entry.unlink()
        elif not os.path.lexists(out / entry.name):
            entry.rename(out / entry.name)
    with suppress(OSError):
        beside.rmdir()


def _finish_commit(commit: Path, out: Path) -> None:
    for entry in sorted(commit.iterdir()):
        entry.replace(out / entry.name)
    commit.rmdir()
    _flush_folder(out)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change their names in one step; raises `OSError` where that is impossible."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if sys.platform != "linux" or renameat2 is None:
        raise OSError(errno.ENOSYS, "no exchange of folders on this system")
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of <linux/fs.h>
    if renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _beside(out: Path) -> Path:
    return out.with_name(f".{out.name}.citypacts-swap")


def _occupied(out: Path) -> bool:
    """Whether some process has its working directory in `out`, as far as the system tells."""
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if link.readlink().is_relative_to(out):
                return True
    return Path.cwd().is_relative_to(out)


def _flush(folder: Path) -> None:
    """Have the system write every file of `folder` to the disk."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
