"""Whose a project is: whether what is told of it, or what it stands under, shows two sides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.records import Resolved
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import CONTINUED, Part
from pipeline.relate.works.vocabulary import says

#: Sentences beside a naming of a project that still tell whose it is, in characters.
_AROUND = 300
#: A document of no more characters than this is read as one.
_SHORT = 6000


def shared(resolved: Resolved, work: Work, where: Collection[str], parts: Sequence[Part]) -> bool:
    """Whether two states, two partner places or words of cooperation stand by a project.

    where: its places. A report on works of many towns tells of cooperation somewhere, but not of
    each of them.
    """
    if len(_states(resolved, where, parts)) > 1:
        return True
    if len(resolved.document.text) <= _SHORT:
        return says("cooperation", resolved.document.text)
    return any(says("cooperation", text) for text in _beside(resolved, work))


def _states(resolved: Resolved, where: Collection[str], parts: Sequence[Part]) -> frozenset[str]:
    """ISO codes of the states of a project's places and of those that its sentences name."""
    inside = (
        m.place_id
        for p in parts
        if p.confidence >= CONTINUED
        for m in resolved.within(p.start, p.end)
        if m.label == "COUNTRY"
    )
    known = (resolved.places[i].country for i in (*where, *inside) if i in resolved.places)
    return frozenset(filter(None, known))


def _beside(resolved: Resolved, work: Work) -> Iterator[str]:
    """What stands by the namings of a project: its blocks, what they stand under, the title."""
    document = resolved.document
    yield document.title
    for mention in work.mentions:
        block = next(b for b in document.blocks if b.start <= mention.start < b.end)
        start, end = max(block.start, mention.start - _AROUND), mention.end + _AROUND
        yield document.text[start : min(block.end, end)]
        for index in (*block.under, *block.heads):
            over = document.blocks[index]
            yield document.text[over.start : min(over.end, over.start + _AROUND)]
