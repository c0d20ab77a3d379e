"""The grammar of date expressions with months, as one regular expression for a language.

Named groups mark the kinds that need a look at what stands before them: `word_decade`
(`nineties`), `month_year` (`10/2019`) and `month_day` (`April 4`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.tag.datewords import keyed, months, vocabulary, words

YEAR = r"(?:1[1-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL_DAY = rf"{_DAY}(?:(?:st|nd|rd|th|er|º|°|-?го|-?е)(?!\w))?"
_ROMAN = r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})"
_NUMERIC = "|".join(rf"\d{{1,2}}{s}\d{{1,2}}{s}{YEAR}(?!\w|[./-]\d)" for s in ("[.]", "/", "-"))
_ISO = "|".join(rf"{YEAR}{s}\d{{1,2}}{s}\d{{1,2}}(?!\w|[./-]\d)" for s in ("[.]", "/", "-"))
_MONTH_YEAR = rf"(?:0?[1-9]|1[0-2])[./]{YEAR}"
_OPENERS = ("edges", "ordinals", "feasts", "decade_leads", "short_decade_leads")
_QUARTER = r"(?:[QHT][1-4]|[1-4][QH])"


@cache
def pattern(language: str) -> re.Pattern[str]:
    """The expression for a BCP 47 language; the first kind that fits is meant to win."""
    month = months(language)
    kinds = (
        rf"(?:{_NUMERIC}){_to()}(?:{_NUMERIC})",
        rf"(?:{_NUMERIC})(?:\s?{words('year_words')})?",
        _ISO,
        rf"{_DAY}\.?[-./\s]{_ROMAN}[-./\s]{YEAR}(?!\w)",
        *_ranges(month),
        *_parts(),
        *_decades(),
        *_points(month),
    )
    either = "|".join(rf"(?:(?:{kind})(?!\w))" for kind in kinds)
    return re.compile(rf"(?<![\w$€£¥#№])(?<!\w[-–/.,:])(?={_opening(month)})(?:{either})", re.I)


def _opening(month: str) -> str:
    """What a date begins with: a look at the first word spares most words all the kinds."""
    numbered = map(keyed, ("seasons", "decades"))
    named = map(words, _OPENERS)
    return "|".join((r"['’]?\d", month, *numbered, *named, "FY", _QUARTER))


@cache
def _year() -> str:
    """A year that is no part of a longer number and counts nothing."""
    more = r"\w|[.,]\d|-(?!present|now|today)[^\W\d]{3}|-\d{3}|\s\d{3}\b"
    counting = rf"\s{words('counted')}(?!\w)"
    ending = rf"(?:-{vocabulary()['year_endings']}(?!\w))?(?:\s?{words('year_words')}(?!\w))?"
    return rf"{YEAR}(?!{more}|{counting}){ending}"


@cache
def _gap() -> str:
    """Between a day, a month and a year."""
    return rf"(?:,?\s(?:{words('links')}\s)?|[-/])"


@cache
def _to() -> str:
    return rf"(?:\s?[-–—−]\s?|\s{words('range_words')}\s(?:{words('articles')}\s)?)"


@cache
def _joint() -> str:
    return rf"\s{words('joint')}\s"


def _day_month(month: str) -> str:
    return rf"(?:{_DAY}\.|{_ORDINAL_DAY}){_gap()}{month}"


def _edge() -> str:
    return rf"(?:{words('edges')}[\s-](?:(?:{words('links')}|the|des|der)\s)?)"


def _points(month: str) -> Iterator[str]:
    """One day, month or year, the longest first."""
    yield rf"{_edge()}(?:{month}{_gap()})?{_year()}"
    yield rf"{_day_month(month)}{_gap()}{_year()}"
    yield rf"{month}\s(?:the\s)?{_ORDINAL_DAY},?\s{_year()}"
    yield rf"{month}(?:{_gap()}{_year()}|\s['’]\d\d)"
    yield rf"(?P<month_year>{_MONTH_YEAR}(?:{_to()}{_MONTH_YEAR})?)"
    yield _day_month(month)
    days = rf"{_ORDINAL_DAY}(?:{_to()}{_ORDINAL_DAY})?"
    yield rf"(?P<month_day>{month}\s(?:{days}))(?!\s?[°%]|[.,:]\d)"
    yield _year()


def _ranges(month: str) -> Iterator[str]:
    """Two ends, of which the first may lack what the second says."""
    either = rf"(?:{_to()}|{_joint()})"
    point = (
        rf"(?:{_day_month(month)}(?:{_gap()}{_year()})?"
        rf"|{month}\s(?:the\s)?{_ORDINAL_DAY},?\s{_year()}"
        rf"|{_edge()}?(?:{month}{_gap()}(?:{_year()}|['’]\d\d\b)|{_year()}))"
    )
    between = "|".join(rf"(?<={word}\s)" for word in vocabulary()["between"])
    first_day = rf"(?:{_DAY}\.|{_ORDINAL_DAY})"
    yield rf"{first_day}{either}{_day_month(month)}(?:{_gap()}{_year()})?"
    yield rf"{month}{either}{month}{_gap()}{_year()}"
    yield rf"{month}\s{_ORDINAL_DAY}{either}(?:{month}\s)?{_ORDINAL_DAY},?\s{_year()}"
    yield rf"{point}{_to()}{point}"
    yield rf"(?:{between})(?:{point}|{month}){_joint()}{point}"


def _parts() -> Iterator[str]:
    """Seasons, quarters and halves with their year, and years that span two."""
    link = rf"(?:{words('links')}\s)?"
    spans_two = rf"{keyed('seasons')}|{words('feasts')}|FY"
    part = rf"{words('ordinals')}\s{words('parts')}"
    yield rf"(?:{spans_two}),?\s?{link}{YEAR}[/–-]\d\d(?:\d\d)?(?!\w)"
    yield rf"{YEAR}[/–-](?:{YEAR}|\d\d)(?!\w|[./–-]\d)(?:\s?{words('year_words')})?"
    yield rf"(?:{spans_two}|{part}|{_QUARTER}),?[\s/-]?{link}(?:the\s)?(?:year\s)?{_year()}"
    yield rf"{YEAR}[\s-]?[QH][1-4]"


def _decades() -> Iterator[str]:
    noun = rf"(?:\s{words('decade_words')})?"
    long = rf"(?:1[5-9]|20)\d0{vocabulary()['decade_endings']}"
    short = r"['’]?[2-9]0(?:(?<=['’]\d0)s|-(?:е|х|ми|м))"
    yield rf"{_edge()}?(?:{long}|{short})(?!\w){noun}"
    yield rf"{words('decade_leads')}\s?(?:1[5-9]|20)?\d0"
    yield rf"{words('short_decade_leads')}\s[2-9]0(?!\d)"
    yield rf"(?P<word_decade>{keyed('decades')}{noun})"
