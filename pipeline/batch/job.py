"""What goes between a run and the processes that read for it."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection

from pipeline.ingest.format import Reading
from pipeline.records import Rejected


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: where it lies, the name under which the tables have it, and how."""

    source: str
    name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: the key of its result, and the result packed."""

    key: str
    packed: bytes


#: What comes back for a job; an exception is a fault of the document or of a stage.
Answer = Read | Rejected | Exception


def serve(jobs: Connection, memory_mb: int) -> None:
    """`pipeline.batch.reader.serve`, imported in the process that runs it, with its models."""
    from pipeline.batch import reader

    reader.serve(jobs, memory_mb)
