"""What the learned models make of whole documents, from text to claims."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.extract import extract
from pipeline.records import Claims
from pipeline.relate.learned.model import predict, summed
from pipeline.resources import load
from training.relations import Example, _trees, fit

LIST = """City of Braga - International relations

Braga is twinned with:

- Clermont-Ferrand, France (1986)
- Puteaux, France (1995)
- Astorga, Spain (2007)

In May the mayor of Ghent visited the new tram depot.
"""
TABLE = """Sister cities of Kanazawa

City | Country | Since
Porto Alegre | Brazil | 1967
Buffalo | United States | 1962
Irkutsk | Russia | 1967
"""
PROSE = """Turku looks back on seventy years of friends abroad

Turku and Gothenburg have been sister cities since 1946. The twinning with Saint Petersburg was
suspended by the council in March 2022. A football team from Riga played in Turku on Sunday and
lost. The city has never had an agreement with Odense.
"""
VISITS = """Aalborg hosts harbour conference

Delegates from Antwerp, Genoa and Gdynia met in Aalborg on 4 June 2019 to compare the cost of
shore power. Genoa reported savings of 12 per cent. The next meeting takes place in Antwerp.
"""


def claimed(tmp_path: Path, text: str, least: float = 0.5) -> dict[frozenset[str], dict[str, str]]:
    path = tmp_path / "page.txt"
    path.write_text(text, "utf-8")
    found = extract(path, path.name, load())
    assert isinstance(found, Claims)
    return {
        frozenset((claim.text_a, claim.text_b)): {s.field: s.value for s in claim.statements}
        for claim in found.pairs
        if max(s.confidence for s in claim.statements) >= least
    }


def test_a_list_pairs_the_town_of_the_page_with_each_entry(tmp_path: Path) -> None:
    found = claimed(tmp_path, LIST)
    starts = {"Clermont-Ferrand": "1986", "Puteaux": "1995", "Astorga": "2007"}
    assert {pair: said["start"] for pair, said in found.items()} == {
        frozenset(("Braga", town)): start for town, start in starts.items()
    }
    assert {said["kind"] for said in found.values()} == {"twinning"}


def test_rows_of_a_table_are_partners_of_the_town_in_its_title(tmp_path: Path) -> None:
    found = claimed(tmp_path, TABLE)
    assert {pair: said["start"] for pair, said in found.items()} == {
        frozenset(("Kanazawa", "Porto Alegre")): "1967",
        frozenset(("Kanazawa", "Buffalo")): "1962",
        frozenset(("Kanazawa", "Irkutsk")): "1967",
    }


def test_prose_gives_pairs_with_their_state_and_no_match_or_denial(tmp_path: Path) -> None:
    found = claimed(tmp_path, PROSE)
    assert {pair: said["status"] for pair, said in found.items()} == {
        frozenset(("Turku", "Gothenburg")): "active",
        frozenset(("Turku", "Saint Petersburg")): "suspended",
    }


def test_a_meeting_makes_no_partners(tmp_path: Path) -> None:
    assert claimed(tmp_path, VISITS) == {}


@pytest.mark.parametrize("classes", [2, 4])
def test_trees_as_arrays_give_what_scikit_learn_gives(classes: int) -> None:
    random = np.random.default_rng(1)
    rows = random.random((400, 6))
    answers = (rows[:, 0] * classes).astype(int)
    boosted = HistGradientBoostingClassifier(max_iter=12, random_state=0).fit(rows, answers)
    given = summed(_trees(boosted), rows)
    np.testing.assert_allclose(given, boosted._raw_predict(rows), atol=1e-12)


def test_words_alone_can_be_learned() -> None:
    examples = [
        Example(f"d{i}", {"length": 1.0}, ("twin" if i % 2 else "match",), answer, "")
        for i in range(400)
        for answer in (("yes",) if i % 2 else ("no",))
    ]
    model = fit(examples)
    given = predict(model, [{"length": 1.0}] * 2, [["twin"], ["match"]])
    assert given[0, model.classes.index("yes")] > 0.5 > given[1, model.classes.index("yes")]
