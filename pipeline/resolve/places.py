"""Which of its namesakes a place name means."""

from __future__ import annotations

import math
from collections import Counter

from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.records import Mention, Place, Tagged

_KINDS = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
#: A country or region that follows within this many characters is the place's own.
_NEAR_CHARACTERS = 60


def choose(tagged: Tagged, gazetteer: Gazetteer) -> dict[int, Place]:
    """The place of each CITY, REGION and COUNTRY mention, by its index; one sense a document."""
    text = tagged.document.text
    named = {
        i: gazetteer.candidates(_name(text, m))
        for i, m in enumerate(tagged.mentions)
        if m.label in _KINDS
    }
    countries: Counter[str] = Counter(
        found[0].place.country
        for i, found in named.items()
        if found and tagged.mentions[i].label == "COUNTRY"
    )
    scores: dict[tuple[str, str], Counter[Place]] = {}
    for index, found in named.items():
        mention = tagged.mentions[index]
        near = _nearby(tagged, index, named)
        sense = scores.setdefault((mention.label, _name(text, mention)), Counter())
        for candidate in found:
            if candidate.place.kind == _KINDS[mention.label] or _is_municipality(text, mention):
                sense[candidate.place] += _score(candidate, near, countries)  # type: ignore[assignment]
    chosen = {}
    for index in named:
        mention = tagged.mentions[index]
        sense = scores[mention.label, _name(text, mention)]
        if sense:
            chosen[index] = max(sense, key=lambda p: (sense[p], p.place_id))
        else:
            chosen[index] = _unknown(_name(text, mention), _KINDS[mention.label])
    return chosen


def _name(text: str, mention: Mention) -> str:
    name = " ".join(text[mention.start : mention.end].split())
    return name.removesuffix(" Municipality")


def _is_municipality(text: str, mention: Mention) -> bool:
    """A city that ranks as a region is one place with the city."""
    return text[mention.start : mention.end].endswith("Municipality")


def _nearby(tagged: Tagged, index: int, named: dict[int, tuple[Candidate, ...]]) -> Counter[str]:
    """Countries of the regions and countries named right after a mention."""
    mention, near = tagged.mentions[index], Counter[str]()
    for other in range(index + 1, min(index + 4, len(tagged.mentions))):
        follower = tagged.mentions[other]
        if follower.start - mention.end > _NEAR_CHARACTERS or other not in named:
            break
        if follower.label in ("COUNTRY", "REGION"):
            near.update({c.place.country for c in named[other] if c.main or c.population > 1e6})
            break
    return near


def _score(candidate: Candidate, near: Counter[str], countries: Counter[str]) -> float:
    size = math.log10(candidate.population + 10)
    beside = 4.0 if near[candidate.place.country] else 0.0
    return size + beside + 1.5 * bool(countries[candidate.place.country]) + candidate.main


def _unknown(name: str, kind: str) -> Place:
    return Place(f"name:{name.casefold().replace(' ', '-')}", name, kind, "")  # type: ignore[arg-type]
