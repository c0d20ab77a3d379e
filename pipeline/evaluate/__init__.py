"""Evaluate: the tables of a run against tables that a person made.

::

    gold     hand-made tables, CSV or JSON, in one form
    match    which of our rows is which of theirs
    cells    which values of matched rows are right
    show     the numbers and the errors for a terminal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.evaluate.cells import Judged, judged
from pipeline.evaluate.gold import Group, read_gold
from pipeline.evaluate.match import matched, title
from pipeline.tables.read import Cells, read

_TABLES = ("documents", "partnerships", "projects", "statements", "amounts")
_KEYS = {"partnerships": "partnership_id", "projects": "project_id"}


@dataclass(frozen=True, slots=True)
class Error:
    """kind: `missing` (theirs only), `extra` (ours only) or `wrong` (a cell)."""

    kind: str
    document: str
    row: str
    column: str = ""
    expected: str = ""
    found: str = ""


@dataclass(slots=True)
class Scores:
    """How well one table does. attributes: name -> [cells right, cells compared]."""

    table: str
    right: int = 0
    found: int = 0
    expected: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    attributes: dict[str, list[int]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)


def evaluate(gold: Path, folder: Path) -> list[Scores]:
    """Scores of partnerships, of projects, or of both: whatever the hand-made tables hold.

    A hand-made row with a document is looked for among what that document states; the others are
    looked for in the whole table. Relations of two countries are never counted as extra.
    Raises `OSError` with a line that says what to do.
    """
    tables = read(folder, _TABLES)
    groups = read_gold(gold)
    scores = []
    for name in _KEYS:
        if any(getattr(group, name) is not None for group in groups):
            score = Scores(name)
            for group in groups:
                _add(score, group, tables)
            _finish(score)
            scores.append(score)
    return scores


def _add(score: Scores, group: Group, tables: dict[str, list[Cells]]) -> None:
    theirs = getattr(group, score.table)
    if theirs is None:
        return
    ours = _stated(score.table, group, tables)
    pairs = matched(score.table, theirs, ours)
    lost = sorted(set(range(len(theirs))) - pairs.keys())
    taken = set(pairs.values())
    extra = [
        row
        for index, row in enumerate(ours)
        if index not in taken and row.get("level") != "national"
    ]
    score.right += len(pairs)
    score.found += len(pairs) + len(extra)
    score.expected += len(theirs)
    score.errors += [Error("missing", group.document, title(score.table, theirs[i])) for i in lost]
    score.errors += [Error("extra", group.document, title(score.table, row)) for row in extra]
    for i, j in sorted(pairs.items()):
        mine = [a for a in tables["amounts"] if a["subject_id"] == ours[j][_KEYS[score.table]]]
        found = judged(score.table, theirs[i], ours[j], mine)
        _count(score, group, title(score.table, theirs[i]), found)


def _count(score: Scores, group: Group, row: str, found: Sequence[Judged]) -> None:
    for cell in found:
        counts = score.attributes.setdefault(cell.column, [0, 0])
        counts[0] += cell.right
        counts[1] += 1
        if not cell.right:
            score.errors.append(
                Error("wrong", group.document, row, cell.column, cell.expected, cell.found)
            )


def _stated(table: str, group: Group, tables: dict[str, list[Cells]]) -> list[Cells]:
    """Our rows that a group is compared with: those that its document states, or all."""
    rows = tables[table]
    if group.only_local:
        rows = [row for row in rows if row.get("level") != "national"]
    if not group.document:
        return rows
    ids = {
        row["document_id"]
        for row in tables["documents"]
        if group.document
        in (row["document_id"], row["path"], Path(row["path"]).name, Path(row["path"]).stem)
    }
    said = {s["subject_id"] for s in tables["statements"] if s["document_id"] in ids}
    return [row for row in rows if row[_KEYS[table]] in said]


def _finish(score: Scores) -> None:
    score.precision = score.right / score.found if score.found else 0.0
    score.recall = score.right / score.expected if score.expected else 0.0
    both = score.precision + score.recall
    score.f1 = 2 * score.precision * score.recall / both if both else 0.0
    score.attributes = dict(sorted(score.attributes.items()))
