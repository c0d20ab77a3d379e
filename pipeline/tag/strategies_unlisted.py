"""Strategies that no list knows, by the shape of their names.

Shapes: capitalised words that end with a kind (`National Adaptation Plan`, `Strategy for Solid
Waste 2019–2028`), a kind or a name with a year to come (`Vision Burundi 2040`, `Azerbaijan
2030`), a family (`Interreg NEXT …`), a quoted name beside its kind (`программа «…»`,
`“…”倡议`), names in Romance languages, and Russian and Chinese names that end with their kind.
Not meant: an organisation, or a kind alone (`the Strategy`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.records import Mention
from pipeline.tag.strategywords import heads, listed, vocabulary, words

Span = tuple[int, int]

_WORD = r"(?:\d{1,2}(?:st|nd|rd|th)|[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w&+]|[’'](?=\w)|[-–](?=\w))*\+?)"
_YEARS = r"(?:,?\s20\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?(?!\d)|\s(?:until|to|till|by)\s20\d\d(?!\d))"
_COMING = r"(?:20[3-9][05]|2047|2063|2100)"
_QUOTED = r"[“\"«„‘]([^\W\d_a-zа-яё][^“”\"«»„‘\n]{2,70})[”\"»“’]"
#: `Gitega–Ulm Roofs Programme` is what two places do, a project.
_PAIR = re.compile(r"[A-Z]\w+[–—-][A-Z]\w+\s.*(?:Programme|Program)$")
_POSSESSIVE = re.compile(r"\S+[’']s?\s+")


def unlisted(text: str) -> Iterator[Mention]:
    """Mentions of strategies that are told by their names alone; they may overlap."""
    finders: tuple[Callable[[str], Iterator[Span]], ...] = (
        _named, _dated, _families, _quoted, _romance, _russian, _han,
    )  # fmt: skip
    for find in finders:
        for start, end in find(text):
            yield Mention(start, end, "STRATEGY", 0.7, "unlisted:" + slug(text[start:end]))


def slug(name: str) -> str:
    """Identifier of a name: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def _named(text: str) -> Iterator[Span]:
    """Names that end with their kind, with what it is for and its years."""
    for match in _named_pattern().finditer(text):
        head = "one" if match["one"] else "two"
        start = beginning(match["before"], match.start())
        kept = text[start : match.start(head)]
        name = text[start : match.end(head)]
        if _follower(text, match.end()) or listed("organisations") & set(re.findall(r"\w+", kept)):
            continue
        count = len(re.findall(rf"(?<!\w){_WORD}", kept))
        least = 1 if match["one"] else 2
        dated = re.search(r"20\d\d", match["tail"]) is not None
        enough = count >= least or dated or (match["one"] and match["tail"])
        if enough and not _is_generic(name) and not _PAIR.match(name):
            yield start, match.end()


def _is_generic(name: str) -> bool:
    return any(name.endswith(generic) for generic in listed("generic"))


def beginning(before: str, start: int) -> int:
    """Where the name begins: after leading small words and a possessive (`Korea's New …`)."""
    cut = 0
    for match in _POSSESSIVE.finditer(before):
        if match[0].strip() not in listed("kept_possessives"):
            cut = match.end()
    while lead := re.match(r"(\w+)\s+(?:(?:the|of|for|and)\s+)*", before[cut:]):
        if lead[1] not in listed("starts"):
            break
        cut += lead.end()
    return start + cut


def _follower(text: str, end: int) -> bool:
    follower = re.match(r"\s(\w+)", text[end : end + 20])
    return follower is not None and follower[1] in listed("followers")


@cache
def _named_pattern() -> re.Pattern[str]:
    link = rf"(?:{words('links')}\s)?"
    forms = rf"(?:(?P<one>{heads(1)})|(?P<two>{heads(2)}))(?!\w|[-–]\w)"
    purpose = rf"(?:\s{words('tails')}\s{_WORD}(?:,?\s{link}{_WORD}){{0,6}}(?<!\d\d\d\d))?"
    tail = rf"(?P<tail>(?:{purpose})(?:{_YEARS})?)"
    before = rf"(?P<before>(?:20\d\d\s)?(?:{_WORD}\s{link}){{0,7}})"
    return re.compile(rf"(?<![\w’'–-]){before}{forms}{tail}")


