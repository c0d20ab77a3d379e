"""Areas that a text names without speaking of them: "Ohio State Patrol", "Sen. Ray (R-Idaho)".

They are no mentions, since they stand inside the names of bodies, but they tell which namesake a
town is: a paper that quotes the Minnesota State Patrol means the Alexandria of Minnesota.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.gazetteer.forms import is_typed
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.records import Tagged
from pipeline.spans import taken, touches

#: Words in capitals that a name may consist of, and abbreviations: "N.H.", "Tenn."
_WORD = re.compile(
    r"(?<![\w.])(?:[NSW]\.\s?[A-Z][a-z]*\.|[A-Z]\.[A-Z]\.|[A-Z][a-z]{1,5}\.|[A-Z][\w’-]+)"
)
_PLACES = ("CITY", "REGION", "COUNTRY")
_SPACE = re.compile(r"[^\S\n]+")
_MAX_WORDS = 4
#: A town of this size may be meant by the name as well as the area.
_GREAT = 1_000_000


@dataclass(frozen=True, slots=True)
class Witness:
    """An area that a text names, as it names it, and how often."""

    name: str
    candidates: tuple[Candidate, ...]
    mentions: int


def witnesses(tagged: Tagged, gazetteer: Gazetteer) -> tuple[Witness, ...]:
    """Areas named outside of the marked places, each once, in the order of the text."""
    counts: dict[str, int] = {}
    found: dict[str, tuple[Candidate, ...]] = {}
    for name in _names(tagged, gazetteer):
        if name not in found:
            found[name] = _areas(name, gazetteer)
        counts[name] = counts.get(name, 0) + 1
    return tuple(Witness(n, found[n], count) for n, count in counts.items() if found[n])


def _names(tagged: Tagged, gazetteer: Gazetteer) -> Iterator[str]:
    """The longest names of areas among the words in capitals."""
    text = tagged.document.text
    marked = taken(len(text), ((m.start, m.end) for m in tagged.mentions if m.label in _PLACES))
    words = [m.span() for m in _WORD.finditer(text) if not touches(marked, *m.span())]
    index = 0
    while index < len(words):
        size = _run(text, words, index)
        while size:
            name = " ".join(text[words[index][0] : words[index + size - 1][1]].split())
            if _areas(name, gazetteer):
                yield name
                break
            size -= 1
        index += max(size, 1)


def _run(text: str, words: list[tuple[int, int]], index: int) -> int:
    """How many words from this one on stand side by side."""
    size = 1
    while size < _MAX_WORDS and index + size < len(words):
        if not _SPACE.fullmatch(text[words[index + size - 1][1] : words[index + size][0]]):
            break
        size += 1
    return size


def _areas(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What a name means if it can only be an area."""
    if name.endswith("."):
        region = gazetteer.abbreviated(name)
        return (region,) if region else ()
    found = gazetteer.candidates(name)
    if any(c.place.kind == "city" and c.population >= _GREAT for c in found):
        return ()
    if found and found[0].level == 1 and found[0].main:
        return tuple(c for c in found if c.level == 1 and c.main)
    return found if is_typed(name) and all(c.place.kind == "region" for c in found) else ()
