"""What a quantity of a project measures: its investment, a grant, the land it covers, jobs."""

from __future__ import annotations

import re

from pipeline.languages import find

_MONEY = re.compile(r"^[A-Z]{3}$")
_BY_UNIT = {
    "area": ("ha", "acre", "mu", "km2"),
    "length": ("km", "m", "mi", "ft"),
    "capacity": ("MW", "kW", "GW", "MWh", "GWh", "MVA", "kWh", "m3", "m3/d", "t/d", "l"),
    "output": ("t", "kg"),
}
_FLOORS, _SHARES = ("m2", "sq ft", "sqft"), ("%", "pp")
#: What money, floors, shares and counts may measure; the first where nothing tells.
_OF_MONEY = (
    *("investment", "loan", "grant", "contribution", "expenditure", "running_cost", "loss"),
)
_OF_FLOORS = ("floor_area", "area")
_OF_SHARES = ("share", "growth", "grant_share", "progress")
_OF_COUNTS = ("jobs", "capacity", "beneficiaries")
#: Characters beside an amount that are looked at; what it costs a word to stand behind.
_REACH, _BEHIND, _FAR = 60, 10, 1000
_CLAUSE = re.compile(r"[;；。:：]|[.!?]\s|,\s|，")


def kind(amount: str, unit: str, before: str, behind: str, language: str = "en") -> str:
    """What an amount is, from its unit and the words around it.

    >>> kind("12 ha", "ha", "the park covers ", " of land")
    'area'
    >>> kind("€3 million", "EUR", "with a loan of ", "")
    'loan'
    """
    known = next((what for what, units in _BY_UNIT.items() if unit in units), "")
    if known:
        return known
    if _MONEY.match(unit):
        return _nearest(_OF_MONEY, before, behind, language) or _OF_MONEY[0]
    if unit in _FLOORS:
        return _nearest(_OF_FLOORS, before, behind, language) or _OF_FLOORS[0]
    if unit in _SHARES:
        return _nearest(_OF_SHARES, before, behind, language) or _OF_SHARES[0]
    named = _nearest(_OF_COUNTS, amount, "", language)
    return named or _nearest(_OF_COUNTS, before, behind, language) or _noun(unit)


def _noun(unit: str) -> str:
    return re.sub(r"\W+", "_", unit.casefold()).strip("_") or "count"


def _nearest(topics: tuple[str, ...], before: str, behind: str, language: str) -> str:
    """The topic that stands nearest to the amount; what stands behind counts less."""
    pieces = _CLAUSE.split(before[-_REACH:])
    clause = pieces[-1] if pieces[-1].strip() or len(pieces) == 1 else pieces[-2]
    follow = _CLAUSE.split(behind[:_REACH])[0]
    costs = {
        topic: min(
            [
                *(len(clause) - end for _, end in find(topic, clause, language)),
                *(start + _BEHIND for start, _ in find(topic, follow, language)),
            ],
            default=_FAR,
        )
        for topic in topics
    }
    best = min(topics, key=lambda topic: costs[topic])
    return best if costs[best] < _FAR else ""
