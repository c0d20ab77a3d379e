"""Dates to EDTF, amounts to numbers, scan errors."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repair import repair
from pipeline.resolve.amounts import quantity, written
from pipeline.resolve.dates import edtf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017", "2017"),
        ("December 2023", "2023-12"),
        ("14 September 2011", "2011-09-14"),
        ("June 10, 2025", "2025-06-10"),
        ("end of 2021", "2021~"),
        ("2015 to 2020", "2015/2020"),
        ("1990s", "199X"),
        ("2023年9月", "2023-09"),
        ("17 ноября 2021 года", "2021-11-17"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert edtf(text) == expected


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_written_day_comes_back(day: datetime.date) -> None:
    assert edtf(f"{day.day} {day:%B} {day.year}") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5.9 billion", "5900000000 USD"),
        ("607 hectares", "607 ha"),
        ("60,000 square meters", "60000 m2"),
        ("8.7%", "8.7 %"),
        ("₹120 crore", "1200000000 INR"),
        ("36亿元", "3600000000 CNY"),
        ("1,8 млрд рублей", "1800000000 RUB"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    found = quantity(text)
    assert found is not None
    assert written(found) == expected


@given(st.integers(min_value=1, max_value=10**9))
def test_grouped_numbers_keep_their_value(number: int) -> None:
    found = quantity(f"€{number:,}")
    assert found is not None
    assert found.value == number


@given(st.text(max_size=60))
def test_repair_moves_no_offset(text: str) -> None:
    assert len(repair(text)) == len(text)


def test_repair() -> None:
    assert repair("by the end 0f 2021, in l95l, 84,OOO feet") == (
        "by the end of 2021, in 1951, 84,000 feet"
    )
