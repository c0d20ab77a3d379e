"""What a document says, from text to rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.consolidate import consolidate
from pipeline.extract import extract
from pipeline.records import Claims, Rejected
from pipeline.resources import load

PAPER = """In 2021, Example Journal. Economic ties keep growing between the two countries, and the
cities take part in them. In 2017, Chongqing Municipality of China and Minsk Oblast of Bela-
rus formally established friendship city-oblast relations [2]; the cooperation has ex-
panded since. The Belarusian-style town project covers a land area of about 607 hectares.

REFERENCES

1. Lyon and Boston signed a sister city agreement in 1999. Access Date: 11.20.2022.
"""


def rows(tmp_path: Path, text: str) -> dict[str, list[dict[str, object]]]:
    path = tmp_path / "document.txt"
    path.write_text(text, encoding="utf-8", newline="")
    found = extract(path, path.name, load())
    assert isinstance(found, Claims)
    return consolidate([found], []).rows


def partners(found: dict[str, list[dict[str, object]]]) -> set[tuple[object, ...]]:
    names = ("place_a", "place_b", "kind", "status", "start")
    return {tuple(row[name] for name in names) for row in found["partnerships"]}


def test_paper_gives_the_friendship_and_nothing_from_its_references(tmp_path: Path) -> None:
    found = rows(tmp_path, PAPER)
    assert partners(found) == {("Chongqing", "Minsk Oblast", "friendship", "active", "2017")}
    assert {(a["what"], a["value"], a["unit"]) for a in found["amounts"]} == {("area", 607.0, "ha")}


def test_offsets_count_in_the_file_itself(tmp_path: Path) -> None:
    text = "\r\n" + PAPER.replace("\n", "\r\n")
    found = rows(tmp_path, text)
    for row in found["mentions"]:
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["text"]
    assert "Bela-\r\nrus" in {row["text"] for row in found["mentions"]}


@pytest.mark.parametrize(
    "text",
    [
        "Porto has never been twinned with Bergen, the mayor said.",
        "The mayor of Porto visited Nagasaki in May 2019 and saw the harbour.",
        "Porto beat Bergen in the sister cities cup.",
        "Papers wrote that Porto has become a sister city of Bergen. This is not correct.",
        # towns of one country share roads and water, and sign for them every week
        "Porto and Braga signed a cooperation agreement on the water main in May 2019.",
    ],
)
def test_denials_visits_matches_and_water_mains_are_no_partnerships(
    tmp_path: Path, text: str
) -> None:
    assert partners(rows(tmp_path, text)) == set()


def test_denial_stays_as_a_statement(tmp_path: Path) -> None:
    found = rows(tmp_path, "Porto has never been twinned with Bergen, the mayor said.")
    assert {s["assertion"] for s in found["statements"]} == {"negated"}


def test_list_under_a_heading_belongs_to_the_city_of_the_page(tmp_path: Path) -> None:
    text = (
        "Graz\n\nGraz is a city in Austria.\n\nGraz is twinned with:\n\n"
        "* Coventry, United Kingdom (1957)\n* Pula, Croatia (1972)\n"
    )
    assert partners(rows(tmp_path, text)) == {
        ("Graz", "Coventry", "twinning", "active", "1957"),
        ("Graz", "Pula", "twinning", "active", "1972"),
    }


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "empty"),
        ("b.pdf", b"%PDF-1.4 broken", "damaged"),
        ("c.txt", b"%PDF-1.4 broken", "damaged PDF"),
        ("d.txt", bytes(range(256)) * 8, "no known format"),
    ],
)
def test_bad_files_are_rejected_with_a_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found = extract(tmp_path / name, name, load())
    assert isinstance(found, Rejected)
    assert reason in found.reason


SOURCE = Path(__file__).parents[2] / "shared" / "source"


@pytest.mark.skipif(not SOURCE.exists(), reason="the source paper is not beside the checkout")
@pytest.mark.parametrize("name", ["paper.txt", "paper.pdf"])
def test_source_paper(name: str) -> None:
    found = extract(SOURCE / name, name, load())
    assert isinstance(found, Claims)
    table = consolidate([found], []).rows
    assert partners(table) == {
        ("Chongqing", "Minsk Oblast", "friendship", "active", "2017"),
        ("Belarus", "China", "strategic", "active", "2022"),
    }
    town = next(row for row in table["projects"] if "tyle" in str(row["name"]))
    assert (town["agreed"], town["start"], town["end"], town["expected_end"], town["status"]) == (
        "2019",
        "2020",
        "2021",
        "2023-12",
        "under_construction",
    )
    stated = {(a["what"], a["value"], a["unit"]) for a in table["amounts"]}
    assert stated >= {
        ("area", 607.0, "ha"),
        ("floor_area", 60000.0, "m2"),
        ("trade", 5.9e9, "USD"),
        ("growth", 8.7, "%"),
    }
