"""The English model tells the parts of speech that spaCy's own rules tell."""

from __future__ import annotations

import pytest
import spacy

from pipeline.english import load
from pipeline.resources import MODEL

TEXTS = (
    "There is a pact that the council did not sign, but Graz has been asked whether it will.",
    "What they do in Porto is what they did before; those who have come say so.",
    "Trade grew by 3.5% to $2 billion\nin 2019 (see p. 4), although nobody'd expected it.",
    "It's the city's oldest friendship; they're proud of it, aren't they?",
    "   \n",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_parts_of_speech_are_those_of_spacys_rules(text: str) -> None:
    own, shipped = load(MODEL)(text), spacy.load(MODEL)(text)

    assert [token.pos_ for token in own] == [token.pos_ for token in shipped]


def test_unknown_model_is_an_error() -> None:
    with pytest.raises(OSError, match="no_such_model"):
        load("no_such_model")
