"""Relate: statements about partnerships and projects, each with the sentence behind it."""

from __future__ import annotations

from pipeline.records import FACTLESS, Claims, Resolved, Sentence
from pipeline.relate.entries import OPEN
from pipeline.relate.evidence import Evidence, claims
from pipeline.relate.learned.judge import judged
from pipeline.relate.listed import inline, listed
from pipeline.relate.networks import networks
from pipeline.relate.owner import owner
from pipeline.relate.projects import projects, trade
from pipeline.relate.stated import denials, stated


def relate(resolved: Resolved) -> Claims:
    """All that a document claims; nothing from reference lists and front matter."""
    sentences = _telling(resolved)
    partners = claims(resolved, judged(resolved, evidence_of(resolved)))
    works, amounts = projects(resolved, sentences, partners)
    amounts += trade(resolved, sentences, partners)
    return Claims(
        resolved,
        tuple(partners),
        tuple(works),
        tuple(amounts),
        tuple(denials(resolved, sentences)),
        tuple(networks(resolved, sentences, owner(resolved))),
    )


def evidence_of(resolved: Resolved) -> list[Evidence]:
    """What the rules find: of sentences, then of lists whatever no sentence says."""
    sentences = _telling(resolved)
    own = owner(resolved)
    lists = [*listed(resolved, own), *inline(resolved, sentences, own)]
    named = {(item.pair, item.sentence.block) for item in lists if item.kind not in OPEN}
    evidence = [
        item
        for item in stated(resolved, sentences, own, lists)
        # the heading of a list says which kind "agreement signed in 1990" is of
        if item.kind not in OPEN or (item.pair, item.sentence.block) not in named
    ]
    said = {item.pair for item in evidence if item.kind}
    for item in lists:
        if item.pair not in said:
            evidence.append(item)
            said.add(item.pair)
    return evidence


def _telling(resolved: Resolved) -> list[Sentence]:
    blocks = resolved.document.blocks
    return [s for s in resolved.tagged.sentences if blocks[s.block].kind not in FACTLESS]
