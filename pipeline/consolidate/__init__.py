"""Consolidate: one row a partnership and project over all documents, statements kept."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.consolidate.best import Choice, choose
from pipeline.records import (
    AmountClaim,
    Claims,
    Findings,
    PairClaim,
    Place,
    ProjectClaim,
    Rejected,
    Statement,
)
from pipeline.schema import TABLES

Row = dict[str, object]


def consolidate(claims: Sequence[Claims], rejected: Sequence[Rejected]) -> Findings:
    """Rows of every table from the claims of all documents, whatever their order."""
    read = [(c.resolved.document.document_id, c.resolved.document.raw.path) for c in claims]
    paths: dict[str, set[str]] = {}
    for document_id, path in [*read, *((r.document_id, r.path) for r in rejected)]:
        paths.setdefault(document_id, set()).add(path)
    unique = {
        c.resolved.document.document_id: c
        for c in sorted(claims, key=lambda c: c.resolved.document.raw.path, reverse=True)
    }
    rejected = sorted(rejected, key=lambda r: r.path, reverse=True)
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    places: dict[str, Place] = {}
    pairs: dict[str, list[PairClaim]] = {}
    works: dict[str, list[ProjectClaim]] = {}
    for claim in sorted(unique.values(), key=lambda c: c.resolved.document.document_id):
        places |= claim.resolved.places
        rows["documents"].append(_document(claim))
        rows["mentions"] += _mentions(claim)
        for pair in claim.pairs:
            pairs.setdefault(pair.key, []).append(pair)
        for work in claim.projects:
            works.setdefault(work.key, []).append(work)
        rows["statements"] += [_statement(s) for s in _statements(claim)]
        rows["amounts"] += [_amount(a) for a in claim.amounts]
        rows["strategies"] += [
            _strategy(claim, m.value) for m in claim.resolved.mentions if m.label == "STRATEGY"
        ]
    rows["documents"] += [
        _rejected(r)
        for r in {r.document_id: r for r in rejected}.values()
        if r.document_id not in unique
    ]
    for row in rows["documents"]:
        row["copies"] = "; ".join(sorted(paths[str(row["document_id"])] - {str(row["path"])}))
    rows["places"] = [_place(p) for p in places.values()]
    rows["partnerships"] = [_partnership(found, places) for found in pairs.values()]
    rows["projects"] = [_project(found, places) for found in works.values()]
    keys = {table.name: table.key for table in TABLES}
    return Findings({n: list({r[keys[n]]: r for r in found}.values()) for n, found in rows.items()})


def _statements(claim: Claims) -> list[Statement]:
    found = [s for pair in claim.pairs for s in pair.statements]
    found += [s for work in claim.projects for s in work.statements]
    return [*found, *(a.statement for a in claim.amounts), *claim.denials]


def _document(claim: Claims) -> Row:
    document = claim.resolved.document
    return {
        "document_id": document.document_id,
        "path": document.raw.path,
        "media_type": document.raw.media_type,
        "language": document.language,
        "title": document.title,
        "pages": document.raw.pages or None,
        "characters": len(document.published_text),
        "status": "ok",
    }


def _rejected(file: Rejected) -> Row:
    return {
        "document_id": file.document_id,
        "path": file.path,
        "media_type": file.media_type,
        "status": "quarantined",
        "reason": file.reason,
    }


def _mentions(claim: Claims) -> list[Row]:
    document = claim.resolved.document
    rows: list[Row] = []
    for mention in claim.resolved.mentions:
        start, end = document.published(mention.start, mention.end)
        rows.append(
            {
                "mention_id": f"{document.document_id}-{start}-{end}-{mention.label}",
                "document_id": document.document_id,
                "page": document.page_at(mention.start),
                "start": start,
                "end": end,
                "text": document.published_text[start:end],
                "label": mention.label,
                "value": mention.value,
                "place_id": mention.place_id,
                "confidence": mention.confidence,
            }
        )
    return rows


def _place(place: Place) -> Row:
    names = ("place_id", "name", "kind", "country", "admin1", "latitude", "longitude")
    return {name: getattr(place, name) for name in names}


def _statement(statement: Statement) -> Row:
    names = ("statement_id", "field", "value", "assertion", "document_id", "page", "start", "end")
    row: Row = {name: getattr(statement, name) for name in (*names, "sentence", "confidence")}
    return {**row, "subject_id": statement.subject}


def _amount(amount: AmountClaim) -> Row:
    return {
        "amount_id": "a-" + amount.statement.statement_id[2:],
        "subject_id": amount.statement.subject,
        "what": amount.what,
        "value": amount.quantity.value,
        "value_max": amount.quantity.value_max,
        "approximate": amount.quantity.approximate,
        "unit": amount.quantity.unit,
        "as_of": amount.as_of,
        "document_id": amount.statement.document_id,
        "statement_id": amount.statement.statement_id,
    }


def _strategy(claim: Claims, identifier: str) -> Row:
    found = claim.resolved.strategies[identifier]
    return {
        "strategy_id": found.strategy_id,
        "name": found.name,
        "aliases": "; ".join(found.aliases),
        "owner": found.owner,
        "start": found.start,
        "horizon": found.horizon,
    }


def _partnership(found: list[PairClaim], places: dict[str, Place]) -> Row:
    one = found[0]
    statements = [s for pair in found for s in pair.statements]
    chosen = {name: choose(statements, name) for name in ("kind", "status", "start", "end")}
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
        "confidence": max(s.confidence for s in statements),
        "documents": len({s.document_id for s in statements}),
        "conflicts": _conflicts(chosen),
    }


def _project(found: list[ProjectClaim], places: dict[str, Place]) -> Row:
    statements = [s for work in found for s in work.statements]
    dates = _dates(statements)
    status = _status(statements, dates)
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


#: A status that a line "Status: ..." states outright outweighs all others.
_OUTRIGHT = 0.95


def _status(statements: list[Statement], dates: dict[str, Choice]) -> str:
    """The status of a project from what sentences say of it, else from its dates."""
    said = {
        s.value: s.confidence
        for s in sorted(statements, key=lambda s: s.confidence)
        if s.field == "status"
    }
    outright = [v for v, confidence in said.items() if confidence >= _OUTRIGHT]
    if outright:
        return outright[-1]
    hoped = {s.value for s in statements if s.field == "start" and s.assertion == "planned"}
    begun = dates["start"].value and dates["start"].value not in hoped
    if "cancelled" in said or any(s.field == "stopped" for s in statements):
        return "cancelled"
    if "operating" in said:
        return "operating"
    late = dates["expected_end"].value > dates["end"].value
    unfinished = "under_construction" in said and "completed" not in said
    if ("completed" in said or dates["end"].value) and not late and not unfinished:
        return "completed"
    if dates["start"].value in hoped and hoped:
        return "planned"
    if begun or "under_construction" in said or (late and dates["end"].value):
        return "under_construction"
    return "planned" if "planned" in said or dates["expected_end"].value else "unknown"


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
