"""The trigger words of `vocab/triggers.yaml`, compiled."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml

Group = dict[str, re.Pattern[str]]


@cache
def group(name: str) -> Group:
    """A named group of patterns, in the order of the file."""
    entries = _file()[name]
    if isinstance(entries, list):
        entries = {name: entries}
    return {key: re.compile("|".join(patterns), re.I) for key, patterns in entries.items()}


def first(name: str, text: str) -> str:
    """Key of the first pattern of a group that the text matches; empty for none."""
    return next((key for key, pattern in group(name).items() if pattern.search(text)), "")


@cache
def _file() -> dict[str, dict[str, list[str]] | list[str]]:
    source = resources.files("pipeline.relate").joinpath("vocab/triggers.yaml")
    loaded: dict[str, dict[str, list[str]] | list[str]] = yaml.safe_load(source.read_text("utf-8"))
    return loaded
