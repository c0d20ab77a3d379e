"""The words around a place of the text, shortened to their stems, names and numbers blanked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from pipeline.records import Resolved
from pipeline.relate.projects.names import Work
from pipeline.stems import stems

_START = attrgetter("start")
_BESIDE, _NEAR = 3, 8


def words(resolved: Resolved, start: int, end: int, work: Work | None = None) -> list[str]:
    """Stems of a stretch of text; a name is its label, the project spoken of `<this>`."""
    found: list[str] = []
    text, position = resolved.document.text, start
    own = {m.start for m in work.mentions} if work else set()
    mentions = resolved.mentions
    index = bisect_left(mentions, start, key=_START)
    while index < len(mentions) and mentions[index].start < end:
        mention = mentions[index]
        index += 1
        if mention.start < position:
            continue
        found += stems(text[position : mention.start])
        found.append("<this>" if mention.start in own else f"<{mention.label.casefold()}>")
        position = mention.end
    return [*found, *stems(text[position:end])] if position < end else found


def around(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Words before and after a mention, the nearest ones with their place."""
    for place, word in enumerate(reversed(before[-_BESIDE:]), start=1):
        yield f"b{place}={word}"
    for place, word in enumerate(after[:_BESIDE], start=1):
        yield f"a{place}={word}"
    yield from (f"b:{word}" for word in before[-_NEAR:])
    yield from (f"a:{word}" for word in after[:_NEAR])
    if len(before) > 1:
        yield f"b12={before[-2]} {before[-1]}"
    if len(after) > 1:
        yield f"a12={after[0]} {after[1]}"
