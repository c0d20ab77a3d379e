"""Where a document speaks of which project."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Mention, Resolved, Sentence
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import Part, parts


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the learned models read it.

    telling: mentions in sentences that may state facts.
    naming, short: of each work, the indices of the sentences that name it, and that have its short
    name; every: all of `naming`, in order. parts: what speaks of it; years: those beside it, in
    order; named: where each is named, in text order. starts, stretches: of each sentence, where it
    begins, and the parts in it.
    today: the date of the document, empty where unknown.
    """

    resolved: Resolved
    sentences: tuple[Sentence, ...]
    works: tuple[Work, ...]
    parts: dict[str, tuple[Part, ...]]
    years: dict[str, tuple[str, ...]]
    starts: tuple[int, ...]
    stretches: dict[int, list[Part]]
    naming: dict[str, tuple[int, ...]]
    every: tuple[int, ...]
    short: dict[str, frozenset[int]]
    named: tuple[tuple[int, str], ...]
    today: str
    telling: tuple[Mention, ...]

    def at(self, position: int) -> int:
        """The index of the sentence at or before a place of the text."""
        return _at(self.starts, position)

    def around(self, mention: Mention) -> list[Part]:
        """What speaks of works where a mention stands."""
        here = self.stretches.get(self.at(mention.start), ())
        return [p for p in here if p.start <= mention.start < p.end]

    def part(self, work: Work, mention: Mention) -> Part | None:
        """What speaks of a work where a mention stands."""
        own = (p for p in self.around(mention) if p.work.key == work.key)
        return max(own, key=lambda p: p.confidence, default=None)

    def apart(self, work: Work, index: int) -> int | None:
        """Sentences from one to the nearest that names a work; None where none does."""
        naming = self.naming[work.key]
        at = bisect_right(naming, index)
        return min((abs(i - index) for i in naming[max(0, at - 1) : at + 1]), default=None)

    def inside(self, label: Sequence[str]) -> list[Mention]:
        """Mentions of some labels that stand in sentences which may state facts."""
        return [m for m in self.telling if m.label in label]


def _at(starts: Sequence[int], position: int) -> int:
    return max(0, bisect_right(starts, position) - 1)


def reading(
    resolved: Resolved, sentences: Sequence[Sentence], works: Sequence[Work], today: str
) -> Reading:
    """The reading of a document whose projects are known."""
    starts = tuple(s.start for s in sentences)
    found: dict[str, list[Part]] = {work.key: [] for work in works}
    stretches: dict[int, list[Part]] = {}
    for part in parts(resolved, sentences, works):
        found[part.work.key].append(part)
        stretches.setdefault(_at(starts, part.sentence.start), []).append(part)
    texts = [resolved.tagged.text_of(sentence) for sentence in sentences] if works else []
    naming = {work.key: _naming(work, found[work.key], starts) for work in works}
    return Reading(
        resolved,
        tuple(sentences),
        tuple(works),
        {key: tuple(own) for key, own in found.items()},
        {key: _years(resolved, own) for key, own in found.items()},
        starts,
        stretches,
        naming,
        tuple(sorted(index for own in naming.values() for index in own)),
        {w.key: frozenset(i for i, t in enumerate(texts) if w.short.search(t)) for w in works},
        tuple(sorted(_named(works, found))),
        today,
        tuple(_telling(resolved, sentences, starts)),
    )


def _years(resolved: Resolved, own: Sequence[Part]) -> tuple[str, ...]:
    inside = (m for p in own for m in resolved.within(p.start, p.end))
    dates = (m.value for m in inside if m.label == "DATE" and m.value[:4].isdigit())
    return tuple(sorted({value[:4] for value in dates}))


def _naming(work: Work, own: Sequence[Part], starts: Sequence[int]) -> tuple[int, ...]:
    """A project that is named at the end of its story counts as named where that begins."""
    begin = [p.start for p in own[:1]]
    places = [*(m.start for m in work.mentions), *begin]
    return tuple(sorted({_at(starts, place) for place in places})) if starts else ()


def _named(works: Sequence[Work], found: Mapping[str, Sequence[Part]]) -> Iterator[tuple[int, str]]:
    for work in works:
        yield from ((m.start, work.key) for m in work.mentions)
        begin = min((p.start for p in found[work.key]), default=work.first.start)
        if begin < work.first.start:
            yield begin, work.key


def _telling(
    resolved: Resolved, sentences: Sequence[Sentence], starts: Sequence[int]
) -> Iterator[Mention]:
    for mention in resolved.mentions if sentences else ():
        if mention.end <= sentences[_at(starts, mention.start)].end:
            yield mention