def _dated(text: str) -> Iterator[Span]:
    """`Vision Burundi 2040`, `Townsville 2030`; `Border 2025` only after a small word."""
    for match in _dated_pattern().finditer(text):
        start = beginning(match[0], match.start())
        tokens = text[start : match.end()].split()[:-1]
        if tokens and not any(t.rstrip(".,") in listed("not_before_year") for t in tokens):
            yield start, match.end()


@cache
def _dated_pattern() -> re.Pattern[str]:
    name = rf"(?:{_WORD}\s){{1,4}}"
    after_small = r"(?<=of\s)|(?<=the\s)|(?<=with\s)|(?<=under\s)|(?<=and\s)"
    kinds = rf"(?:{words('with_year')}\s(?:{_WORD}\s)?20\d\d)"
    return re.compile(
        rf"(?<![\w’'–-])(?:{name}{_COMING}|(?:{after_small})(?:{name})2025|{kinds})(?![\w.,]?\d|-?\w)"
    )


def _families(text: str) -> Iterator[Span]:
    for match in _families_pattern().finditer(text):
        yield match.span()


@cache
def _families_pattern() -> re.Pattern[str]:
    member = rf"(?:\s(?!Project|Secretariat|Office){_WORD}(?:[-–]{_WORD})*){{0,5}}"
    return re.compile(rf"(?<!\w){words('families')}(?!\w){member}")


def _quoted(text: str) -> Iterator[Span]:
    """The inside of quotation marks that stand by a kind."""
    for match in _quoted_pattern().finditer(text):
        yield match.span(1 if match[1] else 2)


@cache
def _quoted_pattern() -> re.Pattern[str]:
    before, after = words("kinds_before"), words("kinds_after")
    return re.compile(rf"(?<!\w)(?i:{before})\s{_QUOTED}|{_QUOTED}\s{after}(?!\w)")


def _romance(text: str) -> Iterator[Span]:
    for match in _romance_pattern().finditer(text):
        yield match.span()


@cache
def _romance_pattern() -> re.Pattern[str]:
    words_on = rf"(?:(?:{words('romance_links')}\s|d[’'])?{_WORD})"
    return re.compile(
        rf"(?<![\w–-]){words('romance')}\s?{words_on}(?:,?\s{words_on}){{0,6}}(?<!\d\d\d\d)(?:{_YEARS})?"
    )


def _russian(text: str) -> Iterator[Span]:
    """`Стратегия развития области до 2035 года`: the years close the name."""
    for match in _russian_pattern().finditer(text):
        yield match.span()


@cache
def _russian_pattern() -> re.Pattern[str]:
    end = r"(?:до|на)\s(?:период\sдо\s)?20\d\d(?:\s?[-–—]\s?20\d\d)?(?:\s(?:года|годы|гг?\.))?"
    return re.compile(rf"(?<!\w){words('russian')}\s(?:[а-яёА-ЯЁ«»-]+\s){{1,12}}?{end}")


def _han(text: str) -> Iterator[Span]:
    generic = re.compile(vocabulary()["han"]["generic"])
    for match in _han_pattern().finditer(text):
        group = match.lastindex or 0
        if not generic.fullmatch(match[group]):
            yield match.span(group)


@cache
def _han_pattern() -> re.Pattern[str]:
    han = vocabulary()["han"]
    word = r"[\u4e00-\u9fff]"
    return re.compile(
        rf"“([^“”\s]{{2,20}})”{han['kinds']}"
        rf"|《([^《》\s]{{2,40}}{han['titles']}(?:[（(][^《》]{{4,20}}[)）])?)》"
        rf"|(?:(?<!{word}){han['before']}?|{han['before']})({word}{{2,10}}?{han['heads']})(?!{word}{{0,2}}(?:性|家|部|局|中心|伙伴))"
    )
