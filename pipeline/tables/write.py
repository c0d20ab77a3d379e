"""All tables of a run into its output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from pipeline.records import Findings
from pipeline.schema import TABLES, Table
from pipeline.tables.check import check, check_piece
from pipeline.tables.files import grouped, write_table
from pipeline.tables.package import write_package
from pipeline.tables.publish import replacing
from pipeline.tables.rows import Row, normalise

#: Rows of a table in pieces: each is sorted when its turn comes, all of it before the next.
Pieces = Iterable[list[dict[str, object]]]


def write(
    findings: Findings, out: Path, pieces: Mapping[str, Pieces] | None = None
) -> dict[str, int]:
    """Write CSV, Parquet and datapackage.json; returns the number of rows by table.

    pieces: tables too large for the memory, by name, instead of their rows in `findings`. The
    caller holds `out` (`pipeline.tables.lock.hold`). Raises `TableError` where the rows break the
    declaration, `OSError` where the disk refuses; `out` then stays as it was.
    """
    pieces = pieces or {}
    if unknown := (findings.rows.keys() | pieces.keys()) - {table.name for table in TABLES}:
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    whole = [table for table in TABLES if table.name not in pieces]
    tables = {table.name: normalise(table, findings.rows.get(table.name, [])) for table in whole}
    check(tables)
    counts = {}
    with replacing(out) as folder:
        for table in TABLES:
            groups: Iterable[list[Row]]
            if table.name in pieces:
                groups = _checked(table, pieces[table.name], tables)
            else:
                groups = grouped(tables[table.name])
            counts[table.name] = write_table(table, groups, folder)
        write_package(folder)
    return counts


def _checked(table: Table, pieces: Pieces, tables: dict[str, list[Row]]) -> Iterator[list[Row]]:
    rows = chain.from_iterable(normalise(table, piece) for piece in pieces)
    for group in grouped(rows):
        check_piece(table, group, tables)
        yield group
