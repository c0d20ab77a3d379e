"""What a reader remembers from sentence to sentence, and who "its" and "the two" are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.records import Mention
from pipeline.relate.clauses import Clause
from pipeline.relate.cues import Cue, words
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import Side

_ITS = re.compile(r"\b(?:its|their|(?:which )?it (?:has|had|is|was)|her)\b|\bего\b", re.I)
FIRST_PERSON = re.compile(r"\b(?:our|ours|we|us)\b|\bнаш|\bмы\b|我们", re.I)


@dataclass(slots=True)
class Discourse:
    """What a reader remembers from sentence to sentence.

    announced: a place that has several partners, which are still to be named.
    """

    owner: Mention | None
    last: list[Evidence] = field(default_factory=list)
    named: list[Side] = field(default_factory=list)
    subject: Mention | None = None
    age: int = 0
    block: int = -1
    refused: bool = False
    leads: bool = False
    paired: set[str] = field(default_factory=set)
    announced: tuple[Side, Cue] | None = None

    @property
    def own(self) -> Side | None:
        return Side(self.owner, self.owner.start, self.owner.end, False) if self.owner else None

    @property
    def is_partner_page(self) -> bool:
        """Whether the document lists the partners of its own place."""
        return self.owner is not None and self.owner.place_id in self.paired

    def prefers_subject(self, clause: Clause) -> bool:
        """Whether a bare "with X" goes on about the place of the sentence before."""
        if self.block != clause.sentence.block or self.owner is None or not self.leads:
            return False
        return self.owner.place_id not in self.paired


def two_named(clause: Clause, memory: Discourse) -> list[tuple[Side, Side, float]]:
    """ "The two cities became twins": the two that were named just before."""
    named = unique(memory.named)
    if words("pairs_named").search(clause.text) and len(named) == 2:
        return [(named[0], named[1], 0.8)]
    return []


def other(clause: Clause, group: list[Side], memory: Discourse, towards: bool) -> Side | None:
    """The party that a clause leaves unsaid."""
    ids = {s.place_id for s in group}
    chosen: Mention | None = None
    first = FIRST_PERSON.search(clause.text)
    if (
        not first
        and _ITS.search(clause.text)
        and memory.subject
        and memory.subject.place_id not in ids
    ) or (towards and not first and memory.prefers_subject(clause) and memory.subject):
        chosen = memory.subject
    elif memory.owner and (towards or words("selves").search(clause.text)):
        chosen = memory.owner
    if chosen is None or chosen.place_id in ids:
        return None
    return Side(chosen, chosen.start, chosen.end, False)


def unique(parties: list[Side]) -> list[Side]:
    """Each place once, where it is first named."""
    first: dict[str, Side] = {}
    for side in parties:
        first.setdefault(side.place_id, side)
    return list(first.values())
