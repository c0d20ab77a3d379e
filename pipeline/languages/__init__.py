"""Language packs: how each language speaks of what the product looks for.

A folder a language, by its ISO 639-1 code; in its files one entry a line, columns parted by tabs::

    topic         phrase                     example
    sister_city   sister city|cities|town    Graz is a [sister city] of Pula.

topic: what the phrase gives; `topics.tsv` lists all with what they mean. `-sister_city` is what
looks like that topic and is none: hits of the topic that touch it are dropped. phrase: in the
notation of `pipeline.languages.phrases`. example: a sentence in which the brackets hold what the
phrase finds; each is a test. Names of places stand for themselves in examples and are masked by
`#` in texts that are asked.

Below all stages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from pipeline.languages.phrases import pattern
from pipeline.wordlist import WordList, word_list

#: Languages that are read by the pack of another.
_AS = {"nb": "no", "nn": "no"}
#: Its topics count in documents of all languages.
_COMMON = "en"
#: Topics of words so short that they mean something else in other languages.
_GRAMMAR = "grammar"


class Span(NamedTuple):
    """Characters of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a pack. topics: more than one only for exceptions (`-ended,suspended`)."""

    language: str
    file: str
    topic: str
    phrase: str
    example: str


@cache
def supported() -> tuple[str, ...]:
    """The languages that have a pack, ISO 639-1."""
    folders = (f for f in resources.files(__package__).iterdir() if f.is_dir())
    return tuple(sorted(f.name for f in folders if len(f.name) == 2))


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """All entries of a pack; none where a language has no pack.

    Raises `ValueError` that names the line which has not three columns.
    """
    if language not in supported():
        return ()
    folder = resources.files(__package__).joinpath(language)
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".tsv"))
    return tuple(
        entry
        for name in files
        for entry in _entries(language, name, folder.joinpath(name).read_text("utf-8"))
    )


def _entries(language: str, name: str, text: str) -> list[Entry]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise ValueError(f"languages/{language}/{name}, line {number}: not three columns")
        found.append(Entry(language, name.removesuffix(".tsv"), *columns))
    return found


@lru_cache(maxsize=65536)
def find(topic: str, text: str, language: str) -> tuple[Span, ...]:
    """Where a text says a topic, in order, none inside another.

    text: names masked by `#`. language: of the document, BCP 47; English is read in all of them,
    but for its function words.
    """
    code = _AS.get(language[:2], language[:2])
    words = _words(topic, code)
    found = [Span(*m.span()) for m in words.finditer(text)] if words else []
    if not found:
        return ()
    none = _words(f"-{topic}", code)
    apart = [Span(*m.span()) for m in none.finditer(text)] if none else []
    return tuple(f for f in found if not any(f.start < a.end and a.start < f.end for a in apart))


def says(topic: str, text: str, language: str) -> bool:
    """Whether a text says a topic."""
    return bool(find(topic, text, language))


@cache
def _words(topic: str, language: str) -> WordList | None:
    phrases = [
        pattern(entry.phrase)
        for code in dict.fromkeys((language, _COMMON))
        for entry in entries(code)
        if topic in _topics(entry) and (code == language or entry.file != _GRAMMAR)
    ]
    return word_list(sorted(set(phrases), key=lambda p: (-len(p), p))) if phrases else None


def _topics(entry: Entry) -> tuple[str, ...]:
    if not entry.topic.startswith("-"):
        return (entry.topic,)
    return tuple(f"-{topic}" for topic in entry.topic[1:].split(","))
