"""What the learned models decide of a project: its dates, places, strategies and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import AmountClaim, Assertion, Sentence, Statement
from pipeline.relate.statements import state
from pipeline.relate.works.amounts import claim
from pipeline.relate.works.learned import datings, joins, model, states
from pipeline.relate.works.learned.datings import ROLES, Dating
from pipeline.relate.works.learned.joins import Join
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.states import Shares
from pipeline.relate.works.names import Work

#: From which probability on a thing belongs to a project, and a date is one of its.
_PLACE, _STRATEGY, _AMOUNT, _DATE = 0.35, 0.35, 0.35, 0.4
#: A second date of the same role must be surer: it makes a conflict.
_SECOND = 0.5


def places(reading: Reading, work: Work) -> dict[str, tuple[Sentence, float]]:
    """Place identifiers of a project in text order, each with the sentence and how sure it is."""
    found = sorted(_joined(reading, work, "places", _PLACE), key=lambda f: f[0].mentions[0].start)
    return {j.value: (_sentence(reading, j), sure) for j, sure in found}


def strategies(reading: Reading, work: Work) -> Iterator[Statement]:
    """Statements of the strategies that a project serves."""
    for join, sure in _joined(reading, work, "strategies", _STRATEGY):
        name = reading.resolved.strategies[join.value].name
        told = (work.key, "strategies", name)
        yield state(reading.resolved, _sentence(reading, join), told, "affirmed", sure)


def amounts(reading: Reading, work: Work) -> Iterator[AmountClaim]:
    """Amounts about a project, with what they measure."""
    for join, sure in _joined(reading, work, "amounts", _AMOUNT):
        sentence = _sentence(reading, join)
        yield claim(reading.resolved, sentence, work.key, join.mentions[0], sure)


def dates(reading: Reading, known: Shares) -> Iterator[Statement]:
    """Statements of the start, the end and the expected end of a project."""
    for role in ROLES[1:]:
        ranked = sorted(known, key=lambda s: -s[0][role])
        for place, (share, dating) in enumerate(ranked):
            if share[role] >= (_SECOND if place else _DATE):
                yield _dated(reading, dating, role, share[role])


def shares(reading: Reading, work: Work) -> Shares:
    """The probability of each role of each date."""
    rules = datings.ruled(reading, work)
    learned = model.load("dates")
    return [
        (learned.predict(datings.features(reading, c, rules), datings.said(reading, c)), c)
        for c in datings.datings(reading, work)
    ]


def status(
    reading: Reading, work: Work, statements: Sequence[Statement], known: Shares
) -> Statement | None:
    """The status that the learned model gives, in the sentence that speaks for it most."""
    numbers = states.features(reading, statements, known)
    found = model.load("states").predict(numbers, states.said(reading, work, statements))
    value = max(found, key=lambda name: found[name])
    naming = next((p.sentence for p in reading.parts[work.key] if p.named), None)
    if value == "unknown" or naming is None:
        return None
    told = [s for s in statements if s.field == "status" and s.value == value]
    return None


def _dated(reading: Reading, dating: Dating, role: str, sure: float) -> Statement:
    hoped = role == "expected_end" or (role == "start" and datings.hoped(reading, dating))
    assertion: Assertion = "planned" if hoped else "affirmed"
    told = (dating.work.key, role, dating.value)
    return state(reading.resolved, dating.sentence, told, assertion, round(sure, 2))


def _joined(
    reading: Reading, work: Work, kind: str, least: float
) -> Iterator[tuple[Join, float]]:
    """What belongs to a project, and how surely."""
    labels = {"places": joins.PLACES, "strategies": joins.STRATEGIES, "amounts": joins.AMOUNTS}
    for join in joins.joins(reading, work, labels[kind]):
        known = model.load(kind).predict(joins.features(reading, join), joins.said(reading, join))
        if known["yes"] >= least:
            yield join, round(known["yes"], 2)


def _sentence(reading: Reading, join: Join) -> Sentence:
    return reading.sentences[reading.at(join.mentions[0].start)]
