"""Dates in sentences: `[[EDTF|text]]` marks what a reader takes for one, and nothing else is."""

from __future__ import annotations

import calendar
import datetime
import re
from itertools import pairwise
from pathlib import Path

import dateparser
import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.dates import edtf, is_month_first
from pipeline.tag.dates import dates

SENTENCES = [
    line.split("\t")
    for line in Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MARK = re.compile(r"\[\[([^|\]]*)\|([^\]]*)\]\]")
DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31))


@pytest.mark.parametrize(("language", "marked"), SENTENCES)
def test_dates_in_sentences(language: str, marked: str) -> None:
    text = MARK.sub(lambda mark: mark[2], marked)
    spans = [text[m.start : m.end] for m in sorted(dates(text, language), key=lambda m: m.start)]
    assert [(edtf(span, language), span) for span in spans] == MARK.findall(marked)


LEVEL_1 = re.compile(
    r"(?P<year>\d{4}|\d{3}X|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<rough>~?)"
)


def is_edtf(value: str) -> bool:
    """Whether a value is a date, a season, or a range in order, as the tables may hold it."""
    ends = [LEVEL_1.fullmatch(end) for end in value.split("/")]
    if not ends or len(ends) > 2 or not all(map(_exists, ends)):
        return False
    return len(ends) == 1 or value.split("/")[0].rstrip("~")[:4] <= value.split("/")[1][:4]


def _exists(end: re.Match[str] | None) -> bool:
    if end is None:
        return False
    month, day = int(end["month"] or 1), int(end["day"] or 1)
    year = int(end["year"]) if end["year"].isdigit() else 2000
    if 21 <= month <= 24:
        return not end["day"]
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


#: Words and signs of the sentences, to be strewn into texts that nobody meant.
PIECES = st.sampled_from(
    sorted({w for _, line in SENTENCES for w in re.findall(r"\w+|[^\w\s]", MARK.sub(r"\2", line))})
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_spans_apart_with_lawful_values(text: str) -> None:
    found = sorted(dates(text), key=lambda m: m.start)
    for mention in found:
        span = text[mention.start : mention.end]
        assert span == span.strip()
        assert is_edtf(edtf(span)), span
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=40))
@settings(deadline=None)
def test_no_text_is_an_error(text: str) -> None:
    value = edtf(text)
    assert value == "" or is_edtf(value)


@given(DAYS, st.sampled_from(["en", "ru", "de", "fr", "es", "pt", "it", "pl", "uk"]))
@settings(deadline=None)
def test_every_written_day_comes_back(day: datetime.date, language: str) -> None:
    written = format_date(day, "d MMMM y", locale=language)
    (mention,) = dates(f"({written})", language)
    assert edtf(f"({written})"[mention.start : mention.end], language) == day.isoformat()


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y"]))
@settings(max_examples=50, deadline=None)
def test_days_are_read_as_dateparser_reads_them(day: datetime.date, form: str) -> None:
    written = day.strftime(form)
    other = dateparser.parse(
        written, languages=["en"], settings={"DATE_ORDER": "YMD" if form[1] == "Y" else "DMY"}
    )
    assert other is not None
    assert edtf(written) == other.date().isoformat()


@given(DAYS, DAYS)
@settings(deadline=None)
def test_ranges_keep_both_ends(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))
    text = f"from {first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}."
    (mention,) = dates(text)
    value = edtf(text[mention.start : mention.end])
    assert value == "/".join(dict.fromkeys((first.isoformat(), last.isoformat())))


def test_a_document_that_proves_it_is_read_month_first() -> None:
    assert not is_month_first(["3/4/2019"])
    assert is_month_first(["3/4/2019", "4/25/2019"])
    assert not is_month_first(["25/4/2019", "4/25/2019"])
    assert edtf("3/4/2019", month_first=True) == "2019-03-04"
    assert edtf("25/4/2019", month_first=True) == "2019-04-25"
