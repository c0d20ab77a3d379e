"""One run at a time in an output folder."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The lock is on this file in the output folder; it is removed at the end of a run.
NAME = ".citypacts.lock"


class HeldError(OSError):
    """Another run holds the output folder."""


@contextmanager
def hold(out: Path) -> Iterator[int]:
    """Hold `out` (made where it is missing) until the block ends; yields the descriptor.

    A process that inherits the descriptor holds `out` too, also when this one is killed.
    The system drops the lock with the process, so a killed run leaves nothing to clear away.
    Raises `HeldError` at once where another run has it, `OSError` where `out` cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is a file, not a folder", str(out))
    out.mkdir(parents=True, exist_ok=True)
    descriptor = _lock(out)
    try:
        yield descriptor
    finally:
        # removed before it is released: a waiting run sees that its file is gone, and retries
        (out / NAME).unlink(missing_ok=True)
        os.close(descriptor)


def _lock(out: Path) -> int:
    """An open descriptor with the lock on it."""
    path = out / NAME
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _same(descriptor, path):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            raise HeldError(
                f"{out} is held by another run; wait for it or choose another --out"
            ) from None
        os.close(descriptor)


def _same(descriptor: int, path: Path) -> bool:
    """Whether `path` still names the open file, and not one made after its removal."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
