"""The bytes of a table, the same for the same rows: CSV (RFC 4180) and Parquet."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import Table
from pipeline.tables.rows import Row, cell

LINE_END = "\r\n"
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def write_csv(table: Table, rows: list[Row], path: Path) -> None:
    """UTF-8, a header row, commas, line ends as RFC 4180 has them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=LINE_END)
        writer.writerow(table.columns)
        writer.writerows([cell(row[column]) for column in table.columns] for row in rows)


def write_parquet(table: Table, rows: list[Row], path: Path) -> None:
    """The declared types, whatever the rows hold; no metadata that varies from run to run."""
    fields = [pa.field(f.name, ARROW[f.type], nullable=not f.required) for f in table.fields]
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields)), path)
