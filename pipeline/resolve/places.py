"""Which of its namesakes a place name means.

A name has one sense in a document. Each place that it may mean is weighed by its size, by the
areas that the text names beside it, and by how near it lies to what the other names may mean; as
the names weigh upon each other, the weighing is repeated. The weights are fitted, as a choice
among namesakes, on news of small towns and on reports about cities all over the world.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.gazetteer.forms import typed
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.gazetteer.names import key
from pipeline.records import Mention, Place, PlaceKind, Tagged
from pipeline.resolve.qualifiers import Area, areas_of
from pipeline.resolve.witnesses import witnesses

Floats = NDArray[np.float64]

_KINDS: dict[str, PlaceKind] = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
_MAX_OPTIONS = 40
_ROUNDS = 3
#: Kilometres over which nearness fades: a town's own surroundings, its province, its country.
_NEAR_KM = (40.0, 150.0, 600.0)
_GREAT = 1_000_000
_EARTH_KM = 6371.0
_FAR_KM = 20_000.0
#: What weighs for a place by itself, and by its neighbours in the document.
_OWN = {
    "size": 1.4,
    "main": 0.3,
    "exact": 2.3,
    "capital": 0.4,
    "great": 0.8,
    "first": 1.0,
    "other": -4.0,
    "inside": 3.0,
    "country": 6.0,
}
_SHARED = {"beside": 2.0, "near": 2.2, "around": 2.6, "area": 1.3, "state": 0.1}


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name of the document may mean.

    group numbers the names; name is as the text writes it, kind as its label has it; mentions
    counts how often the document has it; areas are those named beside it.
    """

    group: int
    name: str
    kind: PlaceKind
    candidate: Candidate
    mentions: int
    areas: frozenset[Area]


def choose(tagged: Tagged, gazetteer: Gazetteer) -> dict[int, Place]:
    """The place of each CITY, REGION and COUNTRY mention, by its index; one sense a document."""
    groups, besides, options = read(tagged, gazetteer)
    options += _witnessed(tagged, gazetteer, len(groups))
    best: dict[int, Place] = {}
    if options:
        score = scores(options, np.array([*_OWN.values(), *_SHARED.values()]))
        for row in sorted(range(len(options)), key=lambda r: score[r]):
            best[options[row].group] = options[row].candidate.place
    return {
        index: best.get(group) or _unknown(tagged, tagged.mentions[index], besides[group])
        for group, indices in enumerate(groups)
        for index in indices
    }


def read(
    tagged: Tagged, gazetteer: Gazetteer
) -> tuple[list[list[int]], list[frozenset[Area]], list[Option]]:
    """Mentions by name, the areas beside each name, and the places that the names may mean."""
    named = {
        i: _candidates(_name(tagged, m), m, gazetteer)
        for i, m in enumerate(tagged.mentions)
        if m.label in _KINDS
    }
    areas = areas_of(tagged, named, gazetteer)
    names: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in named:
        mention = tagged.mentions[index]
        names[mention.label, _name(tagged, mention).casefold()].append(index)
    groups = [sense for indices in names.values() for sense in _senses(indices, areas)]
    besides = [frozenset(area for i in indices for area in areas.get(i, ())) for indices in groups]
    options = []
    for group, indices in enumerate(groups):
        mention = tagged.mentions[indices[0]]
        kind = _KINDS[mention.label]
        options += [
            Option(group, _name(tagged, mention), kind, c, len(indices), besides[group])
            for c in _fitting(named[indices[0]], kind)
        ]
    return groups, besides, options


def _witnessed(tagged: Tagged, gazetteer: Gazetteer, first: int) -> list[Option]:
    """Areas that stand unmarked in the text, as groups from `first` on; nothing asks for them."""
    return [
        Option(first + i, w.name, "region", c, w.mentions, frozenset())
        for i, w in enumerate(witnesses(tagged, gazetteer))
        for c in w.candidates
    ]


def _senses(indices: list[int], areas: dict[int, tuple[Area, ...]]) -> list[list[int]]:
    """Mentions of one name: all together, unless the text puts them in different countries.

    Then those without an area go with the first mention, if it has one: "Lima, Ohio … Lima".
    """
    senses: dict[frozenset[str], list[int]] = {}
    for index in indices:
        countries = frozenset(area.country for area in areas.get(index, ()))
        known = next(
            (c for c in senses if c and countries and not c.isdisjoint(countries)), countries
        )
        senses.setdefault(known, []).append(index)
    first = next(iter(senses))
    if len(senses) - (frozenset() in senses) < 2:
        return [indices]
    if first and frozenset() in senses:
        senses[first] += senses.pop(frozenset())
    return list(senses.values())


