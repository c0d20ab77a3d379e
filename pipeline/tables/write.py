"""All tables of a run into its output folder."""

from __future__ import annotations

from pathlib import Path

from pipeline.records import Findings
from pipeline.schema import TABLES
from pipeline.tables.check import check
from pipeline.tables.files import write_csv, write_parquet
from pipeline.tables.package import write_package
from pipeline.tables.publish import replacing
from pipeline.tables.rows import normalise


def write(findings: Findings, out: Path) -> dict[str, int]:
    """Write CSV, Parquet and datapackage.json; returns the number of rows by table.

    The caller holds `out` (`pipeline.tables.lock.hold`). Raises `TableError` where the rows break
    the declaration, `OSError` where the disk refuses; `out` then stays as it was.
    """
    if unknown := findings.rows.keys() - {table.name for table in TABLES}:
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    tables = {table.name: normalise(table, findings.rows.get(table.name, [])) for table in TABLES}
    check(tables)
    with replacing(out) as folder:
        for table in TABLES:
            write_csv(table, tables[table.name], folder / f"{table.name}.csv")
            write_parquet(table, tables[table.name], folder / f"{table.name}.parquet")
        write_package(folder)
    return {name: len(rows) for name, rows in tables.items()}
