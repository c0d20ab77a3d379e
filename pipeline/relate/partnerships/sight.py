"""Sight: whether words for a tie stand where a line is read with them.

A report of hundreds of pages that speaks of twin towns once says nothing of them elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left

from pipeline.languages import supported
from pipeline.relate.lines import Line
from pipeline.relate.reading import Reading

#: Lines before and behind one that are read with it.
_BEFORE, _BEHIND = 40, 10
#: A document of no more lines than this is read as one.
_SHORT = 60
#: Words for ties that are so common in reports of all kinds that they put nothing in sight.
_COMMON = ("ties", "agreement")
#: A line that speaks so surely of ties by its meaning needs no word for them, in short documents
#: and in languages without a pack.
_MEANT = 0.35
#: Lines at the top that say what the whole document is about.
_TOP = 3


def in_sight(reading: Reading) -> tuple[bool, ...]:
    """For each line, whether a word for a tie stands in it or near it, in what it stands under,
    or at the top of the document."""
    is_short = len(reading.lines) <= _SHORT
    told = [i for i, line in enumerate(reading.lines) if _tells(line, is_short)]
    if told and (told[0] < _TOP or is_short):
        return (True,) * len(reading.lines)
    tied = set(told)
    return tuple(
        _near(told, i) or not tied.isdisjoint(line.above) for i, line in enumerate(reading.lines)
    )


def _tells(line: Line, is_short: bool) -> bool:
    if any(t.topic not in _COMMON for t in line.ties):
        return True
    meant = max(line.senses["tie"], line.senses["head"]) > _MEANT
    return meant and (is_short or line.language[:2] not in supported())


def _near(told: list[int], index: int) -> bool:
    """Whether one of the lines `told`, in order, lies near another."""
    at = bisect_left(told, index - _BEFORE)
    return at < len(told) and told[at] <= index + _BEHIND
