"""The flow: list the inputs, extract in chunks, make the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.logging.handlers import APILogHandler
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.progress import reading
from pipeline.batch import kept, past
from pipeline.batch.chunk import File, Outcome, known, outcome
from pipeline.batch.finish import Made, Order, finish
from pipeline.batch.readers import Limits, cores, shared
from pipeline.batch.version import version
from pipeline.ingest import documents
from pipeline.records import Rejected
from pipeline.tables.lock import hold

#: Documents in a task: a task costs 75 ms, a document of a few pages half a second.
CHUNK = 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: documents seen, those set aside with the reason, rows by table."""

    documents: int
    quarantined: tuple[Rejected, ...]
    rows: dict[str, int]


@flow(
    name="citypacts",
    validate_parameters=False,
    # each thread has a process that reads for it
    task_runner=cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=cores())),
)
def citypacts_run(
    inputs: Sequence[str],
    out: str,
    time_limit: float = Limits().seconds,
    memory_limit: int = Limits().memory_mb,
) -> State[Report]:
    """Turn the documents under `inputs` into the tables in `out`.

    time_limit, memory_limit: seconds and MB that one document may take. The state says how it went
    (`completed, 3 quarantined`) and holds the `Report`.
    """
    folder = Path(out)
    with hold(folder) as lock:
        last = past.load(folder)
        files = list_inputs(inputs)
        outcomes = extract_all(files, last, Limits(time_limit, memory_limit))
        made = make_tables(_whole(outcomes), folder, _whole(last), lock)
    report = Report(len(files), made.quarantined, made.rows)
    return Completed(message=f"completed, {len(report.quarantined)} quarantined", data=report)


@task(task_run_name="list inputs", cache_policy=NO_CACHE)
def list_inputs(inputs: Sequence[str]) -> list[File]:
    """Files under the inputs with their names."""
    found = documents([Path(given) for given in inputs])
    return [File(str(path), name, past.state(path)) for path, name in found]


def extract_all(files: list[File], last: past.Past, limits: Limits) -> list[Outcome]:
    """Results of every file, or why it has none; shows a progress bar.

    What is kept from earlier runs is not read again.
    """
    outcomes = {file.source: known(file, last.seen) for file in files}
    new = [file for file in files if outcomes[file.source] is None]
    with reading(len(files), len(files) - len(new)) as advance:
        futures = [
            extract_chunk.submit(
                _whole(new[start : start + CHUNK]),
                start + 1,
                min(start + CHUNK, len(new)),
                limits,
                _whole(advance),
            )
            for start in range(0, len(new), CHUNK)
        ]
        for future in as_completed(futures):
            for found in future.result():
                outcomes[found.file.source] = found
    return [found for found in outcomes.values() if found]


@task(task_run_name="extract {first} to {last}", cache_policy=NO_CACHE)
def extract_chunk(
    files: list[File], first: int, last: int, limits: Limits, advance: Callable[[], None]
) -> list[Outcome]:
    """Results of a few files; `first` and `last` are their numbers among the new ones."""
    outcomes = []
    for file in files:
        outcomes.append(outcome(file, shared(limits)))
        advance()
    return outcomes


@task(task_run_name="make tables", cache_policy=NO_CACHE)
def make_tables(outcomes: list[Outcome], out: Path, last: past.Past, lock: int) -> Made:
    """Make the tables in `out`, unless they are there already, made of the same results."""
    keys = [(found.file.name, found.key) for found in outcomes if found.key]
    rejected = [found.rejected for found in outcomes if found.rejected]
    made_of = past.made_of(keys, rejected)
    if last.made == made_of and last.files == past.written(out):
        made = Made(last.rows, tuple(Rejected(**r) for r in last.quarantined))
    else:
        made = finish(Order(out, keys, rejected), lock)
    seen = {o.file.source: (o.file.state, o.key) for o in outcomes if o.key}
    quarantined = [asdict(r) for r in made.quarantined]
    files = past.written(out)
    past.save(out, past.Past(version(), seen, made_of, files, made.rows, quarantined))
    kept.prune()
    return made


def flush_logs() -> None:
    """Hand the last log records to the server; to be called before it stops."""
    APILogHandler().flush()


def _whole(value: T) -> T:
    """A large argument of a task: Prefect hands it on without walking through all of it."""
    return cast(T, quote(value))
