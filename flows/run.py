"""The flow: list the inputs, extract in chunks, make the tables."""

from __future__ import annotations

import errno
import itertools
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.logging.handlers import APILogHandler
from prefect.runtime import flow_run
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows import artifacts
from flows.progress import reading
from pipeline.batch import past
from pipeline.batch.chunk import File, Outcome, known, outcome, stored
from pipeline.batch.finish import Made
from pipeline.batch.listing import listed
from pipeline.batch.readers import Limits, cores, shared
from pipeline.batch.tables import Place, Report, holding, make
from pipeline.batch.version import version
from pipeline.ingest.format import Ocr, Reading

#: Documents in a task: a task costs 75 ms, a document of a few pages half a second.
CHUNK = 16
_LEAST = 4

T = TypeVar("T")
#: Faults of disks and networks that pass. A full disk or a missing right does not.
_TRANSIENT = frozenset({errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET, errno.EAGAIN})
#: Seconds before each further attempt of a task.
_RETRIES = [1.0, 5.0, 30.0]


def _named() -> str:
    """`raw to processed`: what the pages of Prefect call a run."""
    given = flow_run.parameters
    names = ", ".join(Path(name).name or name for name in given["inputs"])
    return f"{names} to {Path(given['out']).name}"


def transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a task may fare better if it is tried again: the network or the disk was away."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, OSError) and fault.errno in _TRANSIENT


@flow(name="citypacts", flow_run_name=_named, validate_parameters=False)
def citypacts_run(
    inputs: Sequence[str],
    out: str,
    time_limit: float = Limits().seconds,
    memory_limit: int = Limits().memory_mb,
    dask: str = "",
    ocr: Ocr = "auto",
) -> State[Report]:
    """Turn the documents under `inputs` into the tables in `out`: paths, or URLs.

    time_limit, memory_limit: processor seconds and MB that one document may take. dask: address of
    a Dask scheduler whose workers read, instead of this machine. ocr: which pages have their text
    recognised, "auto", "always" or "never". The state says how it went (`completed, 3 quarantined`)
    and holds the `Report`.
    """
    with holding(out) as place:
        last = past.load(place.out, ocr)
        files = list_inputs(inputs)
        outcomes = extract_all(files, last, Limits(time_limit, memory_limit), dask)
        made = make_tables(_whole(outcomes), _whole(place), _whole(last))
    for file in made.quarantined:
        get_run_logger().warning("quarantined: %s: %s", file.path, file.reason)
    artifacts.show(made.changes, place.out)
    report = Report(len(files), made.quarantined, made.rows)
    return Completed(message=f"completed, {len(report.quarantined)} quarantined", data=report)


@task(
    task_run_name="list inputs",
    cache_policy=NO_CACHE,
    retries=len(_RETRIES),
    retry_delay_seconds=_RETRIES,
    retry_condition_fn=transient,
)
def list_inputs(inputs: Sequence[str]) -> list[File]:
    """Files under the inputs with their names."""
    return listed(inputs)


def extract_all(files: list[File], last: past.Past, limits: Limits, dask: str) -> list[Outcome]:
    """Results of every file, or why it has none; shows how far it is.

    What is kept from earlier runs is not read again.
    """
    outcomes = {file.source: known(file, last.seen) for file in files}
    new = [file for file in files if outcomes[file.source] is None]
    done = len(files) - len(new)
    with (
        reading(len(files), done) as advance,
        artifacts.progress(len(files), done) as tell,
        task_runner(dask) as runner,
    ):
        each, how = None if dask else advance, Reading(last.ocr)
        futures = [
            runner.submit(extract_chunk, _parameters(new[start:end], 1 + start, limits, how, each))
            for start, end in itertools.pairwise(_bounds(len(new)))
        ]
        for future in as_completed(futures):
            chunk = [stored(found) for found in future.result()]
            outcomes |= {found.file.source: found for found in chunk}
            tell(len(chunk))
            if dask:
                advance(len(chunk))
    return [found for found in outcomes.values() if found]


def _bounds(count: int) -> list[int]:
    """Where chunks begin and end: the last ones are small, so that no core waits for another."""
    bounds = [0]
    while (rest := count - bounds[-1]) > 0:
        size = max(_LEAST, min(CHUNK, rest // (2 * cores())))
        bounds.append(bounds[-1] + min(rest, size))
    return bounds


def _parameters(
    chunk: list[File],
    first: int,
    limits: Limits,
    how: Reading,
    advance: Callable[[int], None] | None,
) -> dict[str, Any]:
    return {
        "files": chunk,
        "first": first,
        "last": first + len(chunk) - 1,
        "limits": limits,
        "how": how,
        "pipeline": version(),
        "advance": advance,
    }


@task(
    task_run_name="extract {first} to {last}",
    cache_policy=NO_CACHE,
    retries=len(_RETRIES),
    retry_delay_seconds=_RETRIES,
    retry_condition_fn=transient,
    # the run keeps it, on its disk
    cache_result_in_memory=False,
)
def extract_chunk(
    files: list[File],
    first: int,
    last: int,
    limits: Limits,
    how: Reading,
    pipeline: str,
    advance: Callable[[int], None] | None,
) -> list[Outcome]:
    """Results of a few files; `first` and `last` are their numbers among the new ones.

    pipeline: its version where the run is. advance: to be called with the number of files done;
    None on other machines, which hand their results back instead of keeping them.
    """
    if pipeline != version():
        raise ValueError(
            f"{platform.node()} has another version of citypacts, of a package or of Python than "
            "the machine of the run; install the same on both"
        )
    outcomes = []
    for file in files:
        outcomes.append(outcome(file, shared(limits), how, keep=advance is not None))
        if advance:
            advance(1)
    return outcomes


@task(task_run_name="make tables", cache_policy=NO_CACHE)
def make_tables(outcomes: list[Outcome], place: Place, last: past.Past) -> Made:
    """Make the tables, unless they are there already, made of the same results."""
    return make(outcomes, place, last)


def task_runner(dask: str) -> TaskRunner[PrefectFuture[Any]]:
    """Threads of this process, each with a process that reads for it; or a cluster of Dask."""
    if not dask:
        threads = ThreadPoolTaskRunner[list[Outcome]](max_workers=cores() + 1)
        return cast("TaskRunner[PrefectFuture[Any]]", threads)
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise OSError("--dask needs the package prefect-dask; install it") from None
    return cast("TaskRunner[PrefectFuture[Any]]", DaskTaskRunner(address=dask))


def flush_logs() -> None:
    """Hand the last log records to the server; to be called before it stops."""
    APILogHandler().flush()


def _whole(value: T) -> T:
    """A large argument of a task: Prefect hands it on without walking through all of it."""
    return cast(T, quote(value))
