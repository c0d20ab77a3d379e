"""The English model finds sentences and names, whatever parts it ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.english import load, read
from pipeline.resources import MODEL

TEXT = (
    "The mayor of Graz met Ann Lee in St. Petersburg on Jan. 4. They signed it, but No. 7 is open."
)


def test_sentences_and_names_of_the_model() -> None:
    read = load(MODEL)(TEXT)

    assert _told(read) == _told(spacy.load(MODEL)(TEXT))
    assert ("Graz", "GPE") in _told(read)


@pytest.mark.parametrize(
    "text",
    [
        "The two became partners in 2017 [1], and delegations have met since.",
        "It was begun in 2019 under an investment agreement [5].",
        "Trade reached nearly $5.9 billion, an increase of about 8.7% [3, 4].",
    ],
)
def test_references_in_brackets_end_no_sentence(text: str) -> None:
    (read_text,) = read(load(MODEL), [text])

    assert read_text.sentences == ((0, len(text)),)


def test_a_model_without_a_sentence_recogniser_parses(tmp_path: Path) -> None:
    spacy.load(MODEL, exclude=["senter"]).to_disk(tmp_path / "model")

    assert _told(load(str(tmp_path / "model"))(TEXT)) == _told(spacy.load(MODEL)(TEXT))


def test_unknown_model_is_an_error() -> None:
    with pytest.raises(OSError, match="no_such_model"):
        load("no_such_model")


def _told(doc: Doc) -> list[tuple[str, str]]:
    return [(s.text, "") for s in doc.sents] + [(e.text, e.label_) for e in doc.ents]
