"""Datings: a candidate and a date of its line, which may be the start or the end of the bond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Mention
from pipeline.relate.clauses import masked
from pipeline.relate.cues import status, status_cues, words
from pipeline.relate.learned.candidates import Candidate
from pipeline.relate.learned.features import STATES
from pipeline.relate.learned.reading import Line, Reading
from pipeline.relate.learned.words import stem, tokens
from pipeline.relate.model import Features
from pipeline.relate.when import UNTIL

_REACH, _BESIDE = 45, 6
_FAR = 300


@dataclass(frozen=True, slots=True)
class Dating:
    """A candidate (by its index) and a date; `value` is its EDTF, of one side of a range."""

    candidate: int
    date: Mention
    value: str
    side: str


def datings(reading: Reading, index: int, candidate: Candidate) -> Iterator[Dating]:
    """The dates of a candidate's line; both sides of a range."""
    for date in reading.lines[candidate.line].dates:
        if date.value.startswith("XXXX"):
            continue
        first, _, last = date.value.partition("/")
        if last and first not in ("", ".."):
            yield Dating(index, date, first, "first")
            yield Dating(index, date, last, "last")
        else:
            yield Dating(index, date, date.value, "whole")


def features(reading: Reading, candidate: Candidate, dating: Dating) -> Features:
    """Numbers of a dating, beside those of its candidate."""
    line, date = reading.lines[candidate.line], dating.date
    text = reading.resolved.document.text
    before = text[max(line.start, date.start - _REACH) : date.start]
    clause = line.clause_at(date.start)
    said = clause.text if clause else ""
    state = status(said)
    local = date.start - (clause.start if clause else line.start)
    found: Features = {
        "is_first": dating.side == "first",
        "is_last": dating.side == "last",
        "fineness": len(dating.value),
        "year": float(dating.value[:4]) if dating.value[:4].isdigit() else 0.0,
        "nth": line.dates.index(date),
        "dates": len(line.dates),
        "bracketed": text[date.start - 1 : date.start] in ("(", "（"),
        "closes": text[date.end : date.end + 1] in (")", "）", ".", "。", ""),
        "until": bool(UNTIL.search(before)),
        "at_start": date.start - line.start,
        "rank": _order(line, date),
    }
    found |= {f"near_{n}": bool(words(n).search(before)) for n in ("acts", "signings", "renewals")}
    found |= {f"clause_{name}": state == name for name in STATES}
    for name in STATES:
        cues = status_cues(said, name)  # type: ignore[arg-type]
        found[f"to_{name}"] = min((abs(c - local) for c in cues), default=_FAR)
    found |= _to_places(reading, candidate, line, date)
    found |= _by_rules(reading, candidate, dating)
    return {f"date_{name}": float(value) for name, value in found.items()}


def beside(reading: Reading, candidate: Candidate, dating: Dating) -> list[str]:
    """The words around the date."""
    line, date, resolved = reading.lines[candidate.line], dating.date, reading.resolved
    before = tokens(reading, masked(resolved, max(line.start, date.start - 70), date.start))
    after = tokens(reading, masked(resolved, date.end, min(line.end, date.end + 70)))
    before, after = before[-_BESIDE:], after[:_BESIDE]
    clause = line.clause_at(date.start)
    found = [f"DB:{stem(w)}" for w in before] + [f"DA:{stem(w)}" for w in after]
    found += [f"DB2:{' '.join(before[-2:])}", f"DB1:{' '.join(before[-1:])}"]
    found += [f"DA1:{' '.join(after[:1])}", f"DA2:{' '.join(after[:2])}"]
    return found + [f"dc:{stem(w)}" for w in tokens(reading, clause.text if clause else "")]


def _order(line: Line, date: Mention) -> int:
    """How many dates of the line are earlier in time."""
    return sum(d.value < date.value for d in line.dates)


def _to_places(reading: Reading, candidate: Candidate, line: Line, date: Mention) -> Features:
    named = candidate.how != "before"
    place = candidate.b
    gap = date.start - place.end if date.start >= place.end else date.end - place.start
    nearest = min(line.places, key=lambda m: _apart(m, date), default=None)
    behind = [m for m in line.places if m.start < date.start]
    clause = line.clause_at(date.start)
    return {
        "from_b": gap if named else _FAR,
        "behind_b": named and date.start >= place.end,
        "between": sum(
            min(place.start, date.start) < m.start < max(place.start, date.start)
            for m in line.places
        ),
        "other_nearest": bool(nearest) and nearest.place_id not in candidate.pair,  # type: ignore[union-attr]
        "last_is_b": bool(behind) and behind[-1].place_id == place.place_id,
        "same_clause": named and bool(clause) and clause.start <= place.start < clause.end,  # type: ignore[union-attr]
        "dates_between": sum(
            min(place.start, date.start) < d.start < max(place.start, date.start)
            for d in line.dates
        ),
        "behind_all": bool(line.places) and date.start >= line.places[-1].end,
    }


def _apart(place: Mention, date: Mention) -> int:
    return min(abs(date.start - place.end), abs(place.start - date.end))


def _by_rules(reading: Reading, candidate: Candidate, dating: Dating) -> Features:
    items = reading.rules.get(candidate.pair, [])
    return {
        "rule_start": any(i.start == dating.value for i in items),
        "rule_end": any(i.end == dating.value for i in items),
        "rule_other_start": any(i.start not in ("", dating.value) for i in items),
        "ruled": bool(items),
        "of_other": any(
            i.start == dating.value or i.end == dating.value
            for pair, others in reading.rules.items()
            if pair != candidate.pair
            for i in others
        ),
    }
