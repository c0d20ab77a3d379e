"""The process that makes the tables of kept results: `python -m pipeline.batch.finish`.

It is one of its own so that what it needs for thousands of documents goes back to the system when
it ends. Its standard input holds a pickled `Order`, and stays open as long as the run lives: it
ends with the run. Its standard output gets a pickled `Made`, or the exception.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Findings, Rejected
from pipeline.tables.changes import Changes, changes, seen


@dataclass(frozen=True, slots=True)
class Order:
    """out: the folder for the tables. kept: that of the results. keys: (path, key of the result,
    address it was fetched from, day of that) by document.
    """

    out: Path
    kept: Path
    keys: Sequence[tuple[str, str, str, str]]
    rejected: Sequence[Rejected]


@dataclass(frozen=True, slots=True)
class Made:
    """rows: their number by table. quarantined: of all documents, in the order of paths.

    changes: against the tables that were there before; None where they stay as they are.
    """

    rows: dict[str, int]
    quarantined: tuple[Rejected, ...]
    changes: Changes | None = None


def finish(order: Order, lock: int) -> Made:
    """Make the tables in a process that inherits the descriptor `lock`, which holds `order.out`.

    Raises what `pipeline.tables.write.write` raises.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "pipeline.batch.finish"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[lock],
        # Ctrl-C is for the run
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process, process.stdout, process.stdin:
        process.stdin.write(pickle.dumps(order))
        process.stdin.flush()
        answer = process.stdout.read()
    if not answer:
        raise RuntimeError(f"the process that makes the tables ended with {process.returncode}")
    made: Made | BaseException = pickle.loads(answer)
    if isinstance(made, BaseException):
        raise made
    return made


def make(order: Order) -> Made:
    """Consolidate kept results and write the tables, with the mentions of one document at a time.

    The caller holds `order.out`.
    """
    from pipeline.batch import kept
    from pipeline.consolidate import gather, mentions
    from pipeline.tables.write import write

    results = [
        (key, kept.head(key, path, address, retrieved, order.kept))
        for path, key, address, retrieved in order.keys
    ]
    accounts = {key: r for key, r in results if not isinstance(r, Rejected)}
    rejected = [r for _, r in results if isinstance(r, Rejected)] + list(order.rejected)
    findings, projects = gather([r for _, r in results if not isinstance(r, Rejected)], rejected)

    def pieces() -> Iterator[list[dict[str, object]]]:
        by_document = {a.document_id: key for key, a in accounts.items()}
        for _, key in sorted(by_document.items()):
            yield mentions(kept.mentions(key, order.kept), projects)

    rows = {name: found for name, found in findings.rows.items() if name != "mentions"}
    before = seen(order.out)
    counts = write(Findings(rows), order.out, {"mentions": pieces()})
    told = changes(before, seen(order.out))
    return Made(counts, tuple(sorted(rejected, key=lambda r: r.path)), told)


def _main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    # whatever prints goes to the screen, not into the answer
    os.dup2(2, 1)
    order: Order = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_run, daemon=True).start()
    made: Made | BaseException
    try:
        made = make(order)
    except BaseException as error:
        made = error.with_traceback(None)
    with out:
        pickle.dump(made, out)


def _end_with_run() -> None:
    # not by the buffered reader, whose lock Python wants when it ends
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    # as imported, so that both sides mean the same classes
    from pipeline.batch.finish import _main as main

    main()
