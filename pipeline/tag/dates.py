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
from pipeline.tag.datewords import keyed, months, vocabulary, words

_YEAR = r"(?:1[1-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:(?:st|nd|rd|th|er|º|°|-?го|-?е|\.)(?!\w))?"
_ROMAN = r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})"
#: Only years: what stands around them decides whether they are any.
_ONLY_YEARS = re.compile(rf"{_YEAR}(?:\W+(?:\w{{1,5}}\W+)?(?:{_YEAR}|\d\d))?")
_BEFORE_CHARACTERS = 30
#: Before it a bare number needs a preposition to be a year.
_FIRST_BARE_YEAR = 1500


def dates(text: str, language: str = "en") -> Iterator[Mention]:
    """Mentions of dates in order, not overlapping.

    language: BCP 47 tag; its months are known beside those of the usual languages.
    """
    spans = [(m.start, m.end) for m in han_dates(text)]
    yield from (Mention(start, end, "DATE", 0.9) for start, end in spans)
    position = 0
    pattern = _pattern(language)
    while match := pattern.search(text, position):
        taken = any(match.start() < end and start < match.end() for start, end in spans)
        if not taken and _is_date(text, match):
            yield Mention(match.start(), _end(match), "DATE", 0.9)
            position = _end(match)
        else:
            position = match.start() + 1


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip())


def _is_date(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE_CHARACTERS) : match.start()]
    if _lower_month().search(match[0]):
        return False
    if match.lastgroup == "word_decade":
        return _decade_lead().search(before) is not None
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
        return re.search(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|of|year|[Вв]|[Сс])\s$", before) is not None
    lead = re.search(r"(?<![.!?:]\s)\b([^\W\d_]\w*)\s$", before)
    to_come = year > 2024 and year % 5 == 0
    return not (to_come and lead and lead[1][0].isupper() and lead[1] not in _starts())


@cache
def _starts() -> frozenset[str]:
    return frozenset(vocabulary()["starts"])


@cache
def _lower_month() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words('capital_only')}(?!\w)")


@cache
def _decade_lead() -> re.Pattern[str]:
    return re.compile(r"\b[Tt]he\s$|\b(?:early|late|mid)[\s-]$|[а-яё,]\s$")


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[(:;\n]|\b(?:since|from|in|until|{words('range_words')}))\s*$", re.I)


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words('not_after')},?\s?$|\d\s$(?<!\d{{4}}\s)|[+(]\d+[)\s-]+$")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    month, link, joint = months(language), words("links"), rf"\s{words('joint')}\s"
    ending = rf"(?:-{vocabulary()['year_endings']}(?!\w))?(?:\s?{words('year_words')}(?!\w))?"
    year = rf"{_YEAR}(?!\w|[.,]\d|-[^\W\d]{{3}}|\s\d{{3}}\b|\s{words('counted')}(?!\w)){ending}"
    gap = rf"(?:,?\s(?:{link}\s)?|[-/])"
    day = rf"{_DAY}{_ORDINAL}"
    day_month = rf"{day}{gap}{month}"
    point = (
        rf"(?:{day_month}(?:{gap}{year})?|{month}\s(?:the\s)?{day},?\s{year}"
        rf"|(?:{words('edges')}[\s-](?:{link}\s)?)?(?:{month}{gap}(?:{year}|['’]\d\d\b)|{year}))"
    )
    to = rf"(?:\s?[-–—−]\s?|\s{words('range_words')}\s(?:{words('articles')}\s)?)"
    between = "|".join(rf"(?<={word}\s)" for word in vocabulary()["between"])
    part = rf"{words('ordinals')}\s{words('parts')}"
    decade = rf"(?:1[5-9]|20)\d0{vocabulary()['decade_endings']}(?!\w)(?:\s{words('decade_words')})?"
    short = rf"['’]?[2-9]0(?:(?<=['’]\d0)s|-(?:е|х|ми|м))(?!\w)(?:\s{words('decade_words')})?"
    edge = rf"(?:{words('edges')}[\s-](?:(?:{link}|the|des|der)\s)?)"
    kinds = (
        rf"\d{{1,2}}(?P<sign>[./-])\d{{1,2}}(?P=sign){_YEAR}(?!\w|[./-]\d)(?:\s?{words('year_words')})?",
        rf"{_YEAR}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\w|[./-]\d)",
        rf"{day}[-./\s]{_ROMAN}[-./\s]{_YEAR}(?!\w)",
        rf"{day}(?:{to}|{joint}){day_month}(?:{gap}{year})?",
        rf"{month}(?:{to}|{joint}){month}{gap}{year}",
        rf"{month}\s{day}(?:{to}|{joint})(?:{month}\s)?{day},?\s{year}",
        rf"{point}{to}{point}",
        rf"(?:{between})(?:{point}|{month}){joint}{point}",
        rf"(?:{keyed('seasons')}|FY|{words('feasts')}),?\s?(?:{link}\s)?{_YEAR}[/–-]\d\d(?:\d\d)?(?!\w)",
        rf"{_YEAR}[/–-](?:{_YEAR}|\d\d)(?!\w|[./–-]\d){ending}",
        rf"(?:{keyed('seasons')}|FY|{words('feasts')}|{part}|[QHT][1-4]|[1-4][QH]),?[\s/-]?"
        rf"(?:{link}\s)?(?:the\s)?(?:year\s)?{year}|{_YEAR}[\s-]?[QH][1-4]",
        rf"{edge}?(?:{decade}|{short})|{words('decade_leads')}\s?(?:1[5-9]|20)?\d0",
        rf"(?P<word_decade>{keyed('decades')}(?:\s{words('decade_words')})?)",
        rf"{edge}(?:{month}{gap})?{year}",
        rf"{day_month}{gap}{year}",
        rf"{month}\s(?:the\s)?{day},?\s{year}",
        rf"{month}{gap}{year}|{month}\s['’]\d\d",
        rf"(?P<month_year>(?:0?[1-9]|1[0-2])[./]{_YEAR})",
        day_month,
        rf"(?P<month_day>{month}\s(?:{_DAY}{_ORDINAL}(?:{to}{day})?))(?!\s?[°%]|[.,:]\d)",
        year,
    )
    either = "|".join(f"(?:{kind}(?![\\w]))" for kind in kinds)
    return re.compile(rf"(?<![\w$€£¥#№])(?<![\w][-–/.,:])(?:{either})", re.I)
