"""Which of our rows is which hand-made row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from rapidfuzz import fuzz

from pipeline.gazetteer.names import key

T = TypeVar("T")
Names = tuple[str, ...]
Pair = tuple[Names, Names]
Name = tuple[str, frozenset[str]]

#: Names this alike (0 to 100) are one place: spellings differ by a letter or two.
_SAME_PLACE = 88
#: Names of projects are one where they share half of their words, or are this alike.
_SAME_WORDS, _SAME_PROJECT = 0.5, 75
_GENERIC = re.compile(
    r"\b(?:the|city of|city|municipality of|municipality|town of|urban district of)\b"
)
_FILLERS = frozenset({"of", "and", "in", "for", "project", "a", "an"})


@cache
def folded(name: str) -> str:
    """A name without case, accents, punctuation and generic words.

    >>> folded("City of Gdańsk"), folded("GDANSK")
    ('gdansk', 'gdansk')
    """
    plain = key(re.sub(r"[^\w\s]", " ", name))
    return " ".join(_GENERIC.sub(" ", plain).split()) or plain


def title(table: str, row: Mapping[str, Any]) -> str:
    """A row in words."""
    return str(row["name"]) if table == "projects" else f"{row['place_a']} + {row['place_b']}"


def matched(
    table: str, theirs: Sequence[Mapping[str, Any]], ours: Sequence[Mapping[str, str]]
) -> dict[int, int]:
    """One of our rows at most for each of theirs, the likest first: index to index."""
    if table == "projects":
        scored = _all(list(map(_project, theirs)), list(map(_project, ours)), _alike_projects)
    else:
        scored = _all(list(map(_pair, theirs)), list(map(_pair, ours)), _alike_pairs)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def swapped(theirs: Mapping[str, Any], ours: Mapping[str, str]) -> bool:
    """Whether their first place is our second."""
    (a, b), (c, d) = _pair(theirs), _pair(ours)
    return _both(a, d, b, c) > _both(a, c, b, d)


def same_place(one: str, other: str) -> bool:
    """Whether two names are of one place."""
    return _place((folded(one),), (folded(other),)) > 0


def _all(
    theirs: Sequence[T], ours: Sequence[T], likeness: Callable[[T, T], float]
) -> Iterator[tuple[float, int, int]]:
    """(minus the likeness, index, index) of all that are alike at all."""
    for i, one in enumerate(theirs):
        for j, other in enumerate(ours):
            if alike := likeness(one, other):
                yield -alike, i, j


def _alike_pairs(one: Pair, other: Pair) -> float:
    """0 to 100, in whichever order the two places stand; 0 where they are not the same."""
    (a, b), (c, d) = one, other
    return max(_both(a, c, b, d), _both(a, d, b, c))


def _both(a: Names, c: Names, b: Names, d: Names) -> float:
    first = _place(a, c)
    return min(first, _place(b, d)) if first else 0.0


def _alike_projects(one: Name, other: Name) -> float:
    """0 to 100 by name; 0 where it is another project."""
    (text, words), (known, others) = one, other
    if not words or not others:
        return 0.0
    shared = len(words & others) / len(words | others)
    alike = fuzz.ratio(text, known)
    return max(100 * shared, alike) if shared >= _SAME_WORDS or alike >= _SAME_PROJECT else 0.0


def _pair(row: Mapping[str, Any]) -> Pair:
    return _side(row, "place_a"), _side(row, "place_b")


def _side(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    names = (row.get(name), row.get(f"{name}_text"), row.get(f"{name}_id"))
    return tuple(folded(str(n)) for n in names if n)


def _place(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if set(one) & set(other):
        return 100.0
    best = max((fuzz.ratio(a, b, score_cutoff=_SAME_PLACE) for a in one for b in other), default=0)
    return float(best)


def _project(row: Mapping[str, Any]) -> Name:
    text = folded(str(row["name"]))
    words = (w.rstrip("s") for w in re.findall(r"\w+", text) if w not in _FILLERS)
    return text, frozenset(words)
