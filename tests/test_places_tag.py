"""Which names in a sentence are places: `places.tsv`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.extract import read
from pipeline.gazetteer.build import ensure
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Document, Mention
from pipeline.resources import load
from pipeline.tag import tag
from pipeline.tag.parts import parts

_LINES = Path(__file__).with_name("places.tsv").read_text("utf-8").splitlines()
_MARK = re.compile(r"\[\[(CITY|REGION|COUNTRY)\|([^\]]+)\]\]")
_LABELS = ("CITY", "REGION", "COUNTRY")


@pytest.mark.parametrize("line", [line for line in _LINES if line[0] != "#"])
def test_places_and_nothing_else(tmp_path: Path, line: str) -> None:
    text = _MARK.sub(r"\2", line)
    path = tmp_path / "page.txt"
    path.write_text(text, "utf-8", newline="")
    document = read(path, path.name)
    assert isinstance(document, Document)
    found = tag(document, load())
    places = [(m.label, found.text_of(m)) for m in found.mentions if m.label in _LABELS]
    assert places == [(m[1], m[2]) for m in _MARK.finditer(line)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nevada and Utah", ["Nevada", "Utah"]),
        ("Utah’s", ["Utah"]),
        ("Northeast Utah", ["Utah"]),
        ("North", []),
        ("Utah border", ["Utah"]),
        ("South Korea", ["South Korea"]),
        ("Saint John's", ["Saint John's"]),
    ],
)
def test_a_span_is_cut_to_the_places_in_it(name: str, expected: list[str]) -> None:
    cut = parts(name, Mention(0, len(name), "CITY"), Gazetteer(ensure()))
    assert [name[m.start : m.end] for m in cut] == expected
