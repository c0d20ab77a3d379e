"""Candidates: two places that a line of text may state to be partners."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Mention
from pipeline.relate.learned.reading import Pair, Reading

How = Literal["both", "row", "own", "head", "recent", "before"]
#: Places of earlier lines that a line may speak of without a name.
_RECENT = 3
_REMEMBERED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two places and the line that may speak of them.

    how: `both` are named in the line; the first is left unsaid and is the place that the document
    speaks for (`own`), that its heading names (`head`), that stood first in a row above (`row`) or
    that was named lately (`recent`);
    or neither is named (`before`). heading: index of the heading above, -1 for none.
    ago_a, ago_b: lines since each was named.
    """

    a: Mention
    b: Mention
    line: int
    how: How
    heading: int
    ago_a: int = 0
    ago_b: int = 0

    @property
    def pair(self) -> Pair:
        return frozenset((self.a.place_id, self.b.place_id))


@dataclass(slots=True)
class _Memory:
    heading: int = -1
    headed: Mention | None = None
    row: Mention | None = None
    recent: tuple[tuple[Mention, int], ...] = ()


def candidates(reading: Reading) -> list[Candidate]:
    """All candidates of a document, in text order."""
    found: list[Candidate] = []
    memory = _Memory()
    for index, line in enumerate(reading.lines):
        found += _of_line(reading, index, memory)
        if line.opens:
            memory.heading = index
            memory.headed = line.parties[0] if len(line.parties) == 1 else memory.headed
        if line.block.kind != "row":
            memory.row = None
        elif len(line.places) > 1:
            memory.row = line.parties[0]
        for place in line.parties:
            others = tuple(r for r in memory.recent if r[0].place_id != place.place_id)
            memory.recent = (*others, (place, index))[-_REMEMBERED:]
    return found


def _of_line(reading: Reading, index: int, memory: _Memory) -> Iterator[Candidate]:
    line = reading.lines[index]
    ago = {place.place_id: index - at for place, at in memory.recent}
    for a, b in itertools.combinations(line.places, 2):
        yield Candidate(a, b, index, "both", memory.heading)
    for a, how in _unsaid(reading, index, memory):
        for b in line.parties:
            yield Candidate(a, b, index, how, memory.heading, ago.get(a.place_id, 9))
    if not line.places:
        for a, b in _before(reading, memory):
            yield Candidate(
                a, b, index, "before", memory.heading, ago.get(a.place_id, 9), ago[b.place_id]
            )


def _unsaid(reading: Reading, index: int, memory: _Memory) -> list[tuple[Mention, How]]:
    """Places that a line may speak of without naming them."""
    named = {m.place_id for m in reading.lines[index].places}
    found: dict[str, tuple[Mention, How]] = {}
    if memory.row:
        found[memory.row.place_id] = (memory.row, "row")
    if memory.headed and reading.lines[index].block.kind in ("item", "row", "heading"):
        found.setdefault(memory.headed.place_id, (memory.headed, "head"))
    for place in reading.leading:
        found.setdefault(place.place_id, (place, "own"))
    if memory.headed:
        found.setdefault(memory.headed.place_id, (memory.headed, "head"))
    for place, _ in reversed(memory.recent[-_RECENT:]):
        found.setdefault(place.place_id, (place, "recent"))
    return [item for place_id, item in found.items() if place_id not in named]


def _before(reading: Reading, memory: _Memory) -> Iterator[tuple[Mention, Mention]]:
    """Pairs that a line without any place may go on about."""
    recent = [place for place, _ in reversed(memory.recent[-_RECENT:])]
    if len(recent) > 1:
        yield recent[1], recent[0]
    for place in reading.leading[:2]:
        if recent and place.place_id != recent[0].place_id:
            yield place, recent[0]
