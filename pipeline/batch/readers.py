"""Several reading processes, replaced where they break.

`concurrent.futures` gives up all of its processes where one dies, and knows no time limit. Pebble
knows one, but hands all jobs through one pipe, and gives up where its processes die while idle.
Here a thread of the run has a process to itself for the time of a document, over its own pipe.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import LifoQueue

from pipeline.batch.job import Answer, Job, Read, serve
from pipeline.records import Rejected

#: A document that kills its process is tried once more: the system may have killed it for others.
ATTEMPTS = 2
#: A document may take so many times its processor time by the clock.
_PATIENCE = 10
#: Its time is looked at when so many threads may have used it up: every so many seconds.
_THREADS = 2
_LEAST_S, _MOST_S = 0.05, 5.0
#: How NumPy's libraries for matrices are told.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds of processor time, MB of memory beyond the models."""

    seconds: float = 900
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Reader:
    """A process and the pipe to it."""

    process: BaseProcess
    jobs: Connection


@dataclass(frozen=True, slots=True)
class Readers:
    """idle: readers that nobody uses; None stands for one that is not started."""

    limits: Limits
    idle: LifoQueue[Reader | None]


@cache
def shared(limits: Limits) -> Readers:
    """The reading processes of this process, one a core; they start when needed, end with it."""
    idle: LifoQueue[Reader | None] = LifoQueue()
    for _ in range(cores()):
        idle.put(None)
    return Readers(limits, idle)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def read(readers: Readers, job: Job) -> Read | Rejected | str:
    """Read one file; a text says why it cannot be read within the limits.

    Waits for an idle process. Raises what keeps a process from starting.
    """
    died = ""
    for _ in range(ATTEMPTS):
        reader, kept = readers.idle.get(), None
        try:
            reader = reader or _start(readers.limits.memory_mb)
            answer = _ask(reader, job, readers.limits.seconds)
            # memory that was short once may stay so
            kept = None if isinstance(answer, MemoryError) else reader
            return _told(answer, readers.limits)
        except EOFError:
            died = _death(reader)
        except TimeoutError as error:
            return f"takes more than {error}; split it, or allow more with --time-limit"
        finally:
            if reader and not kept:
                _end(reader)
            readers.idle.put(kept)
    return f"its reading ended {ATTEMPTS} times with {died}; convert it to plain text"


def _told(answer: Answer, limits: Limits) -> Read | Rejected | str:
    match answer:
        case MemoryError():
            return (
                f"needs more than {limits.memory_mb} MB of memory; "
                "split it, or allow more with --memory-limit"
            )
        case Exception():
            told = " ".join(f"{type(answer).__name__}: {answer}".split())
            return f"cannot be processed ({told[:200]}); convert it to plain text, or report it"
    return answer


def prepare() -> None:
    """Start loading what readers need, seconds before the first of them is asked for."""
    # Dask runs its workers as daemons, which Python lets have no children; ours end with their
    # parent all the same
    multiprocessing.current_process().daemon = False
    # there is a reader a core already: threads of its own would only be in the others' way
    os.environ |= ONE_THREAD
    multiprocessing.set_forkserver_preload(["pipeline.batch.preload"])
    forkserver.ensure_running()


def _start(memory_mb: int) -> Reader:
    prepare()
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, memory_mb), daemon=True)
    process.start()
    theirs.close()
    reader = Reader(process, ours)
    if fault := ours.recv():
        _end(reader)
        raise fault
    return reader


def _ask(reader: Reader, job: Job, seconds: float) -> Answer:
    """Raises `TimeoutError`, and `EOFError` where the process has died."""
    try:
        reader.jobs.send(job)
        _wait(reader, seconds)
        answer: Answer = reader.jobs.recv()
    except (BrokenPipeError, ConnectionResetError):
        raise EOFError from None
    return answer


def _wait(reader: Reader, seconds: float) -> None:
    """Wait for an answer for so many seconds of the reader's processor time.

    A busy machine takes longer for it, and a reader that sleeps takes none: there is a patience for
    that too. Raises `TimeoutError`.
    """
    begun, patience = _processor_s(reader), time.monotonic() + _PATIENCE * seconds
    left = seconds
    while not reader.jobs.poll(min(max(left / _THREADS, _LEAST_S), _MOST_S)):
        left = seconds - (_processor_s(reader) - begun)
        if left <= 0:
            raise TimeoutError(f"{seconds:g} processor seconds")
        if time.monotonic() > patience:
            raise TimeoutError(f"{_PATIENCE * seconds:g} s by the clock")


def _processor_s(reader: Reader) -> float:
    """Seconds of processor time that a reader and the programs that it called have taken.

    Where the system does not tell, those of the clock.
    """
    if sys.platform != "linux":
        return time.monotonic()
    try:
        stat = Path(f"/proc/{reader.process.pid}/stat").read_text()
    except OSError:
        # it has died, which the pipe tells
        return 0.0
    # the name in brackets may hold anything; then utime, stime, cutime and cstime of proc(5)
    return sum(map(int, stat.rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")


def _end(reader: Reader) -> None:
    reader.process.kill()
    reader.process.join()
    reader.jobs.close()


def _death(reader: Reader | None) -> str:
    if reader is None:
        return "a process that did not start"
    reader.process.join()
    code = reader.process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
