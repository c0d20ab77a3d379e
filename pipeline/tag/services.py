"""Places before what is theirs alone: "Paris Police Department", "Columbus attorney"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.gazetteer.forms import is_area
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.records import Mention
from pipeline.tag.company import Company
from pipeline.tag.evident import is_no_place, named_before, town_first
from pipeline.tag.placewords import either

_CONFIDENCE = 0.9
#: Inhabitants that the place before a service, a school and a citizen needs.
_VILLAGE, _TOWN, _SMALL = 500, 20_000, 5_000


def services(
    text: str, gazetteer: Gazetteer, known: Callable[[str], bool], company: Company
) -> Iterator[Mention]:
    """Such places in an English block; spans may overlap. known: whether English has a word."""
    for kind, fits in _FITS.items():
        for match in _behind(kind).finditer(text):
            for start, end in named_before(text, match.start(), gazetteer):
                name = text[start:end]
                found = gazetteer.candidates(name)
                if fits(name, found, company) and not _is_rather(name, found, known, company):
                    yield Mention(start, end, town_first(found), _CONFIDENCE, serves=True)


def _serves(_: str, found: tuple[Candidate, ...], __: Company) -> bool:
    return found[0].population >= _VILLAGE


def _teaches(name: str, found: tuple[Candidate, ...], company: Company) -> bool:
    usual = found[0].main and (found[0].population >= _TOWN or " " in name)
    return usual or name.casefold() in company.places


def _governs(_: str, found: tuple[Candidate, ...], __: Company) -> bool:
    return found[0].level == 1 and found[0].main


def _lives(name: str, found: tuple[Candidate, ...], company: Company) -> bool:
    people = found[0].population
    # two words are hardly anything else than a place
    return people >= _SMALL or (people > 0 and " " in name) or name.casefold() in company.places


def _administers(name: str, found: tuple[Candidate, ...], _: Company) -> bool:
    return is_area(name) and found[0].place.kind == "region"


_FITS: dict[str, Callable[[str, tuple[Candidate, ...], Company], bool]] = {
    "services": _serves,
    "county_services": _administers,
    "schools": _teaches,
    "state_services": _governs,
    "locals": _lives,
}


@cache
def _behind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"[^\S\n](?:{either(kind)})(?![\w-])")


def _is_rather(
    name: str, found: tuple[Candidate, ...], known: Callable[[str], bool], company: Company
) -> bool:
    """Whether a name is rather a word or somebody."""
    if is_no_place(name):
        return True
    if name.casefold() in company.places:
        return False
    word = name.casefold() in company.words or (
        known(name.casefold()) and found[0].population < _TOWN
    )
    return word or company.is_person(name) or name.isupper()
