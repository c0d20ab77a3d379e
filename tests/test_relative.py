"""Dates that a clause counts from the date before it: `relative.tsv`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relate.relative import relative

_LINES = Path(__file__).with_name("relative.tsv").read_text("utf-8").splitlines()
CLAUSES = [line.split("\t") for line in _LINES if not line.startswith("#")]


@pytest.mark.parametrize(("language", "anchor", "expected", "clause"), CLAUSES)
def test_clauses_count_from_their_anchor(
    language: str, anchor: str, expected: str, clause: str
) -> None:
    assert relative(clause, anchor, language) == expected


@given(st.text(), st.text(), st.sampled_from(["en", "ru", "zh", "fr"]))
def test_any_text_gives_a_date_or_nothing(clause: str, anchor: str, language: str) -> None:
    found = relative(clause, anchor, language)
    assert found == "" or found[:4].isdecimal()


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(1, 20))
def test_earlier_undoes_later(day: date, years: int) -> None:
    anchor = str(day)
    later = relative(f"It closed {years} years later.", anchor, "en")
    if later:
        assert relative(f"It closed {years} years earlier.", later, "en") == anchor[:4]
    year = int(anchor[:4])
    assert bool(later) == (1000 <= year + years <= 2100)
