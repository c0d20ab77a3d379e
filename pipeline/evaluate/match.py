"""Which of our rows is which hand-made row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from pipeline.gazetteer.names import key

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
    likeness = likeness_of_projects if table == "projects" else likeness_of_pairs
    scored = (
        (likeness(one, other), i, j) for i, one in enumerate(theirs) for j, other in enumerate(ours)
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1], s[2])):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def likeness_of_pairs(theirs: Mapping[str, Any], ours: Mapping[str, str]) -> float:
    """0 to 100, in whichever order the two places stand; 0 where they are not the same."""
    a, b = _side(theirs, "place_a"), _side(theirs, "place_b")
    c, d = _side(ours, "place_a"), _side(ours, "place_b")
    return max(min(_place(a, c), _place(b, d)), min(_place(a, d), _place(b, c)))


def swapped(theirs: Mapping[str, Any], ours: Mapping[str, str]) -> bool:
    """Whether their first place is our second."""
    a, b = _side(theirs, "place_a"), _side(theirs, "place_b")
    c, d = _side(ours, "place_a"), _side(ours, "place_b")
    return min(_place(a, d), _place(b, c)) > min(_place(a, c), _place(b, d))


def likeness_of_projects(theirs: Mapping[str, Any], ours: Mapping[str, str]) -> float:
    """0 to 100 by name; 0 where it is another project."""
    mine, other = _words(ours["name"]), _words(str(theirs["name"]))
    if not mine or not other:
        return 0.0
    shared = len(mine & other) / len(mine | other)
    alike = fuzz.ratio(folded(str(theirs["name"])), folded(ours["name"]))
    return max(100 * shared, alike) if shared >= _SAME_WORDS or alike >= _SAME_PROJECT else 0.0


def same_place(one: str, other: str) -> bool:
    """Whether two names are of one place."""
    return _place((folded(one),), (folded(other),)) > 0


def _side(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    names = (row.get(name), row.get(f"{name}_text"), row.get(f"{name}_id"))
    return tuple(folded(str(n)) for n in names if n)


def _place(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if set(one) & set(other):
        return 100.0
    best = max((fuzz.ratio(a, b, score_cutoff=_SAME_PLACE) for a in one for b in other), default=0)
    return float(best)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(w.rstrip("s") for w in re.findall(r"\w+", folded(name)) if w not in _FILLERS)
