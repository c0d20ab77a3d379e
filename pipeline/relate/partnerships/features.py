"""What is measured of candidates, beside their words: numbers by name.

A line has many candidates, which share all that is only told of the line, or of the line and the
partner that it names: that is measured once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial

from pipeline.languages import says
from pipeline.model import Features
from pipeline.records import Mention
from pipeline.relate.lines import Line
from pipeline.relate.owner import is_qualified
from pipeline.relate.parties import ends_with, is_in_name
from pipeline.relate.partnerships.propose import Candidate
from pipeline.relate.reading import Reading
from pipeline.relate.senses import SENSES
from pipeline.relate.triggers import SAID, STATES, TIES, Trigger, said, ties

_HOW = ("both", "row", "own", "head", "recent")
_KINDS = ("paragraph", "item", "row", "heading", "caption", "note")
#: Function words right before a place, and in the gap of two.
_LINKS = ("with", "to", "between", "of", "and", "in", "from")
_BRACKETED = re.compile(r"\([^)]*\)|（[^）]*）")
_DASHED = re.compile(r"^\s?[–—-]\s?$")
_JOINED = re.compile(r"^\s*[\")）]?\s*[,，、]\s*$")
_YEAR_NEXT = re.compile(r"\W{0,3}(?:[^\W\d_]{1,5}\s)?\(?(?:17|18|19|20)\d\d")
#: What stands behind a name that the rest of a line belongs to: "Izumo: Évian; Santa Clara".
_HEADS = re.compile(r"\s*(?:\([^)]*\)|（[^）]*）)?\s*(?:[:：]|[–—]|\s-\s)")
_OPENS = re.compile(r"(?:^|[;；:：,，、•|\t]|[–—]|\s-)\s*$")
_ENDS = re.compile(r"^[)）]?\s*(?:$|\n|[.:;,(（–—|：。，-]|\s\s)")
_STOPS = re.compile(r"[;；]")
#: Counts and distances above these say no more; _FAR also where there is no such word.
_MANY, _FAR, _TOP = 20, 300, 3
_LOOK_BACK = 60


def features(reading: Reading, pairs: Sequence[Candidate]) -> list[Features]:
    """All numbers of each candidate."""
    whole = _document(reading)
    place, around = cache(partial(_place, reading)), cache(partial(_around, reading))
    partner = cache(partial(_partner, reading))
    return [
        whole
        | place("a", c.a, c.line, c.ago_a)
        | place("b", c.b, c.line, c.ago_b)
        | around(c.line, c.heading)
        | partner(c.line, c.b, c.how != "before", c.a if c.how == "both" else None)
        | _pair(reading, c)
        for c in pairs
    ]


def _document(reading: Reading) -> Features:
    text, lines = reading.resolved.document.text, reading.lines
    found = [t for line in lines for t in line.ties]
    strong = sum(t.is_strong for t in found)
    title = lines[:_TOP]
    heads = [line.senses["head"] for line in lines if line.opens]
    return {
        "doc_head": max(heads, default=0.0),
        "doc_tie": max((line.senses["tie"] for line in lines), default=0.0),
        "doc_strong": min(strong, _MANY),
        "doc_weak": min(len(found) - strong, _MANY),
        "doc_density": min(3.0, strong * 1000 / (len(text) + 200)),
        "doc_references": sum(b.kind == "reference" for b in reading.resolved.document.blocks),
        "doc_han": reading.resolved.document.language[:2] in ("zh", "ja", "ko"),
        "doc_en": reading.resolved.document.language == "en",
        "title_strong": any(line.is_strong for line in title),
        **{f"doc_{k}": _share(found, k) for k in TIES},
        **_topics("title", title),
    }


def _share(found: Sequence[Trigger], topic: str) -> float:
    return sum(t.topic == topic for t in found) / len(found) if found else 0.0


def _topics(name: str, lines: Iterable[Line | None]) -> Features:
    """Which ties lines speak of."""
    found = {t.topic for line in lines if line for t in line.ties}
    return {f"{name}_{topic}": topic in found for topic in TIES}


def _place(reading: Reading, name: str, place: Mention, index: int, ago: int) -> Features:
    line = reading.lines[index]
    inside = line.start <= place.start < line.end
    side = line.party_of.get(place.start) if inside else None
    order = [o.hub.place_id for o in reading.owners]
    rank = order.index(place.place_id) if place.place_id in order else len(order)
    found: Features = {
        "owned": reading.owners[rank].share if rank < len(order) else 0.0,
        "evident": rank < len(order) and reading.owners[rank].evident,
        "rank": rank,
        "count": min(reading.counts[place.place_id], 12),
        "region": place.label == "REGION",
        "confidence": place.confidence,
        "ago": ago,
        "party": side is not None,
        "host": bool(side and side.host),
        "at": place.start - line.start if inside else -1,
        "in_name": inside and is_in_name(reading.resolved, place, line.start),
        "qualified": is_qualified(reading.resolved, place),
        "around": bool(side and (side.end > place.end or side.start < place.start)),
    }
    return {f"{name}_{key}": value for key, value in found.items()}


def _pair(reading: Reading, candidate: Candidate) -> Features:
    a, b = (reading.resolved.places[m.place_id] for m in (candidate.a, candidate.b))
    line = reading.lines[candidate.line]
    clause = line.clause_at(candidate.b.start if candidate.how != "before" else line.start)
    return {
        **{f"how_{h}": candidate.how == h for h in _HOW},
        "national": candidate.level == "national",
        "one_clause": clause.start <= candidate.a.start < clause.end,
        "cell_a": line.cell_of(candidate.a.start),
        "same_country": a.country == b.country != "",
        "no_country": (not a.country) + (not b.country),
        "same_admin": a.country == b.country != "" and a.admin1 == b.admin1 != "",
        "inside": (a.admin1 == b.name != "") or (b.admin1 == a.name != ""),
        "unlike": candidate.a.label != candidate.b.label,
        **_column("column_a", line, candidate.a),
    }


def _partner(reading: Reading, index: int, b: Mention, named: bool, a: Mention | None) -> Features:
    """What a line says of a partner. named: whether it names it. a: the other, if it names both."""
    line = reading.lines[index]
    found = _near(line, b, named, a) | _senses("line", line)
    found |= _said(line.clause_at(b.start if named else line.start).text, line.language)
    found |= _gap(reading, line, b, named)
    found |= _between(reading, line, a, b) if a else {}
    found |= _column("column_b", line, b) if named else {}
    found |= _own(line, b) if named else {}
    return found | _entry(reading, line, b, named)


def _near(line: Line, b: Mention, named: bool, a: Mention | None) -> Features:
    """Where words for ties stand, seen from the places."""
    low, high = (a or b).start - line.start, b.end - line.start
    found: Features = {}
    for name, strong in (("strong", True), ("weak", False)):
        group = [t for t in line.ties if t.is_strong == strong]
        found[f"{name}_in_line"] = len(group)
        found[f"{name}_between"] = a is not None and any(low <= t.start < high for t in group)
        found[f"{name}_before"] = named and any(t.start < low for t in group)
        found[f"{name}_after"] = named and any(t.start >= high for t in group)
        apart = (_apart(t, b, line) for t in group) if named else ()
        found[f"{name}_far"] = min(apart, default=_FAR)
    beside = min(line.ties, key=lambda t: _apart(t, b, line), default=None)
    return found | {f"beside_{k}": beside is not None and beside.topic == k for k in TIES}


def _apart(trigger: Trigger, place: Mention, line: Line) -> int:
    """Characters from a trigger to a place; one behind it counts ten more."""
    low, high = place.start - line.start, place.end - line.start
    return low - trigger.end if trigger.end <= low else trigger.start - high + 10


@lru_cache(maxsize=1024)
def _said(text: str, language: str) -> Features:
    """What a clause says, whatever places it names. All candidates of a clause share it."""
    topics = {t.topic for t in ties(text, language)}
    others = said(text, language)
    found: Features = {f"clause_{topic}": topic in topics for topic in TIES}
    found |= {f"clause_{topic}": topic in others for topic in SAID}
    return found | {"clause_strong": any(t.is_strong for t in ties(text, language))}


def _gap(reading: Reading, line: Line, b: Mention, named: bool) -> Features:
    text = reading.resolved.document.text
    before = text[max(line.start, b.start - _LOOK_BACK) : b.start] if named else ""
    return {
        **{f"b_{t}": named and ends_with(t, before, line.language) for t in _LINKS},
        "b_opens": named and bool(_OPENS.search(text[line.start : b.start])),
        "year_after": named and bool(_YEAR_NEXT.match(text[b.end : b.end + 14])),
        "dated": bool(line.dates),
        "gap": -1,
    }


def _between(reading: Reading, line: Line, a: Mention, b: Mention) -> Features:
    text = reading.resolved.document.text
    gap = text[a.end : b.start]
    bare = _BRACKETED.sub("", gap)
    lead = text[max(line.start, a.start - _LOOK_BACK) : a.start]
    return {
        "gap": len(gap),
        **{f"a_{t}": ends_with(t, lead, line.language) for t in _LINKS},
        **{f"gap_{t}": says(t, bare, line.language) for t in _LINKS},
        "joined": bool(_JOINED.match(bare)) or _is_only("and", bare, line.language),
        "dashed": bool(_DASHED.match(gap)),
        "others_between": sum(a.start < m.start < b.start for m in line.places),
        "semicolon": ";" in gap or "；" in gap,
        "a_first": a == line.places[0] if line.places else False,
        "a_heads": bool(_HEADS.match(text[a.end : a.end + _LOOK_BACK])),
        "a_opens": bool(_OPENS.search(text[line.start : a.start])),
        "stops": len(_STOPS.findall(gap)),
    }


def _own(line: Line, b: Mention) -> Features:
    """What is said from a partner up to the next: "twinned with A (1988), B (ended in 2022)"."""
    following = (m.start for m in line.parties if m.start >= b.end)
    own = line.text[b.end - line.start : next(following, line.end) - line.start]
    found = said(own, line.language)
    bracketed = said(" ".join(_BRACKETED.findall(own)), line.language)
    return {
        **{f"own_{topic}": topic in found for topic in (*STATES, "renewal", "negation")},
        **{f"own_bracket_{topic}": topic in bracketed for topic in STATES},
        "own_tie": bool(ties(own, line.language)),
        "bare_state": any(
            says(topic, _BRACKETED.sub("", line.text), line.language) for topic in STATES
        ),
    }


def _is_only(topic: str, text: str, language: str) -> bool:
    """Whether a text is nothing but a word of a topic."""
    return len(text) < _LOOK_BACK and ends_with(topic, text, language) and len(text.split()) < 3


def _column(name: str, line: Line, place: Mention) -> Features:
    """What the table calls the column of a place."""
    cell = line.cell_of(place.start)
    called = line.columns[cell] if 0 <= cell < len(line.columns) else ""
    found = {t.topic for t in ties(called, line.language)} if called else set()
    numbers: Features = {f"{name}_{topic}": topic in found for topic in TIES}
    return numbers | {f"{name}_named": bool(called)}


def _entry(reading: Reading, line: Line, b: Mention, named: bool) -> Features:
    tail = reading.resolved.document.text[b.end : line.end] if named else "before"
    lead = line.text[: b.start - line.start] if named else ""
    parties = [s for s in map(line.party_of.get, (m.start for m in line.places)) if s]
    return {
        "places": len(line.places),
        "parties": sum(not s.host for s in parties),
        "position": line.places.index(b) if b in line.places else -1,
        "own_list": named and says("own_list", lead, line.language),
        "entry": named and line.entry and b == line.places[0] if line.places else False,
        "entry_end": named and bool(_ENDS.match(tail)),
        "cells": len(line.block.cells),
        "cell_b": line.cell_of(b.start),
        **{f"is_{kind}": line.block.kind == kind for kind in _KINDS},
        "length": len(line.text),
        "line_negation": "negation" in line.says,
        "asks": line.text.rstrip().endswith(("?", "？")),
    }


def _around(reading: Reading, index: int, heading: int) -> Features:
    """What the lines above, before and after say."""
    lines, line = reading.lines, reading.lines[index]
    above = [lines[i] for i in line.above]
    over = lines[heading] if heading >= 0 else None
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    found: Features = {"heading_ago": min(index - heading, 30), "depth": len(line.above)}
    for name, other in (("heading", over), ("before", before), ("after", after)):
        found[f"{name}_strong"] = other is not None and other.is_strong
        found[f"{name}_weak"] = other is not None and bool(other.ties) and not other.is_strong
        found[f"{name}_negation"] = other is not None and "negation" in other.says
        found[f"{name}_places"] = len(other.places) if other else -1
        found |= _senses(name, other)
    found |= _topics("heading", [over]) | _topics("before", [before]) | _topics("above", above)
    said_above = {topic for one in above for topic in one.says}
    found |= {f"above_{t}": t in said_above for t in (*STATES, "own_list", "own_place", "network")}
    found["after_retraction"] = after is not None and "retraction" in after.says
    found["after_to_be_signed"] = after is not None and "to_be_signed" in after.says
    found["same_block"] = before is not None and before.block is line.block
    found["columns_strong"] = any(t.is_strong for c in line.columns for t in ties(c, line.language))
    return found | {"run": _run(lines, index)}


def _senses(name: str, line: Line | None) -> Features:
    return {f"{name}_sense_{k}": line.senses[k] if line else 0.0 for k in SENSES}


def _run(lines: Sequence[Line], index: int) -> float:
    """The share of the four lines around that begin with a place, as this one does."""
    around = [*lines[max(0, index - 2) : index], *lines[index + 1 : index + 3]]
    return sum(line.entry for line in around) / 4 if lines[index].entry else 0.0
