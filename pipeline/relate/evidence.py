"""Evidence that two places are partners, and the claims made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.gazetteer.names import is_cyrillic
from pipeline.records import Assertion, Mention, PairClaim, Resolved, Sentence, Statement
from pipeline.relate.cues import Status, settled, usual
from pipeline.relate.statements import digest, state

_ASSERTIONS: dict[Status, Assertion] = {
    "planned": "planned",
    "suspended": "suspended",
    "ended": "ended",
    "active": "affirmed",
}


#: Where one side is a country, only the best evidence counts: mostly it is half of an address.
_BEST = 0.9
_EVERYDAY = ("", "cooperation_agreement", "other")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one sentence says of a pair; kind is empty where it only adds to what was said.

    status: None where the sentence shows nothing of it. confidence: the probability that the two
    are partners.
    """

    a: Mention
    b: Mention
    kind: str
    status: Status | None
    start: str
    end: str
    sentence: Sentence
    confidence: float
    level: Literal["local", "national"] = "local"

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.a.place_id, self.b.place_id))


def claims(resolved: Resolved, evidence: Iterable[Evidence]) -> list[PairClaim]:
    """One claim a pair, with a statement for each value that a sentence gives it."""
    evidence = list(evidence)
    if any(e.kind in ("bare", "idiom") for e in evidence):
        kind = usual(resolved.document.text)
        evidence = [replace(e, kind=settled(e.kind, kind)) for e in evidence]
    grouped: dict[tuple[frozenset[str], str], list[Evidence]] = {}
    for item in evidence:
        same = (
            resolved.tagged.text_of(item.a).casefold() == resolved.tagged.text_of(item.b).casefold()
        )
        if item.a.place_id != item.b.place_id and not same:
            grouped.setdefault((item.pair, item.level), []).append(item)
    return [
        _claim(resolved, _precise(items))
        for items in grouped.values()
        if any(i.kind for i in items) and not _is_unlikely(resolved, items)
    ]


def _is_unlikely(resolved: Resolved, items: list[Evidence]) -> bool:
    """Whether two places are seldom partners, and this evidence is not of the best.

    Towns of one country share roads and water, and sign for them every week; a city and a country
    are mostly two halves of one address.
    """
    item = items[0]
    a, b = (resolved.places[m.place_id] for m in (item.a, item.b))
    mixed = (item.a.label == "COUNTRY") != (item.b.label == "COUNTRY")
    if mixed:
        return max(i.confidence for i in items) < _BEST
    return a.country == b.country != "" and all(i.kind in _EVERYDAY for i in items)


def _precise(items: list[Evidence]) -> list[Evidence]:
    """ "A partnership" says nothing of the kind where another sentence names it."""
    named = next((i.kind for i in items if i.kind not in ("", "other")), "")
    return [replace(i, kind=named) if i.kind == "other" and named else i for i in items]


def _claim(resolved: Resolved, items: list[Evidence]) -> PairClaim:
    one = items[0]
    key = "p-" + digest(*sorted(one.pair), one.level)
    statements: list[Statement] = []
    for item in items:
        dated = bool(item.start or item.end) and not item.kind
        values = [("kind", item.kind), ("status", "" if dated else item.status or "")]
        values += [("start", item.start), ("end", item.end)]
        for field, value in values:
            if value:
                assertion = _ASSERTIONS[item.status or "active"]
                claim = (key, field, value)
                statements.append(state(resolved, item.sentence, claim, assertion, item.confidence))
    unique = {s.statement_id: s for s in statements}
    a, b = one.a, one.b
    texts = _written(resolved, a), _written(resolved, b)
    return PairClaim(key, a.place_id, b.place_id, *texts, one.level, tuple(unique.values()))


def _written(resolved: Resolved, place: Mention) -> str:
    """A place's name as the document mostly writes it; of inflected names the one that is shown."""
    text = resolved.tagged.text_of
    if is_cyrillic(text(place)):
        return text(place)
    same = (m for m in resolved.mentions if m.place_id == place.place_id and m.label == place.label)
    forms = Counter(map(text, same))
    return max(forms, key=lambda form: forms[form], default=text(place))
