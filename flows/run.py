"""The flow: list the inputs, extract in chunks, consolidate, write the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.logging.handlers import APILogHandler
from prefect.states import Completed
from prefect.utilities.annotations import quote
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.consolidate import consolidate
from pipeline.extract import extract
from pipeline.ingest import documents
from pipeline.records import Claims, Findings, Rejected
from pipeline.resources import Resources, load
from pipeline.tables.write import write

#: Documents in a task: a task costs 75 ms, a document of a few pages about as much or more.
CHUNK = 16

File = tuple[Path, str]
Outcome = Claims | Rejected
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: documents seen, those set aside with the reason, rows by table."""

    documents: int
    quarantined: tuple[Rejected, ...]
    rows: dict[str, int]


@flow(name="citypacts", validate_parameters=False)
def citypacts_run(inputs: Sequence[Path], out: Path) -> State[Report]:
    """Turn the documents under `inputs` into the tables in `out`.

    The state says how it went (`completed, 3 quarantined`) and holds the `Report`.
    """
    files = list_inputs(inputs)
    outcomes = extract_all(files)
    findings = consolidate_claims(_whole(outcomes))
    rows = write_tables(_whole(findings), out)
    report = Report(len(files), rejected(outcomes), rows)
    return Completed(message=f"completed, {len(report.quarantined)} quarantined", data=report)


@task(task_run_name="list inputs", cache_policy=NO_CACHE)
def list_inputs(inputs: Sequence[Path]) -> list[File]:
    """Files under the inputs with their names."""
    return documents(inputs)


def extract_all(files: list[File]) -> list[Outcome]:
    """Claims of every file, or why it has none, in the order of `files`; shows a progress bar."""
    outcomes: list[Outcome] = []
    with _progress() as progress:
        bar = progress.add_task("reading documents", total=len(files))
        for start in range(0, len(files), CHUNK):
            chunk = files[start : start + CHUNK]
            outcomes += extract_chunk(chunk, start + 1, start + len(chunk))
            progress.advance(bar, len(chunk))
    return outcomes


@task(task_run_name="extract {first} to {last}", cache_policy=NO_CACHE)
def extract_chunk(files: list[File], first: int, last: int) -> list[Outcome]:
    """Claims of a few files; `first` and `last` are their numbers in the run."""
    return [extract(path, name, resources()) for path, name in files]


@task(task_run_name="consolidate", cache_policy=NO_CACHE)
def consolidate_claims(outcomes: list[Outcome]) -> Findings:
    """What all documents say together."""
    claims = [outcome for outcome in outcomes if isinstance(outcome, Claims)]
    return consolidate(claims, rejected(outcomes))


@task(task_run_name="write tables", cache_policy=NO_CACHE)
def write_tables(findings: Findings, out: Path) -> dict[str, int]:
    """Write the tables; returns the number of rows by table."""
    return write(findings, out)


def rejected(outcomes: list[Outcome]) -> tuple[Rejected, ...]:
    """The files that could not be read."""
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Rejected))


@cache
def resources() -> Resources:
    """Models and gazetteer, loaded once in a process."""
    return load()


def flush_logs() -> None:
    """Hand the last log records to the server; to be called before it stops."""
    APILogHandler().flush()


def _whole(value: T) -> T:
    """A large argument of a task: Prefect hands it on without walking through all of it."""
    return cast(T, quote(value))


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
