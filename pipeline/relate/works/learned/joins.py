"""Whether a place, a strategy or an amount of a document belongs to one of its projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Features
from pipeline.records import Mention
from pipeline.relate.works.amounts import about_works
from pipeline.relate.works.learned.links import is_near, link
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.words import around, words
from pipeline.relate.works.names import Work
from pipeline.relate.works.places import home, in_name, spoken_of

PLACES, STRATEGIES, AMOUNTS = ("CITY", "REGION"), ("STRATEGY",), ("AMOUNT",)
_REACH = 120
_MANY = 12
_JOINT = re.compile(r"^\s*(?:and|&|–|-|—|/|,|и|和|与|、)\s*$|^(?:，|、)$")


@dataclass(frozen=True, slots=True)
class _Scene:
    """The places around a project, which all its joins ask for.

    named: of its name, in its order; spoken: beside words of location; all: of the document;
    own: what the page is about, if known, and its country.
    """

    named: tuple[str, ...]
    spoken: frozenset[str]
    all: tuple[str, ...]
    own: str
    country: str


@dataclass(frozen=True, slots=True)
class Join:
    """A thing that may belong to a project: all its mentions, the nearest first.

    different: how many things of its label the document names. scene: of a place.
    """

    work: Work
    value: str
    mentions: tuple[Mention, ...]
    different: int
    scene: _Scene | None = None


def joins(reading: Reading, work: Work, labels: tuple[str, ...]) -> list[Join]:
    """Every place, strategy or amount of a document as one of a project, but no amount that stands
    far from it and beside another."""
    found: dict[str, list[Mention]] = {}
    of_label: dict[str, set[str]] = {label: set() for label in labels}
    for mention in reading.inside(labels):
        if mention.label == "AMOUNT" and _is_of_another(reading, work, mention):
            continue
        value = _value(reading, mention)
        of_label[mention.label].add(value)
        if value:
            found.setdefault(value, []).append(mention)
    for mention in in_name(reading.resolved, work.name) if labels == PLACES else ():
        found.setdefault(mention.place_id, [mention])
    scene = _scene(reading, work) if labels == PLACES else None
    made = []
    for value, mentions in found.items():
        nearest = tuple(_nearest(reading, work, mentions))
        made.append(Join(work, value, nearest, len(of_label[nearest[0].label]), scene))
    return made


def _is_of_another(reading: Reading, work: Work, mention: Mention) -> bool:
    return bool(reading.around(mention)) and not is_near(reading, work, mention)


def _scene(reading: Reading, work: Work) -> _Scene:
    resolved = reading.resolved
    own = home(resolved)
    return _Scene(
        tuple(m.place_id for m in in_name(resolved, work.name)),
        frozenset(spoken_of(resolved, reading.parts[work.key])),
        tuple(m.place_id for m in reading.inside(PLACES) if m.place_id),
        own.place_id if own else "",
        resolved.places[own.place_id].country if own else "",
    )


def _value(reading: Reading, mention: Mention) -> str:
    if mention.label in PLACES:
        return mention.place_id
    if mention.label == "STRATEGY":
        return mention.value if mention.value in reading.resolved.strategies else ""
    known = reading.resolved.quantities.get((mention.start, mention.end))
    return f"{mention.start}" if known and about_works(reading.resolved, mention) else ""


def _nearest(reading: Reading, work: Work, mentions: list[Mention]) -> list[Mention]:
    """Mentions in the order in which they speak for the project."""

    def distance(mention: Mention) -> tuple[float, int, int]:
        part = reading.part(work, mention)
        apart = reading.apart(work, reading.at(mention.start))
        near = _MANY if apart is None else apart
        return (-(part.confidence if part else 0.0), near, mention.start)

    return sorted(mentions, key=distance)


def features(reading: Reading, join: Join) -> Features:
    """Numbers of a thing as one of a project."""
    nearest = join.mentions[0]
    found = link(reading, join.work, nearest)
    parts = [p for m in join.mentions if (p := reading.part(join.work, m))]
    found["times"] = float(min(_MANY, len(join.mentions)))
    found["times_spoken"] = float(min(_MANY, len(parts)))
    found["named_together"] = float(sum(p.named for p in parts))
    found["first_sentence"] = float(min(_MANY, reading.at(join.mentions[0].start)))
    found["different"] = float(min(_MANY, join.different))
    if join.scene:
        found |= _place(reading, join, join.scene)
    elif nearest.label == "AMOUNT":
        found |= _amount(reading, join)
    return found


def _place(reading: Reading, join: Join, scene: _Scene) -> Features:
    resolved = reading.resolved
    place = resolved.places[join.value]
    return {
        "in_name": float(join.value in scene.named),
        "only_in_name": float(join.mentions[0] in resolved.inside),
        "others_in_name": float(len(set(scene.named) - {join.value})),
        "home": float(scene.own == join.value),
        "home_in_name": float(scene.own in scene.named),
        "region": float(place.kind == "region"),
        "home_country": float(bool(scene.own) and scene.country == place.country),
        "share": scene.all.count(join.value) / max(1, len(scene.all)),
        "rule": float(join.value in scene.spoken),
        "rule_count": float(len(scene.spoken)),
        "holds_another": float(_holds(reading, join)),
        "joined": float(_joined(reading, join)),
        "country_alone": float(
            sum(resolved.places[p].country == place.country for p in set(scene.all)) == 1
        ),
    }


def _holds(reading: Reading, join: Join) -> bool:
    """Whether a region only says where a town lies: "Nogales, Sonora"."""
    resolved = reading.resolved
    place = resolved.places[join.value]
    if place.kind != "region":
        return False
    text = resolved.document.text
    for mention in join.mentions:
        before = list(resolved.within(max(0, mention.start - 60), mention.start))
        towns = [m for m in before if m.label == "CITY" and m.place_id]
        if towns and re.fullmatch(r"\W{1,3}(?:in\s)?", text[towns[-1].end : mention.start]):
            return True
    return False


def _joined(reading: Reading, join: Join) -> bool:
    """Whether "and" joins it to another place: "built by Porto and Bergen"."""
    text, mention = reading.resolved.document.text, join.mentions[0]
    near = reading.resolved.within(max(0, mention.start - 60), min(len(text), mention.end + 60))
    for other in near:
        if other.label in PLACES and other.place_id != join.value:
            low, high = sorted((other, mention), key=lambda m: m.start)
            if _JOINT.match(text[low.end : high.start]):
                return True
    return False


def _amount(reading: Reading, join: Join) -> Features:
    mention = join.mentions[0]
    unit = reading.resolved.quantities[mention.start, mention.end].unit
    return {
        "money": float(bool(re.fullmatch(r"[A-Z]{3}", unit))),
        "percent": float(unit in ("%", "pp")),
    }


def said(reading: Reading, join: Join) -> Iterator[str]:
    """Words around the mention that stands nearest to the project."""
    resolved, mention = reading.resolved, join.mentions[0]
    sentence = reading.sentences[reading.at(mention.start)]
    before = words(resolved, max(sentence.start, mention.start - _REACH), mention.start, join.work)
    end = min(sentence.end, mention.end + _REACH)
    after = words(resolved, mention.end, end, join.work)
    yield from around(before, after)
