"""What is measured of candidates, beside their words: numbers by name.

A line has many candidates, which share all that is only told of the line, or of the line and the
partner that it names: that is measured once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache, partial

from pipeline.records import Mention
from pipeline.relate.clauses import Clause, masked
from pipeline.relate.cues import BRACKETED, Cue, denied, harmless, imagined, kinds, status, words
from pipeline.relate.discourse import FIRST_PERSON
from pipeline.relate.entries import ENTRY_END, LEAD
from pipeline.relate.learned.candidates import Candidate
from pipeline.relate.learned.hubs import is_qualified
from pipeline.relate.learned.reading import Line, Reading, cell_of
from pipeline.relate.model import Features
from pipeline.relate.pairs import BETWEEN, DASHED, JOINED, OWN_LIST, TOWARDS, WITH
from pipeline.relate.sides import inside_name

KINDS = (
    "strategic",
    "friendship",
    "sister_city",
    "twinning",
    "cooperation_agreement",
    "bare",
    "idiom",
    "other",
)
_HOW = ("both", "row", "own", "head", "recent")
STATES = ("planned", "suspended", "ended")
_CLAUSE_WORDS = (
    "acts",
    "signings",
    "renewals",
    "anaphors",
    "pairs_named",
    "latter",
    "selves",
)
_YEAR_NEXT = re.compile(r"\W{0,3}(?:in |since |с |von |seit )?\(?(?:17|18|19|20)\d\d")
#: What stands behind a name that the rest of a line belongs to: "Izumo: Évian; Santa Clara".
_HEADS = re.compile(r"\s*(?:\([^)]*\)|（[^）]*）)?\s*(?:[:：]|[–—]|\s-\s)")
_OPENS = re.compile(r"(?:^|[;；:：,，、•|\t]|[–—]|\s-|\band|&|и|和)\s*$")
_STOPS = re.compile(r"[;；]")
#: Counts and distances above these say no more; _FAR also where there is no such word.
_MANY, _FAR = 20, 300
_LOOK_BACK = 60


def features(reading: Reading, pairs: Sequence[Candidate]) -> list[Features]:
    """All numbers of each candidate but those of the whole document."""
    place, around = cache(partial(_place, reading)), cache(partial(_around, reading))
    partner = cache(partial(_partner, reading))
    return [
        place("a", c.a, c.line, c.ago_a)
        | place("b", c.b, c.line, c.ago_b)
        | around(c.line, c.heading)
        | partner(c.line, c.b, c.how != "before", c.a if c.how == "both" else None)
        | _pair(reading, c)
        for c in pairs
    ]


def document(reading: Reading) -> Features:
    """Numbers of the whole document."""
    text = reading.resolved.document.text
    language = reading.resolved.document.language
    strong = sum(c.strong for line in reading.lines for c in line.cues)
    weak = sum(not c.strong for line in reading.lines for c in line.cues)
    return {
        "doc_strong": min(strong, _MANY),
        "doc_weak": min(weak, _MANY),
        "doc_density": min(3.0, strong * 1000 / (len(text) + 200)),
        "doc_references": sum(b.kind == "reference" for b in reading.resolved.document.blocks),
        "is_en": language == "en",
        "is_ru": language == "ru",
        "is_zh": language == "zh",
        **{f"doc_{k}": _share(reading, k) for k in KINDS},
        **{f"title_{k}": any(k in _kinds(line) for line in reading.lines[:3]) for k in KINDS},
        "title_strong": any(c.strong for line in reading.lines[:3] for c in line.cues),
    }


def _share(reading: Reading, kind: str) -> float:
    """How many of the document's cues are of a kind."""
    found = [c.kind for line in reading.lines for c in line.cues]
    return found.count(kind) / len(found) if found else 0.0


def _place(reading: Reading, name: str, place: Mention, index: int, ago: int) -> Features:
    line = reading.lines[index]
    inside = line.start <= place.start < line.end
    side = line.sides.get(place.start) if inside else None
    text = reading.resolved.document.text
    key = place.place_id
    found: Features = {
        "standing": reading.standing.get(key, 0.0),
        "owned": reading.owned.get(key, 0.0),
        "rank": min(reading.rank.get(key, 9), 9),
        "count": min(reading.counts[key], 12),
        "region": place.label == "REGION",
        "confidence": place.confidence,
        "ago": ago,
        "party": side is not None,
        "host": bool(side and side.host),
        "at": place.start - line.start if inside else -1,
        "in_name": inside and inside_name(text, place, line.start),
        "qualified": is_qualified(reading.resolved, place),
        "around": bool(side and (side.end > place.end or side.start < place.start)),
    }
    return {f"{name}_{key}": value for key, value in found.items()}


