"""Places that an entry of a list or a row of a table gives away: a name beside its country.

Found: "- Graz, Austria (2001)", "• Germany Holzkirchen, Bavaria, Germany", "3 | Elmina | Ghana |
2017", and what stands under a head like "City" or "Partner". Where a country stands beside a name,
the gazetteer has to know it as one of that country, or not at all: then it must be no word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from pipeline.gazetteer.forms import is_area
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.gazetteer.names import is_cjk, key
from pipeline.records import Label, Mention
from pipeline.tag.placewords import columns

Span = tuple[int, int]
IsWord = Callable[[str], bool]
#: What an entry begins with: bullets and numbers.
_LEAD = re.compile(r"^\s*(?:[^\w\s(（]+\s*|\(?\d{1,3}[.)．、）]\s*|[（(]?[a-z一-十]{1,2}[)）]\s*)*")
#: What parts a name from the next, and ends what an entry names.
_PART = re.compile(r"\s*[,，、/]\s*|\s*[(（]|\s+[–—-]\s+")
_END = re.compile(r"[;；:：)）.。]|\s[–—-]\s|\bsince\b|\d|\t|\|")
#: What a cell says beside its name: "Soissons (id.)", "Neves *", "Graz [2]".
_REMARK = re.compile(r"\s*(?:[(（\[][^()（）\[\]]*[)）\]]|[*†‡]+)$")
#: Longer lines tell, they do not list.
_LONGEST = 90
_MOST_PARTS, _COUNTRY_WORDS = 4, 3
_SURE, _HEADED, _UNKNOWN = 0.95, 0.9, 0.7
#: Names that nobody knows: as long as these, and of no body.
_LATIN = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|of|am|an der|upon|sur|la) )?[A-ZÀ-Þ][\w’'-]+){0,2}"
)
_HAN = re.compile(r"[\u3400-\u9fff]{2,8}")
_HAN_BODY = re.compile(r"(?:团|大学|学院|学校|公司|协会|医院|中心|队|会|馆|局|部|人)$")
#: Inhabitants of a place under a head, and of a town that has its name from an area.
_MIN_HEADED, _MIN_TOWN = 500, 2_000
#: Of the inhabitants of the area a town of its name has at least this part.
_SHARE = 100


def entries(text: str, gazetteer: Gazetteer, is_word: IsWord) -> Iterator[Mention]:
    """The place that a line begins with, where its country follows or stands before it.

    is_word: whether a word in small letters is one of the language.
    """
    position = 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST:
            lead = _LEAD.match(line)
            start = position + (lead.end() if lead else 0)
            found = list(_entry(text, start, position + len(line), gazetteer))
            if start > position and not found:
                found = list(_unknown(text, start, position + len(line), gazetteer, is_word))
            yield from found
        position += len(line) + 1


def rows(
    text: str,
    cells: Sequence[Span],
    heads: Sequence[str],
    gazetteer: Gazetteer,
    is_word: IsWord,
    above: Sequence[str] = (),
) -> Iterator[Mention]:
    """Places of a row. cells: their offsets in the text; heads: what the columns are called.

    above: what stands over the row in its table, which holds for it too, a country for one.
    """
    named = [_stripped(text, *cell) for cell in cells]
    whole = {code for a, b in named if (code := _country(text[a:b], gazetteer))}
    whole = whole or {code for name in above if (code := _country(name, gazetteer))}
    for index, (start, end) in enumerate(named):
        kinds = _kinds(heads[index] if len(heads) == len(cells) else "")
        found = list(_entry(text, start, end, gazetteer))
        plain = (start, start + len(_REMARK.sub("", text[start:end])))
        found = found or list(_cell(text, plain, kinds, whole, gazetteer))
        if not found and "city" in kinds:
            if len(whole) == 1 and _is_new(text[start:end], gazetteer, is_word):
                found = [Mention(start, end, "CITY", _UNKNOWN)]
            else:
                found = list(_unknown(text, start, end, gazetteer, is_word))
        yield from found


def _stripped(text: str, start: int, end: int) -> Span:
    lead = _LEAD.match(text[start:end])
    return start + (lead.end() if lead else 0), end


def _entry(text: str, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Mention]:
    parts = list(_parts(text, start, end))[:_MOST_PARTS]
    if not parts:
        return
    first, rest = parts[0], parts[1:]
    around = {code for a, b in rest if (code := _country(text[a:b], gazetteer))}
    flag = _flag(text, first, gazetteer)
    if flag:
        country, first = flag
        around = {_country(text[slice(*country)], gazetteer)}
        yield Mention(*country, "COUNTRY", _SURE)
    if around and (found := _within(text[slice(*first)], around, gazetteer)):
        areas = {key(text[a:b]) for a, b in rest}
        narrowed = [c for c in found if key(c.place.admin1) in areas] or found
        yield Mention(*first, _label(narrowed, text[slice(*first)]), _SURE)


def _unknown(
    text: str, start: int, end: int, gazetteer: Gazetteer, is_word: IsWord
) -> Iterator[Mention]:
    """A name that the gazetteer lacks, right before its country."""
    parts = list(_parts(text, start, end))[:2]
    placed = len(parts) == 2 and _country(text[slice(*parts[1])], gazetteer)
    if placed and _is_new(text[slice(*parts[0])], gazetteer, is_word):
        yield Mention(*parts[0], "CITY", _UNKNOWN)


def _is_new(name: str, gazetteer: Gazetteer, is_word: IsWord) -> bool:
    if gazetteer.candidates(name):
        return False
    if is_cjk(name):
        return bool(_HAN.fullmatch(name)) and not _HAN_BODY.search(name)
    return bool(_LATIN.fullmatch(name)) and not any(map(is_word, name.casefold().split()))


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The names that an entry is made of, up to a number or a sign that ends it."""
    position = start
    while position < end:
        part = _PART.search(text, position, end)
        stop = _END.search(text, position, end)
        if part and (not stop or part.start() <= stop.start()):
            until, following = part.start(), part.end()
        else:
            until, following = (stop.start() if stop else end), end
        name = text[position:until].rstrip()
        if name:
            yield position, position + len(name)
        position = following


