"""Tag: sentences, and spans that name places, dates, amounts, strategies and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.english import Analysis, read
from pipeline.records import TOLD_IN_SENTENCES, Block, Document, Mention, Sentence, Tagged
from pipeline.resources import Resources
from pipeline.spans import take, taken, touches
from pipeline.tag.amounts import amounts
from pipeline.tag.capitals import headlined
from pipeline.tag.dates import dates
from pipeline.tag.entries import entries, rows
from pipeline.tag.learned import learned
from pipeline.tag.projects import projects
from pipeline.tag.ruled import ruled
from pipeline.tag.seats import TITLED, seats
from pipeline.tag.strategies import aliases, certain, strategies
from pipeline.tag.toponyms.candidates import Candidate, Views, candidates
from pipeline.tag.toponyms.score import toponyms

#: Languages in which the rules alone decide what is a place: the scores, learned from pages about
#: cooperation, take surnames and services of news for towns.
_RULED = frozenset(("en",))
_SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[А-ЯЁ«])")


def tag(document: Document, resources: Resources) -> Tagged:
    """Sentences and labelled spans of a document, in order, spans not overlapping."""
    seen = look(document, resources)
    if seen.document.language[:2] in _RULED:
        places = list(seen.views.rules)
    else:
        places = toponyms(seen.document, proposed(seen, resources))
    found = [*seen.others, *places]
    likely = [m for m in seen.tagger if m.label == "PROJECT"]
    # what the tagger takes for an organisation may still be named as a project
    named = [m for m in found if m.label != "ORG"]
    found += projects(seen.document, named, likely, document.text)
    settled = _settle(found, len(document.text))
    return Tagged(document, seen.sentences, (), tuple(settled))


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a document before it is decided what its places are.

    document: with its headings read as sentences. others: mentions that are no places. tagger: the
    tagger's spans. analyses: of the English model, by block.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    others: tuple[Mention, ...]
    tagger: tuple[Mention, ...]
    analyses: Mapping[int, Analysis | None]
    views: Views


def proposed(seen: Seen, resources: Resources) -> list[Candidate]:
    """The spans of a document that may name places."""
    return candidates(seen.document, seen.analyses, seen.views, resources.gazetteer)


def look(document: Document, resources: Resources) -> Seen:
    """What a document's places are decided from."""
    document = headlined(document)
    sentences: list[Sentence] = []
    found: list[Mention] = []
    named: list[Mention] = []
    forms: list[Mention] = []
    listed: dict[int, list[Mention]] = {}
    analyses = _analyses(document, resources)
    of_tagger = learned(document, analyses, resources.tagger, resources.gazetteer)
    names = aliases(tuple(resources.strategies.values()))
    for index, analysis in analyses.items():
        block = document.blocks[index]
        text = document.text[block.start : block.end]
        if analysis is not None and block.kind in TOLD_IN_SENTENCES:
            spans = list(analysis.sentences)
        else:
            spans = list(_sentences(text, block))
        sentences += [Sentence(block.start + a, block.start + b, index) for a, b in spans]
        found += [_shift(m, block.start) for m in _spans(text, document.language)]
        named += [_shift(m, block.start) for m in strategies(text, names)]
        listed[index] = list(_entries(document, block, resources))
        forms += [_shift(m, block.start) for m in listed[index]]
        found += [_shift(m, block.start) for m in of_tagger[index] if m.label == "ORG"]
    blocks = [(document.blocks[i].start, document.blocks[i].end) for i in analyses]
    certainly = certain(document.text, named)
    found += [m for m in certainly if any(a <= m.start < b for a, b in blocks)]
    own = list(seats(document.text, document.blocks, resources.gazetteer))
    titled = [s for s in own if s.confidence == TITLED]
    otherwise = [m for m in found if m.label != "ORG"]
    by_rule = ruled(document, analyses, (of_tagger, listed), (otherwise, titled), resources)
    forms += [s for s in titled if _is_free(s, forms)]
    told = [
        _shift(m, document.blocks[index].start) for index, spans in of_tagger.items() for m in spans
    ]
    views = Views(of_tagger, tuple(forms), tuple(by_rule))
    return Seen(document, tuple(sentences), tuple(found), tuple(told), analyses, views)


def _entries(document: Document, block: Block, resources: Resources) -> Iterator[Mention]:
    """The places of a list or table, in offsets of the block."""
    text = document.text[block.start : block.end]
    if block.kind != "row":
        return entries(text, resources.gazetteer, resources.known)
    cells = [(a - block.start, b - block.start) for a, b in block.cells]
    called = document.columns(block)
    above = list(_above(document, block))
    return rows(text, cells, called, resources.gazetteer, resources.known, above)


def _above(document: Document, block: Block) -> Iterator[str]:
    """What the rows say that a row stands under: in their first cell, which may be their only."""
    for other in (document.blocks[index] for index in block.under):
        if other.kind == "row" and other.cells:
            start, end = next(((a, b) for a, b in other.cells if a < b), other.cells[0])
            yield document.text[start:end]


def _is_free(mention: Mention, others: Sequence[Mention]) -> bool:
    return not any(mention.start < m.end and m.start < mention.end for m in others)


def _analyses(document: Document, resources: Resources) -> dict[int, Analysis | None]:
    """The English model's reading of each block by its index; None in languages unlike English."""
    blocks = {
        i: document.text[b.start : b.end]
        for i, b in enumerate(document.blocks)
        if b.kind not in ("furniture", "front")
    }
    if document.language in ("zh", "ru", "ja"):
        return dict.fromkeys(blocks)
    return dict(zip(blocks, read(resources.english, list(blocks.values())), strict=True))


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.kind not in TOLD_IN_SENTENCES:
        yield 0, len(text)
        return
    start = 0
    for end in [m.start() for m in _SENTENCE_END.finditer(text)] + [len(text)]:
        if text[start:end].strip():
            yield start + len(text[start:end]) - len(text[start:end].lstrip()), end
        start = end


def _spans(text: str, language: str) -> Iterator[Mention]:
    yield from dates(text, language)
    for start, end in amounts(text, language):
        yield Mention(start, end, "AMOUNT", 0.97)


def _shift(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


#: Where two spans overlap, the label further to the front wins; then the longer span.
_PRIORITY = ("STRATEGY", "PROJECT", "AMOUNT", "DATE", "REGION", "CITY", "COUNTRY", "ORG")


def _settle(found: list[Mention], size: int) -> list[Mention]:
    """The mentions that no weightier one touches. size: of the text."""
    kept: list[Mention] = []
    known = taken(size)
    order = sorted(found, key=lambda m: (_PRIORITY.index(m.label), m.start - m.end, m.start))
    projects_found = [m for m in found if m.label == "PROJECT"]
    for m in order:
        names_project = m.value.startswith("unlisted:") and any(
            p.start <= m.start and m.end <= p.end for p in projects_found
        )
        if not names_project and not touches(known, m.start, m.end):
            take(known, m.start, m.end)
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)
