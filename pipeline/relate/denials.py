"""Denials: lines that say of two places that they are no partners. Statements without a row."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Statement
from pipeline.relate.parties import unique
from pipeline.relate.reading import Reading
from pipeline.relate.statements import state
from pipeline.relate.triggers import STATES, said, ties

_SURE = 0.6


def denials(reading: Reading) -> Iterator[Statement]:
    """One statement for each clause that names two places, a tie, and that there is none."""
    for line in reading.lines:
        if "negation" not in line.says or len(line.party_of) < 2:
            continue
        for clause in line.clauses:
            topics = said(clause.text, line.language)
            if "negation" not in topics or not topics.isdisjoint(STATES):
                continue
            here = (p for p in line.party_of.values() if clause.start <= p.start < clause.end)
            sides = unique(here)
            if len(sides) == 2 and ties(clause.text, line.language):
                names = (reading.resolved.places[s.place_id].name for s in sides)
                told = ("", "partnership", " + ".join(names))
                yield state(reading.resolved, line.sentence, told, "negated", _SURE)
