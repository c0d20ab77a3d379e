"""Rows in one form: every column present, missing is None, numbers without float noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from pipeline.schema import Field, Table

Value = str | int | float | bool | None
Row = dict[str, Value]

#: A double holds every decimal number of 15 digits exactly; more digits are noise of arithmetic.
DIGITS = 15


class TableError(ValueError):
    """Rows that break the declaration. A fault of a stage, never of a document."""


def normalise(table: Table, rows: Sequence[dict[str, object]]) -> list[Row]:
    """Rows with the columns of `table` in its order, sorted by `table.order`, then by the key.

    Raises `TableError` for an unknown column or a value of the wrong type.
    """
    known = set(table.columns)
    for row in rows:
        if unknown := sorted(row.keys() - known):
            raise TableError(f"{table.name}: unknown column {', '.join(unknown)}")
    plain = [{f.name: value(table, f, row.get(f.name)) for f in table.fields} for row in rows]
    columns = (*table.order, table.key)
    return sorted(plain, key=lambda row: [_rank(row[column]) for column in columns])


def value(table: Table, field: Field, given: object) -> Value:
    """One cell as the type of its field; an empty string is a missing value."""
    if given is None or given == "":
        return None
    match field.type, given:
        case "string", str():
            return given
        case "boolean", bool():
            return given
        case "integer" | "number", bool():
            pass
        case "integer", int():
            return given
        case "number", int() | float() if math.isfinite(given):
            return float(f"{given:.{DIGITS}g}")
    raise TableError(f"{table.name}.{field.name}: {given!r} is not a {field.type}")


def cell(value: Value) -> str:
    """A value as CSV holds it: `true`, `607`, `0.087`; empty where missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = format(Decimal(f"{value:.{DIGITS}g}"), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _rank(value: Value) -> tuple[bool, Value]:
    """Missing values come first; the rest by number or by code point."""
    return value is not None, value if value is not None else ""
