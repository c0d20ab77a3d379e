"""Things that may belong to a project: dates in a role, places, states, amounts, strategies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.languages import says
from pipeline.model import Features
from pipeline.records import Mention, Resolved
from pipeline.relate.lines import LOCAL
from pipeline.relate.projects.features import MANY, around_mention, link
from pipeline.relate.projects.names import Work
from pipeline.relate.projects.propose import Scene

ROLES = ("start", "end", "expected_end")
KINDS = {
    "places": LOCAL,
    "countries": ("COUNTRY",),
    "strategies": ("STRATEGY",),
    "amounts": ("AMOUNT",),
    "dates": ("DATE",),
}
#: Characters beside an amount that tell what it is of, and beside a date.
_BESIDE, _LED = 60, 60
_JOINT = re.compile(r"^\s*(?:and|&|–|-|—|/|,|и|和|与|、|，)\s*$")
_CURRENCY = re.compile(r"[A-Z]{3}$")
_SPAN_JOINT = re.compile(r"^\s*(?:\w{1,7}|[-–—])\s*(?:\w{2,3}\s|\w{3}\s\w{2}\s)?$")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that may belong to a project.

    value: identifier of a place or strategy, code of a state, EDTF of a date, start of an amount.
    mentions: all of it, those first that speak for the project. side: of a date in a range.
    different: how many things of its kind there are.
    """

    work: Work
    kind: str
    value: str
    mentions: tuple[Mention, ...]
    different: int
    side: str = ""

    @property
    def mention(self) -> Mention:
        return self.mentions[0]


def things(scene: Scene, work: Work, kind: str) -> list[Thing]:
    """All things of a kind in a document, as ones of a project."""
    if kind == "dates":
        return list(_dates(scene, work))
    resolved, found = scene.resolved, dict[str, list[Mention]]()
    for mention in _telling(scene, kind):
        value = _value(resolved, mention)
        # an amount that stands where others are spoken of is theirs
        if value and (mention.label != "AMOUNT" or _is_in_reach(scene, work, mention)):
            found.setdefault(value, []).append(mention)
    for mention in in_name(resolved, work.name) if kind in ("places", "countries") else ():
        value = mention.place_id if kind == "places" else _country(resolved, mention)
        found.setdefault(value, [mention])
    return [
        Thing(work, kind, value, tuple(_nearest(scene, work, mentions)), len(found))
        for value, mentions in found.items()
        if value
    ]


def _telling(scene: Scene, kind: str) -> Iterator[Mention]:
    """The mentions of a kind that stand in lines; of states also those of towns in them."""
    labels = (*KINDS[kind], *LOCAL) if kind == "countries" else KINDS[kind]
    for mention in scene.resolved.mentions if scene.lines else ():
        line = scene.lines[scene.line_at(mention.start)]
        if mention.label in labels and line.start <= mention.start and mention.end <= line.end:
            yield mention if kind != "countries" else _as_country(scene.resolved, mention)


def _as_country(resolved: Resolved, mention: Mention) -> Mention:
    code = _country(resolved, mention)
    return Mention(mention.start, mention.end, "COUNTRY", mention.confidence, code)


def _country(resolved: Resolved, mention: Mention) -> str:
    place = resolved.places.get(mention.place_id)
    return place.country if place else ""


def _value(resolved: Resolved, mention: Mention) -> str:
    if mention.label in LOCAL:
        return mention.place_id
    if mention.label == "STRATEGY":
        return mention.value if mention.value in resolved.strategies else ""
    if mention.label == "COUNTRY":
        return mention.value
    return f"{mention.start}" if (mention.start, mention.end) in resolved.quantities else ""


def _is_in_reach(scene: Scene, work: Work, mention: Mention) -> bool:
    line = scene.line_at(mention.start)
    told = any((w.key, line) in scene.sayings for w in scene.works)
    return not told or scene.saying(work, mention) is not None


