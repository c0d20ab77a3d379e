"""Where a document speaks of which project."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Mention, Resolved, Sentence
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import Part, parts


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the learned models read it.

    naming: of each work, the indices of the sentences that name it; parts: what speaks of it;
    today: the date of the document, empty where unknown.
    """

    resolved: Resolved
    sentences: tuple[Sentence, ...]
    works: tuple[Work, ...]
    parts: dict[str, tuple[Part, ...]]
    naming: dict[str, tuple[int, ...]]
    today: str

    def at(self, position: int) -> int:
        """The index of the sentence at or before a place of the text."""
        return max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)

    def part(self, work: Work, mention: Mention) -> Part | None:
        """What speaks of a work where a mention stands."""
        inside = (p for p in self.parts[work.key] if p.start <= mention.start < p.end)
        return max(inside, key=lambda p: p.confidence, default=None)

    def inside(self, label: Sequence[str]) -> list[Mention]:
        """Mentions of some labels that stand in sentences which may state facts."""
        return [
            m
            for m in self.resolved.mentions
            if m.label in label and self.sentences and m.end <= self.sentences[self.at(m.start)].end
        ]


def reading(
    resolved: Resolved, sentences: Sequence[Sentence], works: Sequence[Work], today: str
) -> Reading:
    """The reading of a document whose projects are known."""
    stretches: dict[str, list[Part]] = {work.key: [] for work in works}
    for part in parts(resolved, sentences, works):
        stretches[part.work.key].append(part)
    made = Reading(
        resolved,
        tuple(sentences),
        tuple(works),
        {key: tuple(found) for key, found in stretches.items()},
        {},
        today,
    )
    for work in works:
        starts = sorted({made.at(m.start) for m in work.mentions}) if sentences else []
        made.naming[work.key] = tuple(starts)
    return made
