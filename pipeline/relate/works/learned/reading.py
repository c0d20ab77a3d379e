"""Where a document speaks of which project."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Mention, Resolved, Sentence
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import Part, parts


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the learned models read it.

    telling: mentions in sentences that may state facts.
    naming, short: of each work, the indices of the sentences that name it, and that have its short
    name; parts: what speaks of it; stretches: the same by sentence; named: where each is named, in
    text order.
    today: the date of the document, empty where unknown.
    """

    resolved: Resolved
    sentences: tuple[Sentence, ...]
    works: tuple[Work, ...]
    parts: dict[str, tuple[Part, ...]]
    stretches: dict[tuple[str, int], list[Part]]
    naming: dict[str, tuple[int, ...]]
    short: dict[str, frozenset[int]]
    named: tuple[tuple[int, str], ...]
    today: str
    telling: tuple[Mention, ...]

    def at(self, position: int) -> int:
        """The index of the sentence at or before a place of the text."""
        return _at(self.sentences, position)

    def part(self, work: Work, mention: Mention) -> Part | None:
        """What speaks of a work where a mention stands."""
        here = self.stretches.get((work.key, self.at(mention.start)), ())
        inside = (p for p in here if p.start <= mention.start < p.end)
        return max(inside, key=lambda p: p.confidence, default=None)

    def inside(self, label: Sequence[str]) -> list[Mention]:
        """Mentions of some labels that stand in sentences which may state facts."""
        return [m for m in self.telling if m.label in label]


def _at(sentences: Sequence[Sentence], position: int) -> int:
    return max(0, bisect_right(sentences, position, key=lambda s: s.start) - 1)


def _telling(resolved: Resolved, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    for mention in resolved.mentions if sentences else ():
        if mention.end <= sentences[_at(sentences, mention.start)].end:
            yield mention


def reading(
    resolved: Resolved, sentences: Sequence[Sentence], works: Sequence[Work], today: str
) -> Reading:
    """The reading of a document whose projects are known."""
    found: dict[str, list[Part]] = {work.key: [] for work in works}
    stretches: dict[tuple[str, int], list[Part]] = {}
    for part in parts(resolved, sentences, works):
        found[part.work.key].append(part)
        key = part.work.key, _at(sentences, part.sentence.start)
        stretches.setdefault(key, []).append(part)
    starts = sorted((m.start, work.key) for work in works for m in work.mentions)
    texts = [resolved.tagged.text_of(sentence) for sentence in sentences] if works else []
    return Reading(
        resolved,
        tuple(sentences),
        tuple(works),
        {key: tuple(own) for key, own in found.items()},
        stretches,
        {work.key: _naming(work, sentences) for work in works},
        {w.key: frozenset(i for i, t in enumerate(texts) if w.short.search(t)) for w in works},
        tuple(starts),
        today,
        tuple(_telling(resolved, sentences)),
    )


def _naming(work: Work, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(sorted({_at(sentences, m.start) for m in work.mentions})) if sentences else ()
