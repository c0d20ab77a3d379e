"""The words of `vocab/strategy_words.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.vocabulary import read


@cache
def vocabulary() -> dict[str, Any]:
    """The file as it is."""
    loaded: dict[str, Any] = read("pipeline.tag", "strategy_words")
    return loaded


@cache
def words(name: str) -> str:
    """One alternation of a list, the longest first; spaces match any white space."""
    listed = sorted(vocabulary()[name], key=len, reverse=True)
    return f"(?:{'|'.join(word.replace(' ', chr(92) + 's+') for word in listed)})"


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list as they are."""
    return frozenset(vocabulary()[name])


@cache
def heads(least: int) -> str:
    """Alternation of the last words of names, of those that need `least` words before them."""
    forms = sorted(vocabulary()["heads"][least], key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
