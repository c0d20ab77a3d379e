"""The known places inside a span: the tagger cuts too wide where names stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Label, Mention
from pipeline.tag.placewords import words

_LABELS: dict[str, Label] = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
_GAP = re.compile(r"(?:,\s|\s\(|\s(?:of|in)\s(?:the\s)?|\s(?:and|&|or)\s|\s[–-]\s|\s)")
_OWNER = re.compile(r"['’]s?$")
#: A dash between spaces parts a name from what is said of it: "Braga - International relations".
_DASH = re.compile(r"\s[-–—|]\s")
#: What a name does not end with: "West Bank and", "New York border".
_TAIL = re.compile(r"(?:[\s,]+(?:[a-z&][\w’'-]*)?)+$|[,;:]+$")


def parts(text: str, span: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """The places of a span, each for itself; the span as it is where nothing in it is known.

    "Almaty of Kazakhstan" and "Nebraska and Iowa" are two, "northeast Georgia" is Georgia,
    "Utah’s" is Utah; nothing is left of "North".
    """
    name = text[span.start : span.end]
    if not name.strip("’' ") or name in words("directions"):
        return []
    if _OWNER.search(name):
        owner = _cut(span, 0, len(_OWNER.sub("", name)))
        if _people(name, gazetteer) <= _people(text[owner.start : owner.end], gazetteer):
            return parts(text, owner, gazetteer)
    if gazetteer.candidates(name):
        return [span]
    if (tail := _TAIL.search(name)) and gazetteer.candidates(name[: tail.start()]):
        return [_cut(span, 0, tail.start())]
    found = _without_direction(name, span, gazetteer) or _two(name, span, gazetteer)
    return found or _before_dash(name, span, gazetteer) or [span]


def _people(name: str, gazetteer: Gazetteer) -> int:
    """Inhabitants of the largest place that usually goes by a name; 0 for none."""
    return max((c.population for c in gazetteer.candidates(name) if c.main), default=0)


def _cut(span: Mention, start: int, end: int) -> Mention:
    return replace(span, start=span.start + start, end=span.start + end)


def _two(name: str, span: Mention, gazetteer: Gazetteer) -> list[Mention]:
    for gap in _GAP.finditer(name):
        inner = gazetteer.candidates(name[: gap.start()])
        outer = gazetteer.candidates(name[gap.end() :])
        if inner and outer:
            first = _cut(span, 0, gap.start())
            second = _cut(span, gap.end(), len(name))
            return [first, replace(second, label=_LABELS[outer[0].place.kind])]
    return []


def _before_dash(name: str, span: Mention, gazetteer: Gazetteer) -> list[Mention]:
    dash = _DASH.search(name)
    known = dash and gazetteer.candidates(name[: dash.start()])
    return [_cut(span, 0, dash.start())] if dash and known else []


def _without_direction(name: str, span: Mention, gazetteer: Gazetteer) -> list[Mention]:
    for start in _starts(name):
        known = gazetteer.candidates(name[start:])
        if known and all(word in words("directions") for word in name[:start].split()):
            return [replace(_cut(span, start, len(name)), label=_LABELS[known[0].place.kind])]
    return []


def _starts(name: str) -> Iterator[int]:
    yield from (m.end() for m in re.finditer(r"\s+|-(?=[A-Z])", name))
