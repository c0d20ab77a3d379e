"""The declaration as pandera schemas, and the references between tables."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandas.api.extensions import ExtensionDtype
from pandera.errors import SchemaErrors

from pipeline.schema import TABLES, Field, ForeignKey, Table
from pipeline.tables.rows import Row, TableError

#: Types of pandas that know missing values without turning whole numbers into floats.
DTYPES: dict[str, ExtensionDtype] = {
    "string": pd.StringDtype(),
    "integer": pd.Int64Dtype(),
    "number": pd.Float64Dtype(),
    "boolean": pd.BooleanDtype(),
}


def check(tables: dict[str, list[Row]]) -> None:
    """Raises `TableError` where normalised rows break a rule of their table or a reference.

    The message names table, column, rule and up to three of the values. Tables that are not given
    are checked later, piece by piece (`check_piece`).
    """
    given = [table for table in TABLES if table.name in tables]
    for table in given:
        check_piece(table, tables[table.name], tables)
    _check_subjects(tables)


def check_piece(table: Table, rows: list[Row], tables: dict[str, list[Row]]) -> None:
    """Check some rows of `table`; their references point into `tables`."""
    check_table(table, rows)
    for key in table.foreign_keys:
        _check_reference(table, key, rows, tables)


def check_table(table: Table, rows: list[Row]) -> None:
    """Raises `TableError` where rows break a rule of `table`."""
    frame = pd.DataFrame(
        {
            field.name: pd.Series([row[field.name] for row in rows], dtype=DTYPES[field.type])
            for field in table.fields
        }
    )
    try:
        schema_of(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        same = errors.failure_cases["check"] == first["check"]
        same &= errors.failure_cases["column"] == first["column"]
        values = errors.failure_cases.loc[same, "failure_case"].head(3).tolist()
        raise TableError(
            f"{table.name}.{first['column']}: {first['check']} fails for {values}"
        ) from None


def schema_of(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table."""
    columns = {field.name: _column(field, field.name == table.key) for field in table.fields}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table.name)


def _column(field: Field, key: bool) -> pa.Column:
    checks = []
    if field.enum:
        checks.append(pa.Check.isin(field.enum))
    if field.pattern:
        checks.append(pa.Check.str_matches(field.pattern))
    if field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum))
    if field.maximum is not None:
        checks.append(pa.Check.le(field.maximum))
    return pa.Column(DTYPES[field.type], checks, nullable=not field.required, unique=key)


def _check_reference(
    table: Table, key: ForeignKey, rows: list[Row], tables: dict[str, list[Row]]
) -> None:
    targets = {row[key.target] for row in tables[key.table]}
    used = {row[key.column] for row in rows} - {None}
    if lost := sorted(map(str, used - targets)):
        raise TableError(f"{table.name}.{key.column}: not in {key.table}: {lost[:3]}")


def _check_subjects(tables: dict[str, list[Row]]) -> None:
    """Subjects are rows of one of two tables, which a foreign key cannot say."""
    known = {row["partnership_id"] for row in tables["partnerships"]}
    known |= {row["project_id"] for row in tables["projects"]}
    for name in ("statements", "amounts"):
        used = {row["subject_id"] for row in tables[name]} - {None}
        if lost := sorted(map(str, used - known)):
            raise TableError(f"{name}.subject_id: neither partnership nor project: {lost[:3]}")
