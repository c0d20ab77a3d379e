"""Resolve: places to GeoNames, dates to EDTF, amounts to numbers with units."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.records import Mention, Place, Quantity, Resolved, Strategy, Tagged
from pipeline.resolve.amounts import quantity, written
from pipeline.resolve.dates import edtf
from pipeline.resolve.places import choose
from pipeline.resources import Resources


def resolve(tagged: Tagged, resources: Resources) -> Resolved:
    """Mentions with values and place identifiers, and what these point at."""
    text = tagged.document.text
    chosen: dict[int, Place] = choose(tagged, resources.gazetteer)
    mentions: list[Mention] = []
    quantities: dict[tuple[int, int], Quantity] = {}
    for index, mention in enumerate(tagged.mentions):
        span = text[mention.start : mention.end]
        if mention.label == "DATE":
            mention = replace(mention, value=edtf(span))
        elif mention.label == "AMOUNT" and (found := quantity(span)):
            lead = text[max(0, mention.start - 20) : mention.start]
            found = replace(found, approximate=is_approximate(lead))
            quantities[mention.start, mention.end] = found
            mention = replace(mention, value=written(found))
        elif index in chosen:
            place = chosen[index]
            mention = replace(mention, place_id=place.place_id)
            if place.kind == "region":
                mention = replace(mention, label="REGION")
        mentions.append(mention)
    return Resolved(
        tagged,
        tuple(mentions),
        {place.place_id: place for place in chosen.values()},
        quantities,
        {**resources.strategies, **_unlisted(tagged)},
    )


def _unlisted(tagged: Tagged) -> dict[str, Strategy]:
    """Strategies that only their own name tells of; a year in it is the horizon."""
    found = {}
    for mention in tagged.mentions:
        if mention.label == "STRATEGY" and mention.value.startswith("unlisted:"):
            name = " ".join(tagged.text_of(mention).split())
            years = re.findall(r"20\d\d", name)
            found[mention.value] = Strategy(mention.value, name, horizon=years[-1] if years else "")
    return found


def is_approximate(lead: str) -> bool:
    """Whether the words before an amount make it a rough one."""
    words = ("about", "nearly", "almost", "around", "approximately", "over", "more than", "up to")
    return lead.rstrip().casefold().endswith((*words, "некоторые", "около", "约", "近"))
