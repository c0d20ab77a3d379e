"""Cooperation projects: what names one, and what a document says of it."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.consolidate import consolidate
from pipeline.extract import extract
from pipeline.records import Block, Claims, Document, RawDocument
from pipeline.relate.works.amounts import kind
from pipeline.relate.works.names import same
from pipeline.resources import load
from pipeline.tag.projects import projects

Row = dict[str, object]
Rows = dict[str, list[Row]]


def rows(tmp_path: Path, text: str) -> Rows:
    path = tmp_path / "document.txt"
    path.write_text(text, encoding="utf-8", newline="")
    found = extract(path, path.name, load())
    assert isinstance(found, Claims)
    return consolidate([found], []).rows


def document(text: str) -> Document:
    raw = RawDocument("0" * 16, "a.txt", "text/plain", "", text, (), 0, True)
    blocks = (Block("paragraph", 0, len(text)),) if text else ()
    return Document(raw, "en", "", text, array("l", range(len(text))), blocks)


def names(text: str) -> set[str]:
    return {text[m.start : m.end] for m in projects(document(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Porto–Nagasaki Glass Campus, built with the partner city, opened in 2016. "
            "It cost €4 million.",
            "Porto–Nagasaki Glass Campus",
        ),
        (
            "A first joint scheme, the Two Lakes Herb Garden, is budgeted at €900,000; "
            "building is to begin in 2027.",
            "Two Lakes Herb Garden",
        ),
        (
            "The project Clean Wells for Bergen began in March 2019 with a grant of EUR 2 million "
            "from the partner city.",
            "Clean Wells for Bergen",
        ),
        (
            "В городе строят Российско-индийский технопарк «Лотос»: на 40 га, инвестиции — "
            "2 млрд рублей, партнёры обещают сдать его в 2027 году.",
            "Российско-индийский технопарк «Лотос»",
        ),
        (
            "双方共建的中泰热带水果产业园于2021年5月开工，总投资3亿元，占地200亩。",
            "中泰热带水果产业园",
        ),
    ],
)
def test_works_with_facts_are_projects(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "The delegation stayed near Riverside Park and met students of Hill High School.",
        "The mayors of Porto and Bergen signed a twinning agreement in the Town Hall.",
        "The match was held at the Harbour Stadium before 3,000 people.",
        "Professor Ito of the Faculty of Law at Porto University spoke about cooperation.",
        "",
    ],
)
def test_places_to_meet_and_offices_are_no_projects(text: str) -> None:
    assert names(text) == set()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.from_regex(r"(?:[A-Z][a-z]+ |and |of |\d+ ha |中\w园){1,20}"))
def test_names_lie_inside_any_text_and_do_not_overlap(text: str) -> None:
    found = projects(document(text))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Harbour Light Terminal", "Harbour Light Terminal project", True),
        ("Belarusian-style town", "Belarus-style town", True),
        ("Upper Valley Tea School", "Upper Valley Tea Museum", False),
        ("Two Lakes Herb Garden", "Two Lakes Fish Market", False),
    ],
)
def test_names_of_one_project(left: str, right: str, one: bool) -> None:
    assert same(left, right) is one
    assert same(right, left) is one


NEWS = """Porto, 4 May 2022

Porto and Nagasaki, twin towns since 1978, are building the Porto–Nagasaki Glass Campus. The
campus covers 12 hectares near the river. Works began in March 2020 with an investment of
EUR 31 million. The whole is expected to be completed in December 2024.

Trade between Portugal and Japan rose by 9.5% in 2021.
"""


def test_facts_stand_sentences_away_from_the_name(tmp_path: Path) -> None:
    found = rows(tmp_path, NEWS)
    (project,) = found["projects"]
    assert project["name"] == "Porto–Nagasaki Glass Campus"
    assert project["status"] == "under_construction"
    assert (project["start"], project["end"], project["expected_end"]) == ("2020-03", "", "2024-12")
    assert str(project["places"]).split("; ") == ["Porto", "Nagasaki"]
    assert {*str(project["countries"]).split("; ")} >= {"PT", "JP"}
    own = {
        (a["what"], a["value"], a["unit"])
        for a in found["amounts"]
        if a["subject_id"] == project["project_id"]
    }
    assert own == {("area", 12.0, "ha"), ("investment", 31e6, "EUR")}


def test_growth_of_trade_belongs_to_no_project(tmp_path: Path) -> None:
    found = rows(tmp_path, NEWS)
    growth = [a for a in found["amounts"] if a["what"] == "growth"]
    assert [a["subject_id"] for a in growth] == [""]


def test_every_value_of_a_project_has_a_statement(tmp_path: Path) -> None:
    found = rows(tmp_path, NEWS)
    (project,) = found["projects"]
    stated = {
        (s["field"], s["value"])
        for s in found["statements"]
        if s["subject_id"] == project["project_id"]
    }
    assert ("start", "2020-03") in stated
    assert ("expected_end", "2024-12") in stated
    assert {("places", "Porto"), ("places", "Nagasaki"), ("countries", "PT")} <= stated


LIST = """Projects with partner cities

