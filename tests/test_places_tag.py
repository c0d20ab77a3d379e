"""Which names in a sentence are places: `places.tsv`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.extract import read
from pipeline.records import Document
from pipeline.resources import load
from pipeline.tag import tag

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
