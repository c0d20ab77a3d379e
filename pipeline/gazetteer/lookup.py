"""Ask the compiled gazetteer."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.gazetteer.forms import Typed, typed, unadjectived
from pipeline.gazetteer.hints import abbreviated, demonym
from pipeline.gazetteer.names import acronym, is_cjk, is_cyrillic, key
from pipeline.gazetteer.russian import base_forms
from pipeline.records import Place

#: A Cyrillic name that some place of this size has is no inflected form of another.
_SURE = 100_000
#: "Kutaisi District" is one where Kutaisi has so many inhabitants.
_MIN_CENTRE = 5_000
_CACHED = 100_000
_MADE_UP = re.compile(r"name:.*/")
#: "the Tarrant County", but "The Hague".
_ARTICLE = re.compile(r"^the\s+(?!hague|bronx|dalles|valley|pas\b)", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    main: the name is a usual one, not an alternate. level: 0 a country, 1 an area right below the
    state, 2 one below that, 3 a city, 4 a capital of a state.
    """

    place: Place
    population: int
    main: bool
    level: int = 3


class Gazetteer:
    """Look-ups by name; answers are kept, since names return within a document."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.candidates = lru_cache(maxsize=_CACHED)(self._candidates)
        self._of_key = lru_cache(maxsize=_CACHED)(self._rows)
        self.demonym = demonym
        self.abbreviated = lru_cache(maxsize=1000)(self._abbreviated)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """Places of that name, usual names first, the most populous first.

        Knows names with a type ("Province of Quebec", "Osaka-fu"), inflected Russian names, and
        Chinese names with or without 省, 市, 区, 县.
        """
        name = _ARTICLE.sub("", name.strip())
        if name.endswith(".") and (region := self.abbreviated(name)):
            return (replace(region, main=False),)
        found = self._of_key(acronym(name)) if acronym(name) else ()
        found += tuple(c for c in self._of_key(key(name)) if c not in found)
        if is_cyrillic(name) and not any(c.population >= _SURE and c.main for c in found):
            found = self._inflected(name, found)
        return found or self._typed(typed(name), name)

    def _abbreviated(self, word: str) -> Candidate | None:
        """The region that an abbreviation means behind a city: "Nebr.", "TX"; else None."""
        code = abbreviated(word)
        return next(iter(self._by_code(code)), None) if code else None

    def _rows(self, folded: str) -> tuple[Candidate, ...]:
        rows = self._connection.execute(
            "select p.place_id, p.name, p.kind, p.country, p.admin1, p.latitude, p.longitude,"
            " p.population, n.main, p.level from name n join place p using (place_id)"
            " where n.key = ? order by n.main desc, p.population desc, p.place_id",
            (folded,),
        )
        return tuple(Candidate(Place(*row[:7]), row[7], bool(row[8]), row[9]) for row in rows)

    def _by_code(self, code: str) -> tuple[Candidate, ...]:
        return self._of_key(f"={code}")

    def _inflected(self, name: str, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        for form in base_forms(name):
            known = self._of_key(key(form)) or self._typed(typed(form), form)
            found += tuple(c for c in known if c not in found)
        return tuple(sorted(found, key=lambda c: (not c.main, -c.population, c.place.place_id)))

    def _typed(self, form: Typed | None, name: str) -> tuple[Candidate, ...]:
        """Regions of the name without its type; else an area around the city of that name."""
        if form is None or (len(form.base) < 3 and not is_cjk(name)):
            return ()
        for base in (form.base, *unadjectived(form.base)):
            found = self._of_key(base)
            cities = tuple(c for c in found if c.place.kind == "city")
            if form.level == "city":
                # a municipality is one place with its city
                if cities:
                    return cities
                continue
            regions = tuple(c for c in found if c.place.kind == "region")
            levels = {"first": (1,), "second": (2,)}.get(form.level, (1, 2))
            fitting = tuple(c for c in regions if c.level in levels)
            if fitting or (regions and form.level != "second"):
                return fitting or regions
            around = tuple(
                _around(c, name) for c in cities if c.main and c.population >= _MIN_CENTRE
            )
            if around or regions:
                return around or regions
        return ()


def is_made_up(candidate: Candidate) -> bool:
    """Whether an area is in no source, but named after a town that has the name without a type."""
    return _MADE_UP.match(candidate.place.place_id) is not None


def _around(city: Candidate, name: str) -> Candidate:
    """An area that no source has, named after a city that lies in it."""
    place = replace(
        city.place,
        place_id=f"name:{key(name).replace(' ', '-')}/{city.place.country.lower()}",
        name=name,
        kind="region",
    )
    return Candidate(place, city.population, city.main, 2)
