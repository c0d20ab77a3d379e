"""Projects: what a document says of each, also where it is only "the project"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.records import (
    AmountClaim,
    PairClaim,
    ProjectClaim,
    Resolved,
    Sentence,
)
from pipeline.relate.dateline import document_date
from pipeline.relate.statements import state
from pipeline.relate.works.learned import decided
from pipeline.relate.works.learned.decided import Decided
from pipeline.relate.works.learned.reading import reading
from pipeline.relate.works.names import Work, works_of
from pipeline.relate.works.places import countries_of
from pipeline.relate.works.shared import shared
from pipeline.relate.works.trade import trade

__all__ = ["projects", "trade"]

#: A project of which nothing of this is said, nor any amount, is only mentioned: no row.
_TELLING = frozenset({"start", "end", "expected_end", "opened", "stopped", "agreed", "status"})


def projects(
    resolved: Resolved, sentences: Sequence[Sentence], pairs: Sequence[PairClaim]
) -> tuple[list[ProjectClaim], list[AmountClaim]]:
    """Projects of a document with their statements, and the amounts about them.

    Works of one country alone of which no second side is told are no cooperation.
    """
    works = works_of(resolved)
    known = reading(resolved, sentences, works, document_date(resolved))
    found = decided.decided(known)
    claims, amounts = [], []
    for work in works:
        if not any(part.named for part in known.parts[work.key]):
            continue
        claim, sizes = _claim(found, work, pairs)
        two = shared(resolved, work, claim.places, known.parts[work.key])
        if two and (sizes or any(s.field in _TELLING for s in claim.statements)):
            claims.append(claim)
            amounts += sizes
    return claims, amounts


def _claim(
    found: Decided, work: Work, pairs: Sequence[PairClaim]
) -> tuple[ProjectClaim, list[AmountClaim]]:
    known = found.reading
    resolved, own = known.resolved, known.parts[work.key]
    statements, shares = decided.told(known, work), found.shares[work.key]
    statements += [*decided.dates(known, work, shares), *decided.strategies(found, work)]
    status, stated = decided.status(known, work, statements, shares)
    told = any(s.field in _TELLING for s in statements)
    sizes = list(decided.amounts(found, work))
    if stated and (told or sizes):
        statements.append(stated)
    where = decided.places(found, work)
    pair = _pair(resolved, where, pairs)
    for place_id, (sentence, sure) in where.items():
        claim = (work.key, "places", resolved.places[place_id].name)
        statements.append(state(resolved, sentence, claim, "affirmed", sure))
    for code, sentence in countries_of(resolved, tuple(where), own).items():
        statements.append(state(resolved, sentence, (work.key, "countries", code), "affirmed", 0.7))
    key = pair.key if pair else ""
    return ProjectClaim(work.key, work.name, key, tuple(where), tuple(statements), status), sizes


def _pair(
    resolved: Resolved, where: Collection[str], pairs: Sequence[PairClaim]
) -> PairClaim | None:
    """The partnership that a project belongs to: of two of its places, else the only one of its.

    The second counts only where all its places lie in one country: the partner was left unsaid.
    """
    local = [p for p in pairs if p.level == "local"]
    for pair in local:
        if {pair.place_a, pair.place_b} <= set(where):
            return pair
    touching = {p.key: p for p in local if {p.place_a, p.place_b} & set(where)}
    countries = {resolved.places[place_id].country for place_id in where}
    return next(iter(touching.values())) if len(touching) == len(countries) == 1 else None
