"""What the sources yield and the compiled gazetteer holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One place with all its names.

    level: 0 a country, 1 an area right below the state, 2 one below that; a city is 3, a capital
    of a state 4. names: its usual names; others: alternates, old and foreign ones.
    """

    place_id: str
    name: str
    kind: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    level: int
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
