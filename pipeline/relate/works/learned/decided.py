"""What the learned models decide of a project: its dates, places, strategies and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Features, Model, load, predict
from pipeline.records import AmountClaim, Assertion, Sentence, Statement
from pipeline.relate.statements import state
from pipeline.relate.works.amounts import claim
from pipeline.relate.works.dates import dated
from pipeline.relate.works.facts import ASSERTIONS, facts
from pipeline.relate.works.learned import datings, joins, states
from pipeline.relate.works.learned.datings import FIRST, LAST, ROLES, Dating
from pipeline.relate.works.learned.joins import Join
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.states import Shares
from pipeline.relate.works.names import Work
from pipeline.relate.works.status import OUTRIGHT, by_rules, surest
from pipeline.relate.works.subjects import NEARBY

#: From which probability on a thing belongs to a project, and a date is one of its.
_PLACE, _STRATEGY, _AMOUNT, _DATE = 0.4, 0.45, 0.35, 0.3
#: The same of a place that stands in the project's name, and elsewhere or nowhere else.
_IN_NAME, _IN_NAME_ALONE = 0.1, 0.3
#: What the start of a range adds to its end.
_RANGED = 0.3
_ENDS = ("end", "expected_end")
#: What the status by rules adds to the probability that the model gives.
_RULES = 0.5
#: From which probability on a date is none of the project.
_UNDATED = 0.5
#: A second date of the same role must be surer: it makes a conflict.
_SECOND = 0.5


_LABELS = {"places": joins.PLACES, "strategies": joins.STRATEGIES, "amounts": joins.AMOUNTS}
_LEAST = {"places": _PLACE, "strategies": _STRATEGY, "amounts": _AMOUNT}


@dataclass(frozen=True, slots=True)
class Decided:
    """What belongs to the projects of a document, and how surely, by the key of the project.

    joined: by kind first: `places`, `strategies`, `amounts`.
    """

    reading: Reading
    joined: dict[str, dict[str, list[tuple[Join, float]]]]
    shares: dict[str, Shares]


def decided(reading: Reading) -> Decided:
    """Ask each model about all projects of a document at once."""
    joined = {kind: _joined(reading, kind) for kind in _LABELS}
    return Decided(reading, joined, shares(reading, reading.works))


def places(known: Decided, work: Work) -> dict[str, tuple[Sentence, float]]:
    """Place identifiers of a project in text order, each with the sentence and how sure it is."""
    found = sorted(known.joined["places"][work.key], key=lambda f: f[0].mentions[0].start)
    return {j.value: (_sentence(known.reading, j), sure) for j, sure in found}


def strategies(known: Decided, work: Work) -> Iterator[Statement]:
    """Statements of the strategies that a project serves."""
    reading = known.reading
    for join, sure in known.joined["strategies"][work.key]:
        name = reading.resolved.strategies[join.value].name
        told = (work.key, "strategies", name)
        yield state(reading.resolved, _sentence(reading, join), told, "affirmed", sure)


def amounts(known: Decided, work: Work) -> Iterator[AmountClaim]:
    """Amounts about a project, with what they measure."""
    for join, sure in known.joined["amounts"][work.key]:
        sentence = _sentence(known.reading, join)
        yield claim(known.reading.resolved, sentence, work.key, join.mentions[0], sure)


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
    if not given & set(_ENDS) and (ending := _ending(known)):
        dating, sure = ending
        role = "expected_end" if datings.hoped(reading, dating) else "end"
        yield _dated(reading, dating, role, sure)
    if "expected_end" in given and "end" not in given:
        for part in reading.parts[work.key]:
            ruled = dated(reading.resolved, part, reading.today)
            yield from (s for s in ruled if s.field == "end")


def _ending(known: Shares) -> tuple[Dating, float] | None:
    """The date that is surest to be an end, and how sure, where it is unclear whether it is past.

    Less is enough for the last year of a range whose first is the start.
    """
    begun = {d.mention for share, d in known if d.side == FIRST and share["start"] >= _DATE}
    sums = [
        (sum(share[role] for role in _ENDS) + _RANGED * (d.side == LAST and d.mention in begun), n)
        for n, (share, d) in enumerate(known)
    ]
    sure, place = max(sums, default=(0.0, 0))
    return (known[place][1], min(1.0, sure)) if sure >= _DATE else None


def shares(
    reading: Reading, works: Sequence[Work], learned: Model | None = None
) -> dict[str, Shares]:
    """The probability of each role of each date, by the key of each project.

    learned: instead of the shipped model.
    """
    found, numbers, words = [], [], []
    for work in works:
        rules = datings.ruled(reading, work)
        for dating in datings.datings(reading, work):
            found.append(dating)
            numbers.append(datings.features(reading, dating, rules))
            words.append(datings.said(reading, dating))
    given: dict[str, list[tuple[dict[str, float], Dating]]] = {work.key: [] for work in works}
    for dating, share in zip(
        found, predict(learned or _model("dates"), numbers, words), strict=True
    ):
        given[dating.work.key].append((share, dating))
    return dict(given)


def status(
    reading: Reading, work: Work, statements: Sequence[Statement], known: Shares
) -> tuple[str, Statement | None]:
    """The status of a project, and a statement of it where `statements` has none.

    The rules have a voice beside the model: together they are right more often than either.
    """
    said = {s.value: s.confidence for s in statements if s.field == "status"}
    numbers = states.features(reading, statements, known)
    found = predict(_model("states"), [numbers], [list(states.said(reading, work))])[0]
    ruled = by_rules(statements, surest(statements))
    # what only follows from the dates, no sentence says
    if ruled in said:
        found[ruled] += _RULES
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


def _joined(reading: Reading, kind: str) -> dict[str, list[tuple[Join, float]]]:
    """What belongs to each project, and how surely."""
    found = [join for work in reading.works for join in joins.joins(reading, work, _LABELS[kind])]
    numbers = [joins.features(reading, join) for join in found]
    words = [list(joins.said(reading, join)) for join in found]
    given: dict[str, list[tuple[Join, float]]] = {work.key: [] for work in reading.works}
    given_all = predict(_model(kind), numbers, words)
    for join, asked, known in zip(found, numbers, given_all, strict=True):
        if known["yes"] >= _least(kind, asked):
            given[join.work.key].append((join, round(known["yes"], 2)))
    return given


def _least(kind: str, asked: Features) -> float:
    """From which probability on a thing belongs: a place of the project's own name almost does."""
    if kind == "places" and asked["in_name"]:
        return _IN_NAME_ALONE if asked["only_in_name"] else _IN_NAME
    return _LEAST[kind]


def _model(name: str) -> Model:
    return load(__package__, name)


def _sentence(reading: Reading, join: Join) -> Sentence:
    return reading.sentences[reading.at(join.mentions[0].start)]
