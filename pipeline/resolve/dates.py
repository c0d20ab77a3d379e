"""Dates to EDTF level 1.

A whole day in words ("4 April 2017", "2 de mayo de 2019") is read by dateparser, which knows more
languages than we list words for. It gives nothing for what research texts are full of (ranges,
parts of years, decades, quarters, seasons): those are read here, word by word, with the
vocabulary that `tag` finds them by.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import dateparser
from dateparser.data.languages_info import language_order

from pipeline.resolve.numerals import arabic
from pipeline.tag.datewords import key_of, keyed, month_number, months, vocabulary, words

_YEAR = r"(?:1[1-9]|20)\d\d"
_NUMERIC = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2({_YEAR})(?!\d)")
_ISO = re.compile(rf"({_YEAR})[-./](\d{{1,2}})(?:[-./](\d{{1,2}}))?(?!\d)")
_ROMAN_DATE = re.compile(rf"\d{{1,2}}\.?[-./\s][IVX]+[-./\s]{_YEAR}")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}})[./]({_YEAR})")
_SHORT_RANGE = re.compile(rf"({_YEAR})\s?[-–—−/]\s?(\d\d)(?!\d|[-./]\d)")
_HAN_MONTH = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})?(?!\d)")
_SEASON_YEARS = re.compile(rf"(\w+),?\s(?:\w+\s)?({_YEAR})[-–—/](?:\d\d)?\d\d$")
_DECADE = re.compile(r"(?<!\d)(1[5-9]|20)?(\d)0(?:年代|년대|\D*$)")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
#: Two-digit years below it are of this century.
_CENTURY_TURN = 40
_LAST_MONTH = 12
_WHOLE = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range, or the whole of a date; 0 for what is unsaid."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0
    rough: bool = False


def edtf(text: str, language: str = "en", month_first: bool = False) -> str:
    """EDTF of a date expression: `2017`, `2019-11`, `2023-12-05`, `2015/2020`, `2021~`, `199X`.

    Also `XXXX-04-04` for a day without a year, and `2019-21` for a spring. Years from 1100 to
    2099; empty where the expression is none of a known form.
    month_first: how `3/4/2019` is read; a number above 12 is a day in either place.
    """
    text = arabic(" ".join(text.split()))
    if decade := _decade(text):
        return decade
    if whole := _short_range(text):
        return whole
    ends = [_point(part, language, month_first) for part in _ends(text, language)]
    ends = [end for end in ends if end != _Point(rough=end.rough)]
    if not ends:
        return ""
    first, last = _shared(ends[0], ends[-1])
    left, right = _written(first), _written(last)
    if len(ends) == 1 or left == right or not left or not right:
        return right
    return f"{left}/{right}" if left[:10].rstrip("~") <= right.rstrip("~") else left


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether the numeric dates of a document can only be read as month, day, year."""
    pairs = [(int(m[1]), int(m[3])) for m in map(_NUMERIC.search, texts) if m]
    month_first = any(second > _LAST_MONTH for _, second in pairs)
    return month_first and not any(first > _LAST_MONTH for first, _ in pairs)


def _decade(text: str) -> str:
    """`199X` for `1990s`, `90-е` and `nineties`; those without a century are of the last."""
    word = re.search(keyed("decades"), text, re.I)
    if word:
        return f"19{key_of('decades', word[0])}X"
    match = _DECADE.search(text)
    if not match or not _decade_sign().search(text):
        return ""
    return f"{match[1] or '19'}{match[2]}X"


@cache
def _decade_sign() -> re.Pattern[str]:
    ending = vocabulary()["decade_endings"]
    leads = f"{words('decade_leads')}|{words('short_decade_leads')}"
    return re.compile(rf"\d0{ending}(?!\w)|年代|년대|^(?:{leads})", re.I)


def _short_range(text: str) -> str:
    """Of `2014-16` or `winter 2022/23`; empty for others."""
    over_new_year = _SEASON_YEARS.match(text)
    if over_new_year and (season := key_of("seasons", over_new_year[1])):
        return _written(_Point(int(over_new_year[2]), season=season))
    if match := _SHORT_RANGE.search(text):
        year, other = int(match[1]), int(match[2])
        if other > year % 100 and (other > _LAST_MONTH or other == year % 100 + 1):
            return f"{year}/{year // 100 * 100 + other}"
    return ""


@cache
def _divider() -> re.Pattern[str]:
    to = rf"\s?[-–—−~～]\s?|\s(?:{words('range_words')}|{words('joint')})\s|[至到]|/(?={_YEAR})"
    return re.compile(to, re.I)


def _ends(text: str, language: str) -> list[str]:
    """The one or two points that an expression names."""
    if _is_single(text):
        return [text]
    for match in _divider().finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        begun = re.search(r"\d", left) or _month_word(language).search(left)
        named = begun and re.search(r"\d", right)
        if named and not _glued(match, left, right):
            return [left, right]
    return [text]


def _is_single(text: str) -> bool:
    """Whether all of an expression is one date of figures."""
    forms = (_NUMERIC, _ISO, _ROMAN_DATE)
    return any((m := form.match(text)) and not re.search(r"\d", text[m.end() :]) for form in forms)


