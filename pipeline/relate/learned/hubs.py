"""Hubs: the places that a document speaks for, most of whose bonds are bonds of theirs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import FACTLESS, Mention, Resolved
from pipeline.relate.clauses import masked
from pipeline.relate.cues import kinds
from pipeline.relate.evidence import Evidence
from pipeline.relate.model import Features
from pipeline.relate.owner import GUEST, OURS, ROLE_AFTER, ROLE_BEFORE, opening

LOCAL = ("CITY", "REGION")
#: So many places of a document may be its hubs: those that are named most, or first.
_MOST = 12
_MANY, _WORDS, _CONTEXTS = 12, 3, 10
_REACH = 40
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STEM = 6
_IN = re.compile(r"\s*(?:[,(（，]|in\b|\w+, )\s*(?:the )?")
_DATELINE = re.compile(r"(?:, [\w. ]{2,25})?\s?[–—-]{1,2}\s")
_HOLDS = re.compile(
    r"(?:,[^,]{0,30},)?\s(?:\w+ly\s|now\s|also\s)?(?:has|have|had|maintains?|keeps?|entertains?|"
    r"counts?|boasts?|is\s(?:twinned|paired)|имеет|поддерживает|связ\w+)\b|(?:市|省|县)?(?:现|已|共)?(?:有|与)",
    re.I,
)
_OWNS = re.compile(r"^['’]s?\b")


@dataclass(frozen=True, slots=True)
class Hub:
    """A place with its mentions in text order."""

    mentions: tuple[Mention, ...]

    @property
    def place_id(self) -> str:
        return self.mentions[0].place_id


def hubs(resolved: Resolved, standing: Mapping[str, float]) -> list[Hub]:
    """The places that may be hubs, those that stand out most first."""
    found: dict[str, list[Mention]] = {}
    for mention in (*resolved.mentions, *resolved.seats):
        if mention.place_id in standing and mention.label in LOCAL:
            found.setdefault(mention.place_id, []).append(mention)
    order = sorted(found, key=lambda p: (-standing[p], found[p][0].start))
    return [Hub(tuple(sorted(found[p], key=lambda m: m.start))) for p in order[:_MOST]]


def features(
    resolved: Resolved,
    hub: Hub,
    every: Sequence[Hub],
    standing: Mapping[str, float],
    evidence: Sequence[Evidence],
) -> Features:
    """Numbers of a place as a hub. evidence: what the rules found in the document."""
    found = _named(resolved, hub)
    found |= _beside(resolved, hub)
    found |= _among(resolved, hub, every)
    found["standing"] = standing[hub.place_id]
    higher = sum(standing[o.place_id] > standing[hub.place_id] for o in every)
    found["rank"] = float(higher)
    pairs = {e.pair for e in evidence if e.kind and e.level == "local"}
    mine = sum(hub.place_id in pair for pair in pairs)
    found["degree"] = float(min(mine, _MANY))
    found["degree_share"] = mine / len(pairs) if pairs else -1.0
    return found


def _named(resolved: Resolved, hub: Hub) -> Features:
    """Where, and how often."""
    document, text = resolved.document, resolved.document.text
    where = [_block(resolved, m) for m in hub.mentions]
    kinds_of = Counter(document.blocks[i].kind for i in where)
    begun = (document.blocks[i].start for i in where)
    name = resolved.tagged.text_of(hub.mentions[0]).casefold()
    folded = text.casefold()
    return {
        "count": float(min(len(hub.mentions), _MANY)),
        "blocks": float(min(len(set(where)), _MANY)),
        "first_block": float(min(where[0], _MANY)),
        "first": hub.mentions[0].start / (len(text) + 1),
        "last": hub.mentions[-1].start / (len(text) + 1),
        "begins": float(sum(m.start - at < 3 for m, at in zip(hub.mentions, begun, strict=True))),
        "in_headings": float(kinds_of["heading"]),
        "in_items": float(kinds_of["item"]),
        "in_rows": float(kinds_of["row"]),
        "in_title": float(name in opening(document).casefold()),
        "as_word": float(min(folded.count(name), _MANY)),
        "in_address": float(bool(_address(name).search(folded))),
        "region": float(hub.mentions[0].label == "REGION"),
    }


def _address(name: str) -> re.Pattern[str]:
    letters = re.sub(r"\W", "", name)
    return re.compile(rf"(?:@|www\.|://)[\w.-]*{letters}")


def _block(resolved: Resolved, mention: Mention) -> int:
    blocks = resolved.document.blocks
    return next((i for i, b in enumerate(blocks) if b.start <= mention.start < b.end), 0)


def _beside(resolved: Resolved, hub: Hub) -> Features:
    """What stands beside its mentions."""
    text = resolved.document.text
    before = [text[max(0, m.start - _REACH) : m.start] for m in hub.mentions]
    behind = [text[m.end : m.end + _REACH] for m in hub.mentions]
    cued = [_cued(resolved, m) for m in hub.mentions]
    name = resolved.tagged.text_of(hub.mentions[0]).casefold()
    bodies = [resolved.tagged.text_of(m).casefold() for m in resolved.mentions if m.label == "ORG"]
    return {
        "role_before": float(sum(bool(ROLE_BEFORE.search(b)) for b in before)),
        "role_after": float(sum(bool(ROLE_AFTER.search(b)) for b in behind)),
        "guest": sum(bool(GUEST.search(b)) for b in before) / len(before),
        "ours": float(sum(bool(OURS.search(b)) for b in before)),
        "holds": float(sum(bool(_HOLDS.match(b)) for b in behind)),
        "owns": float(sum(bool(_OWNS.match(b)) for b in behind)),
        "cued": float(min(sum(cued), _MANY)),
        "cued_share": sum(cued) / len(cued),
        "bodies": float(min(sum(name in body for body in bodies), _MANY)),
        "qualified": float(sum(is_qualified(resolved, m) for m in hub.mentions)),
        "dateline": float(any(_DATELINE.match(b) for b in behind)),
        "seat": float(any(s.place_id == hub.place_id for s in resolved.seats)),
    }


def is_qualified(resolved: Resolved, mention: Mention) -> bool:
    """Whether a mention says what country it is in, as of one that is not the text's."""
    behind = resolved.within(mention.end, mention.end + _REACH)
    country = next((m for m in behind if m.label == "COUNTRY"), None)
    between = resolved.document.text[mention.end : country.start] if country else ""
    return country is not None and _IN.fullmatch(between) is not None


