"""Which of several stated values a row takes.

Rules for kinds and dates, the first that tells two values apart decides:

1. A value that a sentence states outright beats one that is only `reported`.
2. A value that more documents state beats one that fewer state.
3. The more specific beats the vaguer (`2017-05-04` before `2018`, `twinning` before `other`).
4. The value of the newer document beats that of the older one.
5. The value stated more often and more surely beats the other; then the first stated stays.

A date absorbs what it makes precise: `2017-05-04` and `2017` are one value, no disagreement.

Rules for the status: within a document the later state in the life of a partnership holds (what has
ended was active before). Of documents whose dates are known the newest decides; without dates the
later state holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Statement

#: In one document: what is said to be planned and active is not yet there.
_WITHIN = ("active", "planned", "suspended", "ended")
#: Of several documents: what one saw planned, another saw done.
_ACROSS = ("planned", "active", "suspended", "ended")
_UNSPECIFIC = frozenset({"", "other", "unknown"})
_NO_DATES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """The value taken, those that truly disagree with it, and which rule decided."""

    value: str
    others: tuple[str, ...]
    reason: str = ""


def choose(
    statements: Sequence[Statement], name: str, dated: Mapping[str, str] = _NO_DATES
) -> Choice:
    """The best supported value of a field.

    dated: the EDTF dates of documents, by document_id, as far as known.
    """
    said = [s for s in statements if s.field == name and s.value and s.assertion != "negated"]
    if not said:
        return Choice("", ())
    return _status(said, statements, dated) if name == "status" else _value(said, dated)


def absorbs(fine: str, coarse: str) -> bool:
    """Whether a date only makes another one more precise.

    >>> absorbs("2017-05-04", "2017"), absorbs("2017", "2017~"), absorbs("2017", "2018")
    (True, True, False)
    """
    if fine == coarse or "/" in fine or fine.endswith(("~", "?", "%")) or not fine[:4].isdigit():
        return False
    if coarse.startswith("XXXX-"):
        return fine[4:].startswith(coarse[4:])
    plain = coarse.rstrip("~?%")
    if plain[:4].isdigit():
        return fine == plain or fine.startswith(plain + "-")
    # decades and centuries: 201X
    known = plain.rstrip("X")
    return len(plain) == 4 and known.isdigit() and fine.startswith(known)


def later(date: str, other: str) -> bool:
    """Whether an EDTF date lies after another, as far as both are known.

    >>> later("2019", "2018-12-31"), later("2019-05", "2019"), later("", "2018")
    (True, False, False)
    """
    one, two = date.partition("/")[0].rstrip("~?%"), other.partition("/")[0].rstrip("~?%")
    if not one or not two or "X" in one + two:
        return False
    width = min(len(one), len(two))
    return one[:width] > two[:width]


def _value(said: list[Statement], dated: Mapping[str, str]) -> Choice:
    values = list(dict.fromkeys(s.value for s in said))
    standing = [v for v in values if not any(absorbs(other, v) for other in values)]
    support = {v: [s for s in said if s.value == v or absorbs(v, s.value)] for v in standing}
    rules = _rules(dated)
    scores = {v: tuple(rule(v, support[v]) for rule in rules.values()) for v in standing}
    order = sorted(standing, key=lambda v: scores[v], reverse=True)
    best = order[0]
    others = tuple(v for v in order[1:] if v not in _UNSPECIFIC)
    if len(order) == 1:
        return Choice(best, (), "the only value stated")
    decisive = zip(rules, scores[best], scores[order[1]], strict=True)
    return Choice(best, others, next((r for r, a, b in decisive if a > b), "stated first"))


def _rules(
    dated: Mapping[str, str],
) -> dict[str, Callable[[str, list[Statement]], tuple[str, float]]]:
    return {
        "stated outright, the other only reported": lambda _, s: (
            "",
            any(x.assertion != "reported" for x in s),
        ),
        "stated by more documents": lambda _, s: ("", len({x.document_id for x in s})),
        "the more specific": lambda v, _: ("", _fineness(v)),
        "stated by a newer document": lambda _, s: (
            max(dated.get(x.document_id, "") for x in s),
            0,
        ),
        "stated more often or more surely": lambda _, s: (
            "",
            round(sum(x.confidence for x in s), 6),
        ),
    }


def _fineness(value: str) -> float:
    """How specific a value is: the digits of a date; a kind by name before `other`."""
    digits = sum(c.isdigit() for c in value.partition("/")[0])
    if digits:
        return digits - 0.5 * value.endswith(("~", "?", "%"))
    return float(value not in _UNSPECIFIC)


def _status(
    said: list[Statement], statements: Sequence[Statement], dated: Mapping[str, str]
) -> Choice:
    said = [s for s in said if s.assertion != "reported"] or said
    told: dict[str, str] = {}
    for statement in said:
        known = told.setdefault(statement.document_id, statement.value)
        if _rank(_WITHIN, statement.value) > _rank(_WITHIN, known):
            told[statement.document_id] = statement.value
    when = {d: _time(d, statements, dated) for d in told}
    best = max(told, key=lambda d: (_rank(_ACROSS, told[d]), when[d]))
    reason = "the later state" if len(set(told.values())) > 1 else "the only value stated"
    newest = max(told, key=lambda d: (when[d], _rank(_ACROSS, told[d])))
    if told[newest] != told[best] and later(when[newest], when[best]):
        best, reason = newest, "stated by the newest document"
    others = [
        told[d]
        for d in told
        if told[d] not in ("planned", told[best]) and not later(when[best], when[d])
    ]
    return Choice(told[best], tuple(dict.fromkeys(others)), reason)


def _rank(order: tuple[str, ...], status: str) -> int:
    return order.index(status) if status in order else -1


def _time(document: str, statements: Sequence[Statement], dated: Mapping[str, str]) -> str:
    """The date of a document, else of the end that it tells of; empty where neither is known."""
    ends = (s.value for s in statements if s.document_id == document and s.field == "end")
    return dated.get(document) or max(ends, default="")
