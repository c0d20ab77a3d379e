"""Reads quantities in running text: number, magnitude, currency or unit, or the noun it counts.

Own rules, because no library that was tried reads what our documents hold. On the 205 amounts of
the public CQE sentences (value / value and unit): price-parser 0.39 / 0.17, pint 0.19 / 0.16,
quantulum3 0.85 / 0.45 (it loses the dollar of "$ 75 million"; no Russian, no Chinese, no counts),
this module 0.97 / 0.96. text2num and number-parser spell out numbers only, and leave "half a
million" and "one and a half billion" as they are. The names of currencies are babel's (CLDR).

>>> [(r.value, r.codes[0]) for r in readings("It cost 2.5 million Swiss francs for 12 hectares.")]
[(2500000.0, 'CHF'), (12.0, 'ha')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.measures import numerals
from pipeline.measures.apart import labelled, shares
from pipeline.measures.counts import counted, is_label
from pipeline.measures.forms import HAN
from pipeline.measures.number import Number, is_year, number_at
from pipeline.measures.ranges import pair, summed
from pipeline.measures.vocabulary import data

#: Counts below this are plain ("three cities").
SMALLEST_COUNT = 10
_CENTS = re.compile(
    r"(?:\sand)?\s(\d\d?|[a-z-]+)(?:\s(?:cents?|pence)\b|(?=\s*(?:[.,;)]|$|more\b)))", re.I
)
_INEXACT = re.compile("[多余几]")
#: 七八个 is seven or eight.
_SOME = re.compile("[一二两三四五六七八九]{2}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_TIME = re.compile(
    r"[\s-]?(?:years?|months?|weeks?|days?|hours?|minutes?|лет|дней|часов|年|天|小时)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount at `start:end` of a text.

    codes: what its unit can be, likeliest first (ISO 4217 for money; "peso" is many); for counts
    the noun, or `1`. approximate: whether the span itself says that it is rough.
    """

    start: int
    end: int
    value: float
    codes: tuple[str, ...]
    value_max: float | None = None
    money: bool = False
    approximate: bool = False


def readings(text: str, language: str = "en") -> list[Reading]:
    """Amounts of a text, in order, not overlapping. language: BCP 47, its first part counts."""
    language = language.split("-")[0] or "en"
    found: list[Reading] = []
    last = 0
    for match in numerals.pattern(language).finditer(text):
        if match.start() < last:
            continue
        # 五千米 is 五 with the unit 千米: Han numerals give back what a unit needs
        least = len(match[0].rstrip("千百万")) if match.lastgroup == "han" else len(match[0])
        for size in range(len(match[0]), max(least, 1) - 1, -1):
            number = number_at(text, match, language, last, size)
            reading = _read(text, number, language) if number else None
            if reading:
                found.append(reading)
                last = reading.end
                break
    for start, end, value, unit in (*labelled(text, language), *shares(text, language)):
        if not any(r.start < end and start < r.end for r in found):
            found.append(Reading(start, end, value, (unit,)))
    return sorted(found, key=lambda r: r.start)


def _read(text: str, number: Number, language: str) -> Reading | None:
    first = summed(text, number, language)
    if both := pair(text, first, language):
        low, high = both
        if low.unit:
            codes, money = low.unit.codes, low.unit.money
            return Reading(low.start, high.end, low.value, codes, high.value, money)
        noun = None if is_label(text, low.start) else counted(text, high.end, language, high.value)
        if noun and high.value >= SMALLEST_COUNT:
            return Reading(low.start, noun[0], low.value, (noun[1],), high.value)
    if not first.unit:
        return _count(text, first, language)
    minus = _minus(text, first)
    end, extra = _minor(text, first, language)
    value = (first.value + extra) * (-1 if minus else 1)
    rough = bool(_INEXACT.search(text[first.start : end]))
    start = first.start - minus
    return Reading(start, end, value, first.unit.codes, None, first.unit.money, rough)


def _minus(text: str, number: Number) -> int:
    """1 where a minus sign belongs to the number, else 0."""
    start = number.start
    if start == 0 or text[start - 1] not in "-−" or number.unit is None:
        return 0
    return int(start == 1 or text[start - 2] in " \u00a0(")


def _minor(text: str, number: Number, language: str) -> tuple[int, float]:
    """ "3 dollars 50 cents": end and hundredths."""
    if not (number.unit and number.unit.money) or number.scaled or language != "en":
        return number.end, 0.0
    found = _CENTS.match(text, number.end)
    if not found or text[number.end - 1] in ",.":
        return number.end, 0.0
    cents = (
        float(found[1])
        if found[1].isdigit()
        else numerals.spelled(found[1].replace("-", " "), "en")
    )
    return (found.end(), cents / 100) if 0 < cents < 100 else (number.end, 0.0)


def _count(text: str, number: Number, language: str) -> Reading | None:
    """A count with its noun, or a bare number that is grouped or has a magnitude."""
    if number.match.lastgroup == "han" and _SOME.match(number.match[0]) and not number.scaled:
        return None
    firm = bool(_GROUPED.fullmatch(number.match[0])) or number.scaled
    if number.value < SMALLEST_COUNT or (not firm and is_label(text, number.start)):
        return None
    end = number.end
    noun = counted(text, end, language, number.value) if number.value.is_integer() else None
    if noun and not _is_dated(text, number):
        rough = bool(_INEXACT.search(text[number.start : noun[0]]))
        return Reading(number.start, noun[0], number.value, (noun[1],), None, False, rough)
    following = text[end : end + 1]
    joined = re.match(r"[-\w]|[年月日号]", following) and not (HAN.match(following))
    if not firm or joined or following in tuple("年月日号") or _TIME.match(text, end):
        return None
    return Reading(number.start, end, number.value, ("1",))


def _is_dated(text: str, number: Number) -> bool:
    """Whether a count that could be a year is one: "in 2019 students came", "the 2020 Games"."""
    if not is_year(number) or HAN.match(text[number.end : number.end + 1]):
        return False
    if number.value >= 1900 and number.value % 100:
        return not re.match(r"\s[а-яё]", text[number.end : number.end + 2])
    lead = re.search(r"([^\W\d_]+)\W{0,2}$", text[max(0, number.start - 15) : number.start])
    return bool(lead and lead[1].casefold() in data("counted")["year_leads"])
