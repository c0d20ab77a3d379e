"""Dates of a candidate's line, each of which may be the start or the end of the tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.languages import find, says
from pipeline.model import Features
from pipeline.records import Mention
from pipeline.relate.lines import Line
from pipeline.relate.parties import ends_with
from pipeline.relate.partnerships.score import Asked
from pipeline.relate.partnerships.words import beside
from pipeline.relate.reading import Reading
from pipeline.relate.triggers import STATES

_REACH, _FAR = 45, 300
_NEAR = ("act", "signing", "renewal", "anniversary", "visit", "membership")
_LINKS = ("since", "until", "from", "in", "between", "to")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the line that speaks for a pair; `value` is its EDTF, of one side of a range."""

    asked: Asked
    date: Mention
    value: str
    side: str


def dates(reading: Reading, asked: Asked) -> Iterator[Dated]:
    """The dates of a candidate's line; both sides of a range."""
    for date in reading.lines[asked.candidate.line].dates:
        if date.value.startswith("XXXX"):
            continue
        first, _, last = date.value.partition("/")
        if last and first not in ("", ".."):
            yield Dated(asked, date, first, "first")
            yield Dated(asked, date, last, "last")
        else:
            yield Dated(asked, date, date.value, "whole")


def features(reading: Reading, dated: Dated) -> Features:
    """Numbers of a date, with those of its candidate."""
    line, date = reading.lines[dated.asked.candidate.line], dated.date
    text = reading.resolved.document.text
    before = text[max(line.start, date.start - _REACH) : date.start]
    clause = line.clause_at(date.start)
    local = date.start - clause.start
    found: Features = {
        "is_first": dated.side == "first",
        "is_last": dated.side == "last",
        "fineness": len(dated.value),
        "year": float(dated.value[:4]) if dated.value[:4].isdigit() else 0.0,
        "nth": line.dates.index(date),
        "dates": len(line.dates),
        "bracketed": text[date.start - 1 : date.start] in ("(", "（"),
        "closes": text[date.end : date.end + 1] in (")", "）", ".", "。", ""),
        "at_start": date.start - line.start,
        "rank": sum(d.value < date.value for d in line.dates),
        "cell": line.cell_of(date.start),
    }
    found |= {f"led_{t}": ends_with(t, before, line.language) for t in _LINKS}
    found |= {f"near_{t}": says(t, before, line.language) for t in _NEAR}
    for state in (*STATES, "act", "renewal"):
        spans = find(state, clause.text, line.language)
        found[f"to_{state}"] = min((abs(start - local) for start, _ in spans), default=_FAR)
    found |= _to_places(line, dated)
    called = line.columns[line.cell_of(date.start)] if _is_called(line, date) else ""
    found |= {f"column_{t}": bool(called) and says(t, called, line.language) for t in _COLUMN}
    return dated.asked.numbers | {f"date_{name}": float(value) for name, value in found.items()}


_COLUMN = ("since", "signing", "act", "ended", "until", "renewal", *("sister_city", "twinning"))


def _is_called(line: Line, date: Mention) -> bool:
    return 0 <= line.cell_of(date.start) < len(line.columns)


def words(reading: Reading, dated: Dated) -> list[str]:
    """The words around a date and of its clause and column."""
    line = reading.lines[dated.asked.candidate.line]
    called = line.columns[line.cell_of(dated.date.start)] if _is_called(line, dated.date) else ""
    return beside(reading, line, dated.date, called)


def _to_places(line: Line, dated: Dated) -> Features:
    date, candidate = dated.date, dated.asked.candidate
    place, named = candidate.b, candidate.how != "before"
    gap = date.start - place.end if date.start >= place.end else date.end - place.start
    nearest = min(line.places, key=lambda m: _apart(m, date), default=None)
    behind = [m for m in line.places if m.start < date.start]
    clause = line.clause_at(date.start)
    return {
        "from_b": gap if named else _FAR,
        "behind_b": named and date.start >= place.end,
        "between": _between(line.places, place, date),
        "other_nearest": nearest is not None and nearest.place_id not in candidate.pair,
        "last_is_b": bool(behind) and behind[-1].place_id == place.place_id,
        "same_clause": named and clause.start <= place.start < clause.end,
        "dates_between": _between(line.dates, place, date),
        "behind_all": bool(line.places) and date.start >= line.places[-1].end,
        "row_alone": len(line.places) == 1 and len(line.dates) == 1,
    }


def _between(mentions: Sequence[Mention], place: Mention, date: Mention) -> int:
    low, high = sorted((place.start, date.start))
    return sum(low < m.start < high for m in mentions)


def _apart(place: Mention, date: Mention) -> int:
    return min(abs(date.start - place.end), abs(place.start - date.end))
