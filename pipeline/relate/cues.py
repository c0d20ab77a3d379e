"""The words of `vocab/partnerships.yaml`, compiled, and what a stretch of text says by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from pipeline.vocabulary import read
from pipeline.wordlist import WordList, word_list

Status = Literal["active", "planned", "suspended", "ended"]
#: What stands in brackets, mostly said of the name before it.
BRACKETED = re.compile(r"\([^)]*\)|（[^）]*）")
_ORDER: tuple[Status, ...] = ("ended", "suspended", "planned")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word for a relationship. strong: makes two places of a clause partners by itself."""

    start: int
    end: int
    kind: str
    strong: bool


@cache
def words(name: str) -> WordList:
    """All patterns of a list of the vocabulary as one."""
    return word_list(_file()[name])


@lru_cache(maxsize=16384)
def says(name: str, text: str) -> bool:
    """Whether a text has a word of a list of the vocabulary."""
    return words(name).search(text) is not None


@lru_cache(maxsize=4096)
def kinds(text: str) -> tuple[Cue, ...]:
    """Cues of a text in order, none inside another; the kind listed first wins a place."""
    if not _every_kind().may_match(text):
        return ()
    text = words("nonbonds").sub(lambda m: " " * len(m[0]), text)
    found: list[Cue] = []
    for strong in (True, False):
        for kind, pattern in _kinds(strong).items():
            for match in pattern.finditer(text):
                if not any(match.start() < c.end and c.start < match.end() for c in found):
                    found.append(Cue(match.start(), match.end(), kind, strong))
    strong_ends = [c.end for c in found if c.strong and c.kind != "idiom"]
    telling = (c for c in found if c.strong or not any(0 <= c.start - e < 25 for e in strong_ends))
    return tuple(sorted(telling, key=lambda cue: cue.start))


def settled(kind: str, usual: str) -> str:
    """The kind of a partnership, where a cue leaves it open. usual: the kind of the document."""
    if kind == "bare":
        return usual or "cooperation_agreement"
    return (usual or "other") if kind == "idiom" else kind


def usual(text: str) -> str:
    """The kind that a document mostly speaks of, where it speaks of one more than once."""
    counts = Counter(cue.kind for cue in kinds(text) if cue.strong and cue.kind != "idiom")
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else ""


def harmless(text: str) -> str:
    """The text with the words blanked that look like an end or a denial and are none."""
    return words("still").sub(lambda m: " " * len(m[0]), text)


@lru_cache(maxsize=4096)
def status(text: str, anchor: int | None = None) -> Status:
    """What has become of a partnership by the words of a clause; active where none tells.

    anchor: where the word for the relationship stands; the status next to it counts.
    """
    if not any(pattern.may_match(text) for pattern in _statuses().values()):
        return "active"
    text = harmless(text)
    found = [(m.start(), s) for s in _ORDER for m in _statuses()[s].finditer(text)]
    if not found:
        return "active"
    if anchor is None:
        return gravest({name for _, name in found})
    return min(found, key=lambda f: (abs(f[0] - anchor), _ORDER.index(f[1])))[1]


def gravest(found: Collection[Status]) -> Status:
    """The status that outweighs the others; active where there is none."""
    return next((name for name in _ORDER if name in found), "active")


def status_cues(text: str, which: Status) -> list[int]:
    """Where the words of a status stand."""
    if which == "active":
        return []
    return [m.start() for m in _statuses()[which].finditer(harmless(text))]


@lru_cache(maxsize=4096)
def denied(text: str) -> bool:
    """Whether the clause says that there is no partnership (an end or a plan is no denial)."""
    if not words("negations").search(text):
        return False
    text = harmless(text)
    for name in _ORDER:
        text = _statuses()[name].sub(lambda m: " " * len(m[0]), text)
    return _reaches(words("negations"), text, 30)


@lru_cache(maxsize=4096)
def imagined(text: str) -> bool:
    """Whether the clause only thinks of a partnership."""
    return _reaches(words("hypotheticals"), text, 25)


def _reaches(pattern: WordList, text: str, behind: int) -> bool:
    """Whether a word stands in front of the last word for a relationship, or close behind it."""
    cues = kinds(text)
    low, high = 0, len(text)
    if cues:
        low, high = text.rfind(": ", 0, cues[-1].start) + 1, cues[-1].end + behind
    return any(low <= m.start() < high for m in pattern.finditer(text))


@cache
def _kinds(strong: bool) -> dict[str, WordList]:
    key = "strong" if strong else "weak"
    return {kind: word_list(group[key]) for kind, group in _file()["kinds"].items() if group[key]}


@cache
def _every_kind() -> WordList:
    groups = _file()["kinds"].values()
    return word_list([p for group in groups for key in ("strong", "weak") for p in group[key]])


@cache
def _statuses() -> dict[Status, WordList]:
    return {name: word_list(_file()["statuses"][name]) for name in _ORDER}


@cache
def _file() -> Any:
    return read("pipeline.relate", "partnerships")
