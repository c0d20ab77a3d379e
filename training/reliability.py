"""`python -m training.reliability GOLD TABLES`: is what is said to be 0.8 sure right in 80 %?

GOLD holds NNN.json files with `entities` and `partnerships`; TABLES are those of a run over the
documents NNN.*. A mention is right where gold has its label at an overlapping place, a partnership
where gold pairs places of these names in one of its documents.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
Judged = tuple[str, float, bool]


def judged(gold: Path, tables: Path) -> Iterator[Judged]:
    """(what, confidence, whether it is right) of each mention and partnership."""
    documents = pd.read_csv(tables / "documents.csv")
    stems = {row.document_id: Path(str(row.path)).stem for row in documents.itertuples()}
    expected = {p.stem: json.loads(p.read_text("utf-8")) for p in gold.glob("*.json")}
    for row in pd.read_csv(tables / "mentions.csv").itertuples():
        entities = expected.get(stems[row.document_id], {}).get("entities", [])
        right = any(
            e["label"] == row.label and e["start"] < row.end and row.start < e["end"]
            for e in entities
        )
        if row.label != "ORG":
            yield str(row.label), float(str(row.confidence)), right
    stated = pd.read_csv(tables / "statements.csv")
    for row in pd.read_csv(tables / "partnerships.csv").itertuples():
        where = stated[stated.subject_id == row.partnership_id].document_id.unique()
        pairs = [p for d in where for p in expected.get(stems[d], {}).get("partnerships", [])]
        yield "partnership", float(str(row.confidence)), any(_same(row, pair) for pair in pairs)


def _same(row: Any, pair: dict[str, str]) -> bool:
    mine = {
        frozenset(map(_folded, sides))
        for sides in ((row.place_a, row.place_b), (row.place_a_text, row.place_b_text))
    }
    theirs = [
        frozenset((_folded(pair["place_a"]), _folded(pair["place_b"]))),
        frozenset(_folded(pair.get(f"{p}_text", pair[p])) for p in ("place_a", "place_b")),
    ]
    return any(pair in mine for pair in theirs)


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFKD", str(name)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"\b(?:city of|municipality)\b|[^\w]+", " ", text).split())


def main() -> None:
    """Print how often statements of each confidence are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tables", type=Path)
    options = parser.parse_args()
    found = pd.DataFrame(judged(options.gold, options.tables), columns=["what", "said", "right"])
    found["bin"] = pd.cut(found.said, _EDGES, right=False)
    table = Table("what", "said", "rows", "right")
    for (what, _), group in found.groupby(["what", "bin"], observed=True):
        table.add_row(
            str(what), f"{group.said.mean():.2f}", str(len(group)), f"{group.right.mean():.2f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
