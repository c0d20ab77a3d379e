"""What the learned models make of whole documents, from text to claims."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract import extract
from pipeline.records import Claims
from pipeline.resources import load

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


NOTED = """Sister cities of Kanazawa

City | Country | Since
Porto Alegre | Brazil | 1967
Buffalo | United States | 1962
Irkutsk | Russia | 1967

The agreement between Kanazawa and Irkutsk was suspended in 2022.
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


def test_a_note_below_a_table_ends_what_the_table_has(tmp_path: Path) -> None:
    found = claimed(tmp_path, NOTED)
    states = {"Porto Alegre": "active", "Buffalo": "active", "Irkutsk": "suspended"}
    assert {pair: said["status"] for pair, said in found.items()} == {
        frozenset(("Kanazawa", town)): state for town, state in states.items()
    }


def test_prose_gives_pairs_with_their_state_and_no_match_or_denial(tmp_path: Path) -> None:
    found = claimed(tmp_path, PROSE)
    assert {pair: said["status"] for pair, said in found.items()} == {
        frozenset(("Turku", "Gothenburg")): "active",
        frozenset(("Turku", "Saint Petersburg")): "suspended",
    }


def test_a_meeting_makes_no_partners(tmp_path: Path) -> None:
    assert claimed(tmp_path, VISITS) == {}


STONE = """Stone for two pupils

Teachers and parents of Santa Clara have put up a stone beside the gymnasium. It was paid for by a
raffle. On its front it says: Matthew D. Flores, 1967-1994. On its back it says: Ana Salto,
1968-1994. The school band from Dallas played at the unveiling in May.
"""
GUESTS = """Council keeps its tie with Haiphong

SEATTLE, Washington - The Seattle City Council voted 6-3 on Tuesday to keep the sister city
relationship with Haiphong, Vietnam.

Haiphong sends a group of students every summer. Haiphong has two ports, and pilots from Haiphong
have been trained here. The sister city agreement with Nantes, France, dates from 1980 and mainly
concerns museums.
"""


def test_names_and_years_pair_nobody_in_a_text_without_any_word_for_a_bond(tmp_path: Path) -> None:
    assert claimed(tmp_path, STONE, least=0.0) == {}


def test_the_partner_that_is_named_most_is_not_whose_text_it_is(tmp_path: Path) -> None:
    found = claimed(tmp_path, GUESTS)
    pairs = {frozenset(name.title() for name in pair) for pair in found}
    assert pairs == {frozenset(("Seattle", "Haiphong")), frozenset(("Seattle", "Nantes"))}
