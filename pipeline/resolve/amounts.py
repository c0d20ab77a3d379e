"""Amounts to a number and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from pipeline.measures.read import Reading, readings
from pipeline.measures.vocabulary import countries_of, data
from pipeline.records import Quantity


def quantity(
    text: str, language: str = "en", near: Iterable[str] = (), before: str = ""
) -> Quantity | None:
    """Number (in base units) and unit of an amount; None for neither.

    near: ISO 3166-1 codes of countries, the nearest first; they tell which "pesos" are meant.
    before: the text in front, which tells a range from two numbers ("between 3 and 5 ha") and the
    noun of a bare number ("Jobs: 780").
    """
    span = " ".join(text.split())
    lead = " ".join(before.rpartition("\n")[2].split()) + " " * before[-1:].isspace()
    for context in dict.fromkeys((lead, "")):
        found = [r for r in readings(context + span, language) if r.start >= len(context)]
        if found:
            best = max(found, key=lambda r: r.end - r.start)
            return Quantity(best.value, _unit(best, near), best.value_max, best.approximate)
    bare = re.fullmatch(r"[0-9]{1,6}", span)
    return Quantity(float(bare[0]), "1") if bare else None


def _unit(reading: Reading, near: Iterable[str]) -> str:
    if reading.money and len(reading.codes) > 1:
        for country in near:
            for code in reading.codes:
                if country in countries_of().get(code, ()):
                    return code
    return reading.codes[0]


def written(found: Quantity) -> str:
    """`5900000000 USD`, `8.7 %`, ranges `3000000/5000000 EUR`."""
    numbers = [n for n in (found.value, found.value_max) if n is not None]
    return "/".join(f"{Decimal(f'{n:.15g}'):f}" for n in numbers) + f" {found.unit}"


def is_approximate(before: str, after: str = "") -> bool:
    """Whether the words around an amount make it a rough one."""
    lead, follow = _rough()
    return bool(lead.search(before) or follow.match(after))


@cache
def _rough() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data("numerals")["approximate"]

    def forms(key: str) -> str:
        return "|".join(
            (r"(?<!\w)" if w[0].isascii() or "а" <= w[0] <= "я" else "") + re.escape(w)
            for w in sorted(words[key], key=len, reverse=True)
        )

    return (
        re.compile(rf"(?:{forms('before')})(?:\s(?:a|an|the|some))?\s*$", re.I),
        re.compile(rf"\s?(?:{'|'.join(map(re.escape, words['after']))})", re.I),
    )
