"""How sure a row is, from its statements."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from pipeline.records import Statement
from pipeline.schema import CEILING

#: What is known of a row without statements.
_UNSTATED = 0.5


def combined(statements: Sequence[Statement]) -> float:
    """Probability that at least one document is right, from 0 to `CEILING`.

    Each document counts once, with its surest statement that denies nothing: sentences of one
    document repeat each other, documents are taken to err independently.
    """
    surest: dict[str, float] = {}
    for s in statements:
        if s.assertion != "negated":
            surest[s.document_id] = max(surest.get(s.document_id, 0.0), s.confidence)
    if not surest:
        return _UNSTATED
    return round(min(CEILING, 1 - prod(1 - c for c in surest.values())), 4)
