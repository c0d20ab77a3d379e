"""The words of the heads of columns: `vocab/places.yaml`."""

from __future__ import annotations

from functools import cache

from pipeline.vocabulary import read


@cache
def columns() -> dict[str, list[str]]:
    """Words of the heads of columns, by the kind of place that stands under them."""
    found: dict[str, list[str]] = read("pipeline.tag", "places")["columns"]
    return found
