"""Whether two names are of one project."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Prefix

from pipeline.gazetteer.names import is_cjk, key
from pipeline.vocabulary import read

#: Words of eight letters or more this alike (0 to 100) differ by a slip of the pen.
_SLIP = 90
_LONG = 8
#: Words of more letters may have endings of four letters, others of two.
_ENDED = 10
#: Names without spaces are compared as a whole.
_SHORT_NAME = 4
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^(?:\d+|[ivx]{1,4})$")


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    lists = read("pipeline.consolidate", "project_names")
    return {name: frozenset(found) for name, found in lists.items()}


@cache
def core(name: str) -> str:
    """A name without case, accents, punctuation and words such as "project".

    >>> core("The Harbour Light Project"), core("HARBOUR LIGHT")
    ('harbour light', 'harbour light')
    """
    text = key(" ".join(_WORD.findall(name)))
    for suffix in sorted(_vocabulary()["suffixes"], key=lambda s: (-len(s), s)):
        text = text.removesuffix(suffix) or text
    kept = [w for w in text.split() if w not in _vocabulary()["fillers"]]
    return " ".join(kept) or text


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name's core; for scripts without spaces its pairs of characters."""
    text = core(name)
    if is_cjk(text):
        whole = text.replace(" ", "")
        return tuple(whole[i : i + 2] for i in range(max(1, len(whole) - 1)))
    return tuple(text.split())


def alike(one: str, other: str) -> tuple[float, bool]:
    """(how alike two names are, 0 to 100; whether what they share says which project it is).

    A name is like its shorter form, but not like one that has another word in the same place:

    >>> alike("Elbe Coffee School", "Project Elbe Coffee School")
    (100.0, True)
    >>> alike("Elbe Coffee School", "Elbe Coffee Museum")[0]
    0.0
    """
    a, b = core(one), core(other)
    if not a or not b or _numbers(a) != _numbers(b):
        return 0.0, False
    if is_cjk(a) or is_cjk(b):
        return _written_together(a.replace(" ", ""), b.replace(" ", ""))
    left, right = sorted((a.split(), b.split()), key=lambda w: (len(w), w))
    shared = [w for w in left if any(_same(w, v) for v in right)]
    telling = [w for w in shared if w not in _vocabulary()["kinds"] and len(w) > 2]
    if len(shared) < len(left):
        return 0.0, False
    if len(left) == len(right):
        return max(fuzz.token_sort_ratio(a, b), 90.0), bool(telling)
    if not telling:
        return 0.0, False
    # a shorter form: one word alone may be the name of much else
    return (90.0 if len(shared) > 1 else 80.0), len(shared) > 1


def _same(word: str, other: str) -> bool:
    """Whether two words differ by their ending only ("парк", "парка"), or by a slip."""
    if word == other:
        return True
    length = max(len(word), len(other))
    ending = 4 if length > _ENDED else 2
    stem = Prefix.similarity(word, other)
    if stem >= 4 and stem >= length - ending:
        return True
    return min(len(word), len(other)) >= _LONG and fuzz.ratio(word, other) >= _SLIP


def _numbers(name: str) -> set[str]:
    """Numbers tell the phases and lines of a project apart."""
    return {w for w in name.split() if _NUMBER.match(w)} | set(re.findall(r"\d+", name))


def _written_together(a: str, b: str) -> tuple[float, bool]:
    telling = not {a, b} & _vocabulary()["short_kinds"]
    if a == b:
        return 100.0, telling and len(a) >= _SHORT_NAME
    small, large = sorted((a, b), key=len)
    if len(small) >= _SHORT_NAME and small in large:
        return (90.0 if telling else 0.0), telling
    return 0.0, False
