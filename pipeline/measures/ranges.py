"""Two numbers that make one amount: a range, or a sum of magnitudes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.measures import numerals
from pipeline.measures.forms import sign_at
from pipeline.measures.number import Number, is_year, number_at
from pipeline.measures.vocabulary import data

#: After these words two amounts with units of their own are a change, not a range.
_MOVES = ("from", "с", "от", "von", "de")
_DASHES = "-–—~～至"


def pair(text: str, first: Number, language: str) -> tuple[Number, Number] | None:
    """The two ends of a range that begins with a number, in the same unit and magnitude:
    "$3–5 million", "70 to 95 per cent", "between 3 and 5 million euros"."""
    words = text[max(0, first.start - 12) : first.start].casefold().split()
    lead = words[-1] if words else ""
    found = _links(data("numerals")["ranges_after"].get(lead, "")).match(text, first.end)
    if not found:
        return None
    match = numerals.pattern(language).match(text, found.end() + sign_at(text, found.end()))
    second = number_at(text, match, language, found.end(), free=True) if match else None
    if second is None or not _is_range(text, first, second, lead in _MOVES):
        return None
    low, unit = first.value, second.unit or first.unit
    if not first.scaled and low * second.factor <= second.value:
        low *= second.factor
    if unit and not first.unit:
        low *= unit.factor
    low = round(low, 6)
    if low >= second.value:
        return None
    return replace(first, value=low, unit=unit), replace(second, unit=unit)


@cache
def _links(word: str) -> re.Pattern[str]:
    links = [str(link) for link in data("numerals")["ranges"]] + [f" {word} "] * bool(word)
    dashes = [re.escape(link) for link in links if link.strip() == link]
    words = [re.escape(link) for link in links if link.strip() != link]
    return re.compile(rf"[ \u00a0]?(?:{'|'.join(dashes)})[ \u00a0]?|{'|'.join(words)}")


def _is_range(text: str, first: Number, second: Number, moved: bool) -> bool:
    if first.unit is None:
        return not is_year(first)
    if second.unit is None:
        return first.signed
    if moved or first.unit.codes != second.unit.codes:
        return False
    share = first.unit.codes[0] in ("%", "pp")
    return not share or text[first.end : first.end + 2].strip()[:1] in tuple(_DASHES)


def summed(text: str, first: Number, language: str) -> Number:
    """«1 млрд 200 млн рублей», 3亿5000万元: a second number with a smaller magnitude adds up."""
    if first.unit or not first.scaled:
        return first
    at = first.end + (text[first.end : first.end + 1] in (" ", "\u00a0"))
    match = numerals.pattern(language).match(text, at)
    if not match or match.lastgroup != "digits" or "," in match[0] + text[first.start : at]:
        return first
    second = number_at(text, match, language, at)
    if second and second.scaled and second.value < first.value / 2 and not second.signed:
        total = first.value + second.value
        return replace(second, start=first.start, value=total, match=first.match)
    return first
