"""What is read of each line, once: clauses, parties, triggers, and the lines above it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.relate.clauses import clauses
from pipeline.relate.lines import lines
from pipeline.relate.senses import senses
from pipeline.relate.triggers import ties
from tests.test_relate import PIECES, resolved


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("# is a sister city of #", "en", ["sister_city"]),
        ("# и # стали городами-побратимами", "ru", ["sister_city"]),
        ("villes jumelées avec #", "fr", ["twinning"]),
        ("# signed a cooperation agreement with #", "en", ["cooperation_agreement"]),
        ("Trains leave from # every hour.", "en", []),
    ],
)
def test_words_for_ties_are_triggers(text: str, language: str, expected: list[str]) -> None:
    assert [t.topic for t in ties(text, language)] == expected


def test_a_word_of_another_language_is_no_trigger() -> None:
    assert not ties("gemellata con #", "de")


def test_the_place_around_a_party_is_part_of_it() -> None:
    text = "Oban, [[REGION|Kent]], is twinned with Gorey."
    (line,) = lines(resolved(text))
    assert [resolved(text).tagged.text_of(m) for m in line.places] == ["Oban", "Kent", "Gorey"]


def test_lines_stand_under_the_lead_of_their_list() -> None:
    document = resolved("# Oban\n# Our twin towns\n* Gorey\n* Lens")
    found = lines(document)
    assert found[-1].above
    assert "twinning" in {t.topic for t in found[found[-1].above[-1]].ties}


@settings(deadline=None)
@given(PIECES)
def test_clauses_cover_their_sentence(pieces: list[str]) -> None:
    document = resolved("".join(pieces))
    for sentence in document.tagged.sentences:
        parts = clauses(document, sentence)
        assert [p.start for p in parts] == [sentence.start, *(p.end for p in parts[:-1])]
        assert parts[-1].end == sentence.end


def test_a_line_that_means_a_tie_says_so_in_languages_without_a_pack() -> None:
    texts = [
        "# è gemellata con # dal 1998.",
        "Od 1998 roku # jest miastem partnerskim #.",
        "Der Bus nach # fährt jede Stunde.",
        "# had 40,000 inhabitants in the last census.",
    ]
    found = [sense["tie"] for sense in senses(texts)]
    assert min(found[:2]) > max(found[2:])


@given(st.text(max_size=40))
def test_senses_are_shares(text: str) -> None:
    assert all(0 <= share <= 1 for share in senses([text])[0].values())
