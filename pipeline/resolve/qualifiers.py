"""What the words around a place name say about where it lies.

Found: "Paris, Texas", "Lincoln, Nebr.", "Perth (Australia)", "Oslo, the capital of Norway",
"the Belarusian city of Brest", 白俄罗斯明斯克. An area is a country and perhaps a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.gazetteer.forms import typed
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.records import Mention, Tagged

#: What may stand between a place and the area it lies in, and between an area and its place.
_BEFORE_AREA = re.compile(
    r"[^\S\n]*(?:,\s?|\(|（|\|)?[^\S\n]*"
    r"(?:(?:the\s)?capital of|in|of|г\.|в)?[^\S\n]*(?:the\s)?"
)
_AFTER_AREA = re.compile(r"[^\S\n]*(?:'s|’s|:|,)?[^\S\n]*(?:г\.|город\w*|的|省|州)?[^\S\n]*")
_NO_AREA = re.compile(r"[^\S\n]*,?[^\S\n]+")
_ABBREVIATION = re.compile(
    r"\s?,\s?((?:[NSW]\.\s?(?:[A-Z][a-z]+\.?|[A-Z]\.))|[A-Z]\.[A-Z]\.|[A-Z][A-Za-z]{1,5})(?![\w-])"
)
#: "Lima, Ohio", where nobody marked the state.
_UNMARKED = re.compile(r"\s?[,(]\s?((?:[A-Z][\w’'-]+\s?){1,3})(?=[\s,.;:)]|$)")
#: "the Belarusian city of ", "белорусского города ", "норвежского "
_PEOPLE = re.compile(
    r"([^\W\d_]{4,})\s+(?:(?:[a-z]+\s+)?(?:city|cities|town|capital|port|village|province|region|"
    r"metropolis|город\w*|столиц\w+)\s+(?:of\s+)?)?$"
)
_LEAD = 60


@dataclass(frozen=True, slots=True)
class Area:
    """A country (ISO 3166-1) and perhaps the English name of a first-level area in it."""

    country: str
    admin1: str = ""


def areas_of(
    tagged: Tagged, named: dict[int, tuple[Candidate, ...]], gazetteer: Gazetteer
) -> dict[int, tuple[Area, ...]]:
    """Areas that the words beside each place mention name, by index; most name none."""
    text, found = tagged.document.text, {}
    places = sorted(named, key=lambda i: tagged.mentions[i].start)
    for at, index in enumerate(places):
        mention = tagged.mentions[index]
        after = places[at + 1] if at + 1 < len(places) else None
        before = places[at - 1] if at else None
        after_start = tagged.mentions[after].start if after is not None else len(text)
        areas = [
            *_following(text, mention, tagged.mentions[after] if after is not None else None,
                        named[after] if after is not None else ()),
            *_abbreviated(text, mention, gazetteer),
        ]  # fmt: skip
        if not areas and before is not None:
            areas = [*_preceding(text, tagged.mentions[before], named[before], mention)]
        areas = areas or [*_unmarked(text, mention, after_start, gazetteer)]
        areas = areas or [*_of_people(text, mention, gazetteer)]
        if areas:
            found[index] = tuple(dict.fromkeys(areas))
    return found


def _following(
    text: str, mention: Mention, other: Mention | None, found: tuple[Candidate, ...]
) -> Iterator[Area]:
    if other is None or other.label == "CITY" or mention.label == "COUNTRY":
        return
    if _BEFORE_AREA.fullmatch(text[mention.end : other.start]):
        yield from _areas(text[other.start : other.end], other, found)


def _preceding(
    text: str, other: Mention, found: tuple[Candidate, ...], mention: Mention
) -> Iterator[Area]:
    """An area right before: common in Chinese and Russian, possessive in English."""
    between = text[other.end : mention.start]
    if other.label == "CITY" or mention.label == "COUNTRY":
        return
    if _AFTER_AREA.fullmatch(between) and not _NO_AREA.fullmatch(between):
        yield from _areas(text[other.start : other.end], other, found)


def _areas(name: str, mention: Mention, found: tuple[Candidate, ...]) -> Iterator[Area]:
    """A bare name of a lower area tells nothing: "Clarke, Madison and Oconee counties"."""
    for candidate in found:
        place = candidate.place
        if mention.label == "COUNTRY" and place.kind == "country":
            yield Area(place.country)
        elif place.kind == "region" and (candidate.level == 1 or typed(name)):
            yield Area(place.country, place.admin1)


def _abbreviated(text: str, mention: Mention, gazetteer: Gazetteer) -> Iterator[Area]:
    match = _ABBREVIATION.match(text, mention.end)
    region = gazetteer.abbreviated(match[1]) if match else None
    if region and mention.label != "COUNTRY":
        yield Area(region.place.country, region.place.admin1)


def _unmarked(text: str, mention: Mention, end: int, gazetteer: Gazetteer) -> Iterator[Area]:
    """An area right behind, as far as the next marked place, of which only the name tells."""
    match = _UNMARKED.match(text, mention.end, end)
    words = match[1].split() if match and mention.label != "COUNTRY" else []
    for size in range(len(words), 0, -1):
        for candidate in gazetteer.candidates(" ".join(words[:size])):
            if candidate.main and candidate.level <= 1:
                yield Area(candidate.place.country, candidate.place.admin1)
                return


def _of_people(text: str, mention: Mention, gazetteer: Gazetteer) -> Iterator[Area]:
    match = _PEOPLE.search(text[max(0, mention.start - _LEAD) : mention.start])
    country = gazetteer.demonym(match[1]) if match else ""
    if country and mention.label != "COUNTRY":
        yield Area(country)
