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
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import LifoQueue

from pipeline.batch.job import Answer, Job, Read, serve
from pipeline.records import Rejected

#: A document that kills its process is tried once more: the system may have killed it for others.
ATTEMPTS = 2
#: How NumPy's libraries for matrices are told.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and MB of memory beyond the models."""

    seconds: float = 300
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
        except TimeoutError:
            seconds = f"{readers.limits.seconds:g} s"
            return f"takes longer than {seconds}; split it, or allow more with --time-limit"
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
        if not reader.jobs.poll(seconds):
            raise TimeoutError
        answer: Answer = reader.jobs.recv()
    except (BrokenPipeError, ConnectionResetError):
        raise EOFError from None
    return answer


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
