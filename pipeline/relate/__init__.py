"""Relate: statements about partnerships and projects, each with the sentence behind it.

A document is read once, line by line; then candidates are proposed, scored and decided.
"""

from __future__ import annotations

from pipeline.records import Claims, Resolved
from pipeline.relate.denials import denials
from pipeline.relate.networks import networks
from pipeline.relate.partnerships.decide import decide as partnerships
from pipeline.relate.projects.amounts import trade
from pipeline.relate.projects.decide import decide as projects
from pipeline.relate.reading import read


def relate(resolved: Resolved) -> Claims:
    """All that a document claims; nothing from reference lists and front matter."""
    reading = read(resolved)
    pairs = partnerships(reading)
    works, amounts = projects(reading, pairs)
    return Claims(
        resolved,
        tuple(pairs),
        tuple(works),
        (*amounts, *trade(reading, pairs)),
        tuple(denials(reading)),
        tuple(networks(reading)),
    )
