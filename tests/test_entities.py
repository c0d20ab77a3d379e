"""Entities are those that spaCy's own reading of the same model finds."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from bench.documents import document
from pipeline.entities import Entity, entities
from pipeline.resources import load

TEXTS = (
    "Ann Lee of the City Council of Graz met the Lord Mayor of St. Petersburg on 4 May 1998.",
    "Porto\n\nand   Bergen\nsigned. The Treaty of\n Riga cost $2.5 million.",
    "Wuhan",
    "   \n",
    "",
    *document(7).split("\n\n"),
)


@pytest.mark.parametrize("texts", [TEXTS, TEXTS * 5, [""], []], ids=len)
def test_entities_are_those_of_spacys_own_reading(texts: list[str]) -> None:
    english = load().english
    docs = list(english.pipe(texts, disable=["ner"]))

    expected = _of_spacy(english.get_pipe("ner"), docs)

    found = list(entities(english.get_pipe("ner"), docs))

    assert found == expected
    assert any(found) == any(texts)


def test_entities_of_our_own_tagger_are_those_of_spacys_reading() -> None:
    tagger = load().tagger
    docs = [tagger.make_doc(text) for text in TEXTS]

    expected = _of_spacy(tagger.get_pipe("ner"), docs)

    assert list(entities(tagger.get_pipe("ner"), docs)) == expected


def test_a_recogniser_of_another_shape_reads_itself() -> None:
    nlp = spacy.blank("en")
    recogniser: Any = nlp.add_pipe("ner", config={"model": _without_upper_layer()})
    recogniser.add_label("TOWN")
    nlp.initialize()
    docs = [nlp.make_doc(text) for text in TEXTS]

    expected = _of_spacy(recogniser, docs)

    assert list(entities(recogniser, docs)) == expected


def _without_upper_layer() -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": True,
        "hidden_width": 16,
        "maxout_pieces": 2,
        "use_upper": False,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "width": 16,
            "depth": 1,
            "embed_size": 100,
            "window_size": 1,
            "maxout_pieces": 2,
            "subword_features": True,
            "pretrained_vectors": None,
        },
    }


def _of_spacy(recogniser: Any, docs: list[Doc]) -> list[list[Entity]]:
    read = recogniser.pipe([doc.copy() for doc in docs])
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in read]
