"""What is measured of a candidate, beside its words: numbers by name."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.records import Mention
from pipeline.relate.clauses import masked
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


def features(reading: Reading, candidate: Candidate) -> Features:
    """All numbers of a candidate but those of the whole document; truth values are 0 and 1."""
    line = reading.lines[candidate.line]
    found: Features = {f"how_{h}": candidate.how == h for h in _HOW}
    found |= _place("a", reading, candidate.a, line, candidate.ago_a)
    found |= _place("b", reading, candidate.b, line, candidate.ago_b)
    found |= _pair(reading, candidate)
    found |= _cues(candidate, line)
    found |= _clause(candidate, line)
    found |= _gap(reading, candidate, line)
    found |= _entry(reading, candidate, line)
    found |= _around(reading, candidate)
    found |= _rules(reading, candidate)
    return {name: float(value) for name, value in found.items()}


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


def _place(name: str, reading: Reading, place: Mention, line: Line, ago: int) -> Features:
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
    return {
        "same_country": a.country == b.country != "",
        "no_country": (not a.country) + (not b.country),
        "same_admin": a.country == b.country != "" and a.admin1 == b.admin1 != "",
        "inside": (a.admin1 == b.name != "") or (b.admin1 == a.name != ""),
        "unlike": candidate.a.label != candidate.b.label,
    }


def _cues(candidate: Candidate, line: Line) -> Features:
    both, named = candidate.how == "both", candidate.how != "before"
    low = (candidate.a.start if both else candidate.b.start) - line.start
    high = candidate.b.end - line.start
    found: Features = {}
    for name, group in (
        ("strong", [c for c in line.cues if c.strong]),
        ("weak", [c for c in line.cues if not c.strong]),
    ):
        found[f"{name}_in_line"] = len(group)
        found[f"{name}_between"] = both and any(low <= c.start < high for c in group)
        found[f"{name}_before"] = named and any(c.start < low for c in group)
        found[f"{name}_after"] = named and any(c.start >= high for c in group)
        found[f"{name}_far"] = _nearest(group, candidate.b, line) if named else _FAR
    beside = min(line.cues, key=lambda c: _apart(c, candidate.b, line), default=None)
    return found | {f"beside_{k}": bool(beside) and beside.kind == k for k in KINDS}  # type: ignore[union-attr]


def _nearest(cues: list[Cue], place: Mention, line: Line) -> int:
    return min((_apart(c, place, line) for c in cues), default=_FAR)


def _apart(cue: Cue, place: Mention, line: Line) -> int:
    """Characters from a cue to a place; one behind it counts ten more."""
    low, high = place.start - line.start, place.end - line.start
    return low - cue.end if cue.end <= low else cue.start - high + 10


def _clause(candidate: Candidate, line: Line) -> Features:
    clause = line.clause_at(candidate.b.start if candidate.how != "before" else line.start)
    return _said(clause.text if clause else "") | {
        "one_clause": bool(clause) and clause.start <= candidate.a.start < clause.end,  # type: ignore[union-attr]
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


def _gap(reading: Reading, candidate: Candidate, line: Line) -> Features:
    text, a, b = reading.resolved.document.text, candidate.a, candidate.b
    before = text[max(line.start, b.start - _LOOK_BACK) : b.start]
    named = candidate.how != "before"
    found: Features = {
        "with_b": named and bool(WITH.search(before)),
        "towards_b": named and bool(TOWARDS.search(before)),
        "b_opens": named and bool(_OPENS.search(text[line.start : b.start])),
        "year_after": named and bool(_YEAR_NEXT.match(text[b.end : b.end + 14])),
        "dated": bool(line.dates),
        "gap": -1,
    }
    if candidate.how != "both":
        return found
    gap = text[a.end : b.start]
    lead = text[max(line.start, a.start - _LOOK_BACK) : a.start]
    return found | {
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


def _entry(reading: Reading, candidate: Candidate, line: Line) -> Features:
    resolved, b = reading.resolved, candidate.b
    named = candidate.how != "before"
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
        "cell_a": cell_of(line.block, candidate.a.start),
        "cell_b": cell_of(line.block, b.start),
        "run": reading.entries[candidate.line],
        "is_paragraph": line.block.kind == "paragraph",
        "is_item": line.block.kind == "item",
        "is_row": line.block.kind == "row",
        "is_heading": line.block.kind == "heading",
        "length": len(line.text),
    }


def _starts(line: Line) -> list[int]:
    return [m.start for m in line.places]


def _around(reading: Reading, candidate: Candidate) -> Features:
    """What the heading, the line before and the line after say."""
    lines, index = reading.lines, candidate.line
    heading = lines[candidate.heading] if candidate.heading >= 0 else None
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    found: Features = {"heading_ago": min(index - candidate.heading, 30)}
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
