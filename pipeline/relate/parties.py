"""Which places of a sentence may be a party: not where it lies, not who only hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.languages import find, says
from pipeline.records import Mention, Resolved

_PLACES = ("CITY", "REGION", "COUNTRY")
#: Characters beside a place that may say what it is there.
_BESIDE = 40
#: Characters and words between a place and the larger one around it, at most.
_APART, _WORDS = 70, 8
_OPENS = re.compile(r"^\s*[,(（，]")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: "Japan's second city X", "日本X", "X县的Y镇".
_OWNS = re.compile(r"(?:['’]s? (?:[\w-]+ ){0,5}|的|の|)")
_DATELINE = re.compile(r"[^;:]{0,60}?(?:\s[—–-]{1,2}\s|讯|电|\d: )")


@dataclass(frozen=True, slots=True)
class Party:
    """A place that a sentence names, with the larger places that say where it is.

    closed: its country is named, so that a country that follows is another.
    host: it stands where something only happens ("hosted by X", a dateline).
    """

    mention: Mention
    start: int
    end: int
    host: bool
    closed: bool = False

    @property
    def place_id(self) -> str:
        return self.mention.place_id

    @property
    def is_country(self) -> bool:
        return self.mention.label == "COUNTRY"


def parties(resolved: Resolved, start: int, end: int) -> list[Party]:
    """Places of a span in order, larger places folded into those that lie in them."""
    text = resolved.document.text
    places = [
        m
        for m in resolved.within(start, end)
        if m.label in _PLACES and m.place_id and not means_capital(resolved, m)
    ]
    found: list[Party] = []
    first: int | None = None
    for index, mention in enumerate(places):
        follower = places[index + 1] if index + 1 < len(places) else None
        if follower and _owns(text, mention, follower):
            first = mention.start if first is None else first
            continue
        begin, first = (mention.start if first is None else first), None
        if found and _around(resolved, found[-1], mention):
            closed = mention.label == "COUNTRY"
            found[-1] = replace(found[-1], end=mention.end, closed=closed)
        elif not is_in_name(resolved, mention, start):
            found.append(Party(mention, begin, mention.end, _hosts(resolved, mention, start)))
    spoken = [Party(c, c.start, c.end, False) for c in resolved.councils if start <= c.start < end]
    known = {party.place_id for party in found}
    return sorted((*found, *(p for p in spoken if p.place_id not in known)), key=lambda p: p.start)


def unique(named: Iterable[Party]) -> list[Party]:
    """Each place once, where it is first named."""
    first: dict[str, Party] = {}
    for party in named:
        first.setdefault(party.place_id, party)
    return list(first.values())


def means_capital(resolved: Resolved, mention: Mention) -> bool:
    """Whether a region or country is named for its capital: "the capital of Sarawak"."""
    if mention.label == "CITY":
        return False
    text, language = resolved.document.text, resolved.document.language
    before = text[max(0, mention.start - _BESIDE) : mention.start]
    behind = text[mention.end : mention.end + _BESIDE]
    led = ends_with("capital_before", before, language)
    return led or begins_with("capital_after", behind, language)


def ends_with(topic: str, text: str, language: str) -> bool:
    """Whether a topic is the last that a text says, but for a space or bracket."""
    return any(not text[end:].strip(' ("“«„') for _, end in find(topic, text, language))


def begins_with(topic: str, text: str, language: str) -> bool:
    """Whether a topic is the first that a text says."""
    return any(not text[:start].strip(' )"”»') for start, _ in find(topic, text, language))


def _around(resolved: Resolved, inner: Party, outer: Mention) -> bool:
    """Whether a place says where the one before it lies: "Pécs, in the south of Hungary"."""
    gap = resolved.document.text[inner.end : outer.start]
    if inner.closed or inner.is_country or len(gap) > _APART or outer.label == "CITY":
        return False
    one, other = (resolved.places[i] for i in (inner.place_id, outer.place_id))
    if one.country != other.country or one.place_id == other.place_id:
        return False
    if other.kind == "region" and one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return False
    language = resolved.document.language
    led = _OPENS.match(gap) or any(says(t, gap, language) for t in ("in", "of", "from"))
    others = any(says(t, gap, language) for t in ("and", "with", "between"))
    joined = bool(led) or (not gap.strip() and not _HAN.search(gap))
    return joined and not others and not _DIGIT.search(gap) and len(_WORD.findall(gap)) <= _WORDS


def _owns(text: str, outer: Mention, inner: Mention) -> bool:
    """A place in front of the one that lies in it."""
    between = text[outer.end : inner.start]
    if not _OWNS.fullmatch(between):
        return False
    if between.startswith(("'", "’")):
        return outer.label != "CITY"
    return bool(_HAN.match(text[outer.end - 1]))


def is_in_name(resolved: Resolved, mention: Mention, start: int) -> bool:
    """ "University of X", "X Museum": no place but an institution. start: of its sentence."""
    text, language = resolved.document.text, resolved.document.language
    before = text[max(start, mention.start - _BESIDE) : mention.start]
    behind = text[mention.end : mention.end + _BESIDE]
    return ends_with("institution_before", before, language) or begins_with(
        "institution_after", behind, language
    )


def _hosts(resolved: Resolved, mention: Mention, start: int) -> bool:
    text, language = resolved.document.text, resolved.document.language
    before = text[max(start, mention.start - _BESIDE) : mention.start]
    if len(before.strip()) < 4 and text[mention.start : mention.end].isupper():
        return bool(_DATELINE.match(text[mention.end : mention.end + 90]))
    return ends_with("host", before, language)
