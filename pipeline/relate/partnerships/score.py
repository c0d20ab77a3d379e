"""Score: how sure a line is of two places, and what all lines together make of them.

A line is judged by itself first (`weights/lines`). Then the pair is judged (`weights/pairs`): by
its surest lines, by the other pairs that the same lines may speak of, and by what the document goes
on to say where it has just named the partner.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Features, Model, load, predict
from pipeline.relate.lines import Line
from pipeline.relate.partnerships.features import features
from pipeline.relate.partnerships.propose import Candidate, Level, Pair, propose
from pipeline.relate.partnerships.sight import in_sight
from pipeline.relate.partnerships.words import words
from pipeline.relate.reading import Reading
from pipeline.relate.triggers import STATES, STRONG, TIES

#: What is left of a line's probability for a pair where it speaks rather for another.
_SECOND = 0.5
_MANY, _TELLING = 12, 0.2
#: Numbers of the surest line that tell of the pair as well.
_KEPT = (
    *("how_both", "how_own", "how_head", "how_row", "how_recent", "strong_in_line", "national"),
    *("same_country", "a_region", "b_region", "is_row", "is_item", "run", "clause_negation"),
    *("doc_density", "doc_strong", "doc_references", "doc_han", "doc_en", "title_strong"),
    *("heading_strong", "weak_in_line", "clause_strong", "asks", "inside", "same_admin"),
    *("clause_hypothetical", "clause_planned", "clause_ended", "clause_visit", "columns_strong"),
    *("line_sense_tie", "heading_sense_head", "before_sense_head"),
    *("line_sense_planned", "line_sense_ended", "doc_head", "doc_tie"),
    *("a_owned", "b_owned", "a_evident", "b_evident", "depth", "entry", "own_list"),
    *(f"clause_{topic}" for topic in TIES),
    *(f"heading_{topic}" for topic in TIES),
)
_TOLD = ("act", "signing", "renewal", "negation", *STATES)


@dataclass(frozen=True, slots=True)
class Asked:
    """A candidate with its numbers and words, and how sure its line is."""

    candidate: Candidate
    numbers: Features
    words: tuple[str, ...]
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two places with all lines that may speak for them, surest first, and how sure the pair is."""

    pair: Pair
    level: Level
    support: tuple[Asked, ...]
    sure: float = 0.0


def asked(reading: Reading) -> list[Asked]:
    """The candidates of a document that lie in sight of a word for a tie, measured."""
    seen = in_sight(reading)
    pairs = [c for c in propose(reading) if seen[c.line]]
    near = words(reading, pairs)
    numbers = features(reading, pairs)
    return [Asked(c, n, w) for c, n, w in zip(pairs, numbers, near, strict=True)]


def scored(reading: Reading) -> list[Tie]:
    """All pairs of a document, each with how sure it is."""
    known = by_lines(asked(reading), load(__package__, "lines"))
    every = tied(known)
    given = predict(load(__package__, "pairs"), of_pairs(reading, every), [()] * len(every))
    return [
        Tie(tie.pair, tie.level, tie.support, share["yes"])
        for tie, share in zip(every, given, strict=True)
    ]


def by_lines(known: Sequence[Asked], learned: Model) -> list[Asked]:
    """The candidates, each with how sure its line is."""
    given = predict(learned, [k.numbers for k in known], [k.words for k in known])
    shares = _competing(known, [share["yes"] for share in given])
    return [
        Asked(k.candidate, k.numbers, k.words, share)
        for k, share in zip(known, shares, strict=True)
    ]


def _competing(known: Sequence[Asked], given: Sequence[float]) -> list[float]:
    """Of the places that a line may leave unsaid, the likeliest alone keeps its probability."""
    best: dict[tuple[int, str], float] = {}
    keys = [_unsaid(k.candidate) for k in known]
    for key, share in zip(keys, given, strict=True):
        if key:
            best[key] = max(share, best.get(key, 0.0))
    return [
        share if not key or share == best[key] else share * _SECOND
        for key, share in zip(keys, given, strict=True)
    ]


def _unsaid(candidate: Candidate) -> tuple[int, str] | None:
    """The line and the partner of a candidate whose first place the line leaves unsaid."""
    left_out = candidate.how not in ("both", "before")
    return (candidate.line, candidate.b.place_id) if left_out else None


def tied(known: Sequence[Asked]) -> list[Tie]:
    """The pairs of a document."""
    lines: dict[tuple[Pair, Level], list[Asked]] = {}
    for one in known:
        lines.setdefault((one.candidate.pair, one.candidate.level), []).append(one)
    return [
        Tie(pair, level, tuple(sorted(found, key=lambda k: -k.sure)))
        for (pair, level), found in lines.items()
    ]


def of_pairs(reading: Reading, every: Sequence[Tie]) -> list[Features]:
    """Numbers of each pair of a document."""
    of_place: dict[str, list[Tie]] = {}
    for tie in every:
        for place in tie.pair:
            of_place.setdefault(place, []).append(tie)
    whole = sum(tie.support[0].sure for tie in every)
    return [
        _of_pair(tie)
        | _rivals(tie, of_place)
        | {"all": whole - tie.support[0].sure, "pairs": float(len(every))}
        | _told(reading, tie.support[0].candidate)
        for tie in every
    ]


def _of_pair(tie: Tie) -> Features:
    shares = [s.sure for s in tie.support]
    numbers = tie.support[0].numbers
    return {
        "sure": shares[0],
        "second": shares[1] if len(shares) > 1 else 0.0,
        "lines": float(min(len(shares), _MANY)),
        "telling": float(min(sum(s > _TELLING for s in shares), _MANY)),
        "any": 1 - math.prod(1 - s for s in shares),
        **{name: float(numbers.get(name, 0.0)) for name in _KEPT},
    }


def _rivals(tie: Tie, of_place: Mapping[str, Sequence[Tie]]) -> Features:
    """How sure the other pairs of its two places are."""
    sums, best = [], []
    for place in tie.pair:
        others = [t.support[0].sure for t in of_place[place] if t is not tie]
        sums.append(sum(others))
        best.append(max(others, default=0.0))
    return {
        "degree": max(sums),
        "degree_less": min(sums),
        "rival": max(best),
        "rival_less": min(best),
    }


def _told(reading: Reading, candidate: Candidate) -> Features:
    """What is said from where the partner is named, up to where another place is."""
    lines = about(reading, candidate)
    found = {f"told_{t}": float(any(t in line.says for line in lines)) for t in _TOLD}
    return found | {
        "told_lines": float(min(len(lines), _MANY)),
        "told_strong": float(min(sum(t.topic in STRONG for x in lines for t in x.ties), _MANY)),
        "told_weak": float(min(sum(t.topic not in STRONG for x in lines for t in x.ties), _MANY)),
        "told_dates": float(min(sum(len(line.dates) for line in lines), _MANY)),
        "told_alone": float(len(lines[0].places) == 1),
        "retracted": float("retraction" in lines[1].says if len(lines) > 1 else False),
    }


def about(reading: Reading, candidate: Candidate) -> list[Line]:
    """The line that names the partner, and those behind it that name no place but the two."""
    place = candidate.b.place_id
    lines, start = reading.lines, candidate.line
    if candidate.how == "before":
        named = (i for i, line in enumerate(lines) if any(m.place_id == place for m in line.places))
        start = next(named, start)
    found = [lines[start]]
    for line in lines[start + 1 :]:
        if {m.place_id for m in line.parties} - candidate.pair or line.opens:
            break
        found.append(line)
    return found
