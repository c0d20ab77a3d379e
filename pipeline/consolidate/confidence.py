"""How sure a row is, from its statements."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from pipeline.records import Statement

#: No number of documents makes a row surer than this.
CEILING = 0.99
#: Rows less sure than this stay out of partnerships and projects; their statements stay.
#: On annotated documents rows below it were wrong more often than right.
LEAST = 0.5
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
