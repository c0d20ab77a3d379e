"""Propose: two places that a line of text may state to be partners."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Mention
from pipeline.relate.lines import Line
from pipeline.relate.reading import Reading
from pipeline.relate.triggers import STATES

Pair = frozenset[str]
How = Literal["both", "row", "own", "head", "recent", "before"]
Level = Literal["local", "national"]
#: Places of earlier lines that a line may speak of without a name.
_RECENT, _REMEMBERED = 3, 5
#: So many owners a line may leave unsaid.
_OWNERS = 3
#: What a line says of a tie that it does not name.
_GOES_ON = ("act", *STATES, "renewal", "anaphor", "the_two", "latter", "in_turn", "anniversary")
#: Lines since a place was named, where it never was.
_NEVER = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two places and the line that may speak of them.

    how: `both` are named in the line; the first is left unsaid and is the place that the document
    speaks for (`own`), that a line above names (`head`), that stood first in a row above (`row`)
    or that was named lately (`recent`); or neither is named (`before`). heading: index of the line
    above that says what the line's places are, -1 for none. ago_a, ago_b: lines since each was
    named. level: `national` where both are states.
    """

    a: Mention
    b: Mention
    line: int
    how: How
    heading: int
    ago_a: int = 0
    ago_b: int = 0
    level: Level = "local"

    @property
    def pair(self) -> Pair:
        return frozenset((self.a.place_id, self.b.place_id))


@dataclass(slots=True)
class _Memory:
    """What a reader remembers from line to line. row: the first place of the row above."""

    row: Mention | None = None
    recent: tuple[tuple[Mention, int], ...] = ()


def propose(reading: Reading) -> list[Candidate]:
    """All candidates of a document, in text order."""
    found: list[Candidate] = []
    memory = _Memory()
    for index, line in enumerate(reading.lines):
        found += _of_line(reading, index, memory)
        if line.block.kind != "row":
            memory.row = None
        elif len(line.places) > 1:
            memory.row = line.parties[0]
        for place in () if _is_of_states(line) else line.parties:
            others = tuple(r for r in memory.recent if r[0].place_id != place.place_id)
            memory.recent = (*others, (place, index))[-_REMEMBERED:]
    return found


def _of_line(reading: Reading, index: int, memory: _Memory) -> Iterator[Candidate]:
    line = reading.lines[index]
    heading = _heading(reading, line)
    ago = {place.place_id: index - at for place, at in memory.recent}
    for a, b in itertools.combinations(line.places, 2):
        yield Candidate(a, b, index, "both", heading)
    of_states = _is_of_states(line)
    for a, how in () if of_states else _unsaid(reading, line, memory):
        for b in line.parties:
            yield Candidate(a, b, index, how, heading, ago.get(a.place_id, _NEVER))
    if not line.places and _goes_on(line) and not of_states:
        for a, b in _before(reading, memory):
            since = ago.get(a.place_id, _NEVER), ago[b.place_id]
            yield Candidate(a, b, index, "before", heading, *since)
    if line.ties:
        for a, b in itertools.combinations(line.countries, 2):
            if a.place_id != b.place_id:
                yield Candidate(a, b, index, "both", heading, level="national")


def _is_of_states(line: Line) -> bool:
    """Whether two states are the sides of a line: it leaves no town unsaid, and one that it names
    only hosts them."""
    sides = [party.is_country for party in line.party_of.values() if not party.host]
    return len(sides) > 1 and all(sides)


def _goes_on(line: Line) -> bool:
    """Whether a line says anything that may be of places named before it."""
    return bool(line.ties or not line.says.isdisjoint(_GOES_ON))


def _heading(reading: Reading, line: Line) -> int:
    """The innermost line above that has a word for a tie; the innermost where none has."""
    tied = (i for i in reversed(line.above) if reading.lines[i].ties)
    return next(tied, line.above[-1] if line.above else -1)


def _unsaid(reading: Reading, line: Line, memory: _Memory) -> list[tuple[Mention, How]]:
    """Places that a line may speak of without naming them."""
    found: dict[str, tuple[Mention, How]] = {}
    if memory.row:
        found[memory.row.place_id] = (memory.row, "row")
    headed = _headed(reading, line)
    if headed and line.block.kind in ("item", "row", "heading"):
        found.setdefault(headed.place_id, (headed, "head"))
    for owner in [o for o in reading.owners[:_OWNERS] if o.evident]:
        found.setdefault(owner.hub.place_id, (owner.mention, "own"))
    if headed:
        found.setdefault(headed.place_id, (headed, "head"))
    for place, _ in reversed(memory.recent[-_RECENT:]) if _goes_on(line) else ():
        found.setdefault(place.place_id, (place, "recent"))
    named = {m.place_id for m in line.places}
    return [item for place_id, item in found.items() if place_id not in named]


def _headed(reading: Reading, line: Line) -> Mention | None:
    """The only place of the innermost line above that names one."""
    above = (reading.lines[i] for i in reversed(line.above))
    return next((one.parties[0] for one in above if len(one.parties) == 1), None)


def _before(reading: Reading, memory: _Memory) -> Iterator[tuple[Mention, Mention]]:
    """Pairs that a line without any place may go on about."""
    recent = [place for place, _ in reversed(memory.recent[-_RECENT:])]
    if len(recent) > 1:
        yield recent[1], recent[0]
    for owner in [o for o in reading.owners[:2] if o.evident]:
        if recent and owner.hub.place_id != recent[0].place_id:
            yield owner.mention, recent[0]
