"""The status of a project by rules, from what sentences say of it and from its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Statement

#: A status that a line "Status: ..." states outright outweighs all others.
OUTRIGHT = 0.95


@dataclass(frozen=True, slots=True)
class Term:
    """The dates of a project, EDTF; empty where unknown."""

    start: str = ""
    end: str = ""
    expected_end: str = ""


def surest(statements: Sequence[Statement]) -> Term:
    """The term of the surest statements; a start that is past before one that is hoped for."""
    best: dict[str, Statement] = {}
    for statement in statements:
        known = best.get(statement.field)
        if known is None or _rank(statement) > _rank(known):
            best[statement.field] = statement
    return Term(*(best[n].value if n in best else "" for n in ("start", "end", "expected_end")))


def _rank(statement: Statement) -> tuple[bool, float]:
    return statement.assertion != "planned", statement.confidence


def by_rules(statements: Sequence[Statement], term: Term) -> str:
    """The status of a project; `unknown` where nothing tells."""
    said = {
        s.value: s.confidence
        for s in sorted(statements, key=lambda s: s.confidence)
        if s.field == "status"
    }
    outright = [v for v, confidence in said.items() if confidence >= OUTRIGHT]
    if outright:
        return outright[-1]
    hoped = {s.value for s in statements if s.field == "start" and s.assertion == "planned"}
    begun = term.start and term.start not in hoped
    if "cancelled" in said or any(s.field == "stopped" for s in statements):
        return "cancelled"
    if "operating" in said:
        return "operating"
    late = term.expected_end > term.end
    unfinished = "under_construction" in said and "completed" not in said
    if ("completed" in said or term.end) and not late and not unfinished:
        return "completed"
    if term.start in hoped and hoped:
        return "planned"
    if begun or "under_construction" in said or (late and term.end):
        return "under_construction"
    return "planned" if "planned" in said or term.expected_end else "unknown"
