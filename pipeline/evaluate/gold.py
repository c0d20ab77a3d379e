"""Hand-made tables in one form, whether CSV or annotated documents (JSON)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.match import folded
from pipeline.tables.read import UnreadableError, read_csv

#: A hand-made row. A missing cell is not compared; an empty one says that there is no value.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Hand-made rows of one document, or of none (""); None where that table was not made.

    only_local: relations of two countries were left out on purpose.
    """

    document: str
    partnerships: Sequence[Row] | None = None
    projects: Sequence[Row] | None = None
    only_local: bool = False


def read_gold(path: Path) -> list[Group]:
    """The groups of a CSV file, of a folder with partnerships.csv and projects.csv, or of NNN.json.

    In CSV an empty cell is not compared: who fills a table by hand leaves unknown cells empty.
    Raises `OSError` with a line that says what is missing.
    """
    if path.is_file():
        return [_annotated(path)] if path.suffix == ".json" else _from_csv(path)
    if not path.is_dir():
        raise FileNotFoundError(f"{path}: no such file or folder")
    files = [f for n in ("partnerships", "projects") if (f := path / f"{n}.csv").is_file()]
    if files:
        return [group for file in files for group in _from_csv(file)]
    if files := sorted(path.glob("*.json")):
        return [_annotated(file) for file in files]
    raise FileNotFoundError(f"{path}: neither partnerships.csv, projects.csv nor NNN.json there")


def _from_csv(path: Path) -> list[Group]:
    rows = read_csv(path)
    columns = set(rows[0]) if rows else set()
    if {"place_a", "place_b"} <= columns:
        name = "partnerships"
    elif "name" in columns:
        name = "projects"
    else:
        raise UnreadableError(f"{path}: needs the columns place_a and place_b, or name, and a row")
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        filled = {k.strip(): v.strip() for k, v in row.items() if v.strip()}
        if {"place_a", "place_b"} <= filled.keys() or "name" in filled:
            grouped.setdefault(filled.get("document", ""), []).append(filled)
    if name == "partnerships":
        return [Group(document, partnerships=found) for document, found in grouped.items()]
    return [Group(document, projects=found) for document, found in grouped.items()]


def _annotated(path: Path) -> Group:
    try:
        found = json.loads(path.read_text("utf-8"))
        pairs, works = found.get("partnerships", []), found.get("projects", [])
    except (ValueError, AttributeError) as error:
        raise UnreadableError(f"{path}: no JSON of an annotated document ({error})") from None
    kept = [pair for pair in pairs if not _national(found, pair)]
    return Group(path.stem, kept, works, only_local=True)


def _national(found: Row, pair: Row) -> bool:
    """Whether both sides are countries; their relations are not part of the comparison."""
    entities = found.get("entities", [])
    countries = {folded(e["text"]) for e in entities if e["label"] == "COUNTRY"}
    local = {folded(e["text"]) for e in entities if e["label"] in ("CITY", "REGION")}
    sides = [
        {folded(pair[s]), folded(pair.get(f"{s}_text") or pair[s])} for s in ("place_a", "place_b")
    ]
    return all(side & countries and not side & local for side in sides)
