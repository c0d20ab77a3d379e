"""Where a project stands and whose it is: places in its name and beside words of partnership."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.records import Mention, Resolved, Sentence
from pipeline.relate.works.subjects import NAMED, REFERRED, Part
from pipeline.relate.works.vocabulary import group

_TITLE_CHARACTERS = 120
_TWICE = 2
_LOCAL = ("CITY", "REGION")
_VISIT = re.compile(
    r"\b(?:delegation|visitors?|guests?|envoys?|traders|minister)s? (?:from|of)\s*$", re.I
)


def countries_of(
    resolved: Resolved, places: Sequence[str], parts: Sequence[Part]
) -> dict[str, Sentence]:
    """ISO codes of a project's states: of its places, then those that its sentences name."""
    found: dict[str, Sentence] = {}
    first = next((p.sentence for p in parts if p.named), parts[0].sentence)
    for place_id in places:
        if code := resolved.places[place_id].country:
            found.setdefault(code, first)
    for part in parts:
        if part.confidence < REFERRED and len(found) >= 2:
            continue
        for mention in resolved.within(part.start, part.end):
            known = resolved.places.get(mention.place_id) if mention.label == "COUNTRY" else None
            if known and known.country:
                found.setdefault(known.country, part.sentence)
    if len(found) == 1 and (other := _partner_state(resolved, next(iter(found)))):
        found[other] = first
    return found


def _partner_state(resolved: Resolved, own: str) -> str:
    """The state that a document names most beside the project's own; empty for none named twice."""
    counts = Counter(
        resolved.places[m.place_id].country
        for m in resolved.mentions
        if m.label == "COUNTRY" and m.place_id in resolved.places
    )
    counts.pop(own, None)
    code, times = max(counts.items(), key=lambda c: c[1], default=("", 0))
    return code if times >= _TWICE else ""


def spoken_of(resolved: Resolved, parts: Sequence[Part]) -> set[str]:
    """Places that stand beside a word of location or partnership where the project is spoken of."""
    return {mention.place_id for part in parts for mention in _beside(resolved, part)}


def in_name(resolved: Resolved, name: str) -> list[Mention]:
    """Places of the document whose names stand in the project's name."""
    found: dict[str, tuple[int, Mention]] = {}
    for mention in (*resolved.mentions, *resolved.inside):
        if mention.label in _LOCAL and mention.place_id:
            text = resolved.tagged.text_of(mention)
            at = name.find(text)
            if at >= 0 and not name[at + len(text) :][:1].islower():
                found.setdefault(mention.place_id, (at, mention))
    return [mention for _, mention in sorted(found.values(), key=lambda f: f[0])]


def _beside(resolved: Resolved, part: Part) -> list[Mention]:
    """Places of a part behind a word of location or partnership; all of a label line."""
    if part.confidence < REFERRED - 0.11:
        return []
    found = []
    pattern = group("where")["where"]
    for mention in resolved.within(part.start, part.end):
        if mention.label not in _LOCAL or not mention.place_id:
            continue
        before = resolved.document.text[max(part.start, mention.start - 45) : mention.start]
        if _VISIT.search(before):
            continue
        if part.confidence >= NAMED or pattern.search(before):
            found.append(mention)
    return found


def home(resolved: Resolved) -> Mention | None:
    """The town or region that the page is about: of its title, else the most named of the first."""
    named = [m for m in resolved.mentions if m.label in _LOCAL and m.place_id]
    titles = [b for b in resolved.document.blocks[:2] if b.end - b.start < _TITLE_CHARACTERS]
    title = "\n".join(resolved.document.text[b.start : b.end] for b in titles)
    for mention in named[:3]:
        if resolved.tagged.text_of(mention) in title:
            return mention
    counts = Counter(m.place_id for m in named)
    return max(named[:3], key=lambda m: (counts[m.place_id], -m.start), default=None)
