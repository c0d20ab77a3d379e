"""Named strategies: a curated vocabulary by alias, rules for others, and acronyms they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.records import Mention, Strategy
from pipeline.tag.strategies_unlisted import beginning, unlisted
from pipeline.tag.strategywords import listed, words

#: Short aliases match in their own case only, and are doubtful without their long form.
_CASED_LENGTH = 6
#: An acronym in brackets right after a name.
_DEFINITION = re.compile(
    r"\s?[(（][\"“«]?([^\W\d_][\w&-]{1,9})[\"”»]?(?:[,;][^()（）]{0,40})?[)）]"
)
#: What the vocabulary adds to a name and texts do not: its country in brackets, signs at the end.
_QUALIFIER = re.compile(r"\s*\([^()]*\)$|(?<=\w)[^\w\s+]+$")
_ENDING = re.compile(
    r"(?<=[а-яі]{3})(?:[аяыи]ми|[оеы]го|[оеы]му|[ая]х|[ое]в|[оеыи]й|[ыи]х|[аяоеыи]м|ую|юю|ая|яя|ое|ее"
    r"|ые|ие|[аяоеыиуюьй])(?![а-яі])"
)
#: A word, or one Chinese character.
_TOKEN = re.compile(r"[^\W_\u3400-\u9fff]+\+?|[\u3400-\u9fff]")


def strategies(text: str, names: Aliases) -> Iterator[Mention]:
    """Mentions of strategies, with `strategy_id` as value; listed ones come first.

    They may overlap; short aliases come too, see `certain`.
    """
    known = list(_listed(text, names))
    yield from known
    for mention in unlisted(text):
        inside = [k.end for k in known if mention.start <= k.start and k.end <= mention.end]
        rest = text[min(inside, default=mention.end) : mention.end]
        if not re.match(r",?\s(?:and|und|et|y|и)\s", rest):
            yield mention


def _listed(text: str, names: Aliases) -> Iterator[Mention]:
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    position = 0
    while position < len(tokens):
        start = tokens[position][0]
        token = text[start : tokens[position][1]]
        small = token[0].islower() and token not in names.small
        counts = () if small else names.lengths.get(_key(token), ())
        ends = ((n, tokens[position + n - 1][1]) for n in counts if position + n <= len(tokens))
        found = next(((n, end, i) for n, end in ends if (i := names.owner(text[start:end]))), None)
        if found:
            yield Mention(*_trimmed(text, start, found[1]), "STRATEGY", 0.9, found[2])
        position += found[0] if found else 1


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
    found: dict[str, str] = {}
    for mention in mentions:
        definition = _DEFINITION.match(text, mention.end)
        name = text[mention.start : mention.end]
        if definition and sum(map(str.isupper, definition[1])) > 1 and definition[1][0] in name:
            found.setdefault(definition[1], mention.value)
    return found


def folded(name: str) -> str:
    """A name without its case, quotation marks, kinds of dashes and spaces, and dots of ё.

    Words of a name of several lose their Slavic endings: `Экономического пояса` is found by
    `Экономический пояс`.
    """
    name = re.sub(r"[“”\"«»]", "", name).casefold().replace("ё", "е")
    name = re.sub(r"\s*[-–—]\s*", "-", re.sub("[’‘`]", "'", " ".join(name.split())))
    return _ENDING.sub("", name) if " " in name else name


@lru_cache(maxsize=65536)
def _key(token: str) -> str:
    """The first word of a name, folded as within the name."""
    return folded(f"{token} x")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a kind in small letters (`Green Wall initiative`) or outside of quotes."""
    name = text[start:end]
    closing = re.search('[”"»]', name)
    if closing and text[max(0, start - 1) : start] in ("“", '"', "«", "„"):
        return start, start + closing.start()
    kind = re.search(rf"\s{words('kinds_after')}$", name)
    end = start + kind.start() if kind and name[0].isupper() else end
    return beginning(name, start), end


@dataclass(frozen=True, slots=True)
class Aliases:
    """Names of strategies by their folded form, and how many tokens they have.

    short: aliases that count only as written (acronyms, and names in small letters).
    lengths: folded first token -> counts of tokens, the greatest first. small: the first tokens of
    names that begin with a small letter.
    """

    loose: dict[str, str]
    short: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    small: frozenset[str]

    def owner(self, name: str) -> str:
        """The strategy_id of a name as a text writes it; empty for none."""
        if name in self.short:
            return self.short[name]
        first = next((c for c in name if c.isalpha()), "")
        lower = first.islower() and not name[0].isdigit()
        return "" if lower else self.loose.get(folded(name), "")


@cache
def aliases(vocabulary: tuple[Strategy, ...]) -> Aliases:
    """The names of strategies, prepared to be found in texts."""
    loose: dict[str, str] = {}
    short: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for strategy in vocabulary:
        for listed_name in (strategy.name, *strategy.aliases):
            alias = _QUALIFIER.sub("", listed_name)
            if len(alias) > _CASED_LENGTH and not alias[0].islower():
                loose.setdefault(folded(alias), strategy.strategy_id)
            else:
                short.setdefault(alias, strategy.strategy_id)
            tokens = _TOKEN.findall(alias)
            lengths.setdefault(_key(tokens[0]), set()).add(len(tokens))
    return Aliases(
        loose,
        short,
        {t: tuple(sorted(found, reverse=True)) for t, found in lengths.items()},
        frozenset(_TOKEN.findall(name)[0] for name in short if name[0].islower()),
    )
