"""One name, one reading: what a document calls a city once is a city all through it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.gazetteer.lookup import Gazetteer
from pipeline.gazetteer.names import is_cjk
from pipeline.records import Label, Mention
from pipeline.spans import take, taken, touches
from pipeline.tag.company import Company
from pipeline.tag.evident import is_no_place, titled
from pipeline.tag.placewords import words

_SWAPPABLE: tuple[Label, ...] = ("CITY", "REGION")
_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
_CAPITALISED = re.compile(r"^[\s’'-]{0,2}(?:&\s)?[A-ZÀ-ÞА-Я]")
_AFTER_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-Я][\w’'-]*[\s-]$")
#: After a name they make it another place's: 吉布提 is a country, 吉布提市 its capital.
_HAN_TYPES = tuple("市省州县区府郡")
_FOUND_AGAIN = 0.85


def consistent(
    text: str,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    blocks: Iterable[tuple[int, int]],
    company: Company,
    own: Collection[str] = (),
) -> list[Mention]:
    """The mentions of a document with the commonest label for each name, and names found again.

    blocks: offsets of those in which names may be found again. company: whose names they are.
    own: names of the town whose document it is, also where only its offices have it.
    """
    settled = list(_relabelled(text, sorted(mentions, key=lambda m: m.start), gazetteer))
    settled += _again(text, settled, gazetteer, list(blocks), company, own)
    return sorted(settled, key=lambda m: m.start)


def _relabelled(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    votes: dict[str, Counter[Label]] = {}
    for mention in mentions:
        if mention.label in _SWAPPABLE:
            votes.setdefault(_name(text, mention), Counter())[mention.label] += 1
    previous: Mention | None = None
    for mention in mentions:
        if mention.label in _SWAPPABLE:
            kinds = _kinds(_name(text, mention), gazetteer)
            if "REGION" in kinds and _qualifies(text, previous, mention, gazetteer):
                mention = replace(mention, label="REGION")
            else:
                common = votes[_name(text, mention)]
                label = max(common, key=lambda k: (common[k], k == mention.label, k))
                if not kinds or label in kinds:
                    mention = replace(mention, label=label)
        yield mention
        previous = mention


def _qualifies(text: str, previous: Mention | None, mention: Mention, gazetteer: Gazetteer) -> bool:
    """ "Vancouver, Washington", "Geelong in Victoria": such a region says where the city lies.

    "Nairobi, Lima and Oslo" is a list: no Nairobi lies in the region of Lima.
    """
    if previous is None or previous.label != "CITY":
        return False
    between = text[previous.end : mention.start]
    if not re.fullmatch(r",\s|\s\(|\sin\s", between):
        return False
    towns = gazetteer.candidates(_name(text, previous))
    areas = [c.place for c in gazetteer.candidates(_name(text, mention)) if c.level in (1, 2)]
    inside = {(c.place.country, c.place.admin1) for c in towns}
    return not towns or any((a.country, a.admin1) in inside for a in areas)


def _again(
    text: str,
    mentions: list[Mention],
    gazetteer: Gazetteer,
    blocks: list[tuple[int, int]],
    company: Company,
    own: Collection[str],
) -> Iterator[Mention]:
    marked = taken(len(text), ((m.start, m.end) for m in mentions))
    readable = taken(len(text), blocks)
    known: dict[str, Label] = {n: "CITY" for n in own if not _also_no_place(n, company)}
    known |= {
        _name(text, m): m.label
        for m in mentions
        if m.label in _SWAPPABLE
        and m.label in _kinds(_name(text, m), gazetteer)
        and len(_name(text, m)) > 1
        and not _also_no_place(_name(text, m), company)
    }
    for name in sorted(known, key=lambda n: (-len(n), n)):
        pattern = re.escape(name) if is_cjk(name) else rf"\b{re.escape(name)}\b"
        for match in re.finditer(pattern, text):
            start, end = match.span()
            if not touches(readable, start, end) or touches(marked, start, end):
                continue
            if _part_of_a_name(text, start, end):
                continue
            take(marked, start, end)
            yield Mention(start, end, known[name], _FOUND_AGAIN)


def _also_no_place(name: str, company: Company) -> bool:
    """Names that are a person's or a word too: each mention has to speak for itself."""
    return (
        company.is_person(name)
        or name in company.speakers
        or name.casefold() in company.words
        or is_no_place(name)
    )


def _part_of_a_name(text: str, start: int, end: int) -> bool:
    if is_cjk(text[start]):
        return text[end : end + 1] in _HAN_TYPES
    before = _AFTER_CAPITALISED.search(text[max(0, start - 30) : start])
    led = before is not None and before[0].strip(" -") not in words("leads")
    goes_on = _CAPITALISED.match(text[end : end + 5]) and not titled(text, end)
    return led or bool(goes_on)


def _kinds(name: str, gazetteer: Gazetteer) -> set[Label]:
    return {_LABELS[c.place.kind] for c in gazetteer.candidates(name)}


def _name(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]
