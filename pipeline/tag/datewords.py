"""The words of date expressions: months of CLDR, and `vocab/dates.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from pipeline.vocabulary import read


@cache
def vocabulary() -> dict[str, Any]:
    """The file as it is: lists of regular expressions by name."""
    loaded: dict[str, Any] = read("pipeline.tag", "dates")
    return loaded


@cache
def words(name: str) -> str:
    """One alternation of a list of the file."""
    return f"(?:{'|'.join(vocabulary()[name])})"


@cache
def keyed(name: str) -> str:
    """One alternation of a list of the file that is sorted by number."""
    return f"(?:{'|'.join(form for forms in vocabulary()[name].values() for form in forms)})"


def key_of(name: str, word: str) -> int:
    """The number that a word stands under in a sorted list; 0 for none."""
    found = (k for k, p in _patterns(name).items() if p.fullmatch(word))
    return next(found, 0)


@cache
def _patterns(name: str) -> dict[int, re.Pattern[str]]:
    return {k: re.compile("|".join(v), re.I) for k, v in vocabulary()[name].items()}


@cache
def months(language: str) -> str:
    """Alternation of the names of months in the usual languages and that of the document."""
    forms = {form for names in _names(language).values() for form in names}
    listed = [form for forms in vocabulary()["months"].values() for form in forms]
    known = sorted((re.escape(form) for form in forms), key=len, reverse=True)
    return rf"(?:{'|'.join([*known, *listed])})(?!\w)"


def month_number(word: str, language: str = "en") -> int:
    """1 to 12 for the name of a month in any form that `months` knows; 0 for another word."""
    if number := key_of("months", word):
        return number
    folded = word.casefold().rstrip(".")
    return _numbers(language).get(folded, 0)


@cache
def _numbers(language: str) -> dict[str, int]:
    names = _names(language)
    return {f.casefold().rstrip("."): month for month, forms in names.items() for f in forms}


@cache
def _names(language: str) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {month: set() for month in range(1, 13)}
    for code in dict.fromkeys((*vocabulary()["languages"], language)):
        try:
            calendar = Locale.parse(code).months
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for month in names:
                wide = str(calendar[context]["wide"][month])
                if not re.search(r"\d", wide):
                    names[month].add(wide)
    return names
