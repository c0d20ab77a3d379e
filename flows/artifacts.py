"""What a run shows in Prefect's pages besides its state: progress, changes, a link."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from pipeline.tables.changes import Changes

#: The progress is sent to the server so often at most.
EVERY_S = 5.0
#: Rows that are named one by one; the numbers count all.
ROWS = 200


@contextmanager
def progress(total: int, done: int) -> Iterator[Callable[[int], None]]:
    """The artifact `documents-read`; yields a function that takes how many more are read."""
    artifact = cast(
        UUID,
        create_progress_artifact(
            progress=100 * done / total if total else 100,
            key="documents-read",
            description=f"{total} documents, {done} of them kept from earlier runs",
        ),
    )
    count, sent = done, time.monotonic()

    def advance(more: int) -> None:
        nonlocal count, sent
        count += more
        if count >= total or time.monotonic() > sent + EVERY_S:
            sent = time.monotonic()
            update_progress_artifact(artifact, progress=100 * count / total)

    yield advance


def show(changes: Changes | None, out: str) -> None:
    """The artifacts `changes`, `changed-rows` and `tables`."""
    counts = changes.counts if changes else {}
    create_table_artifact(
        table=[{"table": table, **numbers} for table, numbers in counts.items()],
        key="changes",
        description="Rows by table, against the tables before this run"
        if changes
        else "Nothing has changed since the last run",
    )
    rows = changes.rows if changes else ()
    create_table_artifact(
        table=[
            {"change": row.kind, "table": row.table, "row": row.name, "id": row.key}
            for row in rows[:ROWS]
        ],
        key="changed-rows",
        description=f"{len(rows)} documents, partnerships and projects are new, changed or gone"
        + (f"; the first {ROWS}" if len(rows) > ROWS else ""),
    )
    link = out if "://" in out else Path(out).resolve().as_uri()
    create_link_artifact(
        link=link, link_text=f"tables in {out}", key="tables", description="Where the tables lie"
    )
