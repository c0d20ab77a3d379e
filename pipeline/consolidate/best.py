"""Which of several stated values a row takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Statement

#: A later fact beats an earlier one: what has ended was active before.
_STATUS_RANK = ("active", "planned", "suspended", "ended")


@dataclass(frozen=True, slots=True)
class Choice:
    """The value taken, and those that lost."""

    value: str
    others: tuple[str, ...]


def choose(statements: Sequence[Statement], name: str) -> Choice:
    """The value of a field that most sentences state; then the more specific, then the first."""
    weights: dict[str, float] = {}
    for statement in statements:
        if statement.field == name and statement.assertion != "negated":
            weights[statement.value] = weights.get(statement.value, 0) + statement.confidence
    order = list(weights)
    if name == "status":
        order.sort(key=_STATUS_RANK.index, reverse=True)
    else:
        order.sort(key=lambda value: (-weights[value], -len(value)))
    return Choice(order[0] if order else "", tuple(order[1:]))
