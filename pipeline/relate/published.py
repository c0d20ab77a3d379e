"""The date that a document says it was published or brought up to date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from pipeline.edtf import edtf
from pipeline.records import Block, Mention, Resolved
from pipeline.vocabulary import read

#: A label opens a line or a cell; a name may stand between it and the date.
_OPENS = r"(?:^|[|｜(（·•>*/\-–—\u3000]|\s{2,})\s*"
_GAP = 30
#: A field of this kind stands in a line that is no longer.
_LINE = 200
#: A date alone is looked for in the first blocks.
_HEAD = 6
_DAY = re.compile(
    r"(?P<era>昭和|平成|令和)?(?P<year>\d{4}|(?<=昭和|平成|令和)\d{1,2})\s?[-./年]\s?(?P<month>\d{1,2})"
    r"(?:\s?[-./月]\s?(?P<day>\d{1,2}))?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})\s?[./]\s?)?(?P<month>\d{1,2})\s?[-./]\s?(?P<year>\d{4}|\d\d)(?![\d.:])"
)
#: A year of two figures is of this century, and stands with a day.
_SHORT = 100
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}
_FINE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?$")


def published(resolved: Resolved) -> str:
    """EDTF of the date; what the dates of several entries have in common; empty where none is."""
    document = resolved.document
    found_dates = {date for block in document.blocks for date in _in(resolved, block)}
    if len(found_dates) < 2:
        return next(iter(found_dates), "")
    return _common(found_dates)


def _in(resolved: Resolved, block: Block) -> Iterator[str]:
    """The dates behind the labels of a block; of "Published … | Updated …" only the last."""
    text = resolved.document.text[block.start : block.end]
    if len(text) > _LINE:
        text = text[:_LINE]
    labels = _label("published").finditer(text)
    found = [_behind(resolved, block.start + m.end()) for m in labels]
    head = resolved.document.blocks[:_HEAD]
    if not any(found) and block in head and _words("beside").search(text):
        found = [_behind(resolved, block.start + m.end()) for m in _label("plain").finditer(text)]
    yield from [max(filter(None, found))] if any(found) else []


def _behind(resolved: Resolved, start: int) -> str:
    """The date that begins shortly behind a label."""
    rest = resolved.document.text[start : start + 2 * _GAP].partition("\n")[0]
    mention = _date_from(resolved, start)
    between = resolved.document.text[start : mention.start] if mention else ""
    if mention and _FINE.match(mention.value) and not re.search(r"\d", between):
        return mention.value
    first = re.search(r"\d|昭和|平成|令和", rest)
    return _numeral(rest[first.start() :]) if first and first.start() <= _GAP else ""


def _date_from(resolved: Resolved, start: int) -> Mention | None:
    """The first date that begins no further than the gap behind a label."""
    mentions = resolved.mentions
    for index in range(bisect_left(mentions, start, key=attrgetter("start")), len(mentions)):
        if mentions[index].start > start + _GAP:
            break
        if mentions[index].label == "DATE":
            return mentions[index]
    return None


def _numeral(text: str) -> str:
    """EDTF of a date in figures at the beginning: the year first, or the day first."""
    found = _DAY.match(text) or _DAY_FIRST.match(text)
    if not found:
        return ""
    year = int(found["year"]) + _ERAS.get(found.groupdict().get("era") or "", 0)
    month, day = int(found["month"]), int(found["day"] or 0)
    if day and year < _SHORT:
        year += 2000
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and day <= 31):
        return ""
    return edtf(year, month, day)


def _common(dates: set[str]) -> str:
    """The month or the year that all dates are in; empty where they are not of one year."""
    for precision in (7, 4):
        if len(shared := {date[:precision] for date in dates}) == 1:
            return shared.pop()
    return ""


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{p})" for p in read("pipeline.relate", "datelines")[name]), re.I
    )


@cache
def _label(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_OPENS}(?:{_words(name).pattern})\s*[:：]?\s*(?=\W|\d|[^\W\d_])", re.I | re.M
    )
