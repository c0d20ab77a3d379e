"""The candidates of a document that are believed, with kind, state and dates, as evidence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Resolved
from pipeline.relate.cues import BRACKETED, Status, status
from pipeline.relate.cues import words as cue_words
from pipeline.relate.dateline import document_date
from pipeline.relate.evidence import Evidence
from pipeline.relate.learned import bonds
from pipeline.relate.learned import datings as dates
from pipeline.relate.learned.bonds import Support
from pipeline.relate.learned.candidates import Candidate, candidates
from pipeline.relate.learned.datings import Dating
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
#: What is known of a candidate that is not asked of.
_IDLE: Features = {"rule": 0.0, "denied": 0.0, "imagined": 0.0, "how_recent": 1.0}
#: Kinds of the rules that name none.
_VAGUE = ("other", "bare", "idiom")


#: Probabilities of the answers of a model, by the index of a candidate.
_Answers = dict[int, dict[str, float]]
#: Which date of a pair, the candidate of the line that has it, and its EDTF.
_Dated = tuple[str, Candidate, str]


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
    cases = list(_cases(reading))
    kinds, states = _answers(cases, "kind"), _answers(cases, "state")
    for case, dated in zip(cases, _dated(cases), strict=True):
        found += _evidence(case, kinds, states, dated)
    return found


def _with_country(item: Evidence) -> bool:
    return "COUNTRY" in (item.a.label, item.b.label)


def _cases(reading: Reading) -> Iterator[_Case]:
    pairs = candidates(reading)
    numbers, said, given = _lines(reading, pairs)
    every = bonds.bonds(reading, pairs, numbers, given)
    told = bonds.features(reading, every, numbers)
    for bond, share in zip(every, predict(_model("bonds"), told, [()] * len(every)), strict=True):
        if share["yes"] >= _LEAST:
            support = tuple(s for s in bond.support if s.sure >= _SUPPORT * bond.sure)
            yield _Case(reading, support, round(share["yes"], _DIGITS), numbers, said)


def _lines(
    reading: Reading, pairs: Sequence[Candidate]
) -> tuple[list[Features], list[tuple[str, ...]], list[float]]:
    """Numbers and words of each candidate, and how sure its line is."""
    whole = document(reading)
    numbers = [whole | _IDLE] * len(pairs)
    said: list[tuple[str, ...]] = [()] * len(pairs)
    given = [0.0] * len(pairs)
    asked = [index for index, c in enumerate(pairs) if not _is_idle(reading, c)]
    chosen = [pairs[index] for index in asked]
    near = words(reading, chosen)
    measured = [whole | own for own in features(reading, chosen)]
    shares = predict(_model("partners"), measured, near)
    for index, own, words_of, share in zip(asked, measured, near, shares, strict=True):
        numbers[index], said[index], given[index] = own, words_of, share["yes"]
    return numbers, said, given


def _is_idle(reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate need not be asked of: of all places that a line may leave unsaid, one
    that was only named lately has never been it where no rule finds the pair anywhere."""
    return candidate.how == "recent" and candidate.pair not in reading.rules


def _evidence(
    case: _Case, kinds: _Answers, states: _Answers, dated: Sequence[_Dated]
) -> Iterator[Evidence]:
    kind, of_kind = _decided(case, kinds)
    kind = _named_kind(case) or kind
    state, of_state = _decided(case, states)
    told = _bracketed(case) or _broken_off(case) or _celebrated(case)
    if told := told or (None if dated else _awaited(case)):
        state, of_state = told
    if state == "planned" and _stands(case):
        state, of_state = "active", case.support[0].candidate
    yield _item(case, of_kind, kind=kind)
    yield _item(case, of_state, status=state)
    for role, candidate, value in dated:
        if role == "start" or state == "ended":
            yield _item(case, candidate, status=state, **{role: value})


def _celebrated(case: _Case) -> tuple[str, Candidate] | None:
    """A bond whose anniversary is told stands, whatever is planned for the day."""
    shown = case.support[0].candidate
    line = case.reading.lines[shown.line].text
    return ("active", shown) if cue_words("anniversaries").search(line) else None