def _candidates(name: str, mention: Mention, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    found = gazetteer.candidates(name)
    if mention.label != "REGION" or any(c.level == 1 for c in found) or typed(name):
        return found
    # "in Tex", and lists of counties that leave the word out: "Clarke and Oconee counties"
    region = gazetteer.abbreviated(name)
    return (region,) if region else found + gazetteer.candidates(f"{name} County")


def _fitting(found: tuple[Candidate, ...], kind: PlaceKind) -> tuple[Candidate, ...]:
    """Candidates of the label's kind; a municipality that ranks as a region is its city."""
    same = [c for c in found if c.place.kind == kind]
    # "Georgia" is a state of the Union in the papers of Atlanta, "Virginia" seldom a town
    states = [c for c in found if c.level == 1 and c.main] if kind != "region" else []
    if kind == "country":
        return (*same[:1], *states) or found[:1]
    others = [c for c in found if c.place.kind != "country"]
    return tuple([*same[:_MAX_OPTIONS], *states] if same else others or found)


def scores(options: list[Option], weights: Floats) -> Floats:
    """Weight of each option, after it has been weighed against the others `_ROUNDS` times."""
    own = own_features(options)
    total = own @ weights[: len(_OWN)]
    near = neighbours(options)
    for _ in range(_ROUNDS):
        total = (
            own @ weights[: len(_OWN)]
            + shared_features(options, near, total) @ weights[len(_OWN) :]
        )
    return total


def own_features(options: list[Option]) -> Floats:
    """One row an option: size (powers of ten of inhabitants) and what the words beside it say."""
    rows = []
    for option in options:
        candidate, place = option.candidate, option.candidate.place
        inside = Area(place.country, place.admin1) in option.areas and bool(place.admin1)
        rows.append(
            (
                np.log10(candidate.population + 100),
                candidate.main,
                candidate.main and key(place.name) == key(option.name),
                candidate.level == 4,
                candidate.population >= _GREAT,
                candidate.level == 1,
                place.kind != option.kind,
                inside,
                any(area.country == place.country for area in option.areas),
            )
        )
    return np.array(rows, dtype=float)


def neighbours(options: list[Option]) -> Floats:
    """Square matrices in the order of `_SHARED`: how near, in one area, in one state."""
    places = [o.candidate.place for o in options]
    groups = np.array([o.group for o in options])
    ids = np.array([p.place_id for p in places])
    # a document does not call one place by two names to say where it lies
    other = ((groups[:, None] != groups[None, :]) & (ids[:, None] != ids[None, :])).astype(float)
    apart = _kilometres(places)
    countries = np.array([p.country for p in places])
    areas = np.array(
        [f"{p.country}/{p.admin1}" if p.admin1 else str(i) for i, p in enumerate(places)]
    )
    return np.stack(
        [
            *(np.exp(-apart / fade) * other for fade in _NEAR_KM),
            (areas[:, None] == areas[None, :]) * other,
            (countries[:, None] == countries[None, :]) * other,
        ]
    )


def shared_features(options: list[Option], near: Floats, total: Floats) -> Floats:
    """One row an option: how much of what other names mean is near, in its area, in its state."""
    groups = np.array([o.group for o in options])
    top = np.full(groups.max() + 1, -np.inf)
    np.maximum.at(top, groups, total)
    share = np.exp(total - top[groups])
    share /= np.bincount(groups, share)[groups]
    weight = share * (1 + np.log([o.mentions for o in options]))
    return np.asarray(np.log1p(near @ weight).T, dtype=float)


def _kilometres(places: list[Place]) -> Floats:
    """Great-circle distances; a place without coordinates is far from all."""
    latitude = np.radians([p.latitude if p.latitude is not None else np.nan for p in places])
    longitude = np.radians([p.longitude if p.longitude is not None else np.nan for p in places])
    north = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    east = np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    haversine = north + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * east
    apart = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(haversine, 0, 1)))
    return np.asarray(np.nan_to_num(apart, nan=_FAR_KM), dtype=float)


def _name(tagged: Tagged, mention: Mention) -> str:
    return " ".join(tagged.text_of(mention).split())


def _unknown(tagged: Tagged, mention: Mention, beside: frozenset[Area]) -> Place:
    """A place that the gazetteer lacks, in the country that the text names beside it."""
    name = _name(tagged, mention)
    countries = {area.country for area in beside}
    country = countries.pop() if len(countries) == 1 else ""
    place_id = f"name:{name.casefold().replace(' ', '-')}"
    return Place(place_id, name, _KINDS[mention.label], country)
