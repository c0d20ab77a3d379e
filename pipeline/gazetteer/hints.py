"""Words that tell of a country or region without being its name."""

from __future__ import annotations

from functools import cache

from pipeline.gazetteer.names import is_cyrillic
from pipeline.gazetteer.russian import lemma
from pipeline.gazetteer.vocabulary import vocabulary


def demonym(word: str) -> str:
    """ISO 3166-1 code of the country of an adjective or a people, or ``.

    >>> demonym("Belarusian"), demonym("китайской"), demonym("中方"), demonym("blue")
    ('BY', 'CN', 'CN', '')
    """
    folded = word.strip().casefold()
    found = _demonyms().get(folded, "") or _demonyms().get(folded.removesuffix("s"), "")
    return found or (_demonyms().get(lemma(folded), "") if is_cyrillic(folded) else "")


def abbreviated(word: str) -> str:
    """ISO 3166-2 code of the region that is cut short to a word: `Nebr.` -> `US-NE`, or ``."""
    return _abbreviations().get(word.replace(" ", "").rstrip("."), "")


@cache
def _demonyms() -> dict[str, str]:
    return {
        person.casefold(): code
        for code, entry in vocabulary("countries").items()
        if isinstance(entry, dict)
        for person in entry.get("people", ())
    }


@cache
def _abbreviations() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, words in vocabulary("abbreviations").items():
        for word in words:
            found.setdefault(str(word).replace(" ", "").rstrip("."), code)
    return found
