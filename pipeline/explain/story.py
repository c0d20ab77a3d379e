"""Each value of a row, the statements for and against it, and why it won."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.consolidate.best import absorbs, choose
from pipeline.explain.find import Found, Tables
from pipeline.records import Statement
from pipeline.tables.read import Cells

_FIELDS = {
    "partnerships": ("kind", "status", "start", "end"),
    "projects": (
        "name",
        "status",
        "start",
        "end",
        "expected_end",
        "agreed",
        "places",
        "countries",
        "strategies",
        "fields",
    ),
}
#: Columns that hold all values that statements give, `; ` between.
_LISTS = frozenset({"places", "countries", "strategies", "fields"})
_DERIVED = "follows from the other statements and dates of the project"
_UNSTATED = "left empty: what is stated does not hold for the row"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the document that it stands in. confidence: 0 to 1."""

    statement_id: str
    value: str
    assertion: str
    confidence: float
    sentence: str
    document: str
    date: str
    page: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A column of the row: the value that won, why, and the statements for and against it."""

    field: str
    value: str
    reason: str
    supporting: tuple[Said, ...]
    against: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A row of partnerships or projects with everything behind it."""

    table: str
    id: str
    name: str
    row: Cells
    fields: tuple[Told, ...]
    also: tuple[Told, ...]
    denials: tuple[Said, ...]
    amounts: tuple[Cells, ...]
    checks: tuple[Cells, ...]


def story(tables: Tables, found: Found) -> Story:
    """The story of a row, from the tables alone."""
    documents = {row["document_id"]: row for row in tables["documents"]}
    mine = [s for s in tables["statements"] if s["subject_id"] == found.identifier]
    columns = _FIELDS[found.table]
    told = (_told(name, found.row[name], mine, documents) for name in columns)
    more = dict.fromkeys(s["field"] for s in mine if s["field"] not in columns)
    return Story(
        found.table,
        found.identifier,
        found.name,
        found.row,
        tuple(t for t in told if t.value or t.against),
        tuple(_beside(name, mine, documents) for name in more),
        tuple(_said(s, documents) for s in tables["statements"] if _denies(s, found)),
        tuple(a for a in tables["amounts"] if a["subject_id"] == found.identifier),
        tuple(
            c
            for c in tables["checks"]
            if (c["table"], c["row_id"]) == (found.table, found.identifier)
        ),
    )


def _told(name: str, value: str, mine: Sequence[Cells], documents: dict[str, Cells]) -> Told:
    about = [s for s in mine if s["field"] == name]
    supporting = [s for s in about if _supports(name, value, s)]
    against = [s for s in about if s not in supporting]
    choice = choose(
        [_statement(s) for s in mine], name, {d: r["date"] for d, r in documents.items()}
    )
    if name in _LISTS:
        reason = "all that is stated"
    elif value and choice.value == value:
        reason = choice.reason
    elif name == "name" and supporting:
        reason = "the name that most documents use"
    else:
        reason = _DERIVED if value else _UNSTATED
    return Told(
        name,
        value,
        reason,
        tuple(_said(s, documents) for s in supporting),
        tuple(_said(s, documents) for s in against),
    )


def _beside(name: str, mine: Sequence[Cells], documents: dict[str, Cells]) -> Told:
    """Statements of a field that is no column of the row, such as an amount."""
    about = tuple(_said(s, documents) for s in mine if s["field"] == name)
    return Told(name, "; ".join(dict.fromkeys(s.value for s in about)), "", about, ())


def _supports(name: str, value: str, statement: Cells) -> bool:
    if statement["assertion"] == "negated":
        return False
    if name in _LISTS:
        return statement["value"] in value.split("; ")
    # the statements of a name quote where it stands
    return name == "name" or value == statement["value"] or absorbs(value, statement["value"])


def _denies(statement: Cells, found: Found) -> bool:
    """Whether a statement denies the partnership of a row; denials are stated in words only."""
    if found.table != "partnerships" or statement["field"] != "partnership":
        return False
    pair = {found.row["place_a"], found.row["place_b"]}
    return statement["assertion"] == "negated" and set(statement["value"].split(" + ")) == pair


def _statement(row: Cells) -> Statement:
    return Statement(
        row["statement_id"],
        row["subject_id"],
        row["field"],
        row["value"],
        row["assertion"],  # type: ignore[arg-type]
        row["document_id"],
        int(row["page"]) if row["page"] else None,
        int(row["start"]),
        int(row["end"]),
        row["sentence"],
        float(row["confidence"]),
    )


def _said(row: Cells, documents: dict[str, Cells]) -> Said:
    document = documents[row["document_id"]]
    return Said(
        row["statement_id"],
        row["value"],
        row["assertion"],
        float(row["confidence"]),
        row["sentence"],
        document["path"],
        document["date"],
        row["page"],
        int(row["start"]),
        int(row["end"]),
    )