def _glued(divider: re.Match[str], left: str, right: str) -> bool:
    """Whether a hyphen joins parts of one date: `mid-2020`, `May-2019`, `12-May-2019`."""
    if divider[0] not in ("-", "/"):
        return False
    if re.fullmatch(r"\d{1,2}", left):
        return not right[0].isdigit()
    if not re.search(r"\d", left):
        return right[0].isdigit()
    either = f"{left}|{right}"
    return re.search(r"\b[QHT][1-4]\b", either, re.I) is not None


def _point(text: str, language: str, month_first: bool) -> _Point:
    if match := _NUMERIC.search(text):
        first, second = int(match[1]), int(match[3])
        swap = second > _LAST_MONTH or (month_first and first <= _LAST_MONTH)
        day, month = (second, first) if swap else (first, second)
        return _checked(_Point(int(match[4]), month, day))
    if match := _ISO.match(text):
        return _checked(_Point(int(match[1]), int(match[2]), int(match[3] or 0)))
    if match := _MONTH_YEAR.fullmatch(text):
        return _checked(_Point(int(match[2]), int(match[1])))
    return _whole_day(text, language) or _checked(_worded(text, language))


@lru_cache(maxsize=10_000)
def _whole_day(text: str, language: str) -> _Point | None:
    """The point of a date that names its year, month and day in words; None for any other."""
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    if not year or len(re.findall(r"\d+", text)) != 2 or _rough_word().search(text):
        return None
    known = language if language in language_order else "en"
    moment = dateparser.parse(text, languages=sorted({known, "en"}), settings=_WHOLE)
    if moment is None or str(moment.year) != year[0]:
        return None
    return _Point(moment.year, moment.month, moment.day)


@cache
def _month_word(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){months(language)}", re.I)


@cache
def _rough_word() -> re.Pattern[str]:
    part = rf"{words('ordinals')}\s{words('parts')}"
    han = r"[底末初中]|半年|季度|旬"
    return re.compile(rf"(?<!\w)(?:{words('edges')}(?!\w)|{part}|[QHT][1-4]|[1-4][QH])|{han}", re.I)


@cache
def _season_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){keyed('seasons')}(?!\w)|[春夏秋冬]", re.I)


def _worded(text: str, language: str) -> _Point:
    """The point that words, numbers and 年月日 name."""
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    rest = text.replace(year[0], " ", 1) if year else text
    rough = _rough_word().search(rest)
    rest = _rough_word().sub(" ", rest)
    season = _season_word().search(rest)
    point = _Point(int(year[0]) if year else 0, rough=bool(rough))
    if season:
        code = "春夏秋冬".find(season[0]) + 1 or key_of("seasons", season[0])
        return replace(point, season=code)
    if short := re.search(r"['’](\d\d)$", rest):
        value = int(short[1])
        point = replace(point, year=value + (2000 if value < _CENTURY_TURN else 1900))
        rest = rest[: short.start()]
    if han := _HAN_MONTH.search(rest):
        return replace(point, month=int(han[1]), day=int(han[2] or 0))
    word = _month_word(language).search(rest)
    number = re.search(r"(?<!\d)\d{1,2}(?!\d)", rest)
    month_of = month_number(word[0], language) if word else _roman_month(rest)
    return replace(point, month=month_of, day=int(number[0]) if number else 0)


def _roman_month(text: str) -> int:
    word = re.search(r"\d[-./\s]+([IVX]+)\b", text)
    return _ROMAN.index(word[1].lower()) if word and word[1].lower() in _ROMAN else 0


def _checked(point: _Point) -> _Point:
    """The point without a month or a day that no calendar has."""
    if point.month > _LAST_MONTH:
        return replace(point, month=0, day=0)
    try:
        datetime.date(point.year or 2000, point.month or 1, point.day or 1)
    except ValueError:
        return replace(point, day=0)
    return point


def _shared(first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """Each end with what only the other says: `3-5 May 2019`, `2022年7—9月`."""
    if not last.month and last.day and first.month:
        last = replace(last, month=first.month)
    if not first.year:
        first = replace(first, year=last.year)
    elif not last.year:
        last = replace(last, year=first.year)
        if not last.month and first.month:
            last = replace(last, month=last.day, day=0) if not first.day else last
    if first.day and not first.month and not last.day:
        first = replace(first, month=first.day, day=0)
    elif first.day and not first.month:
        first = replace(first, month=last.month)
    if last.month and not first.month and not first.day and not first.season:
        return first, last
    return _checked(first), _checked(last)


def _written(point: _Point) -> str:
    if not point.year:
        return f"XXXX-{point.month:02}-{point.day:02}" if point.month and point.day else ""
    if point.season:
        return f"{point.year}-{20 + point.season}"
    parts = [f"{point.year}"]
    if point.month:
        parts.append(f"{point.month:02}")
        if point.day:
            parts.append(f"{point.day:02}")
    return "-".join(parts) + ("~" if point.rough else "")
