"""Every entry of the language packs finds what its example marks, and is needed for it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import languages
from pipeline.languages import Entry, entries, supported
from pipeline.languages.phrases import pattern

_MARKED = re.compile(r"\[([^\]]*)\]")
EVERY = [entry for code in supported() for entry in entries(code)]


def unmarked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its brackets, and what stood in them."""
    text, spans, last = "", [], 0
    for match in _MARKED.finditer(example):
        text += example[last : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + example[last:], spans


@cache
def topics() -> dict[str, str]:
    """The file of each topic."""
    lines = resources.files(languages).joinpath("topics.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {topic: file for file, topic, _ in rows}


@cache
def compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(pattern(phrase), re.I)


@pytest.mark.parametrize("code", supported())
def test_each_entry_finds_what_its_example_marks(code: str) -> None:
    wrong = []
    for entry in entries(code):
        text, spans = unmarked(entry.example)
        found = [m.span() for m in compiled(entry.phrase).finditer(text)]
        if not spans or found != spans:
            wrong.append(f"{entry.file}.tsv {entry.topic}: {entry.phrase!r} in {entry.example!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", supported())
def test_no_entry_is_in_vain(code: str) -> None:
    """Another entry of its topic that finds all of its example makes an entry needless."""
    by_topic: dict[str, list[Entry]] = {}
    for entry in entries(code):
        by_topic.setdefault(entry.topic, []).append(entry)
    vain = []
    for same in by_topic.values():
        for entry in same:
            text, spans = unmarked(entry.example)
            for other in same:
                found = [m.span() for m in compiled(other.phrase).finditer(text)]
                if other is not entry and set(spans) <= set(found):
                    vain.append(f"{entry.topic}: {entry.phrase!r} by {other.phrase!r}")
    assert not vain, "\n".join(vain)


@pytest.mark.parametrize("code", supported())
def test_topics_stand_in_their_files(code: str) -> None:
    for entry in entries(code):
        for topic in entry.topic.lstrip("-").split(","):
            assert topics().get(topic) == entry.file, f"{entry.topic} in {entry.file}.tsv"


@pytest.mark.parametrize(
    ("text", "language", "topic", "found"),
    [
        ("Our sister city since 1990", "en", "sister_city", ["sister city"]),
        ("Unsere Sister City", "de", "sister_city", ["Sister City"]),
        ("gemellata con Pola", "de", "twinning", []),
        ("Vennskapsbyer", "nb", "twinning", ["Vennskapsbyer"]),
        ("友好城市", "zh-Hant", "sister_city", ["友好城市"]),
    ],
)
def test_a_document_is_read_by_its_own_pack_and_the_english_one(
    text: str, language: str, topic: str, found: list[str]
) -> None:
    assert [text[a:b] for a, b in languages.find(topic, text, language)] == found


def test_an_open_word_among_several_leaves_the_others_closed() -> None:
    assert not compiled("biz|bizler*").search("bizon")
    assert compiled("biz|bizler*").search("bizleri")


def test_a_sign_of_a_script_without_spaces_may_be_missing() -> None:
    assert compiled("结为[了]友城").search("两市结为友城")


def test_what_only_looks_like_a_topic_is_none() -> None:
    assert languages.says("ended", "The partnership ended in 2010.", "en")
    assert not languages.says("ended", "The partnership has never ended.", "en")


@given(st.text("ab |()[]*…#0^$='éсё友城", max_size=12))
def test_a_phrase_is_a_pattern_or_refused(phrase: str) -> None:
    try:
        found = pattern(phrase)
    except ValueError:
        return
    re.compile(found, re.I)
