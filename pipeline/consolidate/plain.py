"""Rows that one record makes, whatever other documents say."""

from __future__ import annotations

from pipeline.records import Account, AmountClaim, Claims, Place, Rejected, Statement, Strategy

Row = dict[str, object]


def statements(claim: Account) -> list[Statement]:
    found = [s for pair in claim.pairs for s in pair.statements]
    found += [s for work in claim.projects for s in work.statements]
    return [*found, *(a.statement for a in claim.amounts), *claim.denials, *claim.networks]


def document(claim: Account) -> Row:
    names = ("document_id", "path", "media_type", "language", "title", "date", "characters")
    fetched: Row = {"address": claim.address, "retrieved": claim.retrieved}
    row: Row = {name: getattr(claim, name) for name in names} | fetched
    return {**row, "pages": claim.pages or None, "status": "ok"}


def rejected(file: Rejected) -> Row:
    return {
        "document_id": file.document_id,
        "path": file.path,
        "media_type": file.media_type,
        "status": "quarantined",
        "reason": file.reason,
        "address": file.address,
        "retrieved": file.retrieved,
    }


def mentions(claim: Claims) -> list[Row]:
    document = claim.resolved.document
    rows: list[Row] = []
    for mention in claim.resolved.named:
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
                "confidence": mention.confidence * document.confidence(mention.start, mention.end),
            }
        )
    return rows


def place(place: Place) -> Row:
    names = ("place_id", "name", "kind", "country", "admin1", "latitude", "longitude")
    return {name: getattr(place, name) for name in names}


def statement(statement: Statement) -> Row:
    names = ("statement_id", "field", "value", "assertion", "document_id", "page", "start", "end")
    row: Row = {name: getattr(statement, name) for name in (*names, "sentence", "confidence")}
    return {**row, "subject_id": statement.subject}


def amount(amount: AmountClaim) -> Row:
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


def strategy(found: Strategy) -> Row:
    names = ("strategy_id", "name", "owner", "start", "horizon")
    row: Row = {name: getattr(found, name) for name in names}
    return {**row, "aliases": "; ".join(found.aliases)}
