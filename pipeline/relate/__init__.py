"""Relate: statements about partnerships and projects, each with the sentence behind it.

For partnerships a document is read once, line by line; then candidates are proposed, scored and
decided. Projects (`projects`, `works`) have a reading of their own.
"""

from __future__ import annotations

from pipeline.records import FACTLESS, Claims, Resolved
from pipeline.relate.denials import denials
from pipeline.relate.networks import networks
from pipeline.relate.partnerships.decide import decide as partnerships
from pipeline.relate.projects import projects, trade
from pipeline.relate.reading import read


def relate(resolved: Resolved) -> Claims:
    """All that a document claims; nothing from reference lists and front matter."""
    reading = read(resolved)
    pairs = partnerships(reading)
    blocks = resolved.document.blocks
    sentences = [s for s in resolved.tagged.sentences if blocks[s.block].kind not in FACTLESS]
    works, amounts = projects(resolved, sentences, pairs)
    return Claims(
        resolved,
        tuple(pairs),
        tuple(works),
        (*amounts, *trade(resolved, sentences, pairs)),
        tuple(denials(reading)),
        tuple(networks(reading)),
    )