def _nearest(scene: Scene, work: Work, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions in the order in which they speak for the project."""

    def distance(mention: Mention) -> tuple[float, int, int]:
        saying = scene.saying(work, mention)
        apart = scene.apart(work, scene.line_at(mention.start))
        return (-(saying.sure if saying else 0.0), apart, mention.start)

    return sorted(mentions, key=distance)


def _dates(scene: Scene, work: Work) -> Iterator[Thing]:
    """Every date of the lines that may speak of a project; ranges as two."""
    for saying in scene.of(work):
        line = scene.lines[saying.line]
        for index, date in enumerate(line.dates):
            within = saying.start <= date.start < saying.end
            if not within or date.value.startswith("XXXX"):
                continue
            first, _, last = (part.strip(".") for part in date.value.partition("/"))
            if first and last:
                yield Thing(work, "dates", first, (date,), len(line.dates), "first")
                yield Thing(work, "dates", last, (date,), len(line.dates), "last")
            else:
                side = _side(scene.resolved.document.text, line.dates, index)
                yield Thing(work, "dates", first or last, (date,), len(line.dates), side)


def _side(text: str, dates: Sequence[Mention], index: int) -> str:
    """Whether two dates that are joined by "to" stand here, and which this is."""
    here = dates[index]
    if index + 1 < len(dates) and _SPAN_JOINT.match(text[here.end : dates[index + 1].start]):
        return "first"
    joined = index and _SPAN_JOINT.match(text[dates[index - 1].end : here.start])
    return "last" if joined else ""


def features(scene: Scene, thing: Thing) -> Features:
    """Numbers of a thing as one of a project."""
    found = link(scene, thing.work, thing.mention)
    sayings = [s for m in thing.mentions if (s := scene.saying(thing.work, m))]
    line = scene.lines[scene.line_at(thing.mention.start)]
    found |= {
        "times": min(MANY, len(thing.mentions)),
        "times_spoken": min(MANY, len(sayings)),
        "spoken_sum": min(float(MANY), sum(s.sure for s in sayings)),
        "named_together": sum("named" in s.ways for s in sayings),
        "first_line": min(MANY, scene.line_at(min(m.start for m in thing.mentions))),
        "different": min(MANY, thing.different),
    }
    if thing.kind == "dates":
        found |= around_mention(line, thing.mention) | _time(scene, thing)
    elif thing.kind == "amounts":
        found |= _amount(scene, thing)
    elif thing.kind != "strategies":
        found |= _place(scene, thing)
    return {name: float(value) for name, value in found.items()}


def _time(scene: Scene, thing: Thing) -> Features:
    """How a date lies to the document's own, and to the other dates beside the project."""
    years = _years(scene, thing.work)
    year, today = thing.value[:4], scene.today
    on = int(year) - int(today[:4]) if today and year.isdigit() else 0
    return {
        "side_first": thing.side == "first",
        "side_last": thing.side == "last",
        "today": bool(today),
        "later": is_later(thing.value, today),
        "same_day": bool(today) and thing.value == today,
        "years_on": on,
        "fineness": sum(c.isdigit() for c in thing.value),
        "first_year": bool(years) and year <= years[0],
        "last_year": bool(years) and year >= years[-1],
        "years_known": len(years),
    }


def _years(scene: Scene, work: Work) -> list[str]:
    spoken = (scene.lines[s.line] for s in scene.of(work) if s.ways - {"near", "main"})
    values = {d.value[:4] for line in spoken for d in line.dates}
    return sorted(filter(str.isdigit, values))


def is_later(value: str, today: str) -> bool:
    """Whether an EDTF date is surely later than the document's; not where that is unknown."""
    size = min(len(value.rstrip("~?%")), len(today))
    return bool(today) and value[:size] > today[:size]


def is_hoped(scene: Scene, thing: Thing) -> bool:
    """Whether what happens at a date is yet to come."""
    if scene.today:
        return is_later(thing.value, scene.today)
    clause = scene.lines[scene.line_at(thing.mention.start)].clause_at(thing.mention.start)
    before = clause.text[: thing.mention.start - clause.start][-_LED:]
    return says("hoped", before, scene.resolved.document.language)


def _amount(scene: Scene, thing: Thing) -> Features:
    mention, language = thing.mention, scene.resolved.document.language
    unit = scene.resolved.quantities[mention.start, mention.end].unit
    line = scene.lines[scene.line_at(mention.start)]
    clause = line.clause_at(mention.start)
    at = mention.start - clause.start
    near = clause.text[max(0, at - 2 * _BESIDE) : at + mention.end - mention.start + _BESIDE]
    return {
        "money": _CURRENCY.match(unit) is not None,
        "percent": unit in ("%", "pp"),
        "of_trade": says("trade", near, language),
        "of_people": says("population", near, language),
    }


def _place(scene: Scene, thing: Thing) -> Features:
    resolved = scene.resolved
    named = [m.place_id for m in in_name(resolved, thing.work.name)]
    counts = scene.reading.counts
    if thing.kind == "countries":
        at_home = Counter(_country(resolved, m) for m in _telling(scene, "places"))
        named, counts = [resolved.places[p].country for p in named], at_home
    most = counts.most_common(1)[0][0] if counts else ""
    place = resolved.places.get(thing.value)
    line = scene.lines[scene.line_at(thing.mention.start)]
    beside = around_mention(line, thing.mention)
    return {
        "in_name": thing.value in named,
        "only_in_name": thing.mention in resolved.inside,
        "others_in_name": len(set(named) - {thing.value}),
        "most_named": most == thing.value,
        "most_in_name": most in named,
        "region": place is not None and place.kind == "region",
        "home_country": bool(place and most) and _same_country(resolved, most, thing.value),
        "share": counts[thing.value] / max(1, counts.total()),
        "joined": _is_joined(resolved, thing),
    } | {name: value for name, value in beside.items() if name.startswith("led_")}


def _same_country(resolved: Resolved, one: str, other: str) -> bool:
    return one in resolved.places and resolved.places[one].country == resolved.places[other].country


def _is_joined(resolved: Resolved, thing: Thing) -> bool:
    """Whether "and" joins it to another place: "built by Porto and Bergen"."""
    text, mention = resolved.document.text, thing.mention
    for other in resolved.within(max(0, mention.start - _BESIDE), mention.end + _BESIDE):
        if other.label in LOCAL and other.start != mention.start:
            low, high = sorted((other, mention), key=lambda m: m.start)
            if _JOINT.match(text[low.end : high.start]):
                return True
    return False


def in_name(resolved: Resolved, name: str) -> list[Mention]:
    """Places of the document whose names stand in the project's name, in its order."""
    found: dict[str, tuple[int, Mention]] = {}
    for mention in (*resolved.mentions, *resolved.inside):
        if mention.label in LOCAL and mention.place_id:
            text = resolved.tagged.text_of(mention)
            at = name.find(text)
            if at >= 0 and not name[at + len(text) :][:1].islower():
                found.setdefault(mention.place_id, (at, mention))
    return [mention for _, mention in sorted(found.values(), key=lambda f: f[0])]
