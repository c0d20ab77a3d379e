"""A number with the currency in front of it, or the magnitude and unit behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.measures import numerals
from pipeline.measures.forms import HAN, unit_at
from pipeline.measures.vocabulary import Unit, prefix, signs

#: A currency in front of a number is at most this long.
_SIGN_CHARACTERS = 8
_RATE = re.compile(r"\s?/\s?(h|d|day|year|s|сут|год)\b|\s?/([年日天])|\sper\s(day|hour|second)\b")
_RATES = {"day": "d", "hour": "h", "second": "s", "сут": "d", "日": "d", "天": "d"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what stands around it; `unit` is None where nothing measures it.

    value: with its magnitude (`factor`), in the unit. `signed`: its currency stands in front.
    """

    start: int
    end: int
    value: float
    factor: float
    unit: Unit | None
    signed: bool
    match: re.Match[str]

    @property
    def scaled(self) -> bool:
        return self.factor != 1.0


def number_at(
    text: str,
    match: re.Match[str],
    language: str,
    floor: int = 0,
    size: int = 0,
    free: bool = False,
) -> Number | None:
    """The number of a match of `numerals.pattern`; None where it is part of a word, time or code.

    floor: where the text before was used up. size: characters of the match to use (0: all).
    free: nothing needs to be checked in front of it.
    """
    size = size or len(match[0])
    start, end = match.start(), match.start() + size
    low = max(floor, start - _SIGN_CHARACTERS)
    before = prefix().search(text[low:start])
    if not (before or free or _stands_free(text, start)):
        return None
    if match.lastgroup != "words" and re.match(r"[:/]\d", text[end : end + 2]):
        return None
    unit: Unit | None
    if before:
        tail, factor, unit = _after_sign(text, end, signs()[before[1]], language)
    else:
        tail, factor, unit = _measured(text, end, language)
    if unit is None and text[tail : tail + 1].isalpha() and not HAN.match(text[tail]):
        return None
    share = bool(unit and unit.codes[0] in ("%", "pp"))
    if size < len(match[0]):
        value = numerals.han(match[0][:size])
    else:
        value = numerals.value(match, language, factor != 1.0, share)
    if unit and unit.codes == ("g",) and 1500 <= value <= 2099 and text[tail - 1] == "г":
        return None
    if unit and not unit.money and (rate := _RATE.match(text, tail)):
        per = rate[1] or rate[2] or rate[3]
        unit, tail = replace(unit, codes=(f"{unit.codes[0]}/{_RATES.get(per, per)}",)), rate.end()
    head = low + before.start(1) if before else start
    value = round(value * factor * (unit.factor if unit else 1.0), 6)
    return Number(head, tail, value, factor, unit, before is not None, match)


def _after_sign(text: str, position: int, sign: Unit, language: str) -> tuple[int, float, Unit]:
    """End, magnitude and currency behind a signed number; "$10 dollars" names it twice."""
    tail, factor = numerals.scale_at(text, position, language, money=True)
    again, repeated = unit_at(text, tail, language)
    shared = tuple(c for c in repeated.codes if c in sign.codes) if repeated else ()
    if shared and not re.match(r"\s?\d", text[again : again + 2]):
        return again, factor, replace(sign, codes=shared)
    return tail, factor, sign


def _measured(text: str, position: int, language: str) -> tuple[int, float, Unit | None]:
    """End, magnitude and unit behind a number without a sign."""
    tail, unit = unit_at(text, position, language)
    if unit and not (unit.money and text[position : position + 1] in "万亿"):
        # "75 USD million"
        return (
            (*numerals.scale_at(text, tail, language, money=True), unit)
            if unit.money
            else (
                tail,
                1.0,
                unit,
            )
        )
    tail, factor = numerals.scale_at(text, position, language, money=False)
    if factor == 1.0:
        tail, factor = _money_letter(text, position, language)
    end, unit = unit_at(text, tail, language)
    if unit is None and factor > 1 and text[tail : tail + 1] == ".":
        # "2,5 Mio. Euro"
        end, unit = unit_at(text, tail + 1, language)
    return (end if unit else tail), factor, unit


def _money_letter(text: str, position: int, language: str) -> tuple[int, float]:
    """ "1.8M dollars", "5m euros": a lone letter is a magnitude only where a currency follows."""
    tail, factor = numerals.scale_at(text, position, language, money=True)
    if factor == 1.0:
        return position, 1.0
    _, unit = unit_at(text, tail, language)
    return (tail, factor) if unit and unit.money else (position, 1.0)


def _stands_free(text: str, start: int) -> bool:
    """Not inside a word, a decimal, a time, a code or a list of page numbers."""
    if not start:
        return True
    previous = text[start - 1]
    if previous.isalpha() and not HAN.match(previous):
        return False
    if previous == "第" or (previous in ".,:/'’_" and start > 1 and text[start - 2].isdigit()):
        return False
    if previous in "-–—−":
        return start < 2 or not text[start - 2].isalnum() or bool(HAN.match(text[start - 2]))
    return not previous.isdigit()


def is_year(number: Number) -> bool:
    return number.match[0].isdigit() and 1500 <= number.value <= 2099 and not number.scaled
