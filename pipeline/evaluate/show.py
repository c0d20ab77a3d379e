"""Scores for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipeline.evaluate import Error, Scores


def print_scores(scores: Sequence[Scores]) -> None:
    """Print the numbers of each table, the shares of right cells, and every error."""
    console = Console(highlight=False)
    grid = Grid(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for column in ("table", "precision", "recall", "F1", "right", "found", "expected"):
        grid.add_column(column, justify="left" if column == "table" else "right")
    for score in scores:
        shares = (f"{x:.3f}" for x in (score.precision, score.recall, score.f1))
        counts = map(str, (score.right, score.found, score.expected))
        grid.add_row(score.table, *shares, *counts)
    console.print(grid)
    for score in scores:
        if score.attributes:
            console.print(f"\n[bold]{score.table}[/bold]: share of right cells in matched rows")
        for name, (right, compared) in score.attributes.items():
            console.print(f"  {name:<12}{right / compared:.3f}  ({right} of {compared})")
    for score in scores:
        if score.errors:
            console.print(f"\n[bold]{score.table}[/bold]: errors")
        for error in score.errors:
            console.print(f"  {_line(error)}", soft_wrap=True)


def _line(error: Error) -> str:
    colour = {"missing": "red", "extra": "yellow", "wrong": "magenta"}[error.kind]
    line = f"[{colour}]{error.kind:<8}[/{colour}] {escape(error.row)}"
    if error.column:
        found, expected = escape(error.found) or "nothing", escape(error.expected) or "nothing"
        line += f": {error.column} is {found}, should be {expected}"
    return line + (f"  [dim]{escape(error.document)}[/dim]" if error.document else "")
