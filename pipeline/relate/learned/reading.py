"""A document read once for the learned models: its lines, and what stands out in all of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import FACTLESS, Block, Mention, Resolved, Sentence
from pipeline.relate.clauses import Clause, clauses, masked, split
from pipeline.relate.cues import Cue, kinds
from pipeline.relate.entries import LEAD
from pipeline.relate.evidence import Evidence
from pipeline.relate.learned.hubs import LOCAL, features, hubs, words
from pipeline.relate.model import Model, load, predict
from pipeline.relate.owner import evident, standing
from pipeline.relate.relative import counted
from pipeline.relate.sides import Side, means_capital, sides

Pair = frozenset[str]
#: So many places of one line are looked at: a line with more is an index, not a statement.
_MOST_PLACES = 16
_SHORT = 90
_DIGITS = 4
#: How sure a date is that is counted from another.
_COUNTED = 0.8
_CLOSED = re.compile(r"[.!?。！？;][\"”»]?\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, list item, row or heading.

    text: with names blanked. places: cities and regions, each once, in order. sides: what
    `pipeline.relate.sides` takes for parties, by the start of the mention. dates: written, and
    counted from the date before ("two years later"). opens: whether it is the heading or lead of
    what follows. head: of a row, the row that names its columns, or the first of its table.
    parties: the places without those that only say where another lies; all where that is unclear.
    """

    sentence: Sentence
    block: Block
    text: str
    cues: tuple[Cue, ...]
    clauses: tuple[Clause, ...]
    places: tuple[Mention, ...]
    sides: dict[int, Side]
    dates: tuple[Mention, ...]
    opens: bool
    head: Block | None
    parties: tuple[Mention, ...]

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    def clause_at(self, position: int) -> Clause | None:
        """The clause that holds a character of the reading text; the last where none does."""
        within = (c for c in self.clauses if c.start <= position < c.end)
        return next(within, self.clauses[-1] if self.clauses else None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what the features ask of all of it.

    standing: how much a place stands out; owned: the probability that it is a hub; rank: 0 for the
    likeliest hub. leading: the likeliest of which it is evident that the document is theirs.
    rules: what the rules found, by pair; said: the same by line; degree: partners of each place.
    entries: by line, how many of its neighbours begin with a place, as it does.
    """

    resolved: Resolved
    lines: tuple[Line, ...]
    standing: dict[str, float]
    rank: dict[str, int]
    owned: dict[str, float]
    leading: tuple[Mention, ...]
    counts: Counter[str]
    rules: dict[Pair, list[Evidence]]
    said: tuple[frozenset[Pair], ...]
    degree: Counter[str]
    entries: tuple[float, ...]


def read(resolved: Resolved, evidence: Sequence[Evidence], owners: Model | None = None) -> Reading:
    """Read a document. evidence: what the rules found in it. owners: instead of the shipped model
    of hubs."""
    scores = {m.place_id: score for m, score in standing(resolved).items()}
    owned = owning(resolved, scores, evidence, owners)
    order = sorted(owned, key=lambda m: (-owned[m], -scores[m.place_id], m.start))
    shown = evident(resolved)
    rules: dict[Pair, list[Evidence]] = {}
    for item in evidence:
        if item.kind and item.level == "local":
            rules.setdefault(item.pair, []).append(item)
    lines = tuple(_lines(resolved))
    return Reading(
        resolved,
        lines,
        scores,
        {m.place_id: i for i, m in enumerate(order)},
        {m.place_id: round(share, _DIGITS) for m, share in owned.items()},
        tuple(m for m in order[:3] if m.place_id in shown),
        Counter(m.place_id for m in resolved.mentions if m.label in LOCAL and m.place_id),
        rules,
        _said(lines, rules),
        Counter(place_id for pair in rules for place_id in pair),
        _entries(resolved, lines),
    )


def owning(
    resolved: Resolved,
    scores: dict[str, float],
    evidence: Sequence[Evidence],
    owners: Model | None = None,
) -> dict[Mention, float]:
    """The probability that each place is a hub, by its first mention."""
    found = hubs(resolved, scores)
    numbers = [features(resolved, hub, found, scores, evidence) for hub in found]
    near = [words(resolved, hub) for hub in found]
    given = predict(owners or load(__package__, "hubs"), numbers, near)
    return {h.mentions[0]: share["yes"] for h, share in zip(found, given, strict=True)}


def _lines(resolved: Resolved) -> Iterator[Line]:
    blocks = resolved.document.blocks
    head: Block | None = None
    last = ""
    for whole in resolved.tagged.sentences:
        block = blocks[whole.block]
        if block.kind in FACTLESS:
            continue
        head = (head or block) if block.kind == "row" else None
        for sentence in split(resolved, whole):
            named = blocks[block.heads[-1]] if block.heads else head
            line = _line(resolved, sentence, block, named, last)
            yield line
            last = next((d.value for d in reversed(line.dates)), last)


def cell_of(block: Block, position: int) -> int:
    """Index of the cell of a row that holds a character of the reading text; -1 for none."""
    within = (i for i, (a, b) in enumerate(block.cells) if a <= position < b)
    return next(within, -1)


def _line(
    resolved: Resolved, sentence: Sentence, block: Block, head: Block | None, last: str
) -> Line:
    """last: the date that was told last, from which a line may count."""
    text = masked(resolved, sentence.start, sentence.end)
    inside = list(resolved.within(sentence.start, sentence.end))
    parties = {s.mention.start: s for s in sides(resolved, sentence.start, sentence.end)}
    unique: dict[str, Mention] = {}
    for mention in inside:
        if mention.label not in LOCAL or not mention.place_id:
            continue
        if means_capital(resolved.document.text, mention):
            continue
        known = unique.get(mention.place_id)
        if known is None or (known.start not in parties and mention.start in parties):
            unique[mention.place_id] = mention
    for council in resolved.councils:
        if sentence.start <= council.start < sentence.end:
            unique.setdefault(council.place_id, council)
    places = tuple(sorted(unique.values(), key=lambda m: m.start)[:_MOST_PLACES])
    written = [m for m in inside if m.label == "DATE" and m.value]
    parts = tuple(clauses(resolved, sentence))
    told = [*written, *_counted(resolved, parts, written, last)]
    dates = tuple(sorted(told, key=lambda m: m.start))
    return Line(
        sentence,
        block,
        text,
        kinds(text),
        parts,
        places,
        parties,
        dates,
        _opens(text, block) and not (places and dates),
        head,
        tuple(m for m in places if m.start in parties) or places,
    )


def _counted(
    resolved: Resolved, parts: Sequence[Clause], written: Sequence[Mention], last: str
) -> Iterator[Mention]:
    """Dates that clauses count from the one told last: "the same year"."""
    for clause in parts:
        before = [m.value for m in written if m.end <= clause.start]
        anchor = before[-1] if before else last
        found = counted(clause.text, anchor, resolved.document.language)
        if found and not any(clause.start <= m.start < clause.end for m in written):
            span = clause.start + found.start, clause.start + found.end
            yield Mention(*span, "DATE", _COUNTED, found.value)


def _opens(text: str, block: Block) -> bool:
    if block.kind == "heading" or text.rstrip().endswith((":", "：")):
        return True
    return block.kind == "paragraph" and len(text) < _SHORT and not _CLOSED.search(text)


def _said(lines: Sequence[Line], rules: dict[Pair, list[Evidence]]) -> tuple[frozenset[Pair], ...]:
    """The pairs that the rules found in each line."""
    starts = [line.start for line in lines]
    found: list[set[Pair]] = [set() for _ in lines]
    for pair, items in rules.items():
        for sentence in (item.sentence for item in items):
            index = max(0, bisect_right(starts, sentence.start) - 1)
            while index < len(lines) and lines[index].start < sentence.end:
                if sentence.start < lines[index].end:
                    found[index].add(pair)
                index += 1
    return tuple(map(frozenset, found))


def _entries(resolved: Resolved, lines: Sequence[Line]) -> tuple[float, ...]:
    """For each line, how many of the four lines around it begin with a place, as it does."""
    begins = [_begins(resolved, line) for line in lines]
    shares = []
    for i, own in enumerate(begins):
        around = begins[max(0, i - 2) : i] + begins[i + 1 : i + 3]
        shares.append(sum(around) / 4 if own else 0.0)
    return tuple(shares)


def _begins(resolved: Resolved, line: Line) -> bool:
    if not line.places:
        return False
    lead = masked(resolved, line.start, line.places[0].start).replace("#", "")
    return bool(LEAD.match(lead))