def _pair(reading: Reading, candidate: Candidate) -> Features:
    a, b = (reading.resolved.places[m.place_id] for m in (candidate.a, candidate.b))
    line = reading.lines[candidate.line]
    clause = _clause_of(line, candidate.b, candidate.how != "before")
    found: Features = {f"how_{h}": candidate.how == h for h in _HOW}
    found |= _rules(reading, candidate)
    return found | {
        "one_clause": bool(clause) and clause.start <= candidate.a.start < clause.end,  # type: ignore[union-attr]
        "cell_a": cell_of(line.block, candidate.a.start),
        "same_country": a.country == b.country != "",
        "no_country": (not a.country) + (not b.country),
        "same_admin": a.country == b.country != "" and a.admin1 == b.admin1 != "",
        "inside": (a.admin1 == b.name != "") or (b.admin1 == a.name != ""),
        "unlike": candidate.a.label != candidate.b.label,
    }


def _partner(reading: Reading, index: int, b: Mention, named: bool, a: Mention | None) -> Features:
    """What a line says of a partner. named: whether it names it. a: the other, if it names both."""
    line = reading.lines[index]
    found = _cues(line, b, named, a)
    found |= _clause(line, b, named)
    found |= _gap(reading, line, b, named)
    found |= _between(reading, line, a, b) if a else {}
    return found | _entry(reading, index, b, named)


def _cues(line: Line, b: Mention, named: bool, a: Mention | None) -> Features:
    low = (a or b).start - line.start
    high = b.end - line.start
    found: Features = {}
    for name, group in (
        ("strong", [c for c in line.cues if c.strong]),
        ("weak", [c for c in line.cues if not c.strong]),
    ):
        found[f"{name}_in_line"] = len(group)
        found[f"{name}_between"] = a is not None and any(low <= c.start < high for c in group)
        found[f"{name}_before"] = named and any(c.start < low for c in group)
        found[f"{name}_after"] = named and any(c.start >= high for c in group)
        found[f"{name}_far"] = _nearest(group, b, line) if named else _FAR
    beside = min(line.cues, key=lambda c: _apart(c, b, line), default=None)
    return found | {f"beside_{k}": bool(beside) and beside.kind == k for k in KINDS}  # type: ignore[union-attr]


def _nearest(cues: list[Cue], place: Mention, line: Line) -> int:
    return min((_apart(c, place, line) for c in cues), default=_FAR)


def _apart(cue: Cue, place: Mention, line: Line) -> int:
    """Characters from a cue to a place; one behind it counts ten more."""
    low, high = place.start - line.start, place.end - line.start
    return low - cue.end if cue.end <= low else cue.start - high + 10


def _clause_of(line: Line, b: Mention, named: bool) -> Clause | None:
    return line.clause_at(b.start if named else line.start)


def _clause(line: Line, b: Mention, named: bool) -> Features:
    clause = _clause_of(line, b, named)
    return _said(clause.text if clause else "") | {
        "line_denied": denied(line.text),
        "asks": line.text.rstrip().endswith(("?", "？")),
    }


@lru_cache(maxsize=1024)
def _said(text: str) -> Features:
    """What a clause says, whatever places it names. All candidates of a clause share it."""
    cues = kinds(text)
    state = status(text)
    found: Features = {
        "clause_strong": any(c.strong for c in cues),
        "clause_weak": any(not c.strong for c in cues),
        "denied": denied(text),
        "imagined": imagined(text),
        "negation": bool(words("negations").search(harmless(text))),
        "hypothesis": bool(words("hypotheticals").search(text)),
        "first_person": bool(FIRST_PERSON.search(text)),
    }
    found |= {f"kind_{kind}": any(c.kind == kind for c in cues) for kind in KINDS}
    found |= {f"state_{name}": state == name for name in STATES}
    return found | {f"has_{name}": bool(words(name).search(text)) for name in _CLAUSE_WORDS}


