"""The words around names of places: `vocab/places.yaml`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.vocabulary import read


@cache
def words(name: str) -> frozenset[str]:
    """A list of the vocabulary."""
    return frozenset(map(str, read("pipeline.tag", "places")[name]))


@cache
def either(name: str) -> str:
    """A list as the source of a regular expression, longest first."""
    return "|".join(re.escape(w) for w in sorted(words(name), key=lambda w: (-len(w), w)))


@cache
def listed() -> dict[str, str]:
    """Label of the names before each plural: `counties` -> `REGION`."""
    lists = read("pipeline.tag", "places")["lists"]
    return {word: label for label, plurals in lists.items() for word in plurals}


@cache
def columns() -> dict[str, list[str]]:
    """Words of the heads of columns, by the kind of place that stands under them."""
    found: dict[str, list[str]] = read("pipeline.tag", "places")["columns"]
    return found


@cache
def own_body() -> re.Pattern[str]:
    """What follows a town in the name of the body that heads a page with its list."""
    return re.compile("|".join(read("pipeline.tag", "places")["own_bodies"]), re.I)


@cache
def own_list() -> re.Pattern[str]:
    """What follows the name of a town in the title of its list of partners."""
    return re.compile("|".join(read("pipeline.tag", "places")["own_lists"]), re.I)
