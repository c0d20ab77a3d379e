"""Date expressions: years, months, days, parts of years, decades, and ranges of them.

What is meant by one: `2019`, `May 2019`, `4 May`, `3-5 May 2019`, `end of 2021`, `Q3 2022`,
`winter 2022/23`, `the 1990s`, `2015 to 2020`, `IV квартал 2022 г.`. Not a month alone, an age, a
number of anything, nor a year in a name (`Agenda 2030`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.records import Mention
from pipeline.tag.dates_han import han_dates
from pipeline.tag.dates_pattern import YEAR, pattern
from pipeline.tag.datewords import vocabulary, words

#: Only years: what stands around them decides whether they are any.
_ONLY_YEARS = re.compile(rf"{YEAR}(?:\W+(?:\w{{1,5}}\W+)?(?:{YEAR}|\d\d))?")
_BEFORE_CHARACTERS = 30
#: A smaller number needs one of these before it to be a year.
_FIRST_BARE_YEAR = 1500
_OLD_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|of|year|[Вв]|[Сс])\s$")
#: Round years after it are rather in a name, where they follow a capital: `Astana 2030`.
_LAST_PAST_YEAR = 2024
_CAPITALISED = re.compile(r"(?<![.!?:]\s)\b([^\W\d_]\w*)\s$")
_DECADE_LEAD = re.compile(r"\b[Tt]he\s$|\b(?:early|late|mid)[\s-]$|[а-яё,]\s$|\bВ\s$")


def dates(text: str, language: str = "en") -> Iterator[Mention]:
    """Mentions of dates, not overlapping.

    language: BCP 47 tag; its months are known beside those of the usual languages.
    """
    spans = [(m.start, m.end) for m in han_dates(text)]
    yield from (Mention(start, end, "DATE", 0.98) for start, end in spans)
    position = 0
    while match := pattern(language).search(text, position):
        taken = any(match.start() < end and start < match.end() for start, end in spans)
        if not taken and _is_date(text, match):
            yield Mention(match.start(), match.end(), "DATE", 0.98)
            position = match.end()
        else:
            position = match.start() + 1


def _is_date(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE_CHARACTERS) : match.start()]
    if _lower_month().search(match[0]):
        return False
    if match.lastgroup == "word_decade":
        return _DECADE_LEAD.search(before) is not None
    if match.lastgroup == "month_year":
        return _preposition().search(before) is not None
    if match.lastgroup == "month_day":
        return not re.search(r"\b[Ii]n\s$", before)
    if _ONLY_YEARS.fullmatch(match[0]):
        return _is_year(before, int(match[0][:4]))
    return True


def _is_year(before: str, year: int) -> bool:
    if _not_after().search(before):
        return False
    if year < _FIRST_BARE_YEAR:
        return _OLD_YEAR.search(before) is not None
    lead = _CAPITALISED.search(before)
    if year <= _LAST_PAST_YEAR or year % 5 or not lead:
        return True
    return lead[1][0].islower() or lead[1] in vocabulary()["starts"]


@cache
def _lower_month() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words('capital_only')}(?!\w)")


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[(:;\n]|\b(?:since|from|in|until|{words('range_words')}))\s*$", re.I)


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words('not_after')},?\s?$|(?<!\d\d\d)\d\s$|\+\d[\d\s()-]*$")
