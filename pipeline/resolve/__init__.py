"""Resolve: places to GeoNames, dates to EDTF, amounts to numbers with units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.records import Mention, Place, Quantity, Resolved, Strategy, Tagged
from pipeline.resolve.amounts import is_approximate, quantity, written
from pipeline.resolve.dates import edtf, is_month_first
from pipeline.resolve.inside import inside, seated, speaking
from pipeline.resolve.places import choose
from pipeline.resources import Resources

#: Characters before an amount that can say what it is.
_AROUND = 70
_MILLIONS = re.compile(r"\d\s?(?:million|billion|trillion|mln|bn|млн|млрд)$")
_STOP = re.compile(r"[.!?]\s|\n")
#: Between two sums of one thing.
_RISEN = re.compile(
    r"\b(?:to|from|than|against|after|up|down|rose|risen|grew|grown|fell|fallen|revised|instead|"
    r"later|now|of which|while|whereas|до|с|против|вместо|затем)\b",
    re.I,
)


def resolve(tagged: Tagged, resources: Resources) -> Resolved:
    """Mentions with values and place identifiers, and what these point at."""
    text, language = tagged.document.text, tagged.document.language
    month_first = is_month_first(tagged.text_of(m) for m in tagged.mentions if m.label == "DATE")
    chosen: dict[int, Place] = choose(tagged, resources.gazetteer)
    mentions: list[Mention] = []
    quantities: dict[tuple[int, int], Quantity] = {}
    for index, mention in enumerate(tagged.mentions):
        span = text[mention.start : mention.end]
        if mention.label == "DATE":
            mention = replace(mention, value=edtf(span, language, month_first))
        elif mention.label == "AMOUNT" and (found := _quantity(tagged, index, chosen)):
            quantities[mention.start, mention.end] = found
            mention = replace(mention, value=written(found))
        elif index in chosen:
            place = chosen[index]
            mention = replace(mention, place_id=place.place_id)
            if place.kind == "region":
                mention = replace(mention, label="REGION")
        mentions.append(mention)
    named, places = inside(tagged, chosen.values(), resources.gazetteer)
    offices, towns = seated(tagged, chosen, resources.gazetteer)
    councils, spoken = speaking(tagged, chosen, resources.gazetteer)
    return Resolved(
        tagged,
        tuple(m for m in mentions if not m.serves),
        {**places, **towns, **spoken, **{place.place_id: place for place in chosen.values()}},
        quantities,
        {**resources.strategies, **_unlisted(tagged)},
        tuple(named),
        tuple(offices),
        tuple(councils),
        tuple(m for m in mentions if m.serves),
    )


def _quantity(tagged: Tagged, index: int, chosen: dict[int, Place]) -> Quantity | None:
    text, mention = tagged.document.text, tagged.mentions[index]
    before = text[max(0, mention.start - _AROUND) : mention.start]
    if mention.start > _AROUND:
        before = before.partition(" ")[2]
    near = _near(tagged, index, chosen)
    found = quantity(tagged.text_of(mention), tagged.document.language, near, before)
    if found is None:
        return None
    if found.unit == "1" and (money := _money_before(tagged, index, chosen)):
        found = replace(found, unit=money)
    after = text[mention.end : mention.end + 10]
    return replace(found, approximate=found.approximate or is_approximate(before, after))


def _money_before(tagged: Tagged, index: int, chosen: dict[int, Place]) -> str:
    """The currency of "8.9 million" in "was set at 7.5 million euros and has risen to 8.9
    million"; empty where it is of no sum."""
    text, mention = tagged.document.text, tagged.mentions[index]
    if not _MILLIONS.search(tagged.text_of(mention)):
        return ""
    for earlier in reversed(tagged.mentions[:index]):
        between = text[earlier.end : mention.start]
        if len(between) > _AROUND or _STOP.search(between):
            break
        if earlier.label == "AMOUNT" and _RISEN.search(between):
            near = _near(tagged, index, chosen)
            money = quantity(tagged.text_of(earlier), tagged.document.language, near)
            is_money = money and re.fullmatch(r"[A-Z]{3}", money.unit)
            return money.unit if money and is_money else ""
    return ""


def _near(tagged: Tagged, index: int, chosen: dict[int, Place]) -> Iterator[str]:
    """Countries of the places around a mention, nearest first; sorted only when asked for."""
    here = tagged.mentions[index].start
    order = sorted(chosen, key=lambda i: (abs(tagged.mentions[i].start - here), i))
    yield from dict.fromkeys(chosen[i].country for i in order if chosen[i].country)


def _unlisted(tagged: Tagged) -> dict[str, Strategy]:
    """Strategies that only their own name tells of; the years in it are start and horizon."""
    found: dict[str, Strategy] = {}
    for mention in tagged.mentions:
        if mention.label == "STRATEGY" and mention.value.startswith("unlisted:"):
            name = " ".join(tagged.text_of(mention).split())
            if mention.value not in found or len(name) > len(found[mention.value].name):
                start, horizon = span_of_years(name)
                found[mention.value] = Strategy(mention.value, name, start=start, horizon=horizon)
    return found


def span_of_years(name: str) -> tuple[str, str]:
    """First and last year of a name: `2021`, `2027` of `Plan 2021–27`; a single one is the last."""
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", name)
    if short := re.search(r"(20\d\d)\s?[-–—/]\s?(\d\d)(?!\d)", name):
        years = [short[1], short[1][:2] + short[2]]
    return (years[0] if len(years) > 1 else "", years[-1] if years else "")
