"""Consolidate: one row a partnership and project over all documents, statements kept.

::

    dated       the date that a document bears
    linked      one key a project, over all documents (names: whether two names are alike)
    best        which of several stated values a row takes, and which disagree
    confidence  how sure a row is
    plain       rows of one record
    checks      warnings about finished rows
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.consolidate import plain
from pipeline.consolidate.best import Choice, choose
from pipeline.consolidate.checks import checks
from pipeline.consolidate.confidence import combined
from pipeline.consolidate.dated import document_date
from pipeline.consolidate.linked import linked
from pipeline.consolidate.plain import Row
from pipeline.records import (
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
    unique = _unique(claims)
    dated = {c.resolved.document.document_id: document_date(c.resolved) for c in unique}
    unique = linked(unique, dated)
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    rows["documents"] = _documents(unique, claims, rejected, dated)
    places: dict[str, Place] = {}
    for claim in unique:
        places |= claim.resolved.places
        rows["mentions"] += plain.mentions(claim)
        rows["statements"] += [plain.statement(s) for s in plain.statements(claim)]
        rows["amounts"] += [plain.amount(a) for a in claim.amounts]
        rows["strategies"] += [
            plain.strategy(claim, m.value) for m in claim.resolved.mentions if m.label == "STRATEGY"
        ]
    rows["places"] = [plain.place(p) for p in places.values()]
    rows["partnerships"] = _partnerships(unique, places, dated)
    rows["projects"] = _projects(unique, places, dated)
    _settle(rows)
    rows["checks"] = checks(rows)
    keys = {table.name: table.key for table in TABLES}
    return Findings({n: list({r[keys[n]]: r for r in found}.values()) for n, found in rows.items()})


def _unique(claims: Sequence[Claims]) -> list[Claims]:
    """One of each content, the first by path, in the order of document_id."""
    first = {
        c.resolved.document.document_id: c
        for c in sorted(claims, key=lambda c: c.resolved.document.raw.path, reverse=True)
    }
    return [first[document_id] for document_id in sorted(first)]


def _documents(
    unique: Sequence[Claims],
    claims: Sequence[Claims],
    rejected: Sequence[Rejected],
    dated: Mapping[str, str],
) -> list[Row]:
    """Rows of documents and quarantined files; copies of one content are named in its row."""
    paths: dict[str, set[str]] = {}
    for c in claims:
        document = c.resolved.document
        paths.setdefault(document.document_id, set()).add(document.raw.path)
    for r in rejected:
        paths.setdefault(r.document_id, set()).add(r.path)
    rows = [plain.document(c, dated) for c in unique]
    known = {row["document_id"] for row in rows}
    first = {r.document_id: r for r in sorted(rejected, key=lambda r: r.path, reverse=True)}
    rows += [plain.rejected(r) for r in first.values() if r.document_id not in known]
    for row in rows:
        row["copies"] = "; ".join(sorted(paths[str(row["document_id"])] - {str(row["path"])}))
    return rows


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
        if row["field"] == "partnership":
            row["about"] = row["value"]
    for row in (*rows["statements"], *rows["amounts"]):
        row["subject_id"] = row["subject_id"] if row["subject_id"] in kept else ""
    named = {r["project_id"] for r in rows["projects"]}
    for row in rows["mentions"]:
        if row["label"] == "PROJECT" and row["value"] not in named:
            row["value"] = ""


def _partnerships(
    claims: Sequence[Claims], places: dict[str, Place], dated: Mapping[str, str]
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


def _projects(
    claims: Sequence[Claims], places: dict[str, Place], dated: Mapping[str, str]
) -> list[Row]:
    """Rows of projects; the documents that bear the newest dates speak first."""
    found: dict[str, list[ProjectClaim]] = {}
    newest = sorted(claims, key=lambda c: dated[c.resolved.document.document_id], reverse=True)
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
    dates = {n: choose(statements, n) for n in ("start", "end", "expected_end", "agreed")}
    where = list(dict.fromkeys(p for work in found for p in work.places))
    return {
        "project_id": found[0].key,
        "name": found[0].name,
        "partnership_id": next((w.partnership for w in found if w.partnership), ""),
        "status": _status(dates),
        **{name: choice.value for name, choice in dates.items()},
        "places": "; ".join(places[p].name for p in where),
        "countries": "; ".join(
            dict.fromkeys(places[p].country for p in where if places[p].country)
        ),
        "strategies": _all(statements, "strategies"),
        "fields": _all(statements, "fields"),
        "confidence": max((s.confidence for s in statements), default=0.5),
        "documents": len({s.document_id for s in statements}),
        "conflicts": _conflicts(dates),
    }


def _status(dates: dict[str, Choice]) -> str:
    if dates["start"].value and dates["expected_end"].value:
        return "under_construction"
    if dates["end"].value:
        return "completed"
    return "planned" if dates["expected_end"].value else "unknown"


def _all(statements: list[Statement], name: str) -> str:
    return "; ".join(dict.fromkeys(s.value for s in statements if s.field == name))


def _conflicts(chosen: dict[str, Choice]) -> str:
    lost = {n: c.others for n, c in chosen.items() if c.others}
    return "; ".join(f"{n}: {', '.join(values)}" for n, values in lost.items())
