"""Consolidate: one row a partnership and project over all documents, statements kept.

::

    account     what one document brings to the tables
    linked      one key a project, over all documents (names: whether two names are alike)
    best        which of several stated values a row takes, and which disagree
    confidence  how sure a row is
    plain       rows of one record
    checks      warnings about finished rows, and what documents leave to be said
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.consolidate import plain
from pipeline.consolidate.account import account
from pipeline.consolidate.best import Choice, choose
from pipeline.consolidate.checks import checks
from pipeline.consolidate.confidence import combined
from pipeline.consolidate.linked import linked, named
from pipeline.consolidate.plain import Row
from pipeline.records import (
    Account,
    Claims,
    Findings,
    PairClaim,
    Place,
    ProjectClaim,
    Rejected,
    Statement,
)
from pipeline.schema import LEAST, TABLES

_PAIR_FIELDS = ("kind", "status", "start", "end")


def consolidate(claims: Sequence[Claims], rejected: Sequence[Rejected]) -> Findings:
    """Rows of every table from the claims of all documents, whatever their order."""
    accounts = [account(c) for c in claims]
    findings, projects = gather(accounts, rejected)
    found = [row for a in _unique(accounts) for row in mentions(a.mentions, projects)]
    return Findings({**findings.rows, "mentions": found})


def gather(
    accounts: Sequence[Account], rejected: Sequence[Rejected]
) -> tuple[Findings, dict[str, str]]:
    """Rows of all tables but mentions, and the project_id of the mentions that have one.

    `Account.mentions` is not looked at, so that only one document's needs to be in memory: hand
    them to `mentions`, in the order of document_id, each content once.
    """
    unique = linked(_unique(accounts))
    dated = {a.document_id: a.date for a in unique}
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    rows["documents"] = _documents(unique, accounts, rejected)
    places: dict[str, Place] = {}
    for a in unique:
        places |= a.places
        rows["statements"] += [plain.statement(s) for s in plain.statements(a)]
        rows["amounts"] += [plain.amount(amount) for amount in a.amounts]
        rows["strategies"] += [plain.strategy(s) for s in a.strategies]
    rows["places"] = [plain.place(p) for p in places.values()]
    rows["partnerships"] = _partnerships(unique, places, dated)
    rows["projects"] = _projects(unique, places)
    _settle(rows)
    rows["checks"] = checks(rows, {a.document_id: a.notices for a in unique})
    keys = {table.name: table.key for table in TABLES}
    found = {n: list({r[keys[n]]: r for r in found}.values()) for n, found in rows.items()}
    return Findings(found), _named(unique, {str(r["project_id"]) for r in rows["projects"]})


def mentions(rows: Iterable[Row], projects: Mapping[str, str]) -> list[Row]:
    """The rows of `Account.mentions`, with the projects they name; `projects` as of `gather`."""
    return [
        {**row, "value": projects.get(str(row["mention_id"]), "")}
        if row["label"] == "PROJECT"
        else row
        for row in rows
    ]


def _named(unique: Sequence[Account], kept: set[str]) -> dict[str, str]:
    """The project_id of each mention of a project, by mention_id, where it has a row."""
    found = {m: named(text, a.projects) for a in unique for m, text in a.works.items()}
    return {mention: key for mention, key in found.items() if key in kept}


def _unique(accounts: Sequence[Account]) -> list[Account]:
    """One of each content, the first by path, in the order of document_id."""
    first = {a.document_id: a for a in sorted(accounts, key=lambda a: a.path, reverse=True)}
    return [first[document_id] for document_id in sorted(first)]


def _documents(
    unique: Sequence[Account], accounts: Sequence[Account], rejected: Sequence[Rejected]
) -> list[Row]:
    """Rows of documents and quarantined files; copies of one content are named in its row."""
    read = {a.document_id for a in accounts}
    rejected = [_apart(r) if r.document_id in read else r for r in rejected]
    paths: dict[str, set[str]] = {}
    for document_id, path in (
        *((a.document_id, a.path) for a in accounts),
        *((r.document_id, r.path) for r in rejected),
    ):
        paths.setdefault(document_id, set()).add(path)
    rows = [plain.document(a) for a in unique]
    first = {r.document_id: r for r in sorted(rejected, key=lambda r: r.path, reverse=True)}
    rows += [plain.rejected(r) for r in first.values()]
    for row in rows:
        row["copies"] = "; ".join(sorted(paths[str(row["document_id"])] - {str(row["path"])}))
    return rows


def _apart(file: Rejected) -> Rejected:
    """A mislabelled copy of a file that was read: a row of its own, named by its path too."""
    named = hashlib.sha256(f"{file.document_id} {file.path}".encode()).hexdigest()[:16]
    return replace(file, document_id=named)


def _settle(rows: dict[str, list[Row]]) -> None:
    """Leave out rows that are not sure enough, and all references to them."""
    about = {
        r["partnership_id"]: f"{r['place_a']} + {r['place_b']}" for r in rows["partnerships"]
    } | {r["project_id"]: r["name"] for r in rows["projects"]}
    for name in ("partnerships", "projects"):
        rows[name] = [r for r in rows[name] if float(str(r["confidence"])) >= LEAST]
    kept = {r["partnership_id"] for r in rows["partnerships"]}
    for row in rows["projects"]:
        row["partnership_id"] = row["partnership_id"] if row["partnership_id"] in kept else ""
    kept |= {r["project_id"] for r in rows["projects"]}
    for row in rows["statements"]:
        row["about"] = about.get(row["subject_id"], "")
        if row["field"] in ("partnership", "network"):
            row["about"] = row["value"]
    for row in (*rows["statements"], *rows["amounts"]):
        row["subject_id"] = row["subject_id"] if row["subject_id"] in kept else ""


def _partnerships(
    claims: Sequence[Account], places: dict[str, Place], dated: Mapping[str, str]
) -> list[Row]:
    found: dict[str, list[PairClaim]] = {}
    for claim in claims:
        for pair in claim.pairs:
            found.setdefault(pair.key, []).append(pair)
    denials: dict[frozenset[str], list[Statement]] = {}
    for denial in (d for c in claims for d in c.denials):
        # a denial names its places in words, and has no row of its own
        denials.setdefault(frozenset(denial.value.split(" + ")), []).append(denial)
    rows = []
    for pairs in found.values():
        row = _partnership(pairs, places, dated)
        if against := denials.get(frozenset((str(row["place_a"]), str(row["place_b"])))):
            statements = [s for pair in pairs for s in pair.statements]
            row["confidence"] = combined(statements, against)
            row["conflicts"] = "; ".join(filter(None, (str(row["conflicts"]), "denied")))
        rows.append(row)
    return rows


def _projects(claims: Sequence[Account], places: dict[str, Place]) -> list[Row]:
    """Rows of projects; the documents that bear the newest dates speak first."""
    found: dict[str, list[ProjectClaim]] = {}
    newest = sorted(claims, key=lambda c: c.date, reverse=True)
    for claim in newest:
        for work in claim.projects:
            found.setdefault(work.key, []).append(work)
    rows = []
    for works in found.values():
        row = _project(works, places)
        row["name"] = _usual(works)
        row["confidence"] = combined([s for w in works for s in w.statements])
        rows.append(row)
    return rows


def _usual(works: Sequence[ProjectClaim]) -> str:
    """The name that most documents use; of several the first by length, then alphabet."""
    counts = Counter(w.name for w in works)
    return min(counts, key=lambda name: (-counts[name], len(name), name))


def _partnership(found: list[PairClaim], places: dict[str, Place], dated: Mapping[str, str]) -> Row:
    one = found[0]
    statements = [s for pair in found for s in pair.statements]
    chosen = {name: choose(statements, name, dated) for name in _PAIR_FIELDS}
    a, b = places[one.place_a], places[one.place_b]
    return {
        "partnership_id": one.key,
        "place_a": a.name,
        "place_b": b.name,
        "place_a_id": a.place_id,
        "place_b_id": b.place_id,
        "place_a_text": " ".join(one.text_a.split()),
        "place_b_text": " ".join(one.text_b.split()),
        "country_a": a.country,
        "country_b": b.country,
        "level": one.level,
        **{name: choice.value for name, choice in chosen.items()},
        "confidence": combined(statements),
        "documents": len({s.document_id for s in statements}),
        "conflicts": _conflicts(chosen),
    }


def _project(found: list[ProjectClaim], places: dict[str, Place]) -> Row:
    statements = [s for work in found for s in work.statements]
    dates = _dates(statements)
    # the newest document that tells of a status comes first
    status = next((w.status for w in found if w.status != "unknown"), "unknown")
    where = list(dict.fromkeys(p for work in found for p in work.places))
    return {
        "project_id": found[0].key,
        "name": found[0].name,
        "partnership_id": next((w.partnership for w in found if w.partnership), ""),
        "status": status,
        **_spans(status, dates, statements),
        "places": "; ".join(dict.fromkeys(places[p].name for p in where)),
        "countries": _all(statements, "countries"),
        "strategies": _all(statements, "strategies"),
        "fields": _all(statements, "fields"),
        "confidence": max((s.confidence for s in statements), default=0.5),
        "documents": len({s.document_id for s in statements}),
        "conflicts": "; ".join(filter(None, (_conflicts(dates), _two_ends(dates)))),
    }


def _two_ends(dates: dict[str, Choice]) -> str:
    """An end that is past beside one that is still expected."""
    past, hoped = dates["end"].value, dates["expected_end"].value
    return f"end: {past}, expected_end: {hoped}" if past and hoped else ""


def _dates(statements: list[Statement]) -> dict[str, Choice]:
    """The dates of a project; a start that is past counts before one that is hoped for."""
    hoped = [s for s in statements if s.field == "start" and s.assertion == "planned"]
    begun = [s for s in statements if s.field == "start" and s not in hoped]
    chosen = {n: choose(statements, n) for n in ("end", "expected_end", "agreed")}
    start = choose(begun or hoped, "start")
    late = [s for s in hoped if begun and s.value > start.value]
    if late and not chosen["expected_end"].value:
        # "works began in 2020, production should start in 2022": the second is an end
        chosen["expected_end"] = choose(late, "start")
    return {"start": start, **chosen}


def _spans(status: str, dates: dict[str, Choice], statements: list[Statement]) -> Row:
    """The dates of a project's row, as its status lets them be."""
    row: Row = {name: choice.value for name, choice in dates.items()}
    if status == "completed":
        row["end"] = row["end"] or choose(statements, "opened").value
        row["expected_end"] = ""
    elif status == "operating":
        # only an extension is still expected
        known = max(dates["end"].value, choose(statements, "opened").value)
        row["expected_end"] = row["expected_end"] if known < dates["expected_end"].value else ""
    elif status == "cancelled" and row["start"]:
        # what was never begun has no end
        row["end"] = choose(statements, "stopped").value or row["end"]
    return row


def _all(statements: list[Statement], name: str) -> str:
    return "; ".join(dict.fromkeys(s.value for s in statements if s.field == name))


def _conflicts(chosen: dict[str, Choice]) -> str:
    lost = {n: c.others for n, c in chosen.items() if c.others}
    return "; ".join(f"{n}: {', '.join(values)}" for n, values in lost.items())
