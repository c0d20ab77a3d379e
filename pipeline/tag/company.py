"""The company that the names of a document keep: who is a person, what can only be a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.english import Analysis
from pipeline.records import Document
from pipeline.tag.placewords import either

PLACE_TAGS = frozenset({"GPE", "LOC"})
_AT = re.compile(r"\b(?:in|near|from|around|outside|(?:city|town|village|mayor)\sof)\s$", re.I)
#: "Lima, Ohio", "Perth (Australia)", as far as the form tells.
AREA_BEHIND = re.compile(r",\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?[,.;)\s]|\s\([A-Z]")
#: A third name behind two: a list, of members present for instance.
_GOES_ON = re.compile(r"[^\S\n]?[A-Z]")
_MAX_NAME = 3
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])")
_WORD = r"[A-ZÀ-Þ][a-zà-ÿ]*[\w’-]*"


@dataclass(frozen=True, slots=True)
class Company:
    """What the whole of a document says about names.

    people: how often it names people in full, with a title or with their age, by their last word.
    speakers: words before "said" and the like. words: its words in small letters. places: how
    often a name, case folded, can only be a place.
    """

    people: Mapping[str, int]
    speakers: frozenset[str]
    words: frozenset[str]
    places: Mapping[str, int]

    def is_person(self, name: str) -> bool:
        """Whether a name is somebody's as often as it is for sure a place's."""
        people = self.people.get(name, 0)
        return people > 0 and people >= self.places.get(name.casefold(), 0)


def company(document: Document, analyses: Mapping[int, Analysis | None]) -> Company:
    """Reads the company of a document's names. analyses: the English model's, by index of block."""
    text = document.text
    places: Counter[str] = Counter()
    for index, analysis in analyses.items():
        block = document.blocks[index]
        inside = text[block.start : block.end]
        for entity in analysis.entities if analysis is not None else ():
            if entity.label in PLACE_TAGS and stands_as_place(inside, entity.start, entity.end):
                places[inside[entity.start : entity.end].casefold()] += 1
    named = Counter(m[1] for pattern in _named() for m in pattern.finditer(text))
    speakers = {m[1] or m[2] for m in _speaking().finditer(text)}
    return Company(
        surnames(analyses.values()) | named,
        frozenset(speakers),
        frozenset(_SMALL.findall(text)),
        places,
    )


def stands_as_place(text: str, start: int, end: int) -> bool:
    """Whether the words beside a span make it a place: "in Lima", "Lima, Ohio"."""
    area = AREA_BEHIND.match(text, end)
    listed = text[:start].endswith(", ") and area and _GOES_ON.match(text, area.end())
    return bool(_AT.search(text[max(0, start - 20) : start]) or (area and not listed))


def surnames(analyses: Iterable[Analysis | None]) -> Counter[str]:
    """Last words of the people whom the English model sees named in full, or with a title."""
    found: Counter[str] = Counter()
    for analysis in filter(None, analyses):
        for entity in analysis.entities:
            titled = _title().fullmatch(entity.before) is not None
            words = [word for word in entity.words if word[0].isalpha()]
            # a model that runs on takes half a headline for a name
            if entity.label == "PERSON" and (1 < len(words) <= _MAX_NAME or (words and titled)):
                found[words[-1]] += 1
                found[" ".join(words[-2:])] += words[-2:-1] == ["St."]
    return found


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('titles')})\.?")


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Forms of one who can only be a person: "Ann B. Lee", "Ms. Lee", "Lee, 42,", "her son Lee",
    "Ann Lee Jr.", "Lee was arrested", "Lee’s lawyer".
    """
    gap = r"[^\S\n]"
    return (
        re.compile(rf"\b[A-Z][a-z]+{gap}(?:[A-Z]\.{gap}?)+({_WORD})"),
        re.compile(
            rf"\b(?:{either('titles')})\.?{gap}(?:[A-Z][\w’-]+{gap})?({_WORD})"
            rf"(?=[\s,.’'])(?!{gap}[A-Z])"
        ),
        re.compile(rf"\b({_WORD}),{gap}\d{{1,2}},"),
        re.compile(rf"\b(?:{either('kin')}),?{gap}({_WORD})\b"),
        re.compile(rf"\b{_WORD}{gap}({_WORD}),?{gap}(?:Jr\b|Sr\b|II+\b|IV\b)"),
        re.compile(
            rf"(?<!of )\b({_WORD})"
            rf"(?:{gap}(?:{either('suffering')})|[’']s?{gap}(?:{either('own')}))\b"
        ),
    )


@cache
def _speaking() -> re.Pattern[str]:
    verbs = either("speaking")
    return re.compile(rf"\b({_WORD})\s(?:{verbs})\b|,[”\"]\s(?:{verbs})\s({_WORD})[.,]")
