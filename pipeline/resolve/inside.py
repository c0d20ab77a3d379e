"""Places inside the names of projects and of offices: no mentions, but what these are about.

The towns of "Tumbes–Huaquillas Flood Canal", and the town of "Gunsan City Hall".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from pipeline.gazetteer.lookup import Gazetteer
from pipeline.gazetteer.names import is_cjk, key
from pipeline.records import Label, Mention, Place, Tagged
from pipeline.tag.seats import council, seats

#: Where a place may begin in a name: at its start, behind a dash, behind a word of place.
_STARTS = re.compile(
    r"(?:^|[«“\"(]|\s?[–—/-]\s?|\b(?:in|at|of|for|by|and|near|with|von|de|du|в|во|у|под|на|с|и)\s)"
    r"(?=[^\W\d_])"
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)?")
_MOST_WORDS = 3
_HAN_LENGTHS = (4, 3, 2)
#: Smaller places share their names with too many common words: "Friendship Quarter", "Green Roofs".
_LEAST, _LEAST_ALONE = 1_000, 30_000
#: A town of no country that the document has places of.
_LEAST_ABROAD = 100_000
_PAIR = re.compile(r"(?<!\w)([^\W\d_][^\W\d]{2,})\s?[–—-]\s?([^\W\d_][^\W\d]{2,})(?!\w)")
#: How sure a place is that is only named within a name.
_OFFICIAL = 0.6
_DASH = re.compile(r"\s?[–—/-]\s?")


def inside(
    tagged: Tagged, chosen: Collection[Place], gazetteer: Gazetteer
) -> tuple[list[Mention], dict[str, Place]]:
    """Mentions of places inside the names of projects, and these places.

    Only places of countries that the document has places of: a name alone says too little. A great
    town may be of any, where a dash joins it to one of those: "Gwadar–Tianjin Desalination Plant".
    """
    countries = {place.country for place in chosen}
    mentions: list[Mention] = []
    places: dict[str, Place] = {}
    for project in tagged.mentions:
        if project.label != "PROJECT":
            continue
        name = tagged.text_of(project)
        pieces = list(
            _named(name, countries, gazetteer) if countries else _greatest_city(name, gazetteer)
        )
        for start, end, place in [*pieces, *_joined(name, pieces, gazetteer)]:
            label: Label = "CITY" if place.kind == "city" else "REGION"
            span = project.start + start, project.start + end
            mentions.append(Mention(*span, label, 0.5, place_id=place.place_id))
            places[place.place_id] = place
    return mentions, places


def seated(
    tagged: Tagged, chosen: Mapping[int, Place], gazetteer: Gazetteer
) -> tuple[list[Mention], dict[str, Place]]:
    """The towns that the offices at the top of a document are of, and these places.

    A town that the document names by itself is the one that it means there.
    """
    document = tagged.document
    alone = _alone(tagged, chosen)
    mentions: list[Mention] = []
    places: dict[str, Place] = {}
    for seat in seats(document.text, document.blocks, gazetteer):
        name = tagged.text_of(seat)
        town = alone.get(key(name)) or _greatest(name, None, _LEAST, gazetteer)
        if town and _in_a_body(tagged, seat):
            mentions.append(replace(seat, place_id=town.place_id))
            places[town.place_id] = town
    return mentions, places


def speaking(
    tagged: Tagged, chosen: Mapping[int, Place], gazetteer: Gazetteer
) -> tuple[list[Mention], dict[str, Place]]:
    """The towns that councils speak for, in the councils' names, and these places.

    A town that the document does not name by itself lies in one of the document's countries.
    """
    alone = _alone(tagged, chosen)
    countries = {place.country for place in chosen.values()} or None
    mentions: list[Mention] = []
    places: dict[str, Place] = {}
    for body in tagged.mentions:
        span = council(tagged.text_of(body), gazetteer) if body.label == "ORG" else None
        if span is None:
            continue
        name = tagged.text_of(body)[slice(*span)]
        town = alone.get(key(name)) or _greatest(name, countries, _LEAST, gazetteer)
        town = town or _greatest(name, None, _LEAST_ALONE, gazetteer)
        if town:
            where = body.start + span[0], body.start + span[1]
            mentions.append(Mention(*where, "CITY", _OFFICIAL, place_id=town.place_id))
            places[town.place_id] = town
    return mentions, places


def _alone(tagged: Tagged, chosen: Mapping[int, Place]) -> dict[str, Place]:
    """Places that a document names by themselves, by the key of the name."""
    alone: dict[str, Place] = {}
    for index, place in chosen.items():
        alone.setdefault(key(tagged.text_of(tagged.mentions[index])), place)
    return alone


def _in_a_body(tagged: Tagged, seat: Mention) -> bool:
    return not any(
        m.label in ("CITY", "REGION") and m.start < seat.end and seat.start < m.end
        for m in tagged.mentions
    )


def _named(
    name: str, countries: Collection[str], gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Place]]:
    """The longest piece at each start that is a place."""
    reached = 0
    for match in _STARTS.finditer(name):
        for end in _ends(name, match.end()) if match.end() >= reached else ():
            joined = match[0] or _DASH.match(name, end)
            least = _LEAST if joined else _LEAST_ALONE
            if place := _greatest(name[match.end() : end], countries, least, gazetteer):
                yield match.end(), end, place
                reached = end
                break


def _greatest_city(name: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int, Place]]:
    """The great town that a name begins with, in a document that names no place by itself."""
    for end in _ends(name, 0):
        if place := _greatest(name[:end], None, _LEAST_ABROAD, gazetteer):
            yield 0, end, place
            return


def _joined(
    name: str, pieces: Collection[tuple[int, int, Place]], gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Place]]:
    """The great town that a dash joins to the only other piece of a name."""
    pair = _PAIR.search(name)
    if pair is None or len(pieces) != 1:
        return
    [(start, end, _)] = pieces
    for group, other in ((1, 2), (2, 1)):
        if start != pair.start(group) or end > pair.end(group):
            continue
        if place := _greatest(pair[other], None, _LEAST_ABROAD, gazetteer):
            yield pair.start(other), pair.end(other), place


def _ends(name: str, start: int) -> Iterator[int]:
    """Where a place that begins here may end, the longest first."""
    if is_cjk(name[start]):
        yield from (start + n for n in _HAN_LENGTHS if start + n <= len(name))
        return
    ends: list[int] = []
    for word in _WORDS.finditer(name, start):
        if not word[0][0].isupper() or (ends and name[ends[-1] : word.start()] != " "):
            break
        ends.append(word.end())
    yield from reversed(ends[:_MOST_WORDS])


def _greatest(
    name: str, countries: Collection[str] | None, least: int, gazetteer: Gazetteer
) -> Place | None:
    """The greatest place of that name in one of the countries, if it is great enough."""
    found = [
        c
        for c in gazetteer.candidates(name)
        if c.place.kind != "country"
        and (countries is None or c.place.country in countries)
        and c.population >= least
    ]
    return max(found, key=lambda c: (c.main, c.population)).place if found else None
