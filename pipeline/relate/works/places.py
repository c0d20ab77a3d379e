"""Where a project stands and whose it is: places in its name and beside words of partnership."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.records import Mention, Resolved, Sentence
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import NAMED, REFERRED, Part
from pipeline.relate.works.vocabulary import group

_LOCAL = ("CITY", "REGION")
#: Words by which a page says that a project is one of its own town with a partner.
_OURS = re.compile(
    r"\bpartner (?:city|region|town)\b|\bwith\b|\btogether\b|\bour\b|\bthe (?:city|town|council|two)\b",
    re.I,
)
_VISIT = re.compile(
    r"\b(?:delegation|visitors?|guests?|envoys?|traders|minister)s? (?:from|of)\s*$", re.I
)


def located(resolved: Resolved, work: Work, parts: Sequence[Part]) -> dict[str, Sentence]:
    """Place identifiers of a project, each with the sentence that names it, in text order.

    Cities and regions only; `countries_of` gives the states.
    """
    found: dict[str, Sentence] = {}
    if not parts:
        return found
    first = next((p.sentence for p in parts if p.named), parts[0].sentence)
    for mention in _in_name(resolved, work.name):
        found.setdefault(mention.place_id, first)
    for part in parts:
        for mention in _beside(resolved, part):
            found.setdefault(mention.place_id, part.sentence)
    home = _home(resolved)
    text = "\n".join(resolved.document.text[p.start : p.end] for p in parts[:6])
    if home and home.place_id not in found and len(found) < 2 and _OURS.search(text):
        found[home.place_id] = first
    return found


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
    return found


def _in_name(resolved: Resolved, name: str) -> list[Mention]:
    """Places of the document whose names stand in the project's name."""
    found: dict[str, tuple[int, Mention]] = {}
    for mention in resolved.mentions:
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


def _home(resolved: Resolved) -> Mention | None:
    """The city or region that the page is about: named early and at least as often as any."""
    named = [m for m in resolved.mentions if m.label in _LOCAL and m.place_id]
    if not named:
        return None
    counts = Counter(m.place_id for m in named)
    top = max(counts.values())
    early = [m for m in named[:2] if counts[m.place_id] == top]
    return early[0] if early else None
