"""What the learned models decide of a project: its dates, places, strategies and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import AmountClaim, Assertion, Sentence, Statement
from pipeline.relate.model import Model, load, predict
from pipeline.relate.statements import state
from pipeline.relate.works.amounts import claim
from pipeline.relate.works.dates import dated
from pipeline.relate.works.facts import ASSERTIONS, facts
from pipeline.relate.works.learned import datings, joins, states
from pipeline.relate.works.learned.datings import ROLES, Dating
from pipeline.relate.works.learned.joins import Join
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.states import Shares
from pipeline.relate.works.names import Work
from pipeline.relate.works.status import OUTRIGHT, by_rules, surest
from pipeline.relate.works.subjects import NEARBY

#: From which probability on a thing belongs to a project, and a date is one of its.
_PLACE, _STRATEGY, _AMOUNT, _DATE = 0.4, 0.45, 0.35, 0.3
#: What the status by rules adds to the probability that the model gives.
_RULES = 0.5
#: From which probability on a date is none of the project.
_UNDATED = 0.5
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


def told(reading: Reading, work: Work) -> list[Statement]:
    """What rules find of a project: name, status, fields, and what happened beside its term."""
    own = reading.parts[work.key]
    found = [s for part in own for s in facts(reading.resolved, part)]
    for part in own:
        if part.confidence > NEARBY:
            ruled = dated(reading.resolved, part, reading.today)
            found += [s for s in ruled if s.field not in ROLES]
    return found


def dates(reading: Reading, work: Work, known: Shares) -> Iterator[Statement]:
    """Statements of the start, the end and the expected end of a project.

    An end that rules find beside one that is still expected stays: the text may disagree with
    itself, or tell of a part that is finished.
    """
    given = set()
    for role in ROLES[1:]:
        ranked = sorted(known, key=lambda s: -s[0][role])
        for place, (share, dating) in enumerate(ranked):
            if share[role] >= (_SECOND if place else _DATE):
                given.add(role)
                yield _dated(reading, dating, role, share[role])
    if "expected_end" in given and "end" not in given:
        for part in reading.parts[work.key]:
            ruled = dated(reading.resolved, part, reading.today)
            yield from (s for s in ruled if s.field == "end")


def shares(reading: Reading, work: Work, learned: Model | None = None) -> Shares:
    """The probability of each role of each date. learned: instead of the shipped model."""
    rules, found = datings.ruled(reading, work), datings.datings(reading, work)
    numbers = [datings.features(reading, dating, rules) for dating in found]
    words = [datings.said(reading, dating) for dating in found]
    return list(zip(predict(learned or _model("dates"), numbers, words), found, strict=True))


def status(
    reading: Reading, work: Work, statements: Sequence[Statement], known: Shares
) -> tuple[str, Statement | None]:
    """The status of a project, and a statement of it where `statements` has none.

    The rules have a voice beside the model: together they are right more often than either.
    """
    said = {s.value: s.confidence for s in statements if s.field == "status"}
    numbers = states.features(reading, statements, known)
    found = predict(_model("states"), [numbers], [list(states.said(reading, work))])[0]
    found[by_rules(statements, surest(statements))] += _RULES
    if max(said.values(), default=0.0) >= OUTRIGHT:
        found = said
    value = max(found, key=lambda name: found[name])
    if value in said or value == "unknown":
        return value, None
    best = min(known, key=lambda s: s[0]["none"], default=None)
    sentence = next(p.sentence for p in reading.parts[work.key] if p.named)
    if best and best[0]["none"] < _UNDATED:
        sentence = best[1].sentence
    claim, assertion = (work.key, "status", value), ASSERTIONS.get(value, "affirmed")
    sure = round(min(OUTRIGHT, found[value]), 2)
    return value, state(reading.resolved, sentence, claim, assertion, sure)


def _dated(reading: Reading, dating: Dating, role: str, sure: float) -> Statement:
    hoped = role == "expected_end" or (role == "start" and datings.hoped(reading, dating))
    assertion: Assertion = "planned" if hoped else "affirmed"
    told = (dating.work.key, role, dating.value)
    return state(reading.resolved, dating.sentence, told, assertion, round(sure, 2))


def _joined(reading: Reading, work: Work, kind: str, least: float) -> Iterator[tuple[Join, float]]:
    """What belongs to a project, and how surely."""
    labels = {"places": joins.PLACES, "strategies": joins.STRATEGIES, "amounts": joins.AMOUNTS}
    found = joins.joins(reading, work, labels[kind])
    numbers = [joins.features(reading, join) for join in found]
    words = [list(joins.said(reading, join)) for join in found]
    for join, known in zip(found, predict(_model(kind), numbers, words), strict=True):
        if known["yes"] >= least:
            yield join, round(known["yes"], 2)


def _model(name: str) -> Model:
    return load(__package__, name)


def _sentence(reading: Reading, join: Join) -> Sentence:
    return reading.sentences[reading.at(join.mentions[0].start)]
