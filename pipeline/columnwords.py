"""The words by which tables call their columns, in lists of any format and in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.vocabulary import read

_DIGIT = re.compile(r"\d{2}")
#: Languages whose words stand inside longer ones.
_UNSPACED = ("zh", "ja", "ko")
_LONGEST_NAME = 48


@cache
def _names() -> re.Pattern[str]:
    words: dict[str, list[str]] = read("pipeline", "columns")
    inside = "|".join(w for tongue in _UNSPACED for w in words[tongue])
    apart = "|".join(w for tongue in words if tongue not in _UNSPACED for w in words[tongue])
    return re.compile(rf"(?<!\w)(?:{apart})(?!\w)|{inside}", re.I)


def is_column_name(cell: str) -> bool:
    """Whether a cell says what stands below it: "Partner city", "Year of signing", 国别."""
    short = len(cell) <= _LONGEST_NAME and len(cell.split()) <= 6
    return short and not _DIGIT.search(cell) and bool(_names().search(cell))


def names_columns(row: Sequence[str]) -> bool:
    """Whether a row names columns: most of its cells do, and no cell is a value."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled or any(_DIGIT.search(c) or len(c) > _LONGEST_NAME for c in filled):
        return False
    return 2 * sum(map(is_column_name, filled)) >= len(filled)
