"""How sure a row is, from its statements."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from pipeline.records import Statement
from pipeline.schema import CEILING

#: What is known of a row without statements.
_UNSTATED = 0.5


def combined(statements: Sequence[Statement], denials: Sequence[Statement] = ()) -> float:
    """Probability that at least one document is right, from 0 to `CEILING`.

    Each document counts once, with its surest statement that denies nothing: sentences of one
    document repeat each other, documents are taken to err independently. A document that denies
    what it also states ("newspapers say that …; there is no such agreement") counts only as far as
    its denial may be wrong; what it calls ended or suspended it does not deny.
    """
    surest: dict[str, float] = {}
    for s in statements:
        if s.assertion != "negated":
            surest[s.document_id] = max(surest.get(s.document_id, 0.0), s.confidence)
    if not surest:
        return _UNSTATED
    over = {s.document_id for s in statements if s.assertion in ("ended", "suspended")}
    for s in denials:
        if s.document_id in surest and s.document_id not in over:
            surest[s.document_id] *= 1 - s.confidence
    return round(min(CEILING, 1 - prod(1 - c for c in surest.values())), 4)
