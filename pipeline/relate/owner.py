"""Owners: the places that a document speaks for, whom "we" and "our sister cities" mean.

A learned score (`weights/owners`) of each place that may be one: the share of the document's
partnerships that are its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Features, Model, load, predict
from pipeline.records import FACTLESS, Block, Document, Mention, Resolved
from pipeline.relate.clauses import masked
from pipeline.relate.lines import LOCAL, Line
from pipeline.relate.parties import begins_with, ends_with, means_capital

#: So many places of a document may be its owners: those that are named most, or first.
_MOST = 12
#: Blocks at the top in which a document says whose it is.
_TOP_BLOCKS = 4
#: The head of a document, of which the first line counts as what it opens with.
_HEAD_BLOCKS, _OPENING = 6, 160
#: How many times as often as any other the place is named that a document is about.
_FAR = 2
_MANY, _REACH = 12, 40
_WORDS, _CONTEXTS, _STEM = 3, 10, 6
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_IN = re.compile(r"\s*(?:[,(（，]|in\b|\w+, )\s*(?:the )?")
_DATELINE = re.compile(r"(?:, [\w. ]{2,25})?\s?[–—-]{1,2}\s")
#: Topics that begin right behind a mention, or end right before it.
_BEHIND = ("place_after", "authority_after", "announced", "act", "own_list")
_BEFORE = ("place_before", "authority", "own_place", "first_person", "with", "and", "to", "of")


@dataclass(frozen=True, slots=True)
class Hub:
    """A place that may own the document, with its mentions in text order."""

    mentions: tuple[Mention, ...]

    @property
    def place_id(self) -> str:
        return self.mentions[0].place_id


@dataclass(frozen=True, slots=True)
class Owner:
    """A hub, how likely it is that the document speaks for it, and whether the document shows it:
    at its top, in its title, by its offices, as "our town", or far more often than any other."""

    hub: Hub
    share: float
    evident: bool

    @property
    def mention(self) -> Mention:
        return self.hub.mentions[0]


def owners(
    resolved: Resolved, lines: Sequence[Line], learned: Model | None = None
) -> tuple[Owner, ...]:
    """The places that a document may speak for, the likeliest first. learned: instead of the
    shipped model."""
    found = hubs(resolved)
    numbers = [features(resolved, lines, hub, found) for hub in found]
    near = [words(resolved, hub) for hub in found]
    given = predict(learned or load(__package__, "owners"), numbers, near)
    every = [
        Owner(hub, share["yes"], _is_evident(own))
        for hub, share, own in zip(found, given, numbers, strict=True)
    ]
    return tuple(sorted(every, key=lambda o: (-o.share, o.mention.start)))


def hubs(resolved: Resolved) -> list[Hub]:
    """The places that may own a document, those that it names most first."""
    found: dict[str, list[Mention]] = {}
    for mention in (*resolved.mentions, *resolved.seats, *resolved.councils):
        local = mention.label in LOCAL and mention.place_id
        if local and not means_capital(resolved, mention):
            found.setdefault(mention.place_id, []).append(mention)
    top = _top(resolved.document)
    order = sorted(found, key=lambda p: (-_weight(found[p], top), found[p][0].start))
    return [Hub(tuple(sorted(found[p], key=lambda m: m.start))) for p in order[:_MOST]]


def _weight(mentions: Sequence[Mention], top: int) -> int:
    return len(mentions) + _TOP_BLOCKS * any(m.start < top for m in mentions)


def _top(document: Document) -> int:
    blocks = document.blocks
    return blocks[min(_TOP_BLOCKS, len(blocks)) - 1].end if blocks else 0


def features(resolved: Resolved, lines: Sequence[Line], hub: Hub, every: Sequence[Hub]) -> Features:
    """Numbers of a place as the owner of a document."""
    return (
        _named(resolved, hub)
        | _beside(resolved, hub)
        | _among(resolved, hub, every)
        | _tied(lines, hub)
    )


def _is_evident(numbers: Features) -> bool:
    shown = ("in_top", "in_title", "seat", "before_own_place", "before_first_person", "far_more")
    return any(numbers[name] for name in shown)


def _named(resolved: Resolved, hub: Hub) -> Features:
    """Where, and how often."""
    document, text = resolved.document, resolved.document.text
    where = [_block(document, m) for m in hub.mentions]
    kinds = Counter(document.blocks[i].kind for i in where)
    begun = (document.blocks[i].start for i in where)
    name = resolved.tagged.text_of(hub.mentions[0]).casefold()
    folded = text.casefold()
    opening = _opening(document).casefold()
    return {
        "count": float(min(len(hub.mentions), _MANY)),
        "blocks": float(min(len(set(where)), _MANY)),
        "first_block": float(min(where[0], _MANY)),
        "first": hub.mentions[0].start / (len(text) + 1),
        "last": hub.mentions[-1].start / (len(text) + 1),
        "begins": float(sum(m.start - at < 3 for m, at in zip(hub.mentions, begun, strict=True))),
        "in_headings": float(kinds["heading"]),
        "in_items": float(kinds["item"]),
        "in_rows": float(kinds["row"]),
        "in_top": float(name in folded[: _top(document)]),
        "in_title": float(name in document.title.casefold()),
        "in_opening": float(name in opening),
        "opens": float(opening.startswith(name)),
        "as_word": float(min(folded.count(name), _MANY)),
        "in_address": float(bool(_address(name).search(folded))),
        "region": float(hub.mentions[0].label == "REGION"),
    }


def _address(name: str) -> re.Pattern[str]:
    letters = re.sub(r"\W", "", name)
    return re.compile(rf"(?:@|www\.|://)[\w.-]*{letters}")


def _opening(document: Document) -> str:
    """What a document opens with: its metadata, else its first line, be it a letterhead or prose.

    Not `Document.title`: a headline names guests and partners, a letterhead its owner.
    """
    if document.raw.title:
        return document.raw.title
    head = (b for b in document.blocks[:_HEAD_BLOCKS] if b.kind in ("heading", "paragraph"))
    first = next(head, None)
    if first is None:
        return ""
    return document.text[first.start : min(first.end, first.start + _OPENING)].strip("# ")


def _block(document: Document, mention: Mention) -> int:
    blocks: Sequence[Block] = document.blocks
    return next((i for i, b in enumerate(blocks) if b.start <= mention.start < b.end), 0)


def _beside(resolved: Resolved, hub: Hub) -> Features:
    """What stands beside its mentions."""
    text, language = resolved.document.text, resolved.document.language
    before = [text[max(0, m.start - _REACH) : m.start] for m in hub.mentions]
    behind = [text[m.end : m.end + _REACH] for m in hub.mentions]
    name = resolved.tagged.text_of(hub.mentions[0]).casefold()
    bodies = [resolved.tagged.text_of(m).casefold() for m in resolved.mentions if m.label == "ORG"]
    found: Features = {
        "bodies": float(min(sum(name in body for body in bodies), _MANY)),
        "qualified": float(sum(is_qualified(resolved, m) for m in hub.mentions)),
        "dateline": float(any(_DATELINE.match(b) for b in behind)),
        "seat": float(any(s.place_id == hub.place_id for s in resolved.seats)),
        "council": float(any(c.place_id == hub.place_id for c in resolved.councils)),
        "owns": float(sum(b.startswith(("'s", "’s")) for b in behind)),
    }
    for topic in _BEFORE:
        found[f"before_{topic}"] = float(sum(ends_with(topic, b, language) for b in before))
    for topic in _BEHIND:
        found[f"behind_{topic}"] = float(sum(begins_with(topic, b, language) for b in behind))
    found["guest"] = found["before_with"] / len(before)
    return found


def is_qualified(resolved: Resolved, mention: Mention) -> bool:
    """Whether a mention says what country it is in, as of one that is not the text's."""
    behind = resolved.within(mention.end, mention.end + _REACH)
    country = next((m for m in behind if m.label == "COUNTRY"), None)
    between = resolved.document.text[mention.end : country.start] if country else ""
    return country is not None and _IN.fullmatch(between) is not None


