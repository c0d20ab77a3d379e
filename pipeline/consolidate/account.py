"""What one document brings to the tables, without its text and analysis."""

from __future__ import annotations

from pipeline.consolidate import plain
from pipeline.records import Account, Claims
from pipeline.relate.dateline import document_date


def account(claims: Claims) -> Account:
    """The claims of one document, reduced to what its rows are made of."""
    resolved = claims.resolved
    document = resolved.document
    strategies = {m.value: None for m in resolved.mentions if m.label == "STRATEGY"}
    return Account(
        document_id=document.document_id,
        path=document.raw.path,
        media_type=document.raw.media_type,
        language=document.language,
        title=document.title,
        date=document_date(resolved),
        pages=document.raw.pages,
        characters=len(document.published_text),
        places=resolved.places,
        strategies=tuple(resolved.strategies[s] for s in strategies),
        pairs=claims.pairs,
        projects=claims.projects,
        amounts=claims.amounts,
        denials=claims.denials,
        networks=claims.networks,
        works=_works(claims),
        mentions=tuple(_rows(claims)),
        notices=document.raw.notices,
    )


def _rows(claims: Claims) -> list[plain.Row]:
    """Rows of mentions, one an identifier; of several the last counts."""
    return list({row["mention_id"]: row for row in plain.mentions(claims)}.values())


def _works(claims: Claims) -> dict[str, str]:
    tagged = claims.resolved.tagged
    named = zip(claims.resolved.named, plain.mentions(claims), strict=True)
    return {str(r["mention_id"]): tagged.text_of(m) for m, r in named if m.label == "PROJECT"}
