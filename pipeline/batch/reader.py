"""The process that reads documents, one at a time, within its limits.

It is forked from a server process that has imported this module and so holds the models already:
to replace a reader takes milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.batch import kept
from pipeline.batch.content import content_of
from pipeline.batch.job import Answer, Job, Read
from pipeline.extract import account_of
from pipeline.gazetteer.build import ensure
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.ingest import unreadable
from pipeline.ingest.format import Unreadable
from pipeline.records import Rejected
from pipeline.resources import Resources, load

MB = 1 << 20
#: Of <malloc.h>: what is free at the end of the heap (M_TRIM_THRESHOLD), and what is allocated in
#: one piece (M_MMAP_THRESHOLD), goes back to the system only above so many bytes.
_KEPT = {-1: 256 * MB, -3: 32 * MB}


def serve(jobs: Connection, memory_mb: int) -> None:
    """Say None (or what keeps it from working), then answer jobs until the other side closes.

    memory_mb: what a document may take beyond the models.
    """
    _end_with_parent()
    _keep_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        try:
            _resources()
        except Exception as error:
            jobs.send(error)
            return
        jobs.send(None)
        while True:
            jobs.send(_answer(jobs.recv(), memory_mb))


def _answer(job: Job, memory_mb: int) -> Answer:
    try:
        _limit(memory_mb)
        return _read(job)
    except Exception as error:
        return error.with_traceback(None)
    finally:
        _limit(None)


def _read(job: Job) -> Read | Rejected:
    try:
        content = content_of(job.source)
    except (OSError, Unreadable) as error:
        return unreadable(job.name, error)
    result = account_of(content, job.name, _resources(), job.reading)
    return Read(kept.key_of(content, job.name, job.reading), kept.packed(result))


@cache
def _resources() -> Resources:
    """The models as they were forked, the gazetteer opened anew: SQLite is not to be forked."""
    return replace(load(), gazetteer=Gazetteer(ensure()))


def _limit(memory_mb: int | None) -> None:
    """Let this process take so much more memory than it has now; None lifts the limit."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard
    if memory_mb is not None and sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        soft = pages * os.sysconf("SC_PAGE_SIZE") + memory_mb * MB
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _keep_memory() -> None:
    """Have the C library keep what a document leaves, for the next one (glibc).

    To hand tens of MB back after each document, and to fetch them again, is a tenth of the time.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library and hasattr(library, "mallopt"):
        for option, size in _KEPT.items():
            library.mallopt(option, size)


def _end_with_parent() -> None:
    """Have the system kill this process when the one that forked it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG of <sys/prctl.h>