1. Hill District Water Tower
Partner city: Bergen
Status: completed
The project started in May 2011 and ended in June 2014. The budget was EUR 2 million.

2. Old Quay Fish Market
Partner city: Nagasaki
Status: planned
A hall of 3,000 m² is to be built with EUR 7 million.
"""


def test_projects_of_a_list_are_kept_apart(tmp_path: Path) -> None:
    found = rows(tmp_path, LIST)
    by_name = {p["name"]: p for p in found["projects"]}
    tower, market = by_name["Hill District Water Tower"], by_name["Old Quay Fish Market"]
    assert (tower["status"], tower["start"], tower["end"]) == ("completed", "2011-05", "2014-06")
    assert (market["status"], market["start"]) == ("planned", "")
    money = {a["subject_id"]: a["value"] for a in found["amounts"] if a["unit"] == "EUR"}
    assert money == {tower["project_id"]: 2e6, market["project_id"]: 7e6}
    assert "Bergen" in str(tower["places"])
    assert "Nagasaki" in str(market["places"])


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("It was completed in June 2019 at a cost of EUR 3 million.", "completed"),
        ("It has been in operation since June 2019 and cost EUR 3 million.", "operating"),
        ("The plan was scrapped in June 2019 after EUR 3 million had been spent.", "cancelled"),
        ("Construction will begin in June 2029; the cost is put at EUR 3 million.", "planned"),
        ("Works began in June 2019; EUR 3 million has been spent.", "under_construction"),
    ],
)
def test_status_from_what_is_said(tmp_path: Path, sentence: str, status: str) -> None:
    text = f"Porto and its partner city Bergen share the Porto–Bergen Cod Terminal. {sentence}\n"
    (project,) = rows(tmp_path, text)["projects"]
    assert project["status"] == status


def test_an_end_that_is_past_conflicts_with_one_still_expected(tmp_path: Path) -> None:
    text = (
        "The Porto–Bergen Cod Terminal is a project of two partner cities. Its main building was "
        "completed in 2021, and the whole terminal is expected to be completed in May 2024.\n"
    )
    (project,) = rows(tmp_path, text)["projects"]
    assert project["status"] == "under_construction"
    assert (project["end"], project["expected_end"]) == ("2021", "2024-05")
    assert "2021" in str(project["conflicts"])


def test_a_project_of_which_nothing_is_told_makes_no_row(tmp_path: Path) -> None:
    text = (
        "Cooperation grows, the best known fruit being the Porto–Bergen Cod Terminal; the foreign "
        "trade volume between Portugal and Norway reached a new record of $2 billion.\n"
    )
    assert rows(tmp_path, text)["projects"] == []


@pytest.mark.parametrize(
    ("amount", "unit", "before", "what"),
    [
        ("€3 million", "EUR", "with a loan of ", "loan"),
        ("€3 million", "EUR", "at a total cost of ", "investment"),
        ("12 ha", "ha", "the park covers ", "area"),
        ("900 m²", "m2", "a floor area of ", "floor_area"),
        ("18 km", "km", "a road of ", "length"),
        ("300 jobs", "jobs", "and gives ", "jobs"),
    ],
)
def test_what_an_amount_measures(amount: str, unit: str, before: str, what: str) -> None:
    assert kind(amount, unit, before, "") == what


def test_a_column_of_a_table_names_projects(tmp_path: Path) -> None:
    text = (
        "Joint projects with the partner cities\n\n"
        "Project | Partner | Budget | Status\n"
        "Songs for Ferries | Bergen | EUR 90,000 | running\n"
        "Herons and Engines | Porto | EUR 140,000 | dropped\n"
    )
    found = {row["name"] for row in rows(tmp_path, text)["projects"]}
    assert {"Songs for Ferries", "Herons and Engines"} <= found


def test_numbered_entries_below_an_announcement_are_projects(tmp_path: Path) -> None:
    text = (
        "Our joint projects with the partner city of Bergen\n\n"
        "1. Songs for Ferries. Begun in May 2019, cost EUR 90,000, completed in 2021.\n\n"
        "2. Herons and Engines. Budget: EUR 140,000. Building is to begin in 2027.\n"
    )
    found = {row["name"] for row in rows(tmp_path, text)["projects"]}
    assert {"Songs for Ferries", "Herons and Engines"} <= found


TABLE = """Projects of Porto with its partner cities

