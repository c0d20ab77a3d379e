"""The status of a project, from what is said of it and from its dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Features
from pipeline.records import Statement
from pipeline.relate.works.dates import later
from pipeline.relate.works.learned.datings import Dating, hoped
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.words import words
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import CONTINUED, REFERRED
from pipeline.relate.works.vocabulary import group

#: Probabilities of the roles of a date.
Shares = Sequence[tuple[dict[str, float], Dating]]
_ROLES = ("start", "end", "expected_end")
_EVENTS = ("opened", "stopped", "agreed")
_OUTRIGHT = 0.95


def features(reading: Reading, statements: Sequence[Statement], shares: Shares) -> Features:
    """Numbers of a project. statements: what the rules found of it."""
    said = dict.fromkeys(group("statuses"), 0.0)
    outright = dict.fromkeys(said, 0.0)
    for statement in statements:
        if statement.field == "status":
            said[statement.value] = max(said[statement.value], statement.confidence)
            outright[statement.value] += statement.confidence >= _OUTRIGHT
    found = {f"said_{name}": sure for name, sure in said.items()}
    found |= {f"outright_{name}": float(count) for name, count in outright.items()}
    found |= {f"has_{name}": float(any(s.field == name for s in statements)) for name in _EVENTS}
    found["today"] = float(bool(reading.today))
    for role in _ROLES:
        found |= _dated(reading, role, shares)
    return found


def _dated(reading: Reading, role: str, shares: Shares) -> Features:
    """The surest date of a role: how sure, whether it is yet to come."""
    best = max(shares, key=lambda s: s[0][role], default=None)
    if best is None:
        return {role: 0.0, f"{role}_hoped": 0.0, f"{role}_later": 0.0}
    today = reading.today
    return {
        role: best[0][role],
        f"{role}_hoped": float(hoped(reading, best[1])),
        f"{role}_later": float(bool(today) and later(best[1].value, today)),
        f"{role}_past": float(bool(today) and not later(best[1].value, today)),
    }


def said(reading: Reading, work: Work) -> Iterator[str]:
    """The words of what speaks of a project."""
    for part in reading.parts[work.key]:
        if part.confidence < CONTINUED:
            continue
        prefix = "n" if part.confidence >= REFERRED else "c"
        for word in words(reading.resolved, part.start, part.end, work):
            yield f"{prefix}:{word}"
