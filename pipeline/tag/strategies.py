"""Named strategies: a curated vocabulary by alias."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.records import Mention, Strategy

#: Short aliases match in their own case only.
_CASED_LENGTH = 6
#: A strategy that no list knows: "2035 National Sustainable Development Strategy".
_UNLISTED = re.compile(
    r"(?:\b(?:20\d\d)\s)?\b(?:[A-Z][\w'’-]+\s(?:(?:and|for|of|the)\s)?){1,6}"
    r"(?:Strategy|Agenda|Initiative|Action\sPlan|Master\sPlan|Mobility\sPlan|Programme|Mission)"
    r"(?:\s20\d\d(?:[-–]20\d\d)?)?\b"
)


def strategies(text: str, vocabulary: dict[str, Strategy]) -> Iterator[Mention]:
    """Mentions of listed strategies, with `strategy_id` as value."""
    owners = _owners(tuple(vocabulary.values()))
    for match in _pattern(tuple(owners)).finditer(text):
        name = match[0]
        if len(name) > _CASED_LENGTH or name in owners:
            identifier = owners.get(name) or owners[re.sub(r"\s+", " ", name).casefold()]
            yield Mention(match.start(), match.end(), "STRATEGY", 0.9, identifier)
    for match in _UNLISTED.finditer(text):
        yield Mention(match.start(), match.end(), "STRATEGY", 0.7, "unlisted:" + slug(match[0]))


def slug(name: str) -> str:
    """Identifier of a name: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", name.casefold()))


@cache
def _owners(vocabulary: tuple[Strategy, ...]) -> dict[str, str]:
    """Alias -> strategy_id, as written and casefolded."""
    owners: dict[str, str] = {}
    for strategy in vocabulary:
        for alias in (strategy.name, *strategy.aliases):
            owners[alias] = strategy.strategy_id
            if len(alias) > _CASED_LENGTH:
                owners.setdefault(alias.casefold(), strategy.strategy_id)
    return owners


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    def one(name: str) -> str:
        escaped = re.escape(name).replace(r"\ ", r"\s+")
        latin = name[0].isascii() or "\u0400" <= name[0] <= "\u04ff"
        return rf"\b{escaped}\b" if latin and name[-1].isalnum() else escaped

    cased = [one(n) for n in sorted(names, key=len, reverse=True) if len(n) <= _CASED_LENGTH]
    loose = [one(n) for n in sorted(names, key=len, reverse=True) if len(n) > _CASED_LENGTH]
    return re.compile(f"(?i:{'|'.join(loose)})|{'|'.join(cased)}")