def _among(resolved: Resolved, hub: Hub, every: Sequence[Hub]) -> Features:
    """How it lies to the other places of the document."""
    place = resolved.places[hub.place_id]
    others = [o for o in every if o.place_id != hub.place_id]
    where = [resolved.places[o.place_id] for o in others]
    counts = [len(o.mentions) for o in others]
    next_most = max([*counts, 0])
    return {
        "others": float(len(others)),
        "rank": float(sum(c > len(hub.mentions) for c in counts)),
        "far_more": float(len(hub.mentions) >= _FAR * next_most),
        "at_home": float(sum(o.country == place.country for o in where)),
        "countries": float(len({o.country for o in where})),
        "times_next": min(len(hub.mentions) / max(next_most, 1), 5.0),
        "contains": float(
            sum(o.admin1 == place.name and o.country == place.country for o in where)
        ),
        "held": float(any(place.admin1 == o.name and o.country == place.country for o in where)),
        "size": math.log10(1 + sum(len(o.mentions) for o in every)),
    }


def _tied(lines: Sequence[Line], hub: Hub) -> Features:
    """In how many lines with words for ties it stands, alone, first or among others; how many
    lines of that kind name others only."""
    found = Counter[str]()
    for line in lines:
        if not line.ties or not line.places:
            continue
        named = [m.place_id for m in line.places]
        if hub.place_id not in named:
            found["ties_without"] += 1
            continue
        found["ties_with"] += 1
        found["ties_first"] += named[0] == hub.place_id
        found["ties_alone"] += len(named) == 1
        found["ties_opens"] += line.opens
        found["ties_entry"] += line.entry and len(named) > 1
    names = ("without", "with", "first", "alone", "opens", "entry")
    return {f"ties_{name}": float(min(found[f"ties_{name}"], _MANY)) for name in names} | {
        "strong_opens": float(any(line.opens and line.is_strong for line in lines)),
    }


def words(resolved: Resolved, hub: Hub) -> list[str]:
    """The words beside its mentions, names blanked."""
    found: list[str] = []
    for mention in hub.mentions[:_CONTEXTS]:
        if resolved.document.blocks[_block(resolved.document, mention)].kind in FACTLESS:
            continue
        before = _tokens(masked(resolved, max(0, mention.start - _REACH), mention.start))
        behind = _tokens(masked(resolved, mention.end, mention.end + _REACH))
        found += [f"b{n}:{w}" for n, w in enumerate(reversed(before[-_WORDS:]))]
        found += [f"a{n}:{w}" for n, w in enumerate(behind[:_WORDS])]
        found += [f"b:{w}" for w in before[-_WORDS:]] + [f"a:{w}" for w in behind[:_WORDS]]
    return found


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        found += word if _HAN.match(word) else [word[:_STEM]]
    return found
