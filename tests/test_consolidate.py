"""One table over several documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.consolidate import consolidate
from pipeline.consolidate.best import Choice, absorbs, choose, later
from pipeline.consolidate.checks import checks
from pipeline.consolidate.confidence import combined
from pipeline.consolidate.linked import Work, identifiers
from pipeline.consolidate.names import alike
from pipeline.extract import extract
from pipeline.records import ProjectClaim, Rejected, Statement
from pipeline.resources import load
from pipeline.schema import LEAST


def documents(*paths: Path) -> list[dict[str, object]]:
    found = [extract(path, path.name, load()) for path in paths]
    read = [f for f in found if not isinstance(f, Rejected)]
    return consolidate(read, [f for f in found if isinstance(f, Rejected)]).rows["documents"]


def test_copies_of_a_file_are_one_row_that_names_them_all(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_text("Gomel and Hefei exchanged pupils, and both liked it very much.", "utf-8")
    [row] = documents(second, first)
    assert (row["path"], row["copies"]) == ("a.txt", "b.txt")
    assert [row] == documents(first, second)


def test_a_mislabelled_copy_is_a_copy(tmp_path: Path) -> None:
    text = "Gomel and Hefei exchanged pupils, and both liked it very much."
    for name in ("a.txt", "b.pdf"):
        (tmp_path / name).write_text(text, "utf-8")
    [row] = documents(tmp_path / "a.txt", tmp_path / "b.pdf")
    assert (row["path"], row["status"], row["copies"]) == ("a.txt", "ok", "b.pdf")


def test_two_empty_files_are_both_accounted_for(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).touch()
    [row] = documents(tmp_path / "one.txt", tmp_path / "two.txt")
    assert (row["status"], row["path"], row["copies"]) == ("quarantined", "one.txt", "two.txt")


def statement(value: str, document: str = "a", field: str = "start", **other: object) -> Statement:
    known: dict[str, object] = {"assertion": "affirmed", "confidence": 0.8}
    rest = known | other
    return Statement(
        f"s-{document}-{field}-{value}",
        "p-1",
        field,
        value,
        rest["assertion"],  # type: ignore[arg-type]
        document,
        None,
        0,
        9,
        "A sentence.",
        float(str(rest["confidence"])),
    )


@pytest.mark.parametrize(
    ("statements", "value", "others"),
    [
        ([statement("2017"), statement("2017-05-04", "b")], "2017-05-04", ()),
        ([statement("2016"), statement("2017-05-04", "b")], "2017-05-04", ("2016",)),
        ([statement("2016"), statement("2017", "b"), statement("2017", "c")], "2017", ("2016",)),
        ([statement("2017-05-04", assertion="reported"), statement("2016", "b")], "2016", None),
        ([statement("XXXX-05-04"), statement("2017-05-04", "b")], "2017-05-04", ()),
        ([statement("2017~"), statement("2017", "b")], "2017", ()),
        ([statement("2017", assertion="negated")], "", ()),
    ],
)
def test_the_best_supported_date_is_shown(
    statements: list[Statement], value: str, others: tuple[str, ...] | None
) -> None:
    choice = choose(statements, "start")
    assert choice.value == value
    assert others is None or choice.others == others


def test_a_kind_by_name_does_not_disagree_with_other() -> None:
    said = [statement("other", field="kind"), statement("twinning", "b", "kind")]
    assert choose(said, "kind") == Choice("twinning", (), "the more specific")


@pytest.mark.parametrize(
    ("told", "dated", "value", "others"),
    [
        ({"a": "active", "b": "ended"}, {}, "ended", ("active",)),
        ({"a": "active", "b": "ended"}, {"a": "2012", "b": "2015-03"}, "ended", ()),
        ({"a": "active", "b": "ended"}, {"a": "2019", "b": "2015-03"}, "active", ()),
        ({"a": "active", "b": "planned"}, {}, "active", ()),
        ({"a": "active", "b": "ended"}, {"a": "2015", "b": "2015-03"}, "ended", ("active",)),
    ],
)
def test_a_later_state_follows_an_earlier_one(
    told: dict[str, str], dated: dict[str, str], value: str, others: tuple[str, ...]
) -> None:
    said = [statement(status, document, "status") for document, status in told.items()]
    choice = choose(said, "status", dated)
    assert (choice.value, choice.others) == (value, others)


edtf = st.sampled_from(["", "2017", "2017-05", "2017-05-04", "2018", "201X", "2017~", "2015/2020"])


@given(st.lists(st.tuples(edtf, st.sampled_from("abc"))), edtf)
def test_a_choice_is_a_stated_value_and_names_no_value_twice(
    said: list[tuple[str, str]], extra: str
) -> None:
    choice = choose([statement(v, d) for v, d in [*said, (extra, "d")]], "start")
    assert choice.value in {v for v, _ in said} | {extra}
    assert choice.value not in choice.others
    assert len(set(choice.others)) == len(choice.others)


@given(edtf, edtf)
def test_no_date_is_later_than_one_that_is_later(one: str, other: str) -> None:
    assert not (later(one, other) and later(other, one))
    assert not (absorbs(one, other) and later(one, other))


def test_documents_agree_independently_and_sentences_do_not() -> None:
    assert combined([statement("2017"), statement("2018")]) == 0.8
    assert combined([statement("2017"), statement("2017", "b")]) == pytest.approx(0.96)
    assert combined([statement("2017", str(n)) for n in range(99)]) == 0.99


def test_a_document_that_denies_what_it_states_counts_for_little() -> None:
    denial = statement("Porto + Bergen", field="partnership", assertion="negated", confidence=0.6)
    assert combined([statement("2017")], [denial]) < LEAST < combined([statement("2017")])
    assert combined([statement("2017", "b")], [denial]) == 0.8
    assert combined([statement("2017", assertion="ended")], [denial]) == 0.8


def work(document: str, name: str, *places: str, date: str = "", pair: str = "") -> Work:
    claim = ProjectClaim("j-" + name, name, pair, places, ())
    countries = frozenset(place[:2] for place in places)
    found = frozenset(places)
    return Work((document, "j-" + name), claim, date, found, frozenset(), countries)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work("a", "Harbour Light Terminal", "PL1"), work("b", "HARBOUR LIGHT TERMINAL")),
        (work("a", "Harbour Light", "PL1"), work("b", "the Harbour Light project", "PL1")),
        (work("a", "Amber Salt House", "PL1"), work("b", "Amber Salt", "PL1", "LT2")),
        (work("a", "Friendship Park", "PL1"), work("b", "Friendship Park", "PL1")),
        (work("a", "Парк «Янтарный берег»", "RU1"), work("b", "парка «Янтарный берег»", "RU1")),
        (work("a", "琥珀湾产业园项目", "CN1"), work("b", "琥珀湾产业园", "CN1")),
    ],
)
def test_two_names_of_one_project_make_one_row(one: Work, other: Work) -> None:
    assert len(set(identifiers([one, other]).values())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work("a", "Harbour Light Terminal", "PL1"), work("b", "Harbour Light Terminal", "FI1")),
        (work("a", "Amber Coffee School", "PL1"), work("b", "Amber Coffee Museum", "PL1")),
        (work("a", "Metro Line 2", "PL1"), work("b", "Metro Line 3", "PL1")),
        (work("a", "Friendship Park", "PL1"), work("b", "Friendship Park", "PL2")),
        (work("a", "Industrial Park"), work("b", "Industrial Park")),
        (work("a", "Austria Salt House", "PL1"), work("b", "Australia Salt House", "PL1")),
        (work("a", "Harbour Light", pair="p-1"), work("b", "Harbour Light", pair="p-2")),
        (work("a", "Harbour Light", "PL1"), work("a", "Harbour Light Project", "PL1")),
    ],
)
def test_two_projects_stay_two_rows(one: Work, other: Work) -> None:
    assert len(set(identifiers([one, other]).values())) == 2


def test_two_projects_of_a_document_are_not_joined_by_a_third() -> None:
    works = [
        work("a", "Amber Salt House", "PL1"),
        work("a", "Amber Salt Road", "PL1"),
        work("b", "Amber Salt", "PL1"),
    ]
    found = identifiers(works)
    assert found["a", "j-Amber Salt House"] != found["a", "j-Amber Salt Road"]
    assert len(set(found.values())) == 2


def test_a_newer_document_leaves_identifiers_as_they_are() -> None:
    old = [work("x", "Harbour Light", "PL1", date="2012"), work("y", "Amber Salt House", "LT1")]
    new = [work("c", "Harbour Light Project", "PL1", date="2019"), work("d", "Blue Mill", "LT1")]
    before, after = identifiers(old), identifiers([*new, *old])
    assert {key: after[key] for key in before} == before
    assert after["c", "j-Harbour Light Project"] == before["x", "j-Harbour Light"]


@given(st.permutations(["Amber Salt", "Amber Salt House", "Blue Mill", "Industrial Park", "Mill"]))
def test_identifiers_do_not_depend_on_the_order_of_documents(names: list[str]) -> None:
    works = {name: work(str(len(name)), name, "PL1") for name in names}
    assert identifiers(list(works.values())) == identifiers([works[n] for n in sorted(works)])


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_of_any_two_names_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other)[0] <= 100
    assert alike(one, other) == alike(other, one)


def rows(**tables: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    names = ("documents", "partnerships", "projects", "amounts", "statements")
    return {name: [] for name in names} | tables


PAIR: dict[str, object] = {
    "partnership_id": "p-1",
    "place_a": "Porto",
    "place_b": "Nagasaki",
    "place_a_id": "geonames:1",
    "place_b_id": "geonames:2",
    "country_a": "PT",
    "country_b": "JP",
    "status": "active",
    "start": "1978",
    "end": "",
    "conflicts": "",
}
WORK: dict[str, object] = {
    "project_id": "j-1",
    "name": "Blue Mill",
    "partnership_id": "p-1",
    "status": "completed",
    "start": "2012",
    "end": "2015",
    "expected_end": "",
    "agreed": "",
    "places": "Porto",
    "countries": "PT; JP",
    "conflicts": "",
}
AMOUNT: dict[str, object] = {
    "amount_id": "a-1",
    "what": "investment",
    "value": 5.0,
    "value_max": None,
    "unit": "EUR",
}


@pytest.mark.parametrize(
    ("table", "change", "check"),
    [
        ("partnerships", {}, None),
        ("partnerships", {"end": "1970"}, "end_before_start"),
        ("partnerships", {"start": "1978-05", "end": "1978"}, None),
        ("partnerships", {"place_b_id": "geonames:1"}, "same_place_twice"),
        ("partnerships", {"start": "1078"}, "year_beyond_horizon"),
        ("partnerships", {"start": "2031"}, "start_in_future_but_active"),
        ("partnerships", {"country_b": ""}, "unknown_place"),
        ("partnerships", {"conflicts": "start: 1979"}, "statements_disagree"),
        ("projects", {}, None),
        ("projects", {"places": "", "partnership_id": ""}, "project_without_place"),
        ("projects", {"countries": "FI; SE"}, "country_mismatch"),
        ("projects", {"expected_end": "2010"}, "end_before_start"),
        ("amounts", {}, None),
        ("amounts", {"value": 0.0}, "amount_negative_or_zero"),
        ("amounts", {"value_max": 3.0}, "amount_range_reversed"),
    ],
)
def test_odd_rows_are_warned_of(table: str, change: dict[str, object], check: str | None) -> None:
    document: dict[str, object] = {"document_id": "d", "date": "2020-02"}
    told: dict[str, object] = {"document_id": "d", "subject_id": "p-1"}
    tables = rows(
        documents=[document],
        statements=[told],
        partnerships=[PAIR],
        projects=[WORK],
        amounts=[AMOUNT],
    )
    tables[table] = [tables[table][0] | change]
    found = checks(tables, {})
    assert [row["check"] for row in found] == ([check] if check else [])
    assert all(row["table"] == table for row in found)


def findings(folder: Path, *texts: str) -> dict[str, list[dict[str, object]]]:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(text, "utf-8")
    read = [extract(path, path.name, load()) for path in paths]
    return consolidate([f for f in read if not isinstance(f, Rejected)], []).rows


FIRST = "Gomel and Hefei have been sister cities since 2011."
SECOND = "Hefei and Gomel signed their sister-city agreement on 4 May 2011."


def test_two_documents_make_one_row_that_is_surer(tmp_path: Path) -> None:
    [one] = findings(tmp_path, FIRST)["partnerships"]
    [both] = findings(tmp_path, FIRST, SECOND)["partnerships"]
    assert both["partnership_id"] == one["partnership_id"]
    assert (one["start"], both["start"]) == ("2011", "2011-05-04")
    assert (both["documents"], both["conflicts"]) == (2, "")
    assert float(str(one["confidence"])) < float(str(both["confidence"])) <= 0.99


def test_a_rumour_that_the_text_denies_makes_no_row(tmp_path: Path) -> None:
    text = (
        "Some papers wrote that Turku has become a sister city of Braga. "
        "Turku and Braga have no sister-city agreement."
    )
    found = findings(tmp_path, text)
    assert found["partnerships"] == []
    assert {"negated"} <= {str(s["assertion"]) for s in found["statements"]}


def test_rows_that_are_not_sure_enough_leave_their_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.consolidate.LEAST", 1.0)
    found = findings(tmp_path, FIRST)
    assert found["partnerships"] == []
    assert {s["subject_id"] for s in found["statements"]} == {""}
    assert all("Hefei" in str(s["about"]) for s in found["statements"])
