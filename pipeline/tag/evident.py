"""Places that the form of the text gives away, whatever the tagger makes of them.

Found: datelines ("OSLO, Norway (AP) --"), regions cut short ("Lincoln, Nebr."), lists ("Bell, Knox
and Clay counties"), where politicians come from ("D-Fargo"), and a place before the title of one
who governs it ("Fargo Mayor Ann Lee"). The gazetteer has to know the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.gazetteer.lookup import Candidate, Gazetteer, is_made_up
from pipeline.gazetteer.names import key
from pipeline.records import Label, Mention
from pipeline.tag.placewords import either, listed, words

_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
_NAME = r"[A-ZÀ-Þ][\w’'-]*\.?(?:[^\S\n](?:[A-ZÀ-Þ][\w’'-]*\.?|of|de|la|upon))*"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?:[^\S\n][A-ZÀ-Þ][A-ZÀ-Þ’'.-]+){0,3}"
#: At the start of a text or sentence, up to a dash: the place that a report comes from.
_DATELINE = re.compile(
    rf"(?:^|[.!?\n][\"”’']?\s*)(?P<name>{_CAPITALS})"
    r"(?:,[^\S\n](?P<area>[A-Z][A-Za-z]*\.?(?:[^\S\n]?[A-Z][A-Za-z]*\.?)?))?"
    r"(?:,[^\S\n]\d{1,2}[^\S\n][A-Z][a-z]{2,8}\.?(?:[^\S\n]\d{4})?)?"
    r"(?:[^\S\n]\([A-Z][\w/ .]{1,20}\))?[^\S\n]?(?:—|–|--|-|” )[^\S\n]?(?=[\"“”'‘]?[A-Z])"
)
_SHORT = re.compile(
    r"(?<![\w.&-])(?:[NSW]\.[^\S\n]?[A-Z][a-z]+\.|[A-Z]\.[^\S\n]?[A-Z]\.|W\.[^\S\n]?Va\.|[A-Z][a-z]{1,5}\.)(?![\w&])"
)
_LIST = re.compile(
    rf"(?P<names>{_NAME}(?:,[^\S\n]{_NAME})*(?:,?[^\S\n](?:and|or|&)[^\S\n]{_NAME}))"
    rf"[^\S\n](?P<plural>[a-zé]+)\b"
)
_QUALIFIED = re.compile(rf"(?P<name>{_NAME})(?:,[^\S\n]|[^\S\n]\()(?P<area>{_NAME})")
_BETWEEN = re.compile(r",?[^\S\n](?:and|or|&)[^\S\n]|,[^\S\n]")
_TOWNSHIP = re.compile(r"(?<![\w.’'-])(?:[A-ZÀ-Þ][\w’'-]+[^\S\n]){1,3}(?P<type>Township\b|Twp\.)")
#: How sure each form is.
_SURE, _LIKELY, _UNLISTED = 0.95, 0.9, 0.7
#: Inhabitants of a place whose name alone may stand before a title: "Lee" is rather a person.
_MIN_TOWN = 500
#: Inhabitants of a town that is rather meant than the region of its name.
_TOWN = 100_000
#: Inhabitants of a town that stands beside another before what they have together.
_SMALL = 5_000
_MAX_WORDS = 4
#: Words in capitals that end a text, and how many characters they may have.
_LED = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*[^\S\n]){0,3}[A-ZÀ-Þ][\w’'-]*\.?$")
_LEAD = 80
#: "Paris-Henry County Rescue Squad" serves two.
_WORDS = re.compile(r"[^\s-]+-?")
#: The last word of a sentence, as far as one tells it from an abbreviation.
_ENDS = re.compile(r"[a-z]{3}\.$")


def evident(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Places of a block in a language of Latin script; spans may overlap."""
    yield from _datelines(text, gazetteer)
    yield from _shortened(text, gazetteer)
    yield from _lists(text, gazetteer)
    yield from _parties(text, gazetteer)
    yield from _governed(text, gazetteer)
    yield from _typed(text, gazetteer)
    yield from _qualified(text, gazetteer)
    yield from _civic(text, gazetteer)
    yield from _bound(text, gazetteer)
    yield from _townships(text)


def town_first(found: Sequence[Candidate]) -> Label:
    """The label of a name that has towns and areas: a town, unless it is small for the name."""
    towns = [c.population for c in found if c.main and c.place.kind == "city"]
    first = found[0].place.kind
    return "CITY" if first == "region" and max(towns, default=0) >= _TOWN else _LABELS[first]


