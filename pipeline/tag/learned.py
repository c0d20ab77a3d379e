"""Spans that our own tagger finds: places, organisations, strategies, projects."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Mention
from pipeline.tag.hints import hinted


def learned(
    text: str, kind: str, analysis: Doc | None, tagger: Language, gazetteer: Gazetteer
) -> Iterator[Mention]:
    """Labelled spans of a block. kind: the block's; analysis: the English model's, if any."""
    if not text.strip():
        return
    doc, pieces = hinted(tagger.vocab, text, kind, analysis, gazetteer)
    for _, component in tagger.pipeline:
        doc = component(doc)
    for entity in doc.ents:
        start, end = pieces[entity.start][0], pieces[entity.end - 1][1]
        if start < end:
            yield Mention(start, end, entity.label_, 0.8)  # type: ignore[arg-type]