def _gap(reading: Reading, line: Line, b: Mention, named: bool) -> Features:
    text = reading.resolved.document.text
    before = text[max(line.start, b.start - _LOOK_BACK) : b.start]
    return {
        "with_b": named and bool(WITH.search(before)),
        "towards_b": named and bool(TOWARDS.search(before)),
        "b_opens": named and bool(_OPENS.search(text[line.start : b.start])),
        "year_after": named and bool(_YEAR_NEXT.match(text[b.end : b.end + 14])),
        "dated": bool(line.dates),
        "gap": -1,
    }


def _between(reading: Reading, line: Line, a: Mention, b: Mention) -> Features:
    text = reading.resolved.document.text
    gap = text[a.end : b.start]
    lead = text[max(line.start, a.start - _LOOK_BACK) : a.start]
    return {
        "gap": len(gap),
        "joined": bool(JOINED.match(BRACKETED.sub("", gap))),
        "dashed": bool(DASHED.match(gap)),
        "between": bool(BETWEEN.search(lead)),
        "with_a": bool(WITH.search(lead)),
        "others_between": sum(a.start < m.start < b.start for m in line.places),
        "semicolon": ";" in gap or "；" in gap,
        "a_first": a == line.places[0],
        "a_heads": bool(_HEADS.match(text[a.end : a.end + _LOOK_BACK])),
        "a_opens": bool(_OPENS.search(text[line.start : a.start])),
        "stops": len(_STOPS.findall(gap)),
    }


def _entry(reading: Reading, index: int, b: Mention, named: bool) -> Features:
    resolved, line = reading.resolved, reading.lines[index]
    lead = masked(resolved, line.start, b.start) if named else "before"
    tail = resolved.document.text[b.end : line.end] if named else "before"
    return {
        "places": len(line.places),
        "parties": sum(bool(s) and not s.host for s in map(line.sides.get, _starts(line)) if s),
        "position": line.places.index(b) if b in line.places else -1,
        "own_list": named and bool(OWN_LIST.search(lead)),
        "entry": named and bool(LEAD.match(lead.replace("#", ""))),
        "entry_end": named and bool(ENTRY_END.match(tail)),
        "cells": len(line.block.cells),
        "cell_b": cell_of(line.block, b.start),
        "run": reading.entries[index],
        "is_paragraph": line.block.kind == "paragraph",
        "is_item": line.block.kind == "item",
        "is_row": line.block.kind == "row",
        "is_heading": line.block.kind == "heading",
        "length": len(line.text),
    }


def _starts(line: Line) -> list[int]:
    return [m.start for m in line.places]


def _around(reading: Reading, index: int, above: int) -> Features:
    """What the heading, the line before and the line after say. above: index of the heading."""
    lines = reading.lines
    heading = lines[above] if above >= 0 else None
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    found: Features = {"heading_ago": min(index - above, 30)}
    for name, line in (("heading", heading), ("before", before), ("after", after)):
        found[f"{name}_strong"] = bool(line) and any(c.strong for c in line.cues)  # type: ignore[union-attr]
        found[f"{name}_weak"] = bool(line) and any(not c.strong for c in line.cues)  # type: ignore[union-attr]
        found[f"{name}_denied"] = bool(line) and denied(line.text)  # type: ignore[union-attr]
    found |= {f"heading_kind_{k}": k in _kinds(heading) for k in KINDS}
    found |= {f"before_kind_{k}": k in _kinds(before) for k in KINDS}
    found["heading_ended"] = bool(heading) and status(heading.text) == "ended"  # type: ignore[union-attr]
    found["same_block"] = bool(before) and before.block is lines[index].block  # type: ignore[union-attr]
    return found


def _kinds(line: Line | None) -> set[str]:
    return {c.kind for c in line.cues} if line else set()


def _rules(reading: Reading, candidate: Candidate) -> Features:
    pair = candidate.pair
    mine = reading.rules.get(pair, [])
    here = reading.said[candidate.line]
    return {
        "rule": max((item.confidence for item in mine), default=0.0),
        "rule_here": pair in here,
        "rule_here_other": any(p != pair for p in here),
        "degree_a": min(reading.degree[candidate.a.place_id] - bool(mine), 10),
        "degree_b": min(reading.degree[candidate.b.place_id] - bool(mine), 10),
    }