def _cued(resolved: Resolved, mention: Mention) -> bool:
    """Whether its sentence has a word for a bond."""
    block = resolved.document.blocks[_block(resolved, mention)]
    if block.kind in FACTLESS:
        return False
    start = max(block.start, mention.start - 3 * _REACH)
    end = min(block.end, mention.end + 3 * _REACH)
    return any(c.strong for c in kinds(masked(resolved, start, end)))


def _among(resolved: Resolved, hub: Hub, every: Sequence[Hub]) -> Features:
    """How it lies to the other places of the document."""
    place = resolved.places[hub.place_id]
    others = [resolved.places[o.place_id] for o in every if o.place_id != hub.place_id]
    counts = [len(o.mentions) for o in every if o.place_id != hub.place_id]
    countries = {o.country for o in others}
    return {
        "others": float(len(others)),
        "at_home": float(sum(o.country == place.country for o in others)),
        "countries": float(len(countries)),
        "more_named": float(sum(c > len(hub.mentions) for c in counts)),
        "times_next": min(len(hub.mentions) / max([*counts, 1]), 5.0),
        "contains": float(
            sum(o.admin1 == place.name and o.country == place.country for o in others)
        ),
        "held": float(any(place.admin1 == o.name and o.country == place.country for o in others)),
        "size": math.log10(1 + sum(len(o.mentions) for o in every)),
    }


def words(resolved: Resolved, hub: Hub) -> list[str]:
    """The words beside its mentions, names blanked."""
    found: list[str] = []
    for mention in hub.mentions[:_CONTEXTS]:
        before = _tokens(masked(resolved, max(0, mention.start - _REACH), mention.start))
        behind = _tokens(masked(resolved, mention.end, mention.end + _REACH))
        found += [f"b{n}:{w}" for n, w in enumerate(reversed(before[-_WORDS:]))]
        found += [f"a{n}:{w}" for n, w in enumerate(behind[:_WORDS])]
        found += [f"b:{w}" for w in before[-_WORDS:]] + [f"a:{w}" for w in behind[:_WORDS]]
    return found


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        if _HAN.match(word):
            found += word
        else:
            found.append(word[:_STEM])
    return found
