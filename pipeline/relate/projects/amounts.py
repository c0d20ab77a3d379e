"""What a quantity of a project measures; amounts of trade, which belong to no project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.languages import find, says
from pipeline.records import AmountClaim, Mention, PairClaim
from pipeline.relate.reading import Reading
from pipeline.relate.statements import state

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
#: How sure an amount of trade is.
_SURE = 0.7
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


def trade(reading: Reading, pairs: Sequence[PairClaim]) -> Iterator[AmountClaim]:
    """Amounts of `trade` and `growth`; their subject is the document's national pair, if any."""
    resolved = reading.resolved
    national = next((p.key for p in pairs if p.level == "national"), "")
    for line in reading.lines:
        inside = list(resolved.within(line.start, line.end))
        named = any(m.label == "PROJECT" for m in inside)
        if named or not says("trade", line.text, line.language):
            continue
        for mention in inside:
            amount = resolved.quantities.get((mention.start, mention.end))
            if amount and (amount.unit == "%" or _MONEY.match(amount.unit)):
                what = "growth" if amount.unit == "%" else "trade"
                told = (national, what, mention.value)
                claim = state(resolved, line.sentence, told, "affirmed", _SURE)
                yield AmountClaim(claim, what, amount, _as_of(line.dates, mention))


def _as_of(dates: Sequence[Mention], amount: Mention) -> str:
    """The date of the line that stands nearest to an amount."""
    told = [m for m in dates if not m.value.startswith("XXXX")]
    nearest = min(told, key=lambda m: (abs(m.start - amount.start), m.start), default=None)
    return nearest.value if nearest else ""
