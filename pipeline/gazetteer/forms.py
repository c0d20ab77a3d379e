"""The forms in which a name stands in a text: with its type, inflected, cut short.

Works on the words of `data/region_types.yaml`::

    >>> typed("Province of Quebec")
    Typed(base='quebec', level='first')
    >>> typed("Haidian District")
    Typed(base='haidian', level='second')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.gazetteer.names import is_cjk, key
from pipeline.gazetteer.vocabulary import vocabulary

_LEVELS = ("first", "second", "either", "city")
_MIN_HAN = 2
_MIN_BASE = 3
#: "Pskovskaya oblast", "Gomelskaja voblasc": a town's name made an adjective, in Latin letters.
_ADJECTIVES = ("skaya", "skaja", "skaia", "aya", "aja", "skiy", "skij", "sky", "skyi", "ska", "a")
#: As keys, in which "й" is "и".
_RUSSIAN_ADJECTIVES = ("скии", "ская", "ское")


@dataclass(frozen=True, slots=True)
class Typed:
    """A name without the words of its type, as a key, and the level that they tell of."""

    base: str
    level: str


@cache
def _types() -> dict[str, str]:
    """Key of a type's words -> level; where a word has two levels, `either`."""
    found: dict[str, str] = {}
    for level in _LEVELS:
        for words in vocabulary("region_types")[level].values():
            for word in words:
                known = found.setdefault(key(word), level)
                found[key(word)] = level if known == level else "either"
    return found


@cache
def _little() -> tuple[frozenset[str], frozenset[str]]:
    words = vocabulary("region_types")
    return frozenset(map(key, words["of"])), frozenset(map(key, words["with"]))


@cache
def _han() -> tuple[tuple[str, str], ...]:
    """Han types, longest first."""
    return tuple(
        sorted(((t, v) for t, v in _types().items() if is_cjk(t)), key=lambda e: -len(e[0]))
    )


def typed(name: str) -> Typed | None:
    """The name without its type; None where it has none or would have nothing left."""
    if is_cjk(name):
        folded = key(name)
        for ending, level in _han():
            if folded.endswith(ending) and len(folded) - len(ending) >= _MIN_HAN:
                return Typed(folded[: -len(ending)], level)
        return None
    if "," in name:
        return None
    head, hyphen, last = name.rpartition("-")
    if hyphen and (level := vocabulary("region_types")["hyphened"].get(last)):
        return Typed(key(head), level)
    words = key(name).split()
    if words and words[0] == "the":
        words = words[1:]
    return _behind(words) or _before(words)


def is_area(name: str) -> bool:
    """Whether the name itself says that it is of an area: "Yubei District", 德宏州."""
    form = typed(name)
    return form is not None and form.level != "city"


def _behind(words: list[str]) -> Typed | None:
    """Types after the name: "Guangxi Zhuang Autonomous Region", "Osaka-fu"."""
    level = ""
    attached = _little()[1]
    while len(words) > 1:
        size = next(
            (n for n in (4, 3, 2, 1) if n < len(words) and " ".join(words[-n:]) in _types()), 0
        )
        if size:
            level = level or _types()[" ".join(words[-size:])]
        elif level and words[-1] in attached:
            size = 1
        else:
            break
        words = words[:-size]
    return Typed(" ".join(words), level) if level else None


def _before(words: list[str]) -> Typed | None:
    """Types before the name: "Province of Quebec", "County Cork", "республика карелия"."""
    little, attached = _little()
    start, level = 0, ""
    while start < len(words) - 1:
        size = next((n for n in (3, 2, 1) if " ".join(words[start : start + n]) in _types()), 0)
        if size and start + size < len(words):
            level = level or _types()[" ".join(words[start : start + size])]
            start += size
        elif words[start] in attached and not level:
            start += 1
        else:
            break
    while level and start < len(words) - 1 and words[start] in little:
        start += 1
    return Typed(" ".join(words[start:]), level) if level else None


def is_typed(name: str) -> bool:
    """Whether a name holds the word of a region's type."""
    found = typed(name)
    return found is not None and found.level != "city"


def bare(name: str) -> str:
    """Key of a name without its type, or ``."""
    found = typed(name)
    return found.base if found and len(found.base) >= (2 if is_cjk(name) else _MIN_BASE) else ""


def unadjectived(base: str) -> tuple[str, ...]:
    """Keys of the towns that an adjective may be made of: `pskovskaya`, `пудожскии`."""
    found = [base[: -len(e)] for e in _ADJECTIVES if base.endswith(e)]
    found += [
        f"{base[:-4]}{ending}"
        for adjective in _RUSSIAN_ADJECTIVES
        if base.endswith(adjective)
        for ending in ("", "ск", "о", "ь", "а")
    ]
    return tuple(town for town in found if len(town) >= _MIN_BASE)
