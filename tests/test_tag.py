"""What the tagger finds in sentences of our own."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import read
from pipeline.records import Document, Tagged
from pipeline.resources import load
from pipeline.tag import tag


def tagged(tmp_path: Path, text: str) -> Tagged:
    path = tmp_path / "page.txt"
    path.write_text(text, "utf-8", newline="")
    document = read(path, path.name)
    assert isinstance(document, Document)
    return tag(document, load())


def labels(tmp_path: Path, text: str) -> dict[str, str]:
    found = tagged(tmp_path, text)
    return {found.text_of(m): m.label for m in found.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor of Gomel met a delegation from Hefei, the capital of Anhui Province in "
            "China, on Friday. They spoke about tractors.",
            {"Gomel": "CITY", "Hefei": "CITY", "Anhui Province": "REGION", "China": "COUNTRY"},
        ),
        (
            "The cities of Porto, Bordeaux and Nagasaki share a wine fair. It opens every June.",
            {"Porto": "CITY", "Bordeaux": "CITY", "Nagasaki": "CITY"},
        ),
        (
            "Reading's partner in Germany is Düsseldorf, and its bookshops are full of maps.",
            {"Reading": "CITY", "Germany": "COUNTRY", "Düsseldorf": "CITY"},
        ),
        (
            "Делегация Гродненской области побывала в Минске и Шанхае, а затем вернулась домой.",
            {"Минске": "CITY", "Шанхае": "CITY"},
        ),
        (
            "中国重庆市与白俄罗斯明斯克州的代表在成都举行会谈，讨论了旅游合作。",
            {"中国": "COUNTRY", "白俄罗斯": "COUNTRY", "成都": "CITY"},
        ),
        (
            "Busan's oldest sister came on board in 1976, and Kisumu's the year after.",
            {"Busan": "CITY", "Kisumu": "CITY"},
        ),
        ("Команда Уфы выиграла у гостей со счётом 3:1.", {"Уфы": "CITY"}),
        ("代表团途经东京返回。", {"东京": "CITY"}),
    ],
)
def test_places_are_labelled(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= labels(tmp_path, text).items()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The Shanghai Cooperation Organization met in secret and said little.", "Shanghai"),
        ("Trade with Asia and Europe grew, and both were glad of it.", "Asia"),
        ("She studied at Moscow State University before she joined the firm.", "Moscow"),
        ("Sheriff Dublin said that Dublin would not run for office again.", "Dublin"),
        ("Jack London wrote about dogs; London never saw the film.", "London"),
    ],
)
def test_names_of_people_and_bodies_are_no_cities(tmp_path: Path, text: str, absent: str) -> None:
    found = tagged(tmp_path, text)
    cities = [found.text_of(m) for m in found.mentions if m.label == "CITY"]
    assert absent not in cities


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(min_size=1, max_size=120))
def test_spans_lie_in_order_and_apart_in_any_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.txt"
    path.write_text(text + " Minsk and Gomel.", "utf-8", newline="", errors="surrogatepass")
    document = read(path, path.name)
    if not isinstance(document, Document):
        return
    found = tag(document, load()).mentions
    assert all(0 <= m.start < m.end <= len(document.text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
