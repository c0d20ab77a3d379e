"""A list of words finds what its patterns find, also where it does not look at them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import entries
from pipeline.languages.phrases import pattern
from pipeline.wordlist import needed, word_list

PATTERNS = (
    [r"\btwinn?ed\b", r"sister[- ](?:cit(?:y|ies)|towns?)"],
    [r"побратим\w*", r"породнённ\w+", "友好(?:城市|关系)"],
    [r"(?:no|never) (?:longer|more)", r"(?<!not )ended", "σύμπραξ\\w+"],
)
LETTERS = "twinnedsicry- oвЁёпобратимродн友好城市关系longermvσςΣύμπραξıİſK\n"


@given(
    st.sampled_from(PATTERNS),
    st.lists(
        st.one_of(
            st.text(LETTERS, max_size=6),
            st.sampled_from(("twined", "Twinned", "SISTER CITIES", "ſister town", "Побратимы")),
            st.sampled_from(("友好城市", "no longer", "not ended", "ENDED", "ΣΎΜΠΡΑΞΗΣ")),
        ),
        max_size=8,
    ),
)
def test_finds_what_the_plain_pattern_finds(patterns: list[str], pieces: list[str]) -> None:
    text = "".join(pieces)
    plain = re.compile("|".join(patterns), re.I)
    found = word_list(patterns)

    assert [m.span() for m in found.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert bool(found.search(text)) == bool(plain.search(text))
    assert bool(found.match(text)) == bool(plain.match(text))
    assert found.sub(lambda m: "#" * len(m[0]), text) == plain.sub(lambda m: "#" * len(m[0]), text)


def test_looks_between_two_places_alone() -> None:
    found = word_list(["ended"])

    assert [m.start() for m in found.finditer("ended, ended, ended", 2, 12)] == [7]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\btwinn?ed", {"twin"}),
        ("(?:loan|credit) line", {" line"}),
        ("(?:loan|credit)s?", {"loan", "credit"}),
        ("(?:pact)?", set()),
        (r"\d+|pact", set()),
    ],
)
def test_tells_the_letters_that_a_match_needs(pattern: str, letters: set[str]) -> None:
    assert needed(pattern) == letters


@pytest.mark.parametrize("topic", ["sister_city", "negation", "renewal", "act"])
def test_packs_are_seldom_searched_in_vain(topic: str) -> None:
    phrases = [pattern(entry.phrase) for entry in entries("en") if entry.topic == topic]
    assert word_list(phrases).needed