def _flag(text: str, span: Span, gazetteer: Gazetteer) -> tuple[Span, Span] | None:
    """The country that a list sets before a name, as the text of its flag, and the name."""
    start, end = span
    for gap in itertools.islice(re.finditer(r"\s+", text[start:end]), _COUNTRY_WORDS):
        country = (start, start + gap.start())
        name = (start + gap.end(), end)
        code = _country(text[slice(*country)], gazetteer)
        if code and _within(text[slice(*name)], {code}, gazetteer):
            return country, name
    return None


def _cell(
    text: str, span: Span, kinds: frozenset[str], countries: set[str], gazetteer: Gazetteer
) -> Iterator[Mention]:
    name = text[slice(*span)]
    if not name or _country(name, gazetteer) or not (name[0].isupper() or is_cjk(name[0])):
        return
    known = gazetteer.candidates(name)
    if found := _within(name, countries, gazetteer):
        asked = [c for c in found if c.place.kind in kinds] or found
        label = _of_kinds(asked, kinds, name)
        yield Mention(*span, label, _SURE if kinds or len(countries) == 1 else _HEADED)
    elif kinds and (asked := [c for c in known if c.place.kind in kinds and _is_sure(c)]):
        yield Mention(*span, _of_kinds(asked, kinds, name), _HEADED)


def _is_sure(candidate: Candidate) -> bool:
    return candidate.main and candidate.population >= _MIN_HEADED


def _of_kinds(found: Sequence[Candidate], kinds: frozenset[str], name: str) -> Label:
    if len(kinds) == 1:
        return "REGION" if found[0].place.kind == "region" else "CITY"
    return _label(found, name)


def _label(found: Sequence[Candidate], name: str) -> Label:
    """A town where one has the name: lists of partners seldom name the area around it."""
    if is_area(name):
        return "REGION"
    least = max(_MIN_TOWN, max(c.population for c in found) // _SHARE)
    towns = any(c.place.kind == "city" and c.main and c.population >= least for c in found)
    return "CITY" if towns or found[0].place.kind == "city" else "REGION"


def _within(name: str, countries: set[str], gazetteer: Gazetteer) -> list[Candidate]:
    """What a name may mean in some countries, beside a country."""
    if not name or not (name[0].isupper() or is_cjk(name[0])):
        return []
    known = gazetteer.candidates(name)
    return [c for c in known if c.place.kind != "country" and c.place.country in countries]


def _country(name: str, gazetteer: Gazetteer) -> str:
    """ISO code of the country that a name usually means; empty for none."""
    found = gazetteer.candidates(name.strip()) if name.strip() else ()
    return found[0].place.country if found and found[0].place.kind == "country" else ""


@cache
def _kinds(head: str) -> frozenset[str]:
    """The kinds of places that a column holds by its head: "City / Prefecture"."""
    folded = head.casefold()
    return frozenset(
        kind
        for kind, words in columns().items()
        if any(
            re.search(rf"(?:^|[\W_]){re.escape(w)}" if w.isascii() else re.escape(w), folded)
            for w in words
        )
    )
