"""Clauses of a sentence: the scope in which a status, a denial and a date hold."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from pipeline.languages import find, says
from pipeline.records import Resolved, Sentence
from pipeline.relate.triggers import ties

_STOP = re.compile(r"[;；] ?")
_COMMA = re.compile(r"[,，、] ?")
_FULL_STOP = re.compile(r"(?<=[\w)”\"»][\w)”\"»][.!?])\s+(?=[A-ZА-ЯЁ\"«“#])|(?<=[。！？])")
#: Names: their words say nothing of partnerships.
_MASKED = ("ORG", "PROJECT", "STRATEGY", "CITY", "REGION", "COUNTRY")
#: Characters behind a comma in which its clause says what it is about.
_OPENING = 40


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; `text` has names blanked with `#`: only plain words are triggers."""

    start: int
    end: int
    text: str


def clauses(resolved: Resolved, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence in order; together they cover it.

    They part at semicolons, and at commas and "and" behind which the language begins another
    statement: by a word like "but", or by an act of its own after one before.
    """
    text = masked(resolved, sentence.start, sentence.end)
    language = resolved.document.language
    bounds = {m.start() for m in _STOP.finditer(text)}
    bounds |= {start for start, _ in find("but", text, language) if start}
    joints = [m.start() for m in _COMMA.finditer(text)]
    joints += [start for start, _ in find("and", text, language)]
    for joint in sorted(joints):
        last = max((b for b in bounds if b <= joint), default=0)
        before, behind = text[last:joint], text[joint : joint + _OPENING]
        if _acts(behind, language) and (_acts(before, language) and ties(before, language)):
            bounds.add(joint)
    inside = sorted(b for b in bounds if not _is_bracketed(text, b))
    edges = list(dict.fromkeys((0, *inside, len(text))))
    start = sentence.start
    return tuple(Clause(start + a, start + b, text[a:b]) for a, b in itertools.pairwise(edges))


def _acts(text: str, language: str) -> bool:
    topics = ("act", "ended", "suspended", "planned", "renewal")
    return any(says(topic, text, language) for topic in topics)


def split(resolved: Resolved, sentence: Sentence) -> list[Sentence]:
    """A list item or heading as the sentences that it holds."""
    text = resolved.document.text[sentence.start : sentence.end]
    stops = [m.end() for m in _FULL_STOP.finditer(text)]
    named = list(resolved.within(sentence.start, sentence.end)) if stops else []
    # "St. Petersburg" is one name
    ends = [s for s in stops if not any(m.start < sentence.start + s < m.end for m in named)]
    bounds = [0, *ends, len(text)]
    return [
        Sentence(sentence.start + a, sentence.start + b, sentence.block)
        for a, b in itertools.pairwise(bounds)
        if text[a:b].strip()
    ]


def masked(resolved: Resolved, start: int, end: int) -> str:
    """A span of the text, of the same length, with names blanked."""
    text = list(resolved.document.text[start:end])
    for mention in resolved.within(start, end):
        if mention.label in _MASKED:
            for position in range(mention.start - start, mention.end - start):
                text[position] = "#"
    return "".join(text)


def _is_bracketed(text: str, position: int) -> bool:
    before = text[:position]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")
