"""Server and flow together, with word on the screen of what is happening."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import cast

from rich.console import Console

from flows.server import home, serving
from pipeline.batch import past
from pipeline.batch.chunk import Outcome, known
from pipeline.batch.listing import listed
from pipeline.batch.readers import Limits, prepare
from pipeline.batch.tables import Report, holding, standing
from pipeline.ingest.format import Ocr


def launch(
    inputs: Sequence[str], out: str, limits: Limits, ocr: Ocr, dask: str, console: Console
) -> Report:
    """Run the flow in this process.

    Where nothing has changed and no server is named that keeps a team's history, there is nothing
    to run, and no server is started for it. Raises `HeldError` where another run holds `out`,
    `NoServerError` where Prefect's server does not start, `OSError` from the disk, `TableError` for
    rows that break the declaration.
    """
    first = "" if (home() / "prefect.db").exists() else ", the first start makes its database"
    # a held folder is told at once, not after the server has started; the flow takes the lock anew
    with holding(out) as place:
        last = past.load(place.out, ocr)
        outcomes = _known(inputs, last)
        if not os.environ.get("PREFECT_API_URL") and (same := standing(outcomes, place, last)):
            console.print("nothing has changed since the last run")
            return same
    with serving() as wait:
        if None in outcomes and not dask:
            # loads the models while the server starts
            prepare()
        with console.status(f"starting Prefect's server{first}"):
            # not earlier: Prefect reads its settings when it is imported
            from prefect import tags

            from flows.run import citypacts_run, flush_logs

            wait()
        try:
            with tags("command line"):
                # a flow that returns a state hands its caller what the state holds
                report = citypacts_run(inputs, out, limits.seconds, limits.memory_mb, dask, ocr)
                return cast(Report, report)
        finally:
            flush_logs()


def _known(inputs: Sequence[str], last: past.Past) -> list[Outcome | None]:
    """Kept results of all documents, None for those that are to be read."""
    try:
        return [known(file, last.seen) for file in listed(inputs)]
    except OSError:
        # the flow meets it again, tries again where that may help, and tells it
        return [None]
