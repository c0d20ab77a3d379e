"""Tables in plain text: rows, cells, and the rows that name their columns."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.ingest import opened
from pipeline.records import Document, Rejected

COUNTRIES = {"Austria", "Hungary", "Croatia", "Italy", "Malta"}


def document(text: str) -> Document:
    raw = opened(text.encode("utf-8"), "document.txt")
    assert not isinstance(raw, Rejected), raw
    return clean(raw, lambda word: False, COUNTRIES.__contains__)


def rows(text: str) -> list[tuple[str, ...]]:
    """The cells of each row of a text."""
    found = document(text)
    return [
        tuple(found.text[a:b] for a, b in block.cells)
        for block in found.blocks
        if block.kind == "row"
    ]


def named(text: str) -> list[dict[str, str]]:
    """Each row below a head, by the names of its columns."""
    found = document(text)
    return [
        dict(zip(found.columns(b), (found.text[x:y] for x, y in b.cells), strict=True))
        for b in found.blocks
        if b.heads
    ]


PAIRS = [{"City": "Graz", "Year": "1998"}, {"City": "Pécs", "Year": ""}]


@pytest.mark.parametrize(
    "text",
    [
        "| City | Year |\n|:---|---:|\n| Graz | 1998 |\n| Pécs | |\n",
        "City | Year\n--- | ---\nGraz | 1998\nPécs |\n",
        "| **City** | _Year_ |\n|---|---|\n| **Graz** | 1998 |\n| Pécs |  |\n",
        "+------+------+\n| City | Year |\n+======+======+\n| Graz | 1998 |\n+------+------+\n"
        "| Pécs |      |\n+------+------+\n",
        "====== ======\nCity   Year\n====== ======\nGraz   1998\nPécs\n====== ======\n",
        "City\tYear\nGraz\t1998\nPécs\t\n",
    ],
    ids=["markdown", "without frame", "emphasis", "grid", "simple", "tabs"],
)
def test_empty_cells_stay_under_their_heads(text: str) -> None:
    assert named(text) == PAIRS


def test_columns_that_two_spaces_part_are_known_by_where_they_stand() -> None:
    text = (
        "City      Country  Since\nGraz      Austria   1998\nSt. Pölten  x\n"
        "\n"
        "Town       Country  Since\nGraz       Austria  1998\nNovi Sad   Serbia   2001\n"
    )
    assert ("Novi Sad", "Serbia", "2001") in rows(text)
    assert ("Graz", "Austria", "1998") in rows(text)


def test_a_cell_goes_on_in_the_line_below_it() -> None:
    text = (
        "City            Country            Since\n"
        "Graz            Austria            1998\n"
        "Castel San      Italy              2004\n"
        "  Pietro\n"
        "Pécs            Hungary (county    1989\n"
        "                of Baranya)\n"
    )
    assert rows(text)[2:] == [
        ("Castel San Pietro", "Italy", "2004"),
        ("Pécs", "Hungary (county of Baranya)", "1989"),
    ]


def test_a_cell_of_a_grid_goes_on_in_the_line_below_it() -> None:
    text = (
        "+------------+---------+\n| City       | Year    |\n+============+=========+\n"
        "| Castel San | 1998    |\n| Pietro     |         |\n+------------+---------+\n"
    )
    assert named(text) == [{"City": "Castel San Pietro", "Year": "1998"}]


def test_values_between_commas_are_cells() -> None:
    text = 'City,Country,Since\nGraz,Austria,1998\n"Washington, D.C.",USA,2001\nPécs,Hungary,\n'
    assert rows(text)[1:] == [
        ("Graz", "Austria", "1998"),
        ("Washington, D.C.", "USA", "2001"),
        ("Pécs", "Hungary", ""),
    ]


def test_sentences_with_commas_are_no_rows() -> None:
    text = "Graz, Pécs, and Pula met.\nThey talked, ate, and sang.\nThen, at last, all left.\n"
    assert rows(text) == []


def test_one_cell_a_line_makes_rows_under_the_heads() -> None:
    text = "City\nCountry\nYear\nGraz\nAustria\n1998\nPécs\nHungary\n1989\nPula\nCroatia\n–\n"
    assert named(text) == [
        {"City": "Graz", "Country": "Austria", "Year": "1998"},
        {"City": "Pécs", "Country": "Hungary", "Year": "1989"},
        {"City": "Pula", "Country": "Croatia", "Year": "–"},
    ]


def test_empty_lines_part_the_rows_of_one_cell_a_line() -> None:
    text = "City\nCountry\nYear\n\nGraz\nAustria\n1998\n\nPécs\nnone\n\nPula\nCroatia\n1972\n"
    assert [row["Year"] for row in named(text)] == ["1998", "", "1972"]


def test_one_cell_a_line_without_heads_needs_countries_and_years() -> None:
    cells = [("Graz", "Austria", "1998"), ("Pécs", "Hungary", "1989"), ("Pula", "Croatia", "1972")]
    cells.append(("Bari", "Italy", "2001"))
    text = "Our friends\n" + "".join("\n".join(row) + "\n" for row in cells)
    assert rows(text) == cells


def test_short_lines_without_a_constant_period_are_no_table() -> None:
    assert rows("Graz\nPula\nMembers\nMinutes\nAustria\nPécs\nNews\n1998\nGraz\nVisits\n") == []


def test_an_empty_first_cell_means_the_one_above() -> None:
    found = document("City | Partner\n--- | ---\nHaifa | Bremen\n | Antwerp\nRamla | Vichy\n")
    assert [block.under for block in found.blocks] == [(), (), (1,), ()]


def test_a_heading_inside_a_table_holds_for_the_rows_below() -> None:
    text = (
        "| City | Country | Year |\n|---|---|---|\n| EUROPE | | |\n| Graz | Austria | 1998 |\n"
        "| Pécs | Hungary | 1989 |\n| ASIA | | |\n| Pune | India | 2001 |\n"
    )
    found = document(text)
    above = {
        found.text[slice(*b.cells[0])]: [
            found.text[slice(*found.blocks[i].cells[0])] for i in b.under
        ]
        for b in found.blocks
    }
    assert above["Graz"] == above["Pécs"] == ["EUROPE"]
    assert above["Pune"] == ["ASIA"]


def test_entries_side_by_side_in_one_row_are_items() -> None:
    found = document("| – Brisbane, Australia | – Durban, South Africa |\n")
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks] == [
        ("item", "– Brisbane, Australia"),
        ("item", "– Durban, South Africa"),
    ]


def test_lists_beside_each_other_are_read_one_after_the_other() -> None:
    text = (
        "WEST                      EAST\n"
        "Kiel, Germany (1985)      Pécs, Hungary (1989)\n"
        "Lyon, France (1987)       Riga, Latvia (1999)\n"
        "Bari, Italy\n"
    )
    found = document(text)
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks] == [
        ("heading", "WEST"),
        ("item", "Kiel, Germany (1985)"),
        ("item", "Lyon, France (1987)"),
        ("item", "Bari, Italy"),
        ("heading", "EAST"),
        ("item", "Pécs, Hungary (1989)"),
        ("item", "Riga, Latvia (1999)"),
    ]


def test_pairs_with_their_countries_stay_rows() -> None:
    text = (
        "Leeds, UK             Dortmund, Germany\nHull, UK              Reykjavik, Iceland\n"
        "Derby, UK             Osnabrück, Germany\n"
    )
    assert rows(text)[0] == ("Leeds, UK", "Dortmund, Germany")
