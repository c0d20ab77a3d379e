"""Strategies in sentences: `[[name|text]]` marks what a reader takes for one, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Mention, Strategy
from pipeline.resolve import span_of_years
from pipeline.resources import _strategies
from pipeline.tag import _settle
from pipeline.tag.strategies import aliases, certain, folded, strategies

SENTENCES = [
    line
    for line in Path(__file__).with_name("strategies.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MARK = re.compile(r"\[\[([^|\]]*)\|([^\]]*)\]\]")
LISTED = _strategies()


def found(text: str, vocabulary: dict[str, Strategy] = LISTED) -> list[Mention]:
    names = aliases(tuple(vocabulary.values()))
    return _settle(list(certain(text, strategies(text, names))), len(text))


def name_of(mention: Mention) -> str:
    return LISTED[mention.value].name if mention.value in LISTED else "-"


@pytest.mark.parametrize("marked", SENTENCES)
def test_strategies_in_sentences(marked: str) -> None:
    text = MARK.sub(lambda mark: mark[2], marked)
    spans = [(name_of(m), text[m.start : m.end]) for m in found(text)]
    assert spans == MARK.findall(marked)


def test_an_acronym_is_its_definition() -> None:
    text = "The Rural Schools Strategy (RSS) began in May. The RSS ends in June."
    assert len({m.value for m in found(text)}) == 1


def test_a_doubtful_acronym_needs_its_long_form() -> None:
    vocabulary = {"x": Strategy("x", "Coastal Area Programme", ("CAP",))}
    assert not found("The CAP fits the bottle.", vocabulary)
    assert len(found("The CAP is the Coastal Area Programme of old.", vocabulary)) == 2


def test_every_listed_name_is_found() -> None:
    assert [s.strategy_id for s in LISTED.values() if not is_found(s)] == []


def is_found(strategy: Strategy) -> bool:
    """Whether its name leads to it, or to another that has the same name."""
    values = {m.value for m in strategies(f"({strategy.name})", aliases(tuple(LISTED.values())))}
    named = (LISTED[value] for value in values & LISTED.keys())
    plain = folded(strategy.name.split(" (")[0].rstrip("!"))
    return any(plain in folded(name) for s in named for name in (s.name, *s.aliases))


@given(st.text(max_size=80))
@settings(deadline=None)
def test_spans_lie_in_the_text(text: str) -> None:
    for mention in found(text):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("Action Plan 2021–2027", ("2021", "2027")),
        ("Long Term Plan 2015–25", ("2015", "2025")),
        ("Vision 2030", ("", "2030")),
        ("National Adaptation Plan", ("", "")),
    ],
)
def test_years_of_a_name(name: str, years: tuple[str, str]) -> None:
    assert span_of_years(name) == years
