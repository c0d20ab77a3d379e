"""A story for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid

from pipeline.explain.find import Found
from pipeline.explain.story import Said, Story, Told

_HEAD = {
    "partnerships": ("place_a_id", "place_b_id", "country_a", "country_b", "level"),
    "projects": ("partnership_id",),
}


def print_story(story: Story) -> None:
    """Print a story: the row, each value with its statements, amounts, checks."""
    console = Console(highlight=False)
    row = story.row
    console.print(f"[bold]{escape(story.name)}[/bold]  {story.id} ({story.table})")
    facts = [f"{name} {row[name]}" for name in _HEAD[story.table] if row[name]]
    facts.append(f"confidence {row['confidence']} from {row['documents']} document(s)")
    console.print(escape(", ".join(facts)), style="dim")
    for told in story.fields:
        _print_field(console, told)
    for told in story.also:
        console.print(f"\n[bold]{told.field}[/bold]: {escape(told.value)}")
        _print_statements(console, "", told.supporting)
    if story.denials:
        console.print("\n[bold]denied[/bold] (no subject is set for these statements)")
        _print_statements(console, "against", story.denials)
    if story.checks:
        console.print("\n[bold]checks[/bold]")
    for check in story.checks:
        console.print(f"  [yellow]{check['check']}[/yellow]: {escape(check['message'])}")


def print_found(found: Sequence[Found]) -> None:
    """Print the rows that a name means, one a line."""
    console = Console(highlight=False)
    grid = Grid("id", "name", "what", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for one in found:
        what = "project" if one.table == "projects" else one.row["kind"]
        start = f" since {one.row['start']}" if one.row["start"] else ""
        grid.add_row(one.identifier, escape(one.name), f"{what}{start}, {one.row['status']}")
    console.print(grid)


def _print_field(console: Console, told: Told) -> None:
    value = escape(told.value) or "[dim]empty[/dim]"
    console.print(f"\n[bold]{told.field}[/bold]: {value}  [dim]{escape(told.reason)}[/dim]")
    _print_statements(console, "for", told.supporting)
    _print_statements(console, "against", told.against)


def _print_statements(console: Console, side: str, statements: Sequence[Said]) -> None:
    for said in statements:
        page = f", page {said.page}" if said.page else ""
        colour = {"for": "green", "against": "red"}.get(side, "dim")
        line = f"[{colour}]{side}[/{colour}] " if side else ""
        line += f"{escape(said.value)} ({said.assertion}, {said.confidence:g}) "
        console.print(
            Padding(f"{line}[dim]{escape(said.document)}{page}[/dim]", (0, 0, 0, 2), expand=False)
        )
        sentence = " ".join(said.sentence.split())
        console.print(Padding(f"“{escape(sentence)}”", (0, 0, 0, 4), expand=False))
