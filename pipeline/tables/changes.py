"""What differs between the tables of two runs: rows that are new, changed or gone."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.schema import TABLES

Kind = Literal["new", "changed", "gone"]
#: Tables whose rows a person follows one by one, and the columns that name a row.
FOLLOWED = {
    "documents": ("path",),
    "partnerships": ("place_a", "place_b"),
    "projects": ("name",),
}
#: table -> key -> (digest of the row, its name where the table is followed)
Seen = Mapping[str, Mapping[str, tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a followed table that differs."""

    table: str
    key: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Changes:
    """counts: table -> kind -> number of rows. rows: those of followed tables."""

    counts: dict[str, dict[Kind, int]]
    rows: tuple[Row, ...] = ()


def seen(out: Path) -> Seen:
    """A digest of every row of the tables in `out`; digests of one process can be compared."""
    return {table.name: dict(_rows(out / f"{table.name}.csv", table.key)) for table in TABLES}


def changes(before: Seen, after: Seen) -> Changes:
    counts: dict[str, dict[Kind, int]] = {}
    rows: list[Row] = []
    for table in TABLES:
        old, new = before[table.name], after[table.name]
        differing: dict[str, Kind] = dict.fromkeys(old.keys() - new.keys(), "gone")
        differing |= dict.fromkeys(new.keys() - old.keys(), "new")
        differing |= {k: "changed" for k in old.keys() & new.keys() if old[k][0] != new[k][0]}
        kinds = list(differing.values())
        counts[table.name] = {kind: kinds.count(kind) for kind in ("new", "changed", "gone")}
        if table.name in FOLLOWED:
            rows += [
                Row(table.name, key, (new.get(key) or old[key])[1], kind)
                for key, kind in sorted(differing.items())
            ]
    return Changes(counts, tuple(rows))


def _rows(path: Path, key: str) -> Iterator[tuple[str, tuple[int, str]]]:
    if not path.exists():
        return
    naming = FOLLOWED.get(path.stem, ())
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = " + ".join(row.get(column) or "" for column in naming)
            yield row.get(key) or "", (hash(tuple(row.values())), name)
