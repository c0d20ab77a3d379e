"""Evaluate: the tables against tables that a person made."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import Scores, evaluate
from pipeline.evaluate.match import folded, matched
from pipeline.schema import TABLES

PAIRS = [
    {
        "partnership_id": "p-1",
        "place_a": "Gdańsk",
        "place_b": "Nagasaki",
        "place_b_text": "Нагасаки",
        "place_a_id": "geonames:3099434",
        "country_a": "PL",
        "country_b": "JP",
        "level": "local",
        "kind": "sister_city",
        "status": "active",
        "start": "1978-04-06",
    },
    {
        "partnership_id": "p-2",
        "place_a": "Graz",
        "place_b": "Pula",
        "country_a": "AT",
        "country_b": "HR",
        "level": "local",
        "kind": "twinning",
        "status": "active",
        "start": "1972",
    },
    {
        "partnership_id": "p-3",
        "place_a": "Austria",
        "place_b": "Croatia",
        "level": "national",
    },
]
WORKS = [
    {
        "project_id": "j-1",
        "name": "Blue Mill Centre",
        "status": "completed",
        "start": "2012",
        "end": "2015-03",
        "places": "Graz; Pula",
        "strategies": "Europe 2020",
    }
]
SAID = [("d1", "p-1"), ("d2", "p-2"), ("d2", "j-1"), ("d2", "p-3")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "tables"
    out.mkdir()
    rows = {
        "documents": [
            {"document_id": d, "path": f"texts/{n}.txt"} for d, n in (("d1", "one"), ("d2", "two"))
        ],
        "partnerships": PAIRS,
        "projects": WORKS,
        "statements": [{"document_id": d, "subject_id": s} for d, s in SAID],
        "amounts": [{"subject_id": "j-1", "value": "2000000", "unit": "EUR"}],
    }
    for table in TABLES:
        with (out / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="")
            writer.writeheader()
            writer.writerows(rows.get(table.name, []))
    return out


def scored(folder: Path, text: str, name: str = "gold.csv") -> Scores:
    gold = folder.parent / name
    gold.write_text(text, "utf-8")
    [scores] = evaluate(gold, folder)
    return scores


@pytest.mark.parametrize(
    "row",
    [
        "Gdansk,Nagasaki",
        "NAGASAKI,City of Gdańsk",
        "geonames:3099434,Нагасаки",
        "Gdańsk,Nagasakii",
    ],
)
def test_places_are_found_by_any_of_their_names_in_either_order(folder: Path, row: str) -> None:
    scores = scored(folder, f"place_a,place_b\n{row}\nGraz,Pula\n")
    assert (scores.precision, scores.recall, scores.f1) == (1, 1, 1)
    assert not scores.errors


def test_missing_extra_and_wrong_are_listed(folder: Path) -> None:
    gold = "place_a,place_b,country_a,country_b,start,kind\nPula,Graz,HR,AT,1973,\nGraz,Oslo,,,,\n"
    scores = scored(folder, gold)
    assert (scores.right, scores.found, scores.expected) == (1, 2, 2)
    assert [(e.kind, e.row) for e in scores.errors if e.kind != "wrong"] == [
        ("missing", "Graz + Oslo"),
        ("extra", "Gdańsk + Nagasaki"),
    ]
    [wrong] = [e for e in scores.errors if e.column == "start"]
    assert (wrong.expected, wrong.found) == ("1973", "1972")
    assert scores.attributes == {"countries": [1, 1], "start": [0, 1], "start year": [0, 1]}


@pytest.mark.parametrize("document", ["two", "two.txt", "texts/two.txt", "d2"])
def test_a_row_with_a_document_is_looked_for_in_what_it_states(folder: Path, document: str) -> None:
    scores = scored(
        folder,
        f"place_a,place_b,document\nGraz,Pula,{document}\nGdansk,Nagasaki,{document}\n",
    )
    assert (scores.right, scores.found, scores.expected) == (1, 1, 2)


def test_projects_are_compared_by_name(folder: Path) -> None:
    gold = "name,status,end,places\nThe Blue Mill Centre project,completed,2015,Graz;Zagreb\n"
    scores = scored(folder, gold)
    assert (scores.right, scores.found) == (1, 1)
    assert scores.attributes == {"end year": [1, 1], "places": [1, 2], "status": [1, 1]}


def test_a_folder_of_annotated_documents_is_gold_too(folder: Path) -> None:
    gold = folder.parent / "gold"
    gold.mkdir()
    country = [{"text": t, "label": "COUNTRY"} for t in ("Austria", "Croatia")]
    pair = {"place_a": "Pula", "place_b": "Graz", "start": None, "kind": "twinning"}
    nations = {"place_a": "Austria", "place_b": "Croatia"}
    work = {"name": "Blue Mill Centre", "amounts": [{"value": 2e6, "unit": "EUR"}]}
    found = {"entities": country, "partnerships": [pair, nations], "projects": [work]}
    (gold / "two.json").write_text(json.dumps(found), "utf-8")
    pairs, works = evaluate(gold, folder)
    assert (pairs.right, pairs.found, pairs.expected) == (1, 1, 1)
    assert pairs.attributes["start"] == [0, 1], "null says that no date is stated"
    assert (works.right, works.attributes["amounts"]) == (1, [1, 1])


names = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(names, names), max_size=6))
def test_rows_match_themselves_and_each_row_once(pairs: list[tuple[str, str]]) -> None:
    rows = [{"place_a": a, "place_b": b} for a, b in pairs]
    found = matched("partnerships", rows, rows)
    assert len(set(found.values())) == len(found)
    whole = [i for i, (a, b) in enumerate(pairs) if folded(a) and folded(b)]
    assert set(whole) <= found.keys()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("gold.csv", "city,country\nGraz,AT\n", "needs the columns place_a and place_b, or name"),
        ("gold.csv", "", "needs the columns place_a and place_b, or name"),
        ("gold.json", "{", "no JSON of an annotated document"),
        ("gold.json", "[]", "no JSON of an annotated document"),
    ],
)
def test_gold_that_says_nothing_ends_with_status_2_and_one_line(
    folder: Path, name: str, text: str, message: str
) -> None:
    gold = folder.parent / name
    gold.write_text(text, "utf-8")
    process = subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", "evaluate", gold, "--tables", folder],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 2
    [line] = process.stderr.splitlines()
    assert message in line
    assert "traceback" not in line


def test_tables_of_another_version_are_named(folder: Path) -> None:
    (folder / "documents.csv").write_text("document_id,path\nd1,one.txt\n", "utf-8")
    with pytest.raises(OSError, match="make the tables anew"):
        scored(folder, "place_a,place_b\nGraz,Pula\n")


def test_gold_in_another_encoding_is_named(folder: Path) -> None:
    gold = folder.parent / "gold.csv"
    gold.write_bytes("place_a,place_b\nGdańsk,Nagasaki\n".encode("utf-16"))
    with pytest.raises(OSError, match="UTF-8"):
        evaluate(gold, folder)


def test_the_command_prints_numbers_and_errors(folder: Path) -> None:
    gold = folder.parent / "gold.csv"
    gold.write_text("place_a,place_b\nGraz,Oslo\n", "utf-8")
    command = [sys.executable, "-P", "-m", "pipeline", "evaluate", str(gold), "--tables"]
    text = subprocess.run([*command, folder], capture_output=True, encoding="utf-8", check=True)
    assert "missing  Graz + Oslo" in text.stdout
    answer = subprocess.run([*command, folder, "--json"], capture_output=True, check=True)
    assert json.loads(answer.stdout)[0]["expected"] == 1
