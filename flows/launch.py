"""Server and flow together, with word on the screen of what is happening."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.console import Console

from flows.server import home, serving
from pipeline.tables.lock import hold

if TYPE_CHECKING:
    from flows.run import Report


def launch(inputs: Sequence[Path], out: Path, console: Console) -> Report:
    """Run the flow in this process.

    Raises `HeldError` where another run holds `out`, `NoServerError` where Prefect's server does
    not start, `OSError` from the disk, `TableError` for rows that break the declaration.
    """
    first = "" if (home() / "prefect.db").exists() else ", the first start makes its database"
    with hold(out), serving() as wait:
        with console.status(f"loading language models, starting Prefect's server{first}"):
            # not earlier: Prefect reads its settings when it is imported
            from flows.run import citypacts_run, flush_logs, resources

            resources()
            wait()
        try:
            # a flow that returns a state hands its caller what the state holds
            return cast("Report", citypacts_run(inputs, out))
        finally:
            flush_logs()
