"""Candidates: every span that may name a place, with who sees it as what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.english import Analysis
from pipeline.gazetteer.lookup import Candidate as Sense
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.languages import find
from pipeline.records import Block, Document, Label, Mention
from pipeline.tag.hints import Piece, known

PLACES: tuple[Label, ...] = ("CITY", "REGION", "COUNTRY")
_TOKEN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\W_]+|[^\w\s]|_")
#: A name behind "the town of" that no gazetteer knows.
_NAMED = re.compile(
    r"\s?([A-ZÀ-ÞŁŚŻĐČŠŽА-ЯЁІЇЄҐ][\w’'-]+(?:[ -][A-ZÀ-ÞŁŚŻĐČŠŽА-ЯЁІЇЄҐ][\w’'-]+){0,2})"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the reading text. block: its index. seen: source -> label, of `form` (the form of
    a list or a name), `rules`, `tagger`, `entity` (spaCy's model); over: the same of spans that
    only touch it. senses: what the gazetteer holds under the name. serves: see `Mention`.
    """

    start: int
    end: int
    block: int
    senses: tuple[Sense, ...]
    seen: Mapping[str, str]
    over: Mapping[str, str] = field(default_factory=dict)
    serves: bool = False


@dataclass(frozen=True, slots=True)
class Views:
    """What is seen as a place beside spaCy's model. of_tagger: of each block by its index, offsets
    in the block. forms: spans that the form of the text gives away. rules: what the rules see."""

    of_tagger: Mapping[int, Sequence[Mention]]
    forms: Sequence[Mention]
    rules: Sequence[Mention]


Spans = Sequence[tuple[int, int, str, str]]


def candidates(
    document: Document,
    analyses: Mapping[int, Analysis | None],
    views: Views,
    gazetteer: Gazetteer,
) -> list[Candidate]:
    """All candidates of a document, in text order; they may touch each other.

    analyses: of each block by its index, offsets in the block.
    """
    found: list[Candidate] = []
    serving = {(m.start, m.end) for m in views.rules if m.serves}
    for index, analysis in analyses.items():
        block = document.blocks[index]
        text = document.text[block.start : block.end]
        told = list(_told(analysis, views, index, block))
        spans = {(a, b) for a, b, _, label in told if label in (*PLACES, "GPE", "LOC")}
        spans |= set(_known(text, analysis, gazetteer)) | set(_typed(text, document.language))
        for a, b in sorted(spans):
            seen = {source: label for x, y, source, label in told if (x, y) == (a, b)}
            over = {s: k for x, y, s, k in told if x < b and a < y and (x, y) != (a, b)}
            senses = gazetteer.candidates(text[a:b])
            at = block.start
            serves = (at + a, at + b) in serving
            found.append(Candidate(at + a, at + b, index, senses, seen, over, serves))
    return found


def _told(
    analysis: Analysis | None, views: Views, index: int, block: Block
) -> Iterator[tuple[int, int, str, str]]:
    """Spans of a block, who sees each, and as what."""
    yield from ((m.start, m.end, "tagger", m.label) for m in views.of_tagger[index])
    for source, spans in (("form", views.forms), ("rules", views.rules)):
        for m in spans:
            if block.start <= m.start < block.end:
                yield m.start - block.start, m.end - block.start, source, m.label
    for entity in analysis.entities if analysis else ():
        yield entity.start, entity.end, "entity", entity.label


def _known(text: str, analysis: Analysis | None, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """The longest names of a block that the gazetteer knows."""
    pieces: Sequence[Piece] = analysis.words if analysis is not None else ()
    pieces = pieces or [m.span() for m in _TOKEN.finditer(text)]
    start, end = -1, -1
    for (a, b), hint in zip(pieces, known(text, pieces, gazetteer), strict=True):
        if start >= 0 and not hint.startswith("I-"):
            yield start, end
            start = -1
        if hint.startswith("B-"):
            start = a
        end = b
    if start >= 0:
        yield start, end


def _typed(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Names behind what only stands before places: "the town of X", «деревня X»."""
    for _, end in find("place_before", text, language):
        if match := _NAMED.match(text, end):
            yield match.span(1)
