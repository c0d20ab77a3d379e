"""Relate: statements about partnerships and projects, each with the sentence behind it.

A document is read once, line by line; then candidates are proposed, scored and decided.
"""

from __future__ import annotations

from pipeline.records import FACTLESS, Claims, Resolved, Sentence
from pipeline.relate.denials import denials
from pipeline.relate.networks import networks
from pipeline.relate.partnerships.decide import decide
from pipeline.relate.projects import projects, trade
from pipeline.relate.reading import read


def relate(resolved: Resolved) -> Claims:
    """All that a document claims; nothing from reference lists and front matter."""
    reading = read(resolved)
    sentences = _telling(resolved)
    partners = decide(reading)
    works, amounts = projects(resolved, sentences, partners)
    amounts += trade(resolved, sentences, partners)
    return Claims(
        resolved,
        tuple(partners),
        tuple(works),
        tuple(amounts),
        tuple(denials(reading)),
        tuple(networks(reading)),
    )


def _telling(resolved: Resolved) -> list[Sentence]:
    blocks = resolved.document.blocks
    return [s for s in resolved.tagged.sentences if blocks[s.block].kind not in FACTLESS]
