"""Statements: one claim with the sentence it stands in."""

from __future__ import annotations

import hashlib

from pipeline.records import Assertion, Resolved, Sentence, Statement


def digest(*parts: object) -> str:
    """A short stable identifier of its parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def state(
    resolved: Resolved,
    sentence: Sentence,
    claim: tuple[str, str, str],
    assertion: Assertion = "affirmed",
    confidence: float = 0.8,
) -> Statement:
    """A statement in a sentence; the less sure, the worse its text was recognised.

    claim: (subject, field, value).
    """
    document = resolved.document
    start, end = document.published(sentence.start, sentence.end)
    return Statement(
        "s-" + digest(document.document_id, start, end, *claim),
        *claim,
        assertion,
        document.document_id,
        document.page_at(sentence.start),
        start,
        end,
        document.published_text[start:end],
        confidence * document.confidence(sentence.start, sentence.end),
    )
