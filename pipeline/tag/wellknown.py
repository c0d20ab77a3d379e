"""Big cities whose name is nothing else, whatever the models make of the words around it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from pipeline.gazetteer.lookup import Candidate, Gazetteer, is_made_up
from pipeline.gazetteer.names import is_cjk
from pipeline.records import Mention
from pipeline.tag.evident import town_first
from pipeline.tag.morphology import chinese, russian
from pipeline.tag.placewords import words

#: Inhabitants from which a city is known well.
_BIG = 100_000
_CONFIDENCE = 0.88
#: Capitalised words that no others stand beside.
_LATIN = re.compile(r"(?<![\w.&’'-])(?!The\s)[A-ZÀ-Þ][\w-]*(?:\s[A-ZÀ-Þ][\w-]*)*(?![\w&-])")
_CYRILLIC = re.compile(r"(?<![\w«\"-])(?<![А-ЯЁ]\.\s)[А-ЯЁ][а-яё-]+(?![\w-]|\s[А-ЯЁ])")
#: Characters behind a Chinese name that it is only a part of: 东京大学, 南京路.
_GOES_ON = frozenset("大学院路街道港河湖山站桥寺湾队报社银公区县省州府")
_TYPE = re.compile(r"[市州省](?![场长政委民级内外区县])")
#: Characters of a Chinese name before it.
_LONGEST = 6


def well_known(text: str, english: bool, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Such cities in a block. english: whether it is English."""
    spans: Iterable[tuple[int, int]]
    if is_cjk(text):
        spans = itertools.chain(_han(text), _typed(text, gazetteer))
    elif english:
        spans = (m.span() for m in _LATIN.finditer(text) if m[0] not in words("also_words"))
    else:
        spans = (m.span() for m in _CYRILLIC.finditer(text) if russian(m[0]) == "NOUN Geox")
    last = 0
    for start, end in sorted(spans):
        if start < last:
            continue
        found = gazetteer.candidates(text[start:end])
        # an exonym is what its language calls a city; in Latin script it may be of any language
        if found and _is_big(found[0]) and (found[0].main or not english):
            yield Mention(start, end, town_first(found), _CONFIDENCE)
            last = end


def _is_big(candidate: Candidate) -> bool:
    return candidate.population >= _BIG and not is_made_up(candidate)


def _han(text: str) -> Iterator[tuple[int, int]]:
    """Words that the dictionary has as places and that do not go on."""
    tags = chinese(text)
    if len(tags) != len(text):
        return
    for start, tag in enumerate(tags):
        if tag != "B-ns":
            continue
        end = start + 1
        while end < len(tags) and tags[end] == "I-ns":
            end += 1
        if end - start > 1 and text[end : end + 1] not in _GOES_ON:
            yield start, end


def _typed(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Known names up to the character that says what they are, which dictionaries tear apart."""
    for match in _TYPE.finditer(text):
        for start in range(max(0, match.start() - _LONGEST), match.start() - 1):
            if gazetteer.candidates(text[start : match.end()]):
                yield start, match.end()
                break
