"""The progress bar of a run: documents, rate, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

#: The rate is that of the last so many seconds.
PERIOD_S = 60


class _Rate(ProgressColumn):
    """Documents a second; rich asks for a class."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def reading(total: int, done: int) -> Iterator[Callable[[int], None]]:
    """A bar on the screen, where there is one; yields a function that takes how many more."""
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        transient=True,
        speed_estimate_period=PERIOD_S,
        disable=not console.is_terminal,
    )
    with progress:
        bar = progress.add_task("reading documents", total=total, completed=done)
        yield lambda more: progress.advance(bar, more)
