"""The material that the tagger learns from stays true to its marks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.gazetteer.build import ensure
from pipeline.relate.works.learned.model import made as model_of
from training.grammar import sentences
from training.learners import fitted
from training.passages import Passage, passages, unmarked
from training.swap import Names, names, swapped

CORPUS = Path(__file__).parents[1] / "corpus"
MARKED = (
    "[[CITY|Gomel]] and [[CITY|Hefei]], [[REGION|Anhui Province]]: [[CITY|Gomel]] came first.\n"
)


def passage() -> Passage:
    text, spans = unmarked(MARKED)
    return Passage("own", "en", "paragraph", text, tuple(spans))


def pool() -> Names:
    return names(ensure())


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1, max_value=10**6))
def test_swapped_names_stand_where_their_marks_say(seed: int) -> None:
    made = swapped(passage(), pool(), Random(seed), share=1.0)
    (a, b, _), (c, d, _), (e, f, label), (g, h, _) = made.spans
    assert made.text[a:b] == made.text[g:h] != "Gomel"
    assert made.text == (
        f"{made.text[a:b]} and {made.text[c:d]}, {made.text[e:f]}: {made.text[g:h]} came first.\n"
    )
    assert label == "REGION"


def test_made_sentences_repeat_with_their_seed_and_mark_whole_words() -> None:
    first, again = (sentences(200, pool(), Random(5)) for _ in range(2))
    assert first == again
    for made in first:
        assert "{" not in made.text
        assert "[[" not in made.text
        for start, end, _ in made.spans:
            assert made.text[start:end] == made.text[start:end].strip() != ""


def test_the_corpus_keeps_its_marks_through_cleaning() -> None:
    kept = sum(len(p.spans) for p in passages(CORPUS))
    written = sum(
        len(unmarked(f.read_text("utf-8").split("=====GOLD=====")[0])[1])
        for f in CORPUS.glob("*.src")
    )
    # reference lists and front matter are no passages
    assert kept > 0.98 * written


@dataclass(frozen=True)
class Case:
    document: str
    features: dict[str, float]
    words: tuple[str, ...]
    label: str


def test_a_model_learns_repeats_and_gives_shares() -> None:
    random = Random(3)
    cases = [
        Case(
            f"d{n % 9}",
            {"x": x, "noise": random.random()},
            (f"b:{'up' if x > 0.5 else 'low'}",),
            label,
        )
        for n in range(90)
        for x in (random.random(),)
        for label in ("start" if x > 0.6 else "end" if x < 0.3 else "none",)
    ]
    described = fitted(cases, rounds=20, depth=2)
    assert described == fitted(cases, rounds=20, depth=2)
    model = model_of(json.loads(json.dumps(described)))
    shares = model.predict({"x": 0.9, "noise": 0.5}, ("b:up",))
    assert abs(sum(shares.values()) - 1) < 1e-9
    assert max(shares, key=lambda name: shares[name]) == "start"
