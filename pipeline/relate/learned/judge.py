"""The candidates of a document that are believed, with kind, state and dates, as evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Resolved
from pipeline.relate.cues import Status
from pipeline.relate.cues import words as cue_words
from pipeline.relate.evidence import Evidence
from pipeline.relate.learned import bonds
from pipeline.relate.learned import datings as dates
from pipeline.relate.learned.bonds import Support
from pipeline.relate.learned.candidates import Candidate, candidates
from pipeline.relate.learned.features import document, features
from pipeline.relate.learned.reading import Reading, read
from pipeline.relate.learned.words import words
from pipeline.relate.model import Features, Model, load, predict

#: A pair less sure than this is not even a statement.
_LEAST = 0.3
#: A line speaks for a pair where it is this sure, as a share of the surest line.
_SUPPORT = 0.5
#: A date is believed from here on.
_DATED = 0.5
_DIGITS = 4
#: Kinds of the rules that name none.
_VAGUE = ("other", "bare", "idiom")


@dataclass(frozen=True, slots=True)
class _Case:
    """A believed pair: the lines that speak for it, surest first, and how sure the pair is."""

    reading: Reading
    support: tuple[Support, ...]
    confidence: float
    numbers: Sequence[Features]
    words: Sequence[Sequence[str]]


def judged(resolved: Resolved, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of the pairs that are believed, from what the rules found and all candidates.

    Pairs with a country are left as the rules found them.
    """
    reading = read(resolved, evidence)
    found = [e for e in evidence if e.level == "national" or _with_country(e)]
    for case in _cases(reading):
        found += _evidence(case)
    return found


def _with_country(item: Evidence) -> bool:
    return "COUNTRY" in (item.a.label, item.b.label)


def _cases(reading: Reading) -> Iterator[_Case]:
    pairs = candidates(reading)
    whole = document(reading)
    numbers = [whole | features(reading, candidate) for candidate in pairs]
    said = [words(reading, candidate) for candidate in pairs]
    given = [share["yes"] for share in predict(_model("partners"), numbers, said)]
    every = bonds.bonds(reading, pairs, numbers, given)
    asked = [bonds.features(reading, bond, every, numbers) for bond in every]
    for bond, share in zip(every, predict(_model("bonds"), asked, [()] * len(every)), strict=True):
        if share["yes"] >= _LEAST:
            support = tuple(s for s in bond.support if s.sure >= _SUPPORT * bond.sure)
            yield _Case(reading, support, round(share["yes"], _DIGITS), numbers, said)


def _evidence(case: _Case) -> Iterator[Evidence]:
    kind, of_kind = _decided(case, _model("kind"))
    kind = _named_kind(case) or kind
    state, of_state = _decided(case, _model("state"))
    if told := _broken_off(case):
        state, of_state = told
    yield _item(case, of_kind, kind=kind)
    yield _item(case, of_state, status=state)
    for role, candidate, value in _dated(case, _model("dates")):
        if role == "start" or state == "ended":
            yield _item(case, candidate, status=state, **{role: value})


def _named_kind(case: _Case) -> str:
    """The kind that the rules read of the pair: where they read one, they err less."""
    items = case.reading.rules.get(case.support[0].candidate.pair, [])
    return next((item.kind for item in items if item.kind not in _VAGUE), "")


def _broken_off(case: _Case) -> tuple[str, Candidate] | None:
    """The end or break that a line which names both tells, unless a later one tells of a renewal.

    Such a line weighs more than all older ones, which only say that there once was a bond.
    """
    both = sorted(
        (s.candidate for s in case.support if s.candidate.how == "both"), key=lambda c: -c.line
    )
    for candidate in both:
        line = case.reading.lines[candidate.line]
        for item in case.reading.rules.get(candidate.pair, []):
            inside = line.start <= item.sentence.start < line.end
            if inside and item.status in ("ended", "suspended"):
                return item.status, candidate
        if cue_words("renewals").search(line.text):
            return None
    return None


def _item(case: _Case, shown: Candidate, **said: str) -> Evidence:
    """Evidence of the line that shows a value; the sides are those of the surest line."""
    surest = case.support[0].candidate
    sides = (surest.a, surest.b) if surest.a.start <= surest.b.start else (surest.b, surest.a)
    return Evidence(
        *sides,
        said.get("kind", ""),
        _status(said.get("status", "")),
        said.get("start", ""),
        said.get("end", ""),
        case.reading.lines[shown.line].sentence,
        case.confidence,
    )


def _model(name: str) -> Model:
    """The model of one question: `partners` or not, `state`, `kind`, and what the `dates` are."""
    return load(__package__, name)


def _status(name: str) -> Status | None:
    return name or None  # type: ignore[return-value]


def _decided(case: _Case, model: Model) -> tuple[str, Candidate]:
    """The class that the lines of a pair speak for together, and the line that does most."""
    indices = [s.index for s in case.support]
    given = predict(model, [case.numbers[i] for i in indices], [case.words[i] for i in indices])
    weighed = [
        {name: share * support.sure for name, share in shares.items()}
        for shares, support in zip(given, case.support, strict=True)
    ]
    best = max(model.classes, key=lambda name: sum(shares[name] for shares in weighed))
    return best, case.support[max(range(len(weighed)), key=lambda i: weighed[i][best])].candidate


def _dated(case: _Case, model: Model) -> Iterator[tuple[str, Candidate, str]]:
    """Start and end of a pair: (which, the candidate with the date, EDTF), each at most once."""
    found = [
        (s.candidate, dating, s.sure)
        for s in case.support
        for dating in dates.datings(case.reading, s.index, s.candidate)
    ]
    if not found:
        return
    numbers = [case.numbers[d.candidate] | dates.features(case.reading, c, d) for c, d, _ in found]
    near = [dates.beside(case.reading, c, d) for c, d, _ in found]
    given = predict(model, numbers, near)
    for role in ("start", "end"):
        best = max(range(len(found)), key=lambda i: (given[i][role] * found[i][2], -i))
        if given[best][role] >= _DATED:
            yield role, found[best][0], found[best][1].value
