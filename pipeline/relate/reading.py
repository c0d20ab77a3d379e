"""A document read once: its lines, and the places that it speaks for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.model import Model
from pipeline.records import Resolved
from pipeline.relate.lines import LOCAL, Line, lines
from pipeline.relate.owner import Owner, owners
from pipeline.relate.senses import Senses


@dataclass(frozen=True, slots=True)
class Reading:
    """owners: likeliest first. counts: how often each place is named."""

    resolved: Resolved
    lines: tuple[Line, ...]
    owners: tuple[Owner, ...]
    counts: Counter[str]

    @property
    def owner(self) -> Owner | None:
        """The place that the document shows to be its own, if it shows any."""
        return next((o for o in self.owners if o.evident), None)


def read(resolved: Resolved, learned: Model | None = None, meant: Senses | None = None) -> Reading:
    """Read a document. learned, meant: models of owners and of senses, instead of the shipped."""
    found = lines(resolved, meant)
    named = (m.place_id for m in resolved.mentions if m.label in LOCAL and m.place_id)
    return Reading(resolved, found, owners(resolved, found, learned), Counter(named))
