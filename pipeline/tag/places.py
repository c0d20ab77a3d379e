"""Places: names of the gazetteer, weighed against what the statistical tagger says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.gazetteer.names import is_cjk
from pipeline.records import Label, Mention

_REGION_WORD = (
    r"(?:Oblast|Krai|Okrug|Raion|Province|Prefecture|County|Parish|District|Region|"
    r"Voivodeship|Governorate|Department|Canton|Municipality)"
)
_NAME = r"[^\W\d_a-z][\w’'\-]+"
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W\d_]+)*\.?")
_REGION = re.compile(rf"(?:{_NAME}\s+){{1,2}}{_REGION_WORD}\b")
_MAX_WORDS = 4
_BIG = 300_000
#: Inhabitants from which a place name in the position of one needs no other witness.
_TOWN = 2_000
_LEAD = re.compile(
    r"(?:\b(?:in|of|to|from|with|at|near|between|and|visited|for)|[,(:*–—-])\s*$|^\s*$", re.I
)
#: The first cell of a row or the head of a list item: "* Tours, France (1964)".
_ENTRY_START = re.compile(r"^\s*(?:[-*•–]|\d+[.)])?\s*$")
_ENTRY_END = re.compile(r",|\s\(|\s{2,}|:")
_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
_PLACE_TAGS = {"GPE", "LOC"}


def places(text: str, analysis: Doc | None, gazetteer: Gazetteer) -> Iterator[Mention]:
    """CITY, REGION and COUNTRY spans of a block. analysis: the English model's, if any."""
    if analysis is None and is_cjk(text):
        yield from _han(text, gazetteer)
        return
    tags = {(e.start_char, e.end_char): e.label_ for e in analysis.ents} if analysis else {}
    for match in _REGION.finditer(text):
        # the model takes "Minsk Oblast of Belarus" for an organisation
        tags = {s: t for s, t in tags.items() if not (t == "ORG" and s[0] <= match.start() < s[1])}
        yield Mention(_region_start(match, gazetteer), match.end(), "REGION", 0.85)
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        step = 1
        for size in range(min(_MAX_WORDS, len(words) - index), 0, -1):
            start, end = words[index].start(), words[index + size - 1].end()
            name = text[start:end].removesuffix("’s").removesuffix("'s")
            if not name[0].isupper() or "\n" in name:
                break
            mention = _weigh(text, (start, start + len(name)), gazetteer, tags, analysis)
            if mention:
                yield mention
                step = size
                break
        index += step


def _region_start(match: re.Match[str], gazetteer: Gazetteer) -> int:
    """Where the region's own name begins: "Chongqing Yubei District" names two places."""
    name = match[0]
    last_two = name.split()[-2:]
    known = gazetteer.candidates(name) or gazetteer.candidates(name.rsplit(" ", 1)[0])
    if known or len(name.split()) < 3:
        return match.start()
    return match.start() + name.rindex(last_two[0])


def _weigh(
    text: str,
    span: tuple[int, int],
    gazetteer: Gazetteer,
    tags: dict[tuple[int, int], str],
    analysis: Doc | None,
) -> Mention | None:
    start, end = span
    found = gazetteer.candidates(text[start:end])
    if not found:
        return None
    around = {
        tag for (a, b), tag in tags.items() if a < end and start < b and b - a > end - start + 5
    }
    exact = {tag for (a, b), tag in tags.items() if a <= start and end <= b}
    if around & {"ORG", "FAC", "WORK_OF_ART", "EVENT", "PERSON", "PRODUCT", "LAW"}:
        return None
    best = _first(found)
    label = _LABELS[best.place.kind]
    if label == "COUNTRY":
        return Mention(start, end, label, 0.95)
    if exact & _PLACE_TAGS:
        return Mention(start, end, label, 0.9)
    placed = bool(_LEAD.search(text[:start]))
    entry = bool(_ENTRY_START.search(text[:start]) and _ENTRY_END.match(text[end:]))
    proper = analysis is None or entry or _is_proper(analysis, start, end)
    if best.main and best.population >= _BIG and "PERSON" not in exact:
        return Mention(start, end, label, 0.75)
    if best.main and placed and proper and best.population >= _TOWN:
        return Mention(start, end, label, 0.65)
    if analysis is None and placed and best.population >= 1000 and end - start > 3:
        return Mention(start, end, label, 0.6)
    return None


def _is_proper(analysis: Doc, start: int, end: int) -> bool:
    """Whether the model takes every word of a span for a proper noun."""
    span = analysis.char_span(start, end, alignment_mode="expand")
    return span is not None and all(t.pos_ in ("PROPN", "PUNCT", "ADP") for t in span)


def _first(found: tuple[Candidate, ...]) -> Candidate:
    """A country before a city before a region of that name, unless the city is small."""
    for kind in ("country", "city", "region"):
        for candidate in found:
            if candidate.place.kind == kind and (kind != "city" or candidate.population >= 50_000):
                return candidate
    return found[0]


def _han(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Longest names of the gazetteer in text without word breaks."""
    index = 0
    while index < len(text):
        step = 1
        for size in range(min(8, len(text) - index), 1, -1):
            name = text[index : index + size]
            found = gazetteer.candidates(name) if is_cjk(name[0]) and is_cjk(name[-1]) else ()
            if found and (_first(found).population >= 100_000 or size >= 4):
                yield Mention(index, index + size, _LABELS[_first(found).place.kind], 0.6)
                step = size
                break
        index += step
