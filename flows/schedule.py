"""The flow served: runs on a schedule, or when documents come, behind a server with its UI.

One process, with the server as a child that keeps its history in Prefect's home. Rules:

- One run at a time. One whose time comes while another goes on is skipped (state Cancelled).
- A run that a change of the documents asks for waits for the one that goes on.
- What falls due while nothing is served is not made up for.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from tzlocal import get_localzone

from flows.server import serving
from pipeline.batch.chunk import File
from pipeline.batch.content import split
from pipeline.batch.readers import Limits
from pipeline.ingest.format import Ocr
from pipeline.tables.remote import is_url

NAME = "citypacts"
#: Documents are looked for so often, and taken when nothing has changed from one look to the next.
LOOK_S = 2.0
#: Where the UI is, unless PREFECT_SERVER_API_PORT says otherwise.
PORT = 4200


@dataclass(frozen=True, slots=True)
class When:
    """cron: an expression, in `timezone` (IANA name, empty for the machine's). interval: seconds.

    watch: a run as documents come or change.
    """

    cron: str = ""
    interval: float = 0
    timezone: str = ""
    watch: bool = False


def serve(
    inputs: Sequence[str],
    out: str,
    limits: Limits,
    ocr: Ocr,
    dask: str,
    when: When,
    console: Console,
) -> None:
    """Serve the flow until the process is told to end.

    Raises `ValueError` for a schedule that is none, `NoServerError`, `OSError` where the port is
    taken.
    """
    with serving(PORT) as wait:
        with console.status("starting Prefect's server"):
            from prefect.client.schemas.objects import (
                ConcurrencyLimitConfig,
                ConcurrencyLimitStrategy,
            )
            from prefect.settings import PREFECT_API_URL
            from prefect.types.entrypoint import EntrypointType

            from flows.run import citypacts_run

            schedule = _schedule(when)
            wait()
        url = str(PREFECT_API_URL.value()).removesuffix("/api")
        console.print(f"serving {NAME} at {url}; Ctrl-C ends it", highlight=False)
        if when.watch:
            threading.Thread(target=_watch, args=(inputs,), daemon=True).start()
        citypacts_run.serve(
            name=NAME,
            schedules=[schedule] if schedule else [],
            parameters={
                "inputs": list(inputs),
                "out": out,
                "time_limit": limits.seconds,
                "memory_limit": limits.memory_mb,
                "dask": dask,
                "ocr": ocr,
            },
            global_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            tags=["served"],
            # one that runs, and one that finds it running and is skipped
            limit=2,
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def _schedule(when: When) -> Any:
    """Prefect's schedule; None where only changes count. Raises `ValueError`."""
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.schedules import Cron, Interval

    try:
        ZoneInfo(when.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(
            f"{when.timezone}: no such time zone; take one like Europe/Lisbon"
        ) from None
    if not when.cron:
        return Interval(when.interval) if when.interval else None
    try:
        CronSchedule(cron=when.cron)
    except ValueError:
        raise ValueError(
            f"{when.cron!r} is no cron expression; take five fields like '0 6 * * *'"
        ) from None
    return Cron(when.cron, timezone=when.timezone or str(get_localzone()))


def _watch(inputs: Sequence[str]) -> None:
    asyncio.run(_follow(inputs))


async def _follow(inputs: Sequence[str]) -> None:
    """Ask for a run whenever the documents have changed and have come to rest.

    The run that was asked for last is followed to its end: until then no other is asked for, and
    one that was skipped because another went on is asked for again.
    """
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    done, before = "", ""
    asked: tuple[Any, str] | None = None
    async with get_client() as client:
        while True:
            now = await asyncio.to_thread(_look, inputs)
            try:
                if asked:
                    run = await client.read_flow_run(asked[0])
                    if run.state and run.state.is_final():
                        skipped = run.state.is_cancelled() and not run.start_time
                        done, asked = done if skipped else asked[1], None
                elif now == before != done:
                    deployment = await client.read_deployment_by_name(f"{NAME}/{NAME}")
                    if not await _going_on(client, deployment.id):
                        run = await client.create_flow_run_from_deployment(
                            deployment.id, tags=["new documents"]
                        )
                        asked = run.id, now
            except ObjectNotFound:
                # not served yet, or the run was deleted by hand
                asked = None
            before = now
            await asyncio.sleep(LOOK_S)


async def _going_on(client: Any, deployment: Any) -> bool:
    from prefect.client.schemas.filters import (
        DeploymentFilter,
        DeploymentFilterId,
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType

    busy = FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING])
    return bool(
        await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=busy)),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
            limit=1,
        )
    )


def _look(inputs: Sequence[str]) -> str:
    """A digest of the documents, their sizes and times."""
    from pipeline.batch.listing import listed

    try:
        seen = [f"{file.source} {_stamp(file)}" for file in listed(inputs)]
    except OSError:
        # away for the moment, or nothing there yet
        return ""
    return hashlib.sha256("\n".join(seen).encode("utf-8", "surrogateescape")).hexdigest()


def _stamp(file: File) -> str:
    if is_url(file.source):
        return file.state
    stat = Path(split(file.source)[0]).stat()
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"
