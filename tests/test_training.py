"""The material that the tagger learns from stays true to its marks."""

from __future__ import annotations

from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.gazetteer.build import ensure
from training.grammar import sentences
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
