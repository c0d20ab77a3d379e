"""Decide: the pairs that are believed, with kind, status and dates, as claims."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.gazetteer.names import is_cyrillic
from pipeline.model import load, predict
from pipeline.records import Assertion, Mention, PairClaim, Resolved, Statement
from pipeline.relate.dateline import document_date
from pipeline.relate.partnerships import dates
from pipeline.relate.partnerships.dates import Dated
from pipeline.relate.partnerships.propose import Candidate
from pipeline.relate.partnerships.score import Asked, Tie, scored
from pipeline.relate.reading import Reading
from pipeline.relate.statements import digest, state

#: A pair less sure than this is not even a statement.
_LEAST = 0.3
#: A line speaks for a pair where it is this sure, as a share of the surest line.
_SUPPORT = 0.5
#: The same for its dates, which may stand on a line of their own.
_DATING = 0.12
#: A date is believed from here on; of states fewer were there to learn from.
_DATED = {"local": 0.5, "national": 0.25}
_DIGITS = 4
#: Kinds that are of towns and regions alone.
_OF_TOWNS = ("sister_city", "twinning")
_ASSERTIONS: dict[str, Assertion] = {
    "planned": "planned",
    "suspended": "suspended",
    "ended": "ended",
    "active": "affirmed",
}

#: Probabilities of the answers of a model, by the line that speaks for a pair.
_Answers = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Value:
    """What a line shows of a pair: a field, its EDTF date or word, and the status it is of."""

    field: str
    value: str
    shown: Candidate


def decide(reading: Reading) -> list[PairClaim]:
    """The partnerships of a document, each value with the sentence that shows it."""
    every = [
        tie
        for tie in scored(reading)
        if tie.sure >= _LEAST and not _is_one_name(reading.resolved, tie)
    ]
    believed = [
        Tie(tie.pair, tie.level, _support(tie, _SUPPORT), round(tie.sure, _DIGITS)) for tie in every
    ]
    dating = [Tie(tie.pair, tie.level, _support(tie, _DATING), tie.sure) for tie in every]
    kinds, states = (list(_answers(believed, name)) for name in ("kind", "status"))
    dated = list(_dates(reading, dating))
    return [_claim(reading, *known) for known in zip(believed, kinds, states, dated, strict=True)]


def _support(tie: Tie, least: float) -> tuple[Asked, ...]:
    return tuple(s for s in tie.support if s.sure >= least * tie.support[0].sure)


def _is_one_name(resolved: Resolved, tie: Tie) -> bool:
    """Whether the two places are written alike: namesakes that could not be told apart."""
    shown = tie.support[0].candidate
    a, b = (resolved.tagged.text_of(m).casefold() for m in (shown.a, shown.b))
    return a == b


def _answers(believed: Sequence[Tie], question: str) -> Iterator[_Answers]:
    """What a model says of every line that speaks for each pair, asked of all at once."""
    every = [s for tie in believed for s in tie.support]
    model = load(__package__, question)
    given = iter(predict(model, [s.numbers for s in every], [s.words for s in every]))
    for tie in believed:
        yield list(itertools.islice(given, len(tie.support)))


def _claim(
    reading: Reading, tie: Tie, kinds: _Answers, states: _Answers, dated: Sequence[_Value]
) -> PairClaim:
    kind, status = _weighed("kind", tie, kinds), _weighed("status", tie, states)
    values = [kind, status]
    values += [d for d in dated if d.field == "start" or status.value == "ended"]
    key = "p-" + digest(*sorted(tie.pair), tie.level)
    assertion = _ASSERTIONS[status.value]
    told: dict[str, Statement] = {}
    for value in values:
        sentence = reading.lines[value.shown.line].sentence
        claim = (key, value.field, value.value)
        one = state(reading.resolved, sentence, claim, assertion, tie.sure)
        told.setdefault(one.statement_id, one)
    shown = tie.support[0].candidate
    a, b = sorted((shown.a, shown.b), key=lambda m: m.start)
    texts = _written(reading.resolved, a), _written(reading.resolved, b)
    return PairClaim(key, a.place_id, b.place_id, *texts, tie.level, tuple(told.values()))


def _weighed(field: str, tie: Tie, answers: _Answers) -> _Value:
    """The class that the lines of a pair speak for together, and the line that does most."""
    weighed = [
        {name: share * support.sure for name, share in given.items()}
        for given, support in zip(answers, tie.support, strict=True)
    ]
    names = [n for n in weighed[0] if tie.level == "local" or n not in _OF_TOWNS]
    best = max(names, key=lambda name: sum(shares[name] for shares in weighed))
    most = max(range(len(weighed)), key=lambda i: weighed[i][best])
    return _Value(field, best, tie.support[most].candidate)


def _dates(reading: Reading, believed: Sequence[Tie]) -> Iterator[list[_Value]]:
    """Start and end of each pair, each at most once; the date of a document's head is neither."""
    issued = document_date(reading.resolved) if believed else ""
    found = [
        [
            dated
            for support in tie.support
            for dated in dates.dates(reading, support)
            if dated.value != issued or not _is_head(reading, support.candidate)
        ]
        for tie in believed
    ]
    every = [dated for items in found for dated in items]
    numbers = [dates.features(reading, dated) for dated in every]
    near = [dates.words(reading, dated) for dated in every]
    given = iter(predict(load(__package__, "dates"), numbers, near))
    for tie, items in zip(believed, found, strict=True):
        answers = list(itertools.islice(given, len(items)))
        yield list(_believed(items, answers, _DATED[tie.level]))


def _is_head(reading: Reading, candidate: Candidate) -> bool:
    """Whether a line names neither place and tells of nothing done: it may only date the page."""
    return candidate.how == "before" and "act" not in reading.lines[candidate.line].says


def _believed(found: Sequence[Dated], given: _Answers, least: float) -> Iterator[_Value]:
    """The date that is surest to be the start, and that to be the end, if it is sure at all."""
    for role in ("start", "end") if found else ():
        best = max(range(len(found)), key=lambda i: (given[i][role] * found[i].asked.sure, -i))
        if given[best][role] >= least:
            yield _Value(role, found[best].value, found[best].asked.candidate)


def _written(resolved: Resolved, place: Mention) -> str:
    """A place's name as the document mostly writes it; of inflected names the one that is shown."""
    text = resolved.tagged.text_of
    if is_cyrillic(text(place)):
        return text(place)
    same = (m for m in resolved.mentions if m.place_id == place.place_id and m.label == place.label)
    forms = Counter(map(text, same))
    return max(forms, key=lambda form: forms[form], default=text(place))