def _awaited(case: _Case) -> tuple[str, Candidate] | None:
    """A bond without a date whose pact is still to be signed, as the next sentence says."""
    shown, lines = case.support[0].candidate, case.reading.lines
    after = lines[shown.line + 1 : shown.line + 2]
    awaited = any(cue_words("to_be_signed").match(line.text) for line in after)
    renewed = cue_words("renewals").search(lines[shown.line].text)
    return ("planned", shown) if awaited and not renewed and shown.how == "both" else None


def _stands(case: _Case) -> bool:
    """Whether the surest line names both and tells since when they have been what they are."""
    shown = case.support[0].candidate
    line = case.reading.lines[shown.line]
    return shown.how == "both" and cue_words("standing").search(line.text) is not None


def _named_kind(case: _Case) -> str:
    """The kind that the rules read of the pair: where they read one, they err less."""
    items = case.reading.rules.get(case.support[0].candidate.pair, [])
    return next((item.kind for item in items if item.kind not in _VAGUE), "")


def _bracketed(case: _Case) -> tuple[str, Candidate] | None:
    """What the brackets behind a name say, in a line whose only news stand in brackets:
    "twinned with A (1988), B (1995, suspended in 2022)"."""
    shown = case.support[0].candidate
    line = case.reading.lines[shown.line]
    bare = BRACKETED.sub("", line.text)
    if shown.how == "before" or status(bare) != "active" or status(line.text) == "active":
        return None
    last = max(shown.a.end, shown.b.end) if shown.how == "both" else shown.b.end
    following = (m.start for m in line.parties if m.start >= last)
    own = line.text[last - line.start : next(following, line.end) - line.start]
    return status(" ".join(BRACKETED.findall(own))), shown


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


def _answers(cases: Sequence[_Case], question: str) -> _Answers:
    """What a model says of every line that speaks for a pair, asked of all at once."""
    known = {s.index: case for case in cases for s in case.support}
    numbers = [case.numbers[index] for index, case in known.items()]
    said = [case.words[index] for index, case in known.items()]
    return dict(zip(known, predict(_model(question), numbers, said), strict=True))


def _decided(case: _Case, answers: _Answers) -> tuple[str, Candidate]:
    """The class that the lines of a pair speak for together, and the line that does most."""
    weighed = [
        {name: share * support.sure for name, share in answers[support.index].items()}
        for support in case.support
    ]
    best = max(weighed[0], key=lambda name: sum(shares[name] for shares in weighed))
    return best, case.support[max(range(len(weighed)), key=lambda i: weighed[i][best])].candidate


def _dated(cases: Sequence[_Case]) -> Iterator[list[_Dated]]:
    """Start and end of each pair, each at most once; the date of a document's head is neither."""
    issued = document_date(cases[0].reading.resolved) if cases else ""
    found = [
        [
            (s.candidate, dating, s.sure)
            for s in case.support
            for dating in dates.datings(case.reading, s.index, s.candidate)
            if dating.value != issued or not _is_head(case.reading, s.candidate)
        ]
        for case in cases
    ]
    pairs = [(case, *item) for case, items in zip(cases, found, strict=True) for item in items]
    numbers = [k.numbers[d.candidate] | dates.features(k.reading, c, d) for k, c, d, _ in pairs]
    near = [dates.beside(k.reading, c, d) for k, c, d, _ in pairs]
    given = iter(predict(_model("dates"), numbers, near))
    for items in found:
        yield list(_believed(items, list(itertools.islice(given, len(items)))))


def _is_head(reading: Reading, candidate: Candidate) -> bool:
    """Whether a line names neither place and tells of nothing done: it may only date the page."""
    said = reading.lines[candidate.line].text
    return candidate.how == "before" and not cue_words("acts").search(said)


def _believed(
    found: Sequence[tuple[Candidate, Dating, float]], given: Sequence[dict[str, float]]
) -> Iterator[_Dated]:
    """The date that is surest to be the start, and that to be the end, if it is sure at all."""
    for role in ("start", "end") if found else ():
        best = max(range(len(found)), key=lambda i: (given[i][role] * found[i][2], -i))
        if given[best][role] >= _DATED:
            yield role, found[best][0], found[best][1].value
