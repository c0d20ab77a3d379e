"""Explain: the story of a row, as a user asks for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.consolidate import consolidate
from pipeline.explain import find, nearest, story, tables
from pipeline.extract import extract
from pipeline.records import Rejected
from pipeline.resources import load
from pipeline.tables.lock import hold
from pipeline.tables.write import write

TEXTS = {
    "page.txt": "Gomel and Hefei have been sister cities since 2011.",
    "news.txt": "Hefei and Gomel signed their sister-city agreement on 4 May 2011.",
    "brief.txt": "Porto and Nagasaki became sister cities in 1978. Porto has no agreement with "
    "Hefei. Hefei and Porto are not twinned.",
    "late.txt": "Porto has been twinned with Nagasaki since 1981.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = tmp_path_factory.mktemp("texts")
    out = tmp_path_factory.mktemp("out")
    read = []
    for name, text in TEXTS.items():
        (texts / name).write_text(text, "utf-8")
        read.append(extract(texts / name, name, load()))
    with hold(out):
        write(consolidate([c for c in read if not isinstance(c, Rejected)], []), out)
    return out


def citypacts(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("asked", ["Hefei", "hefei", "HEFEI + gomel", "Gomel Hefei"])
def test_a_name_finds_the_rows_that_have_it(folder: Path, asked: str) -> None:
    [found] = find(tables(folder), asked)
    assert {found.row["place_a_text"], found.row["place_b_text"]} == {"Gomel", "Hefei"}
    assert find(tables(folder), found.identifier) == [found]
    assert find(tables(folder), found.identifier[:8]) == [found]


def test_the_more_specific_date_has_both_documents_behind_it(folder: Path) -> None:
    read = tables(folder)
    told = story(read, find(read, "Hefei")[0])
    start = next(t for t in told.fields if t.field == "start")
    assert start.value == "2011-05-04"
    assert {s.document for s in start.supporting} == {"page.txt", "news.txt"}
    assert not start.against


def test_what_lost_stands_against_and_the_reason_is_given(folder: Path) -> None:
    read = tables(folder)
    told = story(read, find(read, "Nagasaki")[0])
    start = next(t for t in told.fields if t.field == "start")
    assert {start.value, *(s.value for s in start.against)} == {"1978", "1981"}
    assert start.reason
    assert [c["check"] for c in told.checks] == ["statements_disagree"]


def test_sentences_are_those_of_the_documents(folder: Path) -> None:
    read = tables(folder)
    for asked in ("Hefei", "Nagasaki"):
        for told in story(read, find(read, asked)[0]).fields:
            for said in (*told.supporting, *told.against):
                assert TEXTS[said.document][said.start : said.end] == said.sentence


def test_the_nearest_name_is_offered(folder: Path) -> None:
    assert "Nagasaki" in nearest(tables(folder), "Nagasakki")[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=30))
def test_any_text_may_be_asked_for(folder: Path, asked: str) -> None:
    read = tables(folder)
    for found in find(read, asked):
        story(read, found)
    assert len(nearest(read, asked)) <= 3


def test_the_command_prints_a_story_and_the_same_as_json(folder: Path) -> None:
    process = citypacts("explain", "Hefei", "--tables", folder)
    assert process.returncode == 0, process.stderr
    assert "2011-05-04" in process.stdout
    assert "news.txt" in process.stdout
    told = json.loads(citypacts("explain", "Hefei", "--tables", folder, "--json").stdout)
    assert told["row"]["start"] == "2011-05-04"
    assert {f["field"] for f in told["fields"]} >= {"kind", "status", "start"}


def test_the_command_ends_with_status_2_and_one_line(folder: Path, tmp_path: Path) -> None:
    for arguments, message in (
        (("Nagasakki", "--tables", folder), "nearest: p-"),
        (("p-0123", "--tables", folder), "no row 'p-0123'"),
        (("Porto", "--tables", tmp_path), "`citypacts run` writes the tables"),
    ):
        process = citypacts("explain", *arguments)
        assert process.returncode == 2
        assert message in process.stderr
        assert len(process.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["explain", "evaluate"])
def test_the_command_loads_nothing_heavy(folder: Path, command: str) -> None:
    asked = "Hefei" if command == "explain" else str(folder / "partnerships.csv")
    code = (
        "import sys\n"
        "from pipeline.cli import app\n"
        f"app([{command!r}, {asked!r}, '--tables', {str(folder)!r}], standalone_mode=False)\n"
        "heavy = {'prefect', 'flows', 'spacy', 'pandas', 'pyarrow', 'sklearn'}\n"
        "assert not heavy & {name.split('.')[0] for name in sys.modules}\n"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True, capture_output=True)
