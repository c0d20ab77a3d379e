"""Resolve: places to GeoNames, dates to EDTF, amounts to numbers with units."""

from __future__ import annotations

from dataclasses import replace

from pipeline.records import Mention, Place, Quantity, Resolved, Tagged
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
            mention = replace(mention, place_id=chosen[index].place_id)
        mentions.append(mention)
    return Resolved(
        tagged,
        tuple(mentions),
        {place.place_id: place for place in chosen.values()},
        quantities,
        resources.strategies,
    )


def is_approximate(lead: str) -> bool:
    """Whether the words before an amount make it a rough one."""
    words = ("about", "nearly", "almost", "around", "approximately", "over", "more than", "up to")
    return lead.rstrip().casefold().endswith((*words, "некоторые", "около", "约", "近"))
