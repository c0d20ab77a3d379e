"""Tag: sentences, and spans that name places, dates, amounts, strategies and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Block, Document, Mention, Sentence, Tagged
from pipeline.resources import Resources
from pipeline.tag.amounts import AMOUNT
from pipeline.tag.dates import dates
from pipeline.tag.places import places
from pipeline.tag.projects import PROJECT
from pipeline.tag.strategies import certain, strategies

_SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[А-ЯЁ«])")


def tag(document: Document, resources: Resources) -> Tagged:
    """Sentences and labelled spans of a document, in order, spans not overlapping."""
    sentences: list[Sentence] = []
    found: list[Mention] = []
    named: list[Mention] = []
    read: list[Block] = []
    for index, block in enumerate(document.blocks):
        if block.kind in ("furniture", "front"):
            continue
        read.append(block)
        text = document.text[block.start : block.end]
        analysis = resources.english(text) if document.language not in ("zh", "ru", "ja") else None
        if analysis is not None and block.kind == "paragraph":
            spans = [(s.start_char, s.end_char) for s in analysis.sents]
        else:
            spans = list(_sentences(text, block))
        sentences += [Sentence(block.start + a, block.start + b, index) for a, b in spans]
        found += [_shift(m, block.start) for m in _spans(text)]
        found += [_shift(m, block.start) for m in dates(text, document.language)]
        named += [_shift(m, block.start) for m in strategies(text, resources.strategies)]
        found += [_shift(m, block.start) for m in places(text, analysis, resources.gazetteer)]
    certainly = certain(document.text, named)
    found += [m for m in certainly if any(b.start <= m.start < b.end for b in read)]
    return Tagged(document, tuple(sentences), (), tuple(_settle(found)))


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.kind != "paragraph":
        yield 0, len(text)
        return
    start = 0
    for end in [m.start() for m in _SENTENCE_END.finditer(text)] + [len(text)]:
        if text[start:end].strip():
            yield start + len(text[start:end]) - len(text[start:end].lstrip()), end
        start = end


def _spans(text: str) -> Iterator[Mention]:
    for match in AMOUNT.finditer(text):
        yield Mention(match.start(), match.end(), "AMOUNT", 0.9)
    for match in PROJECT.finditer(text):
        yield Mention(match.start(), match.end(), "PROJECT", 0.7)


def _shift(mention: Mention, by: int) -> Mention:
    return Mention(
        mention.start + by, mention.end + by, mention.label, mention.confidence, mention.value
    )


#: Where two spans overlap, the label further to the front wins; then the longer span.
_PRIORITY = ("STRATEGY", "PROJECT", "AMOUNT", "DATE", "REGION", "CITY", "COUNTRY", "ORG")


def _settle(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (_PRIORITY.index(m.label), m.start - m.end, m.start)):
        if not any(m.start < k.end and k.start < m.end for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)
