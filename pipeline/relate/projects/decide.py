"""Decide: the projects that are believed, with their values, as claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.languages import says
from pipeline.records import (
    AmountClaim,
    Assertion,
    PairClaim,
    ProjectClaim,
    Sentence,
    Statement,
)
from pipeline.relate.projects.amounts import kind
from pipeline.relate.projects.features import event
from pipeline.relate.projects.names import Work
from pipeline.relate.projects.propose import Saying
from pipeline.relate.projects.score import (
    STATUSES,
    Known,
    Models,
    Shares,
    asked,
    is_of_two,
    scored,
    shipped,
)
from pipeline.relate.projects.things import ROLES, Thing, in_name, is_hoped
from pipeline.relate.reading import Reading
from pipeline.relate.statements import state

#: A project less sure than this makes no row.
_BELIEVED = 0.4
#: From which probability on a thing belongs to a project.
_LEAST = {"places": 0.4, "countries": 0.5, "strategies": 0.45, "amounts": 0.4}
#: The same of a place that stands in the project's name.
_IN_NAME = 0.2
#: A date is one of a project from here on; a second of the same role must be surer, and makes a
#: conflict.
_DATED, _SECOND = 0.35, 0.5
#: What the start of a range adds to its end.
_RANGED = 0.3
_ENDS = ("end", "expected_end")
#: What may have happened at a date beside the term of a project.
_EVENTS = ("opened", "stopped", "agreed")
#: A line that is this sure tells of a project.
_TOLD = 0.5
#: A status that is no surer than this has no statement of its own.
_STATED = 0.3
_ASSERTIONS: dict[str, Assertion] = {"planned": "planned", "cancelled": "ended"}
#: Fields of cooperation, as the topics of language packs have them.
FIELDS = (
    *("trade", "tourism", "culture", "environment", "agriculture", "fisheries", "education"),
    *("energy", "transport", "logistics", "water", "waste", "industry", "textiles", "health"),
    *("research", "housing", "urban development", "sport"),
)
_FIELD_SURE, _FIELD_TEXT = 0.6, 240


def decide(
    reading: Reading, pairs: Sequence[PairClaim], models: Models | None = None
) -> tuple[list[ProjectClaim], list[AmountClaim]]:
    """The projects of a document with their statements, and the amounts about them."""
    models = models or shipped()
    known = scored(reading, models)
    every = known.scene.works
    believed = asked(known, every, "works", models)
    states = asked(known, every, "states", models)
    claims: list[ProjectClaim] = []
    amounts: list[AmountClaim] = []
    for work, belief, shares in zip(every, believed, states, strict=True):
        two = belief["yes"] >= _BELIEVED and is_of_two(known, work)
        if two and known.scene.naming[work.key]:
            claims.append(_claim(known, work, pairs, belief["yes"], shares))
            amounts += _amounts(known, work)
    return claims, amounts


def _claim(
    known: Known, work: Work, pairs: Sequence[PairClaim], sure: float, states: Shares
) -> ProjectClaim:
    where = tuple(thing.value for thing, _ in _belonging(known, work, "places"))
    status = max(states, key=lambda name: states[name])
    statements = [
        _named(known, work, sure),
        *_dates(known, work, status),
        *_events(known, work),
        *_status(known, work, status, states[status]),
        *_fields(known, work),
        *_things(known, work),
    ]
    pair = _pair(known, where, pairs)
    told = {s.statement_id: s for s in reversed(statements)}
    ordered = tuple(told[i] for i in dict.fromkeys(s.statement_id for s in statements))
    return ProjectClaim(work.key, work.name, pair.key if pair else "", where, ordered, status)


def _state(
    known: Known, sentence: Sentence, claim: tuple[str, str, str], assertion: Assertion, sure: float
) -> Statement:
    return state(known.scene.resolved, sentence, claim, assertion, round(sure, 2))


def _sentence(known: Known, thing: Thing) -> Sentence:
    return known.scene.lines[known.scene.line_at(thing.mention.start)].sentence


def _named(known: Known, work: Work, sure: float) -> Statement:
    line = known.scene.lines[known.scene.naming[work.key][0]]
    return _state(known, line.sentence, (work.key, "name", work.name), "affirmed", sure)


def _belonging(known: Known, work: Work, of: str) -> list[tuple[Thing, float]]:
    """The things of a kind that belong to a project, in text order."""
    named = {m.place_id for m in in_name(known.scene.resolved, work.name)} if of == "places" else ()
    found = [
        (thing, shares["yes"])
        for thing, shares in known.shares(of, work)
        if shares["yes"] >= (_IN_NAME if thing.value in named else _LEAST[of])
    ]
    return sorted(found, key=lambda f: f[0].mention.start)


def _things(known: Known, work: Work) -> Iterator[Statement]:
    """Statements of places, countries and strategies."""
    resolved = known.scene.resolved
    for of in ("places", "countries", "strategies"):
        for thing, sure in _belonging(known, work, of):
            name = thing.value
            if of == "places":
                name = resolved.places[name].name
            elif of == "strategies":
                name = resolved.strategies[name].name
            claim = (work.key, of, name)
            yield _state(known, _sentence(known, thing), claim, "affirmed", sure)


def _amounts(known: Known, work: Work) -> Iterator[AmountClaim]:
    resolved = known.scene.resolved
    text, language = resolved.document.text, resolved.document.language
    for thing, sure in _belonging(known, work, "amounts"):
        mention, sentence = thing.mention, _sentence(known, thing)
        found = resolved.quantities[mention.start, mention.end]
        before, behind = (text[sentence.start : mention.start], text[mention.end : sentence.end])
        amount = text[mention.start : mention.end]
        what = kind(amount, found.unit, before, behind, language)
        claim = (work.key, what, mention.value)
        yield AmountClaim(_state(known, sentence, claim, "affirmed", sure), what, found)


def _dates(known: Known, work: Work, status: str) -> Iterator[Statement]:
    """Statements of the start, the end and the expected end of a project; nothing is expected of
    one that is completed."""
    dated = known.shares("dates", work)
    if status == "completed":
        dated = [(t, {**s, "end": _either_end(s), "expected_end": 0.0}) for t, s in dated]
    given = set()
    for role in ROLES:
        ranked = sorted(dated, key=lambda d: -d[1][role])
        for place, (thing, shares) in enumerate(ranked):
            if shares[role] >= (_SECOND if place else _DATED):
                given.add(role)
                yield _dated(known, thing, role, shares[role])
    if not given & set(_ENDS) and (ending := _ending(dated)):
        thing, sure = ending
        role = "expected_end" if is_hoped(known.scene, thing) else "end"
        yield _dated(known, thing, role, sure)
    if "expected_end" in given and "end" not in given:
        # of a part that is finished, or the text disagrees with itself
        yield from _happened(known, work, "completed", "end")


def _ending(dated: Sequence[tuple[Thing, Shares]]) -> tuple[Thing, float] | None:
    """The date that is surest to be an end, and how sure, where it is unclear whether it is past.

    Less is enough for the last year of a range whose first is the start.
    """
    begun = {t.mention for t, s in dated if t.side == "first" and s["start"] >= _DATED}
    sums = [
        min(1.0, _either_end(s) + _RANGED * (t.side == "last" and t.mention in begun))
        for t, s in dated
    ]
    best = max(range(len(sums)), key=lambda n: (sums[n], n), default=-1)
    return (dated[best][0], sums[best]) if dated and sums[best] >= _DATED else None


def _either_end(shares: Shares) -> float:
    # each is rounded by itself: together they may pass 1
    return min(1.0, sum(shares[role] for role in _ENDS))


def _dated(known: Known, thing: Thing, role: str, sure: float) -> Statement:
    hoped = role == "expected_end" or (role == "start" and is_hoped(known.scene, thing))
    claim = (thing.work.key, role, thing.value)
    return _state(known, _sentence(known, thing), claim, "planned" if hoped else "affirmed", sure)


def _events(known: Known, work: Work) -> Iterator[Statement]:
    """When it was opened, stopped or agreed."""
    for what in _EVENTS:
        yield from _happened(known, work, what, what)


def _happened(known: Known, work: Work, what: str, role: str) -> Iterator[Statement]:
    """Past dates beside a word for an event, in lines that tell of a project."""
    for thing, _ in known.shares("dates", work):
        line = known.scene.lines[known.scene.line_at(thing.mention.start)]
        saying = known.scene.saying(work, thing.mention)
        told = saying is not None and saying.sure >= _TOLD and not is_hoped(known.scene, thing)
        if saying and told and event(line, thing.mention) == what:
            claim = (work.key, role, thing.value)
            yield _state(known, line.sentence, claim, "affirmed", saying.sure)


def _status(known: Known, work: Work, status: str, sure: float) -> Iterator[Statement]:
    """A statement of the status in the line that tells most of it."""
    if status == "unknown" or sure < _STATED:
        return
    topic = next(topic for topic, told in STATUSES.items() if told == status)
    best = max(known.scene.of(work), key=lambda s: (_tells(known, s, topic), s.sure))
    sentence = known.scene.lines[best.line].sentence
    claim = (work.key, "status", status)
    yield _state(known, sentence, claim, _ASSERTIONS.get(status, "affirmed"), sure)


def _tells(known: Known, saying: Saying, topic: str) -> bool:
    line = known.scene.lines[saying.line]
    return saying.sure >= _TOLD and says(topic, line.text, line.language)


def _fields(known: Known, work: Work) -> Iterator[Statement]:
    """Fields of cooperation: by the name of the project and the line that first names it."""
    line = known.scene.lines[known.scene.naming[work.key][0]]
    text = f"{work.name} {line.text[:_FIELD_TEXT]}"
    for field in FIELDS:
        if says(f"field_{field.replace(' ', '_')}", text, line.language):
            claim = (work.key, "fields", field)
            yield _state(known, line.sentence, claim, "affirmed", _FIELD_SURE)


def _pair(known: Known, where: Collection[str], pairs: Sequence[PairClaim]) -> PairClaim | None:
    """The partnership that a project belongs to: of two of its places, else the only one of its.

    The second counts only where all its places lie in one country: the partner was left unsaid.
    """
    local = [p for p in pairs if p.level == "local"]
    for pair in local:
        if {pair.place_a, pair.place_b} <= set(where):
            return pair
    touching = {p.key: p for p in local if {p.place_a, p.place_b} & set(where)}
    countries = {known.scene.resolved.places[place_id].country for place_id in where}
    return next(iter(touching.values())) if len(touching) == len(countries) == 1 else None
