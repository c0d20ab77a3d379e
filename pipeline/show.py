"""What the command line prints: the summary of a run, and the rows of one document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipeline.records import Findings
from pipeline.schema import TABLES, Table
from pipeline.tables.rows import Row, cell, normalise

#: Columns that a person reads first; the JSON and the files have all of them.
COLUMNS = {
    "documents": ("path", "language", "title", "pages", "characters"),
    "mentions": ("label", "text", "value", "place_id", "start", "end"),
    "places": ("place_id", "name", "kind", "country", "admin1"),
    "partnerships": ("place_a", "place_b", "level", "kind", "status", "start", "end"),
    "projects": ("name", "status", "start", "end", "expected_end", "places", "strategies"),
    "amounts": ("what", "value", "value_max", "unit", "as_of"),
    "strategies": ("name", "owner", "start", "horizon"),
    "statements": ("field", "value", "assertion", "sentence"),
    "checks": ("table", "row_id", "check", "message"),
}


def summary(documents: int, quarantined: int, rows: dict[str, int], out: str) -> None:
    """Print what a run made, where it lies, and what to do next."""
    console, out = Console(highlight=False, soft_wrap=True), out.rstrip("/")
    processed = documents - quarantined
    console.print(
        f"[bold]{processed} of {documents} documents processed[/bold]"
        + (f", [yellow]{quarantined} quarantined[/yellow]" if quarantined else "")
    )
    grid = Grid("table", "rows", "file", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for table in TABLES:
        path = escape(f"{out}/{table.name}.csv")
        grid.add_row(table.name, str(rows[table.name]), path)
    # wide enough that no path is cut or broken, on a terminal or in a pipe
    Console(highlight=False, width=max(80, 40 + len(out))).print(grid)
    console.print("The same tables as .parquet lie beside them, described in datapackage.json.")
    console.print(
        f"Next: open {escape(f'{out}/partnerships.csv')} and projects.csv; statements.csv has "
        "the sentence behind each value."
    )
    if quarantined:
        console.print("Mend or replace the quarantined files named above, and run again.")


def print_json(findings: Findings) -> None:
    """Print all tables as one JSON object: name -> rows; missing values are null."""
    print(json.dumps(_rows(findings), ensure_ascii=False, indent=2))


def print_tables(findings: Findings) -> None:
    """Print the tables that have rows, as grids of their main columns."""
    console = Console(highlight=False)
    rows = _rows(findings)
    for table in TABLES:
        if rows[table.name]:
            console.print(_grid(table, rows[table.name]))


def _rows(findings: Findings) -> dict[str, list[Row]]:
    return {table.name: normalise(table, findings.rows.get(table.name, [])) for table in TABLES}


def _grid(table: Table, rows: Sequence[Row]) -> Grid:
    columns = COLUMNS[table.name]
    grid = Grid(*columns, title=f"{table.name} ({len(rows)})", title_justify="left")
    for row in rows:
        grid.add_row(*(escape(cell(row[column])) for column in columns))
    return grid
