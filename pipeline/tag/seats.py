"""Seats: the place whose document it is, named only in its offices or its title.

"Gunsan City Hall | Sister Cities" and "Prefeitura de Santos" are bodies, and no mention of a town;
but the names in them are of towns, and so they are wherever the document names them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Block, Mention
from pipeline.vocabulary import read

#: A document says whose it is in so many blocks at its top.
_TOP_BLOCKS = 6
_WORD = r"[A-ZÀ-ÞŁŚŻĐČŠŽ][\w’'-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|del|da|do|di|la|el|of|the|upon|an|am|sur) )?{_WORD}){{0,3}}"
_TITLE = re.compile(rf"^({_NAME})(?:, {_NAME})?$")
_MOST_WORDS = 4
_ARTICLES = ("The", "A", "La", "Le")
#: A seat is a town of some size: an office of a hamlet is told by its own words.
_LEAST = 2_000
TITLED, _OFFICIAL = 0.88, 0.6


def seats(text: str, blocks: tuple[Block, ...], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Names of towns in the offices and the title at the top of a document.

    One in the title is surer (`TITLED`): there the name stands alone.
    """
    for index, block in enumerate(blocks[:_TOP_BLOCKS]):
        if block.kind == "reference":
            continue
        piece = text[block.start : block.end]
        for match in _office("after").finditer(piece):
            which = "led" if match["led"] else "follows"
            yield from _named(match[which], block.start + match.start(which), gazetteer)
        title = _TITLE.match(piece.strip()) if index == 0 else None
        if title and not title[1].isupper() and _is_town(title[1], gazetteer):
            start = block.start + piece.index(title[1])
            yield Mention(start, start + len(title[1]), "CITY", TITLED)


def council(name: str, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Where a body's name has the town that it speaks for: "Suva" of "Suva City Council"."""
    match = _office("councils").fullmatch(name)
    which = "led" if match and match["led"] else "follows"
    return match.span(which) if match and _is_town(match[which], gazetteer) else None


def _named(name: str, start: int, gazetteer: Gazetteer) -> Iterator[Mention]:
    """The longest beginning or end of a run of capitalised words that is a town."""
    words = [m.span() for m in re.finditer(r"\S+", name) if m[0] not in _ARTICLES][:_MOST_WORDS]
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            a, b = words[first][0], words[first + size - 1][1]
            if _is_town(name[a:b], gazetteer):
                yield Mention(start + a, start + b, "CITY", _OFFICIAL)
                return


def _is_town(name: str, gazetteer: Gazetteer) -> bool:
    return len(name) > 2 and any(
        c.place.kind == "city" and c.main and c.population >= _LEAST
        for c in gazetteer.candidates(name)
    )


@cache
def _office(behind: str) -> re.Pattern[str]:
    """behind: the list of words that follow a name."""
    vocabulary = read("pipeline.tag", "seats")
    before, after = ("|".join(vocabulary[key]) for key in ("before", behind))
    return re.compile(rf"\b(?i:{before}) (?P<led>{_NAME})|\b(?P<follows>{_NAME}) (?i:{after})")
