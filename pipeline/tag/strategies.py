"""Named strategies: a curated vocabulary by alias, rules for others, and acronyms they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.records import Mention, Strategy
from pipeline.tag.strategies_unlisted import beginning, unlisted
from pipeline.tag.strategywords import listed, words

#: Short aliases match in their own case only, and are doubtful without their long form.
_CASED_LENGTH = 6
#: An acronym in brackets right after a name.
_DEFINITION = re.compile(r"\s?[(（][\"“«]?([^\W\d_][\w&-]{1,9})[\"”»]?(?:[,;][^()（）]{0,40})?[)）]")
_QUOTES = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]\S*")


def strategies(text: str, vocabulary: dict[str, Strategy]) -> Iterator[Mention]:
    """Mentions of strategies, with `strategy_id` as value; listed ones come first.

    They may overlap; short aliases come too, see `certain`.
    """
    owners = _owners(tuple(vocabulary.values()))
    for match in _pattern(tuple(owners)).finditer(text):
        name = match[0]
        identifier = owners.get(name) or owners.get(folded(name), "")
        start, end = _trimmed(match)
        if identifier and _is_capitalised(name):
            yield Mention(start, end, "STRATEGY", 0.9, identifier)
    yield from unlisted(text)


def certain(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions of a document without doubtful acronyms, and those that it defines itself.

    text: the whole document. A short alias is kept where it stands for itself (`BRI`), or where
    the document has a longer name of the same strategy.
    """
    found = list(mentions)
    spelt = {m.value for m in found if m.end - m.start > _CASED_LENGTH}
    for mention in found:
        name = text[mention.start : mention.end]
        short = len(name) <= _CASED_LENGTH and name.isascii() and mention.confidence > 0.7
        if not short or name in listed("alone") or mention.value in spelt:
            yield mention
    for acronym, identifier in _defined(text, found).items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?![\w])", text):
            yield Mention(match.start(), match.end(), "STRATEGY", 0.8, identifier)


def _defined(text: str, mentions: Iterable[Mention]) -> dict[str, str]:
    """Acronym -> strategy_id, where the acronym follows a name whose initials it holds."""
    found = {}
    for mention in mentions:
        definition = _DEFINITION.match(text, mention.end)
        name = text[mention.start : mention.end]
        if definition and sum(map(str.isupper, definition[1])) > 1 and definition[1][0] in name:
            found.setdefault(definition[1], mention.value)
    return found


def folded(name: str) -> str:
    """A name without its case, kinds of dashes, quotes and spaces, and dots of ё."""
    name = re.sub(r"[-–—]", "-", " ".join(name.split()).casefold())
    return re.sub(r"\s?-\s?", "-", re.sub(r"[’‘`]", "'", name)).replace("ё", "е")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The span without a kind in small letters (`Green Wall initiative`) and without quotes."""
    name, start, end = match[0], match.start(), match.end()
    if quoted := _QUOTES.fullmatch(name):
        return start + quoted.start(1), start + quoted.end(1)
    start = beginning(name, start)
    kind = re.search(rf"\s{words('kinds_after')}$", name)
    return (start, match.start() + kind.start()) if kind and name[0].isupper() else (start, end)


def _is_capitalised(name: str) -> bool:
    """Whether it is written as a name; letters without case always are."""
    first = re.search(r"[^\W\d_]", name)
    return first is None or not first[0].islower() or not first[0].isascii()


@cache
def _owners(vocabulary: tuple[Strategy, ...]) -> dict[str, str]:
    """Alias -> strategy_id, as written and folded."""
    owners: dict[str, str] = {}
    for strategy in vocabulary:
        for alias in (strategy.name, *strategy.aliases):
            owners.setdefault(alias, strategy.strategy_id)
            if len(alias) > _CASED_LENGTH:
                owners.setdefault(folded(alias), strategy.strategy_id)
    return owners


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    cased = [_one(n) for n in sorted(names, key=len, reverse=True) if len(n) <= _CASED_LENGTH]
    loose = [_one(n) for n in sorted(names, key=len, reverse=True) if len(n) > _CASED_LENGTH]
    first = sorted({n[0].upper() for n in names} | {n[0].lower() for n in names})
    return re.compile(rf"(?=[{re.escape(''.join(first))}])(?:(?i:{'|'.join(loose)})|{'|'.join(cased)})")


def _one(name: str) -> str:
    escaped = re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-–—]")
    escaped = re.sub("[’']", "[’']", escaped.replace("ё", "[её]"))
    worded = name[0].isascii() or "\u0400" <= name[0] <= "\u04ff"
    return rf"(?<!\w){escaped}(?!\w)" if worded and name[-1].isalnum() else escaped
