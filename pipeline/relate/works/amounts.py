"""What a quantity of a project measures: its investment, a grant, the land it covers, jobs."""

from __future__ import annotations

import re

from pipeline.records import AmountClaim, Mention, Resolved, Sentence
from pipeline.relate.statements import state
from pipeline.relate.works.vocabulary import group, says

_MONEY = re.compile(r"^[A-Z]{3}$")
_LAND = frozenset({"ha", "acre", "mu", "km2"})
_FLOORS = frozenset({"m2", "sq ft", "sqft"})
_LENGTHS = frozenset({"km", "m", "mi", "ft"})
_POWER = frozenset({"MW", "kW", "GW", "MWh", "GWh", "MVA", "kWh", "m3", "m3/d", "t/d", "l"})
_REACH = 60
_CLAUSE = re.compile(r"[;；。:：]|[.!?]\s|,\s(?:and|of which|the rest)|，")


def about_works(resolved: Resolved, mention: Mention) -> bool:
    """Whether nothing beside a quantity says that it is one of a country or town."""
    text = resolved.document.text
    before = text[max(0, mention.start - 2 * _REACH) : mention.start]
    behind = text[mention.end : mention.end + _REACH]
    near = _CLAUSE.split(before)[-1] + _CLAUSE.split(behind)[0]
    return not says("not_of_projects", near) and not says("negated", near)


def claim(
    resolved: Resolved, sentence: Sentence, subject: str, mention: Mention, sure: float
) -> AmountClaim:
    """The quantity of a mention as one about a project. subject: the key of the project."""
    text, found = resolved.document.text, resolved.quantities[mention.start, mention.end]
    before = text[max(sentence.start, mention.start - _REACH) : mention.start]
    behind = text[mention.end : min(sentence.end, mention.end + _REACH)]
    what = kind(text[mention.start : mention.end], found.unit, before, behind)
    told = (subject, what, mention.value)
    return AmountClaim(state(resolved, sentence, told, "affirmed", sure), what, found)


def kind(amount: str, unit: str, before: str, behind: str) -> str:
    """What an amount is, from its unit and the words around it.

    >>> kind("12 ha", "ha", "the park covers ", " of land")
    'area'
    >>> kind("€3 million", "EUR", "with a loan of ", "")
    'loan'
    """
    if _MONEY.match(unit):
        return _nearest("money", before, behind, "investment")
    if unit in _LAND:
        return "area"
    if unit in _FLOORS:
        return _nearest("land", before, behind, "floor_area")
    if unit in _LENGTHS:
        return "length"
    if unit in _POWER:
        return "capacity"
    if unit in ("%", "pp"):
        return _nearest("share", before, behind, "share")
    if unit in ("t", "kg"):
        return "output"
    named = _nearest("counts", amount, "", "")
    return named or _nearest("counts", before, behind, "") or _noun(unit)


def _noun(unit: str) -> str:
    return re.sub(r"\W+", "_", unit.casefold()).strip("_") or "count"


def _nearest(name: str, before: str, behind: str, default: str) -> str:
    """Key of the pattern that stands nearest to the amount; what stands behind counts less."""
    pieces = _CLAUSE.split(before)
    clause = pieces[-1] if pieces[-1].strip() or len(pieces) == 1 else pieces[-2]
    follow = _CLAUSE.split(behind)[0]
    best, cost = default, 1000
    for key, pattern in group(name).items():
        for match in pattern.finditer(clause):
            if len(clause) - match.end() < cost:
                best, cost = key, len(clause) - match.end()
        if (after := pattern.search(follow)) and after.start() + 10 < cost:
            best, cost = key, after.start() + 10
    return best
