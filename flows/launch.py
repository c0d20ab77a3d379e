"""Server and flow together, with word on the screen of what is happening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.console import Console

from flows.server import home, serving
from pipeline.batch.readers import Limits
from pipeline.batch.tables import holding

if TYPE_CHECKING:
    from flows.run import Report


def launch(inputs: Sequence[str], out: str, limits: Limits, dask: str, console: Console) -> Report:
    """Run the flow in this process.

    Raises `HeldError` where another run holds `out`, `NoServerError` where Prefect's server does
    not start, `OSError` from the disk, `TableError` for rows that break the declaration.
    """
    first = "" if (home() / "prefect.db").exists() else ", the first start makes its database"
    with holding(out):
        # told at once, not after the server has started; the flow takes the lock for itself
        pass
    with serving() as wait:
        with console.status(f"starting Prefect's server{first}"):
            # not earlier: Prefect reads its settings when it is imported
            from prefect import tags

            from flows.run import citypacts_run, flush_logs

            wait()
        try:
            with tags("command line"):
                # a flow that returns a state hands its caller what the state holds
                report = citypacts_run(inputs, out, limits.seconds, limits.memory_mb, dask)
                return cast("Report", report)
        finally:
            flush_logs()
