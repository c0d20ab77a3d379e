"""Spans that our own tagger finds: places, organisations, strategies, projects."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.english import Analysis
from pipeline.entities import entities
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Document, Mention
from pipeline.tag.hints import Piece, hinted

_SURE = 0.8


def learned(
    document: Document,
    analyses: Mapping[int, Analysis | None],
    tagger: Language,
    gazetteer: Gazetteer,
) -> dict[int, list[Mention]]:
    """Labelled spans of each block by its index, offsets in the block.

    analyses: the English model's of each block that is read, if it reads the language.
    """
    found: dict[int, list[Mention]] = {index: [] for index in analyses}
    read: list[tuple[int, Doc, list[Piece]]] = []
    for index, analysis in analyses.items():
        block = document.blocks[index]
        text = document.text[block.start : block.end]
        if text.strip():
            read.append((index, *hinted(tagger.vocab, text, block.kind, analysis, gazetteer)))
    spans_of = entities(tagger.get_pipe("ner"), [doc for _, doc, _ in read])
    for (index, _, pieces), named in zip(read, spans_of, strict=True):
        spans = [(pieces[first][0], pieces[end - 1][1], label) for first, end, label in named]
        found[index] = [Mention(a, b, label, _SURE) for a, b, label in spans if a < b]  # type: ignore[arg-type]
    return found
