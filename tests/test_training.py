"""The material that the tagger learns from stays true to its marks."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.gazetteer.build import ensure
from pipeline.model import load, predict, summed
from pipeline.relate.senses import SENSES
from pipeline.vectors import SIZE
from training.documents import read_all
from training.fitting import Example, Shape, _trees, fit, save
from training.grammar import sentences
from training.partnerships import examples
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


def test_a_saved_model_gives_the_same_shares_again(tmp_path: Path) -> None:
    random = Random(3)
    cases = [
        Example(
            f"d{n % 9}",
            {"x": x, "noise": random.random()},
            (f"b:{'up' if x > 0.5 else 'low'}",),
            "start" if x > 0.6 else "end" if x < 0.3 else "none",
        )
        for n in range(90)
        for x in (random.random(),)
    ]
    asked = [{"x": 0.9, "noise": 0.5}], [("b:up",)]
    model = fit(cases, Shape(40, 4, 5))
    package = tmp_path / "shipped"
    (package / "weights").mkdir(parents=True)
    (package / "__init__.py").touch()
    save(model, package / "weights", "roles")
    sys.path.insert(0, str(tmp_path))
    try:
        given = predict(load("shipped", "roles"), *asked)
    finally:
        sys.path.remove(str(tmp_path))
    assert given == predict(model, *asked) == predict(fit(cases, Shape(40, 4, 5)), *asked)
    assert abs(sum(given[0].values()) - 1) < 1e-9
    assert max(given[0], key=lambda name: given[0][name]) == "start"


@pytest.mark.parametrize("classes", [2, 4])
def test_trees_as_arrays_give_what_scikit_learn_gives(classes: int) -> None:
    random = np.random.default_rng(1)
    rows = random.random((400, 6))
    answers = (rows[:, 0] * classes).astype(int)
    shape = {"max_iter": 12, "max_leaf_nodes": 16, "random_state": 0}
    boosted = HistGradientBoostingClassifier(**shape).fit(rows, answers)
    given = summed(_trees(boosted), rows)
    np.testing.assert_allclose(given, boosted._raw_predict(rows), atol=1e-12)


def test_trees_of_more_leaves_than_bits_are_refused() -> None:
    rows = np.arange(2000.0)[:, None]
    boosted = HistGradientBoostingClassifier(max_iter=1).fit(rows, rows[:, 0] // 40 % 2)
    with pytest.raises(ValueError, match="at most 16"):
        _trees(boosted)


def test_words_alone_can_be_learned() -> None:
    examples = [
        Example(f"d{i}", {"length": 1.0}, ("twin" if i % 2 else "match",), answer)
        for i in range(400)
        for answer in (("yes",) if i % 2 else ("no",))
    ]
    twin, match = predict(
        fit(examples, Shape(100, 8, 20)), [{"length": 1.0}] * 2, [["twin"], ["match"]]
    )
    assert twin["yes"] > 0.5 > match["yes"]


def test_annotated_documents_give_examples_of_every_question(tmp_path: Path) -> None:
    for name in ("gov-001", "gov-002", "news-001", "news-002", "gov-004", "mix-102"):
        shutil.copy(CORPUS / f"{name}.src", tmp_path)
    found, meant = examples(read_all([tmp_path]), [])
    assert meant.weights.shape == (len(SENSES), SIZE)
    answers = {name: {e.answer for e in every} for name, every in found.items()}
    assert answers["owners"] == {"yes", "no"}
    assert answers["lines"] >= {"yes", "no"}
    assert answers["pairs"] == {"yes", "no"}
    assert "active" in answers["status"]
    assert answers["dates"] >= {"start", "none"}
