"""The lines of a document, each read once: what all later steps of relate ask of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Features
from pipeline.records import FACTLESS, Block, Mention, Resolved, Sentence
from pipeline.relate.clauses import Clause, clauses, masked, split
from pipeline.relate.parties import Party, means_capital, parties
from pipeline.relate.relative import counted
from pipeline.relate.senses import Senses, senses
from pipeline.relate.triggers import Trigger, said, ties

LOCAL = ("CITY", "REGION")
#: So many places of one line are looked at: a line with more is an index, not a statement.
_MOST_PLACES = 16
#: A paragraph shorter than this, and not closed, is the heading of what follows.
_SHORT = 90
#: How sure a date is that is counted from another.
_COUNTED = 0.8
_CLOSED = re.compile(r"[.!?。！？;][\"”»]?\s*$")
#: What may stand before the place that an entry is about.
_LEAD = re.compile(
    r"\W*(?:(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.):、]?\s+|[\d一二三四五六七八九十]+[)）、.]\s*)?\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, list item, row or heading.

    text: with names blanked. ties: the words for ties in it; says: the topics beside them.
    places: cities and regions, each once, in order. parties: those that may be a side, all where
    that is unclear; party_of: what `parties` makes of them, by the start of the mention.
    countries: the states that it names as sides. dates: written, and counted from the date before
    ("two years later"). above: indexes of the lines that it stands under, from the outermost;
    opens: whether it is the heading or lead of what follows. columns: what the table calls its
    cells. entry: whether it begins with a place. senses: what it speaks of by its meaning.
    """

    sentence: Sentence
    block: Block
    language: str
    text: str
    ties: tuple[Trigger, ...]
    says: frozenset[str]
    clauses: tuple[Clause, ...]
    places: tuple[Mention, ...]
    parties: tuple[Mention, ...]
    party_of: dict[int, Party]
    countries: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    above: tuple[int, ...]
    opens: bool
    columns: tuple[str, ...]
    entry: bool
    senses: Features

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    @property
    def is_strong(self) -> bool:
        return any(t.is_strong for t in self.ties)

    def clause_at(self, position: int) -> Clause:
        """The clause that holds a character of the reading text; the last where none does."""
        within = (c for c in self.clauses if c.start <= position < c.end)
        return next(within, self.clauses[-1])

    def cell_of(self, position: int) -> int:
        """Index of the cell of a row that holds a character of the reading text; -1 for none."""
        within = (i for i, (a, b) in enumerate(self.block.cells) if a <= position < b)
        return next(within, -1)


def lines(resolved: Resolved, learned: Senses | None = None) -> tuple[Line, ...]:
    """The lines of a document in order; nothing from reference lists and front matter.

    learned: weights of senses, instead of the shipped ones.
    """
    found: list[Line] = []
    first: dict[int, int] = {}
    opened = -1
    blocks = resolved.document.blocks
    last = ""
    for whole in resolved.tagged.sentences:
        block = blocks[whole.block]
        if block.kind in FACTLESS:
            continue
        for sentence in split(resolved, whole):
            under = tuple(first[i] for i in block.under if i in first)
            # a lead of its own paragraph may be no block that the next stands under
            above = under if not under or opened <= under[-1] else (*under, opened)
            above = above or ((opened,) if opened >= 0 else ())
            line = _line(resolved, sentence, block, above, last)
            first.setdefault(whole.block, len(found))
            opened = len(found) if line.opens else opened
            found.append(line)
            last = next((d.value for d in reversed(line.dates)), last)
    meant = senses([line.text for line in found], learned)
    return tuple(replace(line, senses=one) for line, one in zip(found, meant, strict=True))


def _line(
    resolved: Resolved, sentence: Sentence, block: Block, above: tuple[int, ...], last: str
) -> Line:
    """last: the date that was told last, from which a line may count."""
    language = resolved.document.language
    text = masked(resolved, sentence.start, sentence.end)
    sides = parties(resolved, sentence.start, sentence.end)
    party_of = {side.mention.start: side for side in sides}
    places = _places(resolved, sentence, party_of)
    parts = clauses(resolved, sentence)
    dates = _dates(resolved, sentence, parts, last)
    return Line(
        sentence,
        block,
        language,
        text,
        ties(text, language),
        said(text, language),
        parts,
        places,
        tuple(m for m in places if m.start in party_of) or places,
        party_of,
        tuple(s.mention for s in sides if s.is_country and not s.host),
        dates,
        above,
        _opens(text, block) and not (places and dates),
        resolved.document.columns(block),
        bool(places) and _LEAD.fullmatch(text[: places[0].start - sentence.start]) is not None,
        {},
    )


def _places(
    resolved: Resolved, sentence: Sentence, party_of: dict[int, Party]
) -> tuple[Mention, ...]:
    """The cities and regions of a sentence, each by the mention that is a party if any is."""
    found: dict[str, Mention] = {}
    inside = (*resolved.within(sentence.start, sentence.end), *_councils(resolved, sentence))
    for mention in inside:
        if mention.label not in LOCAL or not mention.place_id or means_capital(resolved, mention):
            continue
        known = found.get(mention.place_id)
        if known is None or (known.start not in party_of and mention.start in party_of):
            found[mention.place_id] = mention
    return tuple(sorted(found.values(), key=lambda m: m.start)[:_MOST_PLACES])


def _councils(resolved: Resolved, sentence: Sentence) -> Iterator[Mention]:
    return (c for c in resolved.councils if sentence.start <= c.start < sentence.end)


def _dates(
    resolved: Resolved, sentence: Sentence, parts: Sequence[Clause], last: str
) -> tuple[Mention, ...]:
    inside = resolved.within(sentence.start, sentence.end)
    written = [m for m in inside if m.label == "DATE" and m.value]
    told = [*written, *_counted(parts, written, last, resolved.document.language)]
    return tuple(sorted(told, key=lambda m: m.start))


def _counted(
    parts: Sequence[Clause], written: Sequence[Mention], last: str, language: str
) -> Iterator[Mention]:
    """Dates that clauses count from the one told last: "the same year"."""
    for clause in parts:
        before = [m.value for m in written if m.end <= clause.start]
        found = counted(clause.text, before[-1] if before else last, language)
        if found and not any(clause.start <= m.start < clause.end for m in written):
            span = clause.start + found.start, clause.start + found.end
            yield Mention(*span, "DATE", _COUNTED, found.value)


def _opens(text: str, block: Block) -> bool:
    if block.kind == "heading" or text.rstrip().endswith((":", "：")):
        return True
    return block.kind == "paragraph" and len(text) < _SHORT and not _CLOSED.search(text)


def usual_tie(every: Sequence[Line]) -> str:
    """The kind of tie that a document mostly speaks of, where it speaks of one more than once."""
    counts = Counter(t.topic for line in every for t in line.ties if t.is_strong)
    counts.pop("idiom", None)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else ""
