"""Which values of matched rows are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from pipeline.evaluate.match import folded, same_place, swapped
from pipeline.tables.read import Cells

#: Amounts this near to each other are one, relative to the hand-made value.
_ROUNDING = 0.005
_SAME_STRATEGY = 80


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell: what was expected, what was found."""

    column: str
    expected: str
    found: str
    right: bool


def judged(
    table: str, theirs: Mapping[str, Any], ours: Cells, amounts: Sequence[Cells]
) -> list[Judged]:
    """The cells that the hand-made row has, compared with ours."""
    if table == "partnerships":
        return list(_of_pair(theirs, ours))
    return list(_of_project(theirs, ours, amounts))


def _of_pair(theirs: Mapping[str, Any], ours: Cells) -> Iterator[Judged]:
    first, second = ("b", "a") if swapped(theirs, ours) else ("a", "b")
    if "country_a" in theirs and "country_b" in theirs:
        expected = f"{theirs['country_a']} {theirs['country_b']}"
        yield _same(
            "countries", expected, f"{ours[f'country_{first}']} {ours[f'country_{second}']}"
        )
    for name in ("kind", "status", "start", "end"):
        if name in theirs:
            yield _same(name, theirs[name], ours[name])
    if "start" in theirs:
        yield _same("start year", _year(theirs["start"]), _year(ours["start"]))


def _of_project(
    theirs: Mapping[str, Any], ours: Cells, amounts: Sequence[Cells]
) -> Iterator[Judged]:
    if "status" in theirs:
        yield _same("status", theirs["status"], ours["status"])
    if "start" in theirs:
        yield _same("start year", _year(theirs["start"]), _year(ours["start"]))
    if "end" in theirs or "expected_end" in theirs:
        end = theirs.get("expected_end") or theirs.get("end")
        yield _same("end year", _year(end), _year(ours["expected_end"] or ours["end"]))
    for place in _listed(theirs.get("places")):
        right = any(same_place(place, mine) for mine in _listed(ours["places"]))
        yield Judged("places", place, ours["places"], right)
    for code in _listed(theirs.get("countries")):
        yield Judged("countries", code, ours["countries"], code in _listed(ours["countries"]))
    for strategy in _listed(theirs.get("strategies")):
        mine = ours["strategies"]
        right = bool(mine) and (
            folded(strategy) in folded(mine)
            or any(fuzz.ratio(folded(strategy), folded(m)) >= _SAME_STRATEGY for m in _listed(mine))
        )
        yield Judged("strategies", strategy, mine, right)
    for amount in theirs.get("amounts") or ():
        yield _amount(amount, amounts)


def _amount(theirs: Mapping[str, Any], ours: Sequence[Cells]) -> Judged:
    value = float(theirs["value"])
    right = any(
        a["unit"] == theirs["unit"] and abs(float(a["value"]) - value) <= _ROUNDING * abs(value)
        for a in ours
    )
    found = "; ".join(f"{a['value']} {a['unit']}" for a in ours)
    return Judged("amounts", f"{value:g} {theirs['unit']}", found, right)


def _same(column: str, expected: object, found: str) -> Judged:
    return Judged(column, str(expected or ""), found, str(expected or "") == found)


def _year(date: object) -> str:
    return str(date or "")[:4]


def _listed(cell: object) -> list[str]:
    """The parts of a cell with `;` between, or of a JSON list."""
    parts = cell if isinstance(cell, list) else str(cell or "").replace("|", ";").split(";")
    return [str(p).strip() for p in parts if str(p).strip()]
