"""The bytes of a table, the same for the same rows: CSV (RFC 4180) and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
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


#: Rows in memory at a time, and in a row group of Parquet.
GROUP = 1 << 15


def write_table(table: Table, groups: Iterable[list[Row]], folder: Path) -> int:
    """NAME.csv and NAME.parquet from rows in groups of `GROUP`; returns the number of rows.

    CSV: UTF-8, a header row, commas, line ends as RFC 4180 has them. Parquet: the declared types,
    whatever the rows hold; no metadata that varies from run to run.
    """
    fields = [pa.field(f.name, ARROW[f.type], nullable=not f.required) for f in table.fields]
    schema = pa.schema(fields)
    count = 0
    with (
        (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file,
        pq.ParquetWriter(folder / f"{table.name}.parquet", schema) as parquet,
    ):
        writer = csv.writer(file, lineterminator=LINE_END)
        writer.writerow(table.columns)
        for rows in groups:
            writer.writerows([cell(row[column]) for column in table.columns] for row in rows)
            parquet.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of `GROUP`; the last may be shorter."""
    left = iter(rows)
    while group := list(islice(left, GROUP)):
        yield group