Project | Partner | Budget | Start | Status
Porto–Bergen Cod Terminal | Bergen | EUR 3 million | May 2017 | completed
Nagasaki Glass Campus | Nagasaki | EUR 2 million | April 2019 | dropped
"""


def test_columns_of_a_table_say_what_a_value_is(tmp_path: Path) -> None:
    found = {str(r["name"]): r for r in rows(tmp_path, TABLE)["projects"]}
    assert found["Porto–Bergen Cod Terminal"]["status"] == "completed"
    assert found["Nagasaki Glass Campus"]["status"] == "cancelled"


def test_a_note_with_a_number_is_about_the_project_of_that_number(tmp_path: Path) -> None:
    text = (
        "Porto and its partner city Bergen share the Porto–Bergen Cod Terminal and the Nagasaki "
        "Glass Campus.\n\n(1) Works began in June 2019; EUR 3 million has been spent.\n\n"
        "(2) Construction will begin in June 2029; the cost is put at EUR 5 million.\n"
    )
    found = rows(tmp_path, text)
    names = {r["project_id"]: r["name"] for r in found["projects"]}
    about = {(names[a["subject_id"]], a["value"]) for a in found["amounts"] if a["subject_id"]}
    assert about == {
        ("Porto–Bergen Cod Terminal", 3_000_000.0),
        ("Nagasaki Glass Campus", 5_000_000.0),
    }


def test_a_strategy_of_another_sentence_is_one_of_the_project(tmp_path: Path) -> None:
    text = (
        "The Porto–Bergen Cod Terminal is a project of two partner cities. Works began in June "
        "2019. It is carried out within the framework of the Belt and Road Initiative.\n"
    )
    (project,) = rows(tmp_path, text)["projects"]
    assert project["strategies"] == "Belt and Road Initiative"


def test_towns_that_only_a_name_tells_are_places_of_the_project(tmp_path: Path) -> None:
    text = (
        "Norway and Portugal cooperate. The Tromsø–Braga Cod Terminal was begun in June 2019 at a "
        "cost of EUR 3 million.\n"
    )
    found = rows(tmp_path, text)
    (project,) = found["projects"]
    assert {"Tromsø", "Braga"} <= set(str(project["places"]).split("; "))
    assert {"Tromsø", "Braga"} <= {p["name"] for p in found["places"]}
    assert "Braga" not in {m["text"] for m in found["mentions"]}


BY_BOTH = "The twin towns of Pori and Vaasa in Finland and Eger in Hungary work together. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Pori–Eger harbour upgrade was begun in 2019 and cost 4 million euros.",
         "Pori–Eger harbour upgrade"),
        ('From 2019 to 2021 both ran the project "Warm Street Lighting" for 2 million euros.',
         "Warm Street Lighting"),
        ("Work goes on at Eger Innovation City, 61 hectares on which 300 million euros are spent. "
         "Ground was broken in 2021.", "Eger Innovation City"),
        ("The centrepiece is the Eger Recovery Centre for wounded people, begun in autumn 2022 and "
         "inaugurated in May 2024, at a cost of 4 million euros.", "Eger Recovery Centre"),
    ],
)  # fmt: skip
def test_more_names_of_works(tmp_path: Path, text: str, name: str) -> None:
    assert [p["name"] for p in rows(tmp_path, BY_BOTH + text + "\n")["projects"]] == [name]


def test_a_linked_town_abroad_is_a_place_of_the_project(tmp_path: Path) -> None:
    text = (
        "Officials in Gwadar said that the Gwadar–Tianjin Water Plant, estimated at $130 million, "
        "is expected to be completed in 2027.\n"
    )
    (project,) = rows(tmp_path, text)["projects"]
    assert project["places"] == "Gwadar; Tianjin"


def test_the_years_of_a_duration_are_start_and_end(tmp_path: Path) -> None:
    text = (
        "Projects with our partner city Mwanza (Tanzania)\n\nWater Supply Repair in Mwanza\n"
        "Duration: 2016–2019\nBudget: EUR 1.8 million\nStatus: completed\n"
    )
    (project,) = rows(tmp_path, text)["projects"]
    assert (project["start"], project["end"] or project["expected_end"]) == ("2016", "2019")


def test_works_of_one_town_alone_are_no_cooperation(tmp_path: Path) -> None:
    text = (
        "The Lebanon Veterans Project, planned since 2007, will cost $800,000 and is due to be "
        "finished in May. The council of Lebanon, Ohio, voted for it on Monday.\n"
    )
    assert rows(tmp_path, text)["projects"] == []


def test_works_of_one_town_in_a_long_report_that_cooperates_elsewhere_make_no_row(
    tmp_path: Path,
) -> None:
    filling = "The council heard the reports of its offices and took note of them. " * 8 + "\n\n"
    report = (
        "Yearbook of the City of Braga\n\n"
        "In 2018 the Two Lakes Herb Garden, built jointly with the partner city of Ghent, was "
        "opened. It cost EUR 900,000.\n\n" + filling * 12 + "Depots\n\n"
        "The Northern Bus Terminal was completed in May 2019. It cost EUR 4 million and covers "
        "3 hectares.\n"
    )
    found = {str(row["name"]) for row in rows(tmp_path, report)["projects"]}
    assert found == {"Two Lakes Herb Garden"}


@pytest.mark.parametrize(
    "text",
    [
        "双边贷款由中国进出口银行发放，合作项目2019年被取消，投资3亿元。",
        "2000年至2021年间，合作项目的投资有38%位于南美和中美洲，2021年被取消。",
        "4 | Tools for training | Box 26, Osu ‐ Tema | EUR 198,770 | completed in 2011 | grant",
        "The two partners will fund affordable housing; building began in 2021 and cost EUR 3 m.",
    ],
)
def test_banks_continents_addresses_and_common_words_are_no_projects(
    tmp_path: Path, text: str
) -> None:
    assert rows(tmp_path, text)["projects"] == []
