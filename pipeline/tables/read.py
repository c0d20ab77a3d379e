"""Written tables back as rows of text, without pandas, so that commands start fast."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pipeline.schema import TABLES

Cells = dict[str, str]

csv.field_size_limit(2**31 - 1)


class UnreadableError(OSError):
    """A file that is there and cannot be used; the message says what to do."""


def read_csv(path: Path) -> list[Cells]:
    """Rows of a CSV file, with or without a byte order mark; missing cells are empty.

    Raises `OSError` where it cannot be opened or is not UTF-8 text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                {str(k): v or "" for k, v in row.items() if k is not None}
                for row in csv.DictReader(file)
            ]
    except UnicodeDecodeError:
        raise UnreadableError(f"{path}: not UTF-8; save it as CSV in UTF-8") from None


def read(folder: Path, names: Iterable[str]) -> dict[str, list[Cells]]:
    """The named tables of a run. Raises `OSError` where they are missing or of another version."""
    columns = {table.name: table.columns for table in TABLES}
    found = {}
    for name in names:
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise FileNotFoundError(
                f"{folder}: no {name}.csv there; `citypacts run` writes the tables"
            )
        found[name] = read_csv(path)
        lost = [c for c in columns[name] if found[name] and c not in found[name][0]]
        if lost:
            raise UnreadableError(
                f"{path}: no column {lost[0]}; make the tables anew with `citypacts run`"
            )
    return found