def _datelines(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in _DATELINE.finditer(text):
        name = match["name"]
        if found := gazetteer.candidates(name):
            yield Mention(*match.span("name"), town_first(found), _SURE)
        area = gazetteer.candidates(match["area"]) if match["area"] else ()
        if area and area[0].level <= 1:
            yield Mention(*match.span("area"), _LABELS[area[0].place.kind], _SURE)


def _shortened(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Abbreviations that can be a word need a comma before them or a small letter behind."""
    for match in _SHORT.finditer(text):
        if gazetteer.abbreviated(match[0]) is None:
            continue
        before, after = (
            text[max(0, match.start() - 4) : match.start()],
            text[match.end() : match.end() + 2],
        )
        if before.rstrip()[-1:].isdigit():  # 100 B.C.
            continue
        behind_name = re.search(r"[\w.’'],[^\S\n]$", before) is not None
        goes_on = re.match(r",?\s?[a-z(]|,|\s\d", after) is not None
        if behind_name or goes_on or _is_no_word(match[0]):
            yield Mention(*match.span(), "REGION", _SURE if behind_name else _LIKELY)


def _is_no_word(short: str) -> bool:
    """ "N.H.", "Ga." are always what they look like; "Miss.", "Mass.", "Ill." end a sentence."""
    return "." in short[:-1] or short in words("short_regions")


def _lists(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in _LIST.finditer(text):
        label = listed().get(match["plural"])
        if label is None:
            continue
        start = match.start("names")
        for start_, end_ in _items(match["names"]):
            name = match["names"][start_:end_]
            if label == "CITY" and not gazetteer.candidates(name):
                continue
            yield Mention(
                start + start_, start + end_, "REGION" if label == "REGION" else "CITY", _SURE
            )


def _qualified(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A name before the country or state that it lies in: "Nichinan, Japan", "Bam (Iran)"."""
    for match in _QUALIFIED.finditer(text):
        area = next(_longest(text, *match.span("area"), gazetteer, _SURE), None)
        around = gazetteer.candidates(text[area.start : area.end])[:1] if area else ()
        for start in _starts(text, *match.span("name")) if around else ():
            name = text[start : match.end("name")]
            found = [c for c in gazetteer.candidates(name) if _lies_in(c, around[0])]
            if found and name.split()[0] not in words("leads"):
                yield Mention(start, match.end("name"), town_first(found), _SURE)
                break


def _civic(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A town by what only a town has: "Reading's twin town"."""
    for match in _owned().finditer(text):
        found = gazetteer.candidates(match["name"])
        if found and found[0].main and found[0].population >= _TOWN:
            yield Mention(*match.span("name"), town_first(found), _LIKELY)


@cache
def _owned() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.])(?P<name>{_NAME})['’]s[^\S\n](?:[a-z-]+[^\S\n]){{0,2}}(?:{either('civic')})\b"
    )


def _bound(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Two towns before what they have together: "the Graz–Pécs partnership"."""
    for match in _together().finditer(text):
        sides = [(match.span(n), gazetteer.candidates(match[n])) for n in ("a", "b")]
        if all(found and found[0].main and found[0].population >= _SMALL for _, found in sides):
            yield from (Mention(*span, town_first(found), _LIKELY) for span, found in sides)


@cache
def _together() -> re.Pattern[str]:
    word = r"[A-ZÀ-Þ][\w’']+(?:[^\S\n][A-ZÀ-Þ][\w’']+){0,2}"
    return re.compile(
        rf"(?<![\w.-])(?!(?:The|This|Our|Its|Their|In)\s)(?P<a>{word})[^\S\n]?[-–—/][^\S\n]?(?P<b>{word})[^\S\n](?:{either('bonds')})\b"
    )


def _lies_in(candidate: Candidate, around: Candidate) -> bool:
    """Whether a town or area of that usual name lies in a country or first-level area."""
    place, outer = candidate.place, around.place
    inside = place.country == outer.country and place.kind != "country" and candidate.main
    if outer.kind == "country":
        return inside
    return inside and around.level == 1 and place.admin1 == outer.name


def _items(names: str) -> Iterator[tuple[int, int]]:
    position = 0
    for gap in _BETWEEN.finditer(names):
        yield position, gap.start()
        position = gap.end()
    yield position, len(names)


@cache
def _party() -> re.Pattern[str]:
    return re.compile(rf"[,(]\s?(?:{either('parties')})[-–](?P<name>(?:[A-Z]\.){{2}}|{_NAME})")


def _parties(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in _party().finditer(text):
        yield from _longest(text, *match.span("name"), gazetteer, _SURE)


@cache
def _official() -> re.Pattern[str]:
    return re.compile(rf"[^\S\n](?:{either('officials')})[^\S\n](?=[A-Z])")


def titled(text: str, end: int) -> bool:
    """Whether the title of one who governs follows: "Fargo| Mayor Ann Lee"."""
    return _official().match(text, end) is not None


def _governed(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A place before the title of one who governs it."""
    for match in _official().finditer(text):
        for start, end in named_before(text, match.start(), gazetteer):
            found = gazetteer.candidates(text[start:end])
            if found[0].population >= _MIN_TOWN and not is_no_place(text[start:end]):
                yield Mention(start, end, town_first(found), _LIKELY)


def named_before(text: str, end: int, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """The longest known name that ends there, if no other name leads it."""
    begin = max(0, end - _LEAD)
    led = _LED.search(text[begin:end])
    if led is None:
        return
    before: re.Match[str] | None = None
    for word in _WORDS.finditer(led[0]):
        start = begin + led.start() + word.start()
        if word[0] != "The" and gazetteer.candidates(text[start:end]):
            if before is None or before[0] in words("leads"):
                yield start, end
            elif before[0].endswith("-") and gazetteer.candidates(before[0][:-1]):
                first = begin + led.start() + before.start()
                yield from ((first, first + len(before[0]) - 1), (start, end))
            return
        before = None if _ENDS.search(word[0]) else word


def _starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the words of a span begin."""
    yield from (start + m.start() for m in re.finditer(r"\S+", text[start:end]))


@cache
def _area() -> re.Pattern[str]:
    word = r"[A-ZÀ-Þ][\w’'.-]*"
    return re.compile(
        rf"\b(?P<name>{word}(?:[^\S\n]{word}){{0,3}}[^\S\n](?:{either('areas')}))(?![\w’-])"
        rf"(?![^\S\n][A-ZÀ-Þ])"
    )


def _typed(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """ "Bell County" where the name does not go on, as that of its sheriff's office does."""
    for match in _area().finditer(text):
        for start in _starts(text, *match.span("name")):
            name = text[start : match.end("name")]
            found = gazetteer.candidates(name) if " " in name else ()
            led = name.split()[0] in words("leads")
            if found and not led and all(_is_area(c) for c in found):
                yield Mention(start, match.end("name"), "REGION", _LIKELY)
                break


def _townships(text: str) -> Iterator[Mention]:
    """ "Fern Hollow Township", whose smallness no gazetteer reaches: the word says enough."""
    for match in _TOWNSHIP.finditer(text):
        starts = _starts(text, *match.span())
        leads = words("leads") - words("directions")
        start = next(s for s in starts if text[s : match.end()].split()[0] not in leads)
        if start < match.start("type"):
            yield Mention(start, match.end(), "REGION", _UNLISTED)


def _is_area(candidate: Candidate) -> bool:
    """Whether a source has the area, and not only a town that it may be named after."""
    return candidate.place.kind == "region" and not is_made_up(candidate)


def _longest(
    text: str, start: int, end: int, gazetteer: Gazetteer, confidence: float
) -> Iterator[Mention]:
    """The longest known name from the start of a span on."""
    ends = [start + m.end() for m in re.finditer(r"\S+", text[start:end])][:_MAX_WORDS]
    for stop in reversed(ends):
        name = text[start:stop].rstrip(".,")
        full = text[start:stop]
        region = gazetteer.abbreviated(full) if full.endswith(".") or full.isupper() else None
        if region:
            yield Mention(start, stop, "REGION", confidence)
            return
        if found := gazetteer.candidates(name):
            yield Mention(start, start + len(name), _LABELS[found[0].place.kind], confidence)
            return


@cache
def _no_places() -> frozenset[str]:
    return frozenset(key(name) for name in words("not_places"))


def is_no_place(name: str) -> bool:
    """Whether the world knows the name for something else: a president, a body, a word."""
    return key(name) in _no_places()
