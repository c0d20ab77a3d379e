"""Bonds: what all lines of a document together make of two places.

A line is judged by itself first (`partners`). Then the pair is judged (`bonds`): by its surest
lines, by the other pairs that the same lines may speak of, and by what the document goes on to say
where it has just named the partner.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.relate.cues import denied, gravest, kinds, says, status
from pipeline.relate.cues import words as cue_words
from pipeline.relate.learned.candidates import Candidate
from pipeline.relate.learned.reading import Line, Pair, Reading
from pipeline.relate.learned.sight import in_sight
from pipeline.relate.model import Features

#: What is left of a line's probability for a pair where it speaks rather for another.
_SECOND = 0.5
_MANY, _TELLING = 12, 0.2
#: Numbers of the surest line that tell of the pair as well.
_KEPT = (
    *("how_both", "how_own", "how_head", "how_row", "how_recent", "rule", "strong_in_line"),
    *("same_country", "a_region", "b_region", "is_row", "is_item", "run", "denied", "imagined"),
    *("doc_density", "doc_strong", "doc_references", "is_en", "is_ru", "is_zh", "title_strong"),
    *("heading_strong", "weak_in_line", "clause_strong", "asks", "inside", "same_admin"),
)
_SAID = ("acts", "signings", "renewals", "negations")
_STATES = ("planned", "suspended", "ended")


@dataclass(frozen=True, slots=True)
class Support:
    """A line that may speak for a pair. index: of the candidate; sure: its probability."""

    index: int
    candidate: Candidate
    sure: float


@dataclass(frozen=True, slots=True)
class Bond:
    """Two places with all lines that may speak for them, surest first."""

    pair: Pair
    support: tuple[Support, ...]

    @property
    def sure(self) -> float:
        return self.support[0].sure


def bonds(
    reading: Reading,
    pairs: Sequence[Candidate],
    numbers: Sequence[Features],
    given: Sequence[float],
) -> list[Bond]:
    """The pairs of a document. numbers: of each candidate; given: how sure its line is."""
    weighed = _competing(pairs, given)
    lines: dict[Pair, list[Support]] = {}
    seen = in_sight(reading)
    for index, candidate in enumerate(pairs):
        refused = _unsaid(seen, candidate, numbers[index])
        if numbers[index]["rule"] or not (refused or _refused(reading, candidate, numbers[index])):
            support = Support(index, candidate, weighed[index])
            lines.setdefault(candidate.pair, []).append(support)
    return [
        Bond(pair, tuple(sorted(found, key=lambda s: (-s.sure, s.index))))
        for pair, found in lines.items()
    ]


def _competing(pairs: Sequence[Candidate], given: Sequence[float]) -> list[float]:
    """Of the places that a line may leave unsaid, the likeliest alone keeps its probability."""
    best: dict[tuple[int, str], float] = {}
    unsaid = [c.how not in ("both", "before") for c in pairs]
    for candidate, share, left_out in zip(pairs, given, unsaid, strict=True):
        if left_out:
            key = candidate.line, candidate.b.place_id
            best[key] = max(share, best.get(key, 0.0))
    return [
        share if not left_out or share == best[c.line, c.b.place_id] else share * _SECOND
        for c, share, left_out in zip(pairs, given, unsaid, strict=True)
    ]


def _unsaid(seen: Sequence[bool], candidate: Candidate, numbers: Features) -> bool:
    """Whether no word for a bond is in sight of a line or of its heading.

    A line that names both may say it in words that are not known, unless the document has some.
    """
    if not numbers["doc_strong"]:
        return candidate.how != "both"
    return not (seen[candidate.line] or (candidate.heading >= 0 and seen[candidate.heading]))


def _refused(reading: Reading, candidate: Candidate, numbers: Features) -> bool:
    """Whether the clause denies or only imagines what it names, or the line after takes it back."""
    after = reading.lines[candidate.line + 1 : candidate.line + 2]
    if any(cue_words("retractions").match(line.text) for line in after):
        return True
    line = reading.lines[candidate.line]
    denies = numbers["denied"] or numbers["imagined"] or _denied_behind(line, candidate)
    return bool(denies and candidate.how == "both")


def _denied_behind(line: Line, candidate: Candidate) -> bool:
    """ "A and B met in the final; the two are no twins": a later clause denies it of the same."""
    here = line.clause_at(max(candidate.a.start, candidate.b.start))
    if here is None or kinds(here.text):
        return False
    behind = (c.text for c in line.clauses if c.start > here.start)
    return any(kinds(t) and denied(t) and cue_words("pairs_named").search(t) for t in behind)


def features(
    reading: Reading, every: Sequence[Bond], numbers: Sequence[Features]
) -> list[Features]:
    """Numbers of each pair of a document. numbers: of the candidates."""
    of_place: dict[str, list[Bond]] = {}
    for bond in every:
        for place in bond.pair:
            of_place.setdefault(place, []).append(bond)
    whole = sum(bond.sure for bond in every)
    return [
        _features(reading, bond, numbers)
        | _rivals(bond, of_place)
        | {"all": whole - bond.sure}
        | _told(reading, bond.support[0].candidate)
        for bond in every
    ]


def _features(reading: Reading, bond: Bond, numbers: Sequence[Features]) -> Features:
    surest = bond.support[0]
    shares = [s.sure for s in bond.support]
    found: Features = {
        "sure": shares[0],
        "second": shares[1] if len(shares) > 1 else 0.0,
        "lines": float(min(len(shares), _MANY)),
        "telling": float(min(sum(s > _TELLING for s in shares), _MANY)),
        "any": 1 - math.prod(1 - s for s in shares),
        "candidates": float(len(numbers)),
    }
    found |= {name: float(numbers[surest.index].get(name, 0.0)) for name in _KEPT}
    owned = sorted(reading.owned.get(place, 0.0) for place in bond.pair)
    return found | {"owned": owned[-1], "owned_less": owned[0]}


def _rivals(bond: Bond, of_place: Mapping[str, Sequence[Bond]]) -> Features:
    """How sure the other bonds of its two places are."""
    sums, best = [], []
    for place in bond.pair:
        others = [b.sure for b in of_place[place] if b.pair != bond.pair]
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
    lines = _about(reading, candidate)
    texts = [line.text for line in lines]
    found = {f"told_{name}": float(any(says(name, text) for text in texts)) for name in _SAID}
    state = gravest({status(text) for text in texts})
    found |= {f"told_{name}": float(state == name) for name in _STATES}
    return found | {
        "told_lines": float(min(len(lines), _MANY)),
        "told_strong": float(min(sum(c.strong for line in lines for c in line.cues), _MANY)),
        "told_weak": float(min(sum(not c.strong for line in lines for c in line.cues), _MANY)),
        "told_dates": float(min(sum(len(line.dates) for line in lines), _MANY)),
        "told_alone": float(len(lines[0].places) == 1),
    }


def _about(reading: Reading, candidate: Candidate) -> list[Line]:
    """The line that names the partner, and those behind it that name no place but the two."""
    place = candidate.b.place_id
    lines, start = reading.lines, candidate.line
    if candidate.how == "before":
        start = next((i for i, line in enumerate(lines) if _names(line, place)), start)
    found = [lines[start]]
    for line in lines[start + 1 :]:
        others = {m.place_id for m in line.parties} - candidate.pair
        if others or line.opens:
            break
        found.append(line)
    return found


def _names(line: Line, place: str) -> bool:
    return any(m.place_id == place for m in line.places)
