"""What is measured of candidates: numbers by name, and the words beside them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.gazetteer.names import is_cjk, key
from pipeline.languages import find
from pipeline.model import Features
from pipeline.records import Document
from pipeline.tag.toponyms.candidates import PLACES, Candidate

_SOURCES = {
    "form": PLACES,
    "rules": PLACES,
    "tagger": (*PLACES, "ORG", "PROJECT", "STRATEGY"),
    "entity": ("GPE", "LOC", "PERSON", "ORG", "NORP", "FAC", "EVENT", "DATE"),
}
_BEFORE = (
    *("place_before", "person_before", "institution_before", "authority", "street", "host"),
    *("in", "of", "with", "from", "and", "to", "between", "capital_before"),
)
_BEHIND = ("place_after", "person_after", "institution_after", "authority_after", "street", "and")
_TIES = ("sister_city", "twinning", "friendship")
_KINDS = ("heading", "paragraph", "item", "row", "caption", "note")
_LANGUAGES = ("en", "ru", "zh", "de", "ja", "ko", "ar")
_REACH, _MANY = 40, 12
_WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\W\d_]+|\d+|[^\w\s]")
_STEM = 6


@dataclass(frozen=True, slots=True)
class _Whole:
    """What features ask of the whole document. names: how often each name is a candidate; small:
    words that it has in small letters; countries: how often a candidate's best sense lies in
    each. begins: blocks that begin with a candidate."""

    names: Counter[str]
    small: Counter[str]
    countries: Counter[str]
    begins: frozenset[int]
    common: frozenset[str]


def features(document: Document, every: Sequence[Candidate]) -> list[Features]:
    """Numbers of each candidate of a document."""
    whole = _whole(document, every)
    spans = [(c.start, c.end) for c in every]
    return [
        _seen(c)
        | _senses(document, c, whole)
        | _form(document, c, whole)
        | _beside(document, c)
        | _neighbours(document, every, spans, i)
        for i, c in enumerate(every)
    ]


def _whole(document: Document, every: Sequence[Candidate]) -> _Whole:
    text = document.text
    names = Counter(text[c.start : c.end].casefold() for c in every)
    wanted = {word for name in names for word in name.split()[:1]}
    small = Counter(
        w for w in re.findall(r"[^\W\d_]+", text) if w[0].islower() and w.casefold() in wanted
    )
    countries = Counter(c.senses[0].place.country for c in every if c.senses)
    starts = {document.blocks[c.block].start: c.block for c in every}
    begins = frozenset(starts[c.start] for c in every if c.start in starts)
    asked = "\n".join(text[c.start : c.end] for c in every)
    spans = find("common_word", asked, document.language)
    lines = {asked[a:b].casefold() for a, b in spans if _is_line(asked, a, b)}
    return _Whole(names, small, countries, begins, frozenset(lines))


def _is_line(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _seen(c: Candidate) -> Features:
    found: Features = {}
    for source, labels in _SOURCES.items():
        for label in labels:
            found[f"{source}_{label}"] = c.seen.get(source) == label
            found[f"over_{source}_{label}"] = c.over.get(source) == label
    return found


def _senses(document: Document, c: Candidate, whole: _Whole) -> Features:
    name = key(document.text[c.start : c.end])
    found: Features = {"senses": min(len(c.senses), _MANY), "known": bool(c.senses)}
    for kind in ("city", "region", "country"):
        own = [s for s in c.senses if s.place.kind == kind]
        size = max((s.population for s in own), default=0)
        found[f"{kind}_size"] = math.log10(size + 1) if own else -1.0
        found[f"{kind}_main"] = any(s.main for s in own)
        found[f"{kind}_exact"] = any(s.main and key(s.place.name) == name for s in own)
    best = c.senses[0] if c.senses else None
    found["level"] = best.level if best else -1
    share = whole.countries[best.place.country] if best else 0
    found["country_share"] = share / max(1, sum(whole.countries.values()))
    found["country_names"] = min(share, _MANY)
    return found


def _form(document: Document, c: Candidate, whole: _Whole) -> Features:
    text, block = document.text, document.blocks[c.block]
    name = text[c.start : c.end]
    folded = name.casefold()
    before, behind = text[max(block.start, c.start - 3) : c.start], text[c.end : c.end + 3]
    previous = re.search(r"([^\W\d_]+)[\s’'-]?$", text[max(block.start, c.start - 20) : c.start])
    following = re.match(r"[\s’'-]?([^\W\d_]+)", text[c.end : min(block.end, c.end + 20)])
    return {
        "length": len(name),
        "name_words": len(name.split()),
        "upper": name.isupper(),
        "capital": name[:1].isupper(),
        "cjk": is_cjk(name),
        "opens": c.start - block.start < 3,
        "after_stop": bool(re.search(r"[.!?:;。！？：；|]\s*$", before)) or not before.strip(),
        "ends": c.end >= block.end - 1,
        "next_capital": bool(following) and following[1][0].isupper(),  # type: ignore[index]
        "next_joined": bool(following) and not text[c.end].isspace(),
        "last_capital": bool(previous) and previous[1][0].isupper(),  # type: ignore[index]
        "last_joined": bool(before) and not before[-1].isspace() and before[-1].isalnum(),
        "comma_behind": behind[:1] in (",", "，", "、"),
        "bracket_behind": "(" in behind or "（" in behind,
        "bracketed": before[-1:] in ("(", "（"),
        "comma_before": before.rstrip()[-1:] in (",", "，", "、"),
        "dash": bool(re.match(r"\s?[–—-]", behind) or re.search(r"[–—-]\s?$", before)),
        "colon_behind": behind.lstrip()[:1] in (":", "："),
        "common": folded in whole.common,
        "small": min(whole.small[folded.split()[0]] if folded.split() else 0, _MANY),
        "count": min(whole.names[folded], _MANY),
        "year_behind": bool(re.match(r"\D{0,25}(?:18|19|20)\d\d", text[c.end : block.end])),
        **{f"is_{kind}": block.kind == kind for kind in _KINDS},
        **{f"in_{code}": document.language[:2] == code for code in _LANGUAGES},
        "run": sum(b in whole.begins for b in range(c.block - 2, c.block + 3)),
    }


def _beside(document: Document, c: Candidate) -> Features:
    """What the words right beside a candidate say."""
    text, block, language = document.text, document.blocks[c.block], document.language
    before = text[max(block.start, c.start - _REACH) : c.start]
    behind = text[c.end : min(block.end, c.end + _REACH)]
    found: Features = {}
    for topic in _BEFORE:
        ends = (end for _, end in find(topic, before, language))
        found[f"before_{topic}"] = any(not before[end:].strip(' ("“«„') for end in ends)
    for topic in _BEHIND:
        starts = (start for start, _ in find(topic, behind, language))
        found[f"behind_{topic}"] = any(not behind[:start].strip(' )"”»') for start in starts)
    near = before + " # " + behind
    found["tie_near"] = any(find(topic, near, language) for topic in _TIES)
    return found


def _neighbours(
    document: Document, every: Sequence[Candidate], spans: Sequence[tuple[int, int]], i: int
) -> Features:
    """The candidates before and behind, and those that touch."""
    c = every[i]
    last = next((every[j] for j in range(i - 1, -1, -1) if spans[j][1] <= c.start), None)
    following = next((x for x in every[i + 1 : i + 8] if x.start >= c.end), None)
    found: Features = {
        "longer": any(
            x is not c and x.start <= c.start and c.end <= x.end
            for x in every[max(0, i - 4) : i + 5]
        )
    }
    for name, other in (("last", last), ("following", following)):
        near = other is not None and other.block == c.block
        gap = (other.start - c.end if other.start >= c.end else c.start - other.end) if near else 99  # type: ignore[union-attr]
        found[f"{name}_gap"] = min(gap, 99)
        senses = other.senses if near and other else ()
        found[f"{name}_country"] = any(s.place.kind == "country" for s in senses)
        found[f"{name}_region"] = any(s.place.kind == "region" for s in senses)
        found[f"{name}_inside"] = any(
            s.place.country == o.place.country and o.place.kind == "country"
            for s in c.senses[:5]
            for o in senses[:2]
        )
        found[f"{name}_form"] = bool(near and other and "form" in other.seen)
    return found


def words(document: Document, c: Candidate) -> tuple[str, ...]:
    """The words beside a candidate, its own and its endings."""
    return tuple(_words(document, c))


def _words(document: Document, c: Candidate) -> Iterator[str]:
    text, block = document.text, document.blocks[c.block]
    name = text[c.start : c.end].casefold()
    before = _stems(text[max(block.start, c.start - _REACH) : c.start])[-3:]
    behind = _stems(text[c.end : min(block.end, c.end + _REACH)])[:3]
    yield from (f"b{n}:{w}" for n, w in enumerate(reversed(before)))
    yield from (f"a{n}:{w}" for n, w in enumerate(behind))
    yield f"b:{' '.join(before[-2:])}"
    yield f"a:{' '.join(behind[:2])}"
    yield f"n:{name[-3:]}"
    yield f"m:{name[-2:]}"
    yield f"l:{document.language[:2]}"
    if not is_cjk(name[:1]):
        yield from (f"w:{w}" for w in name.split()[1:])


def _stems(text: str) -> list[str]:
    return [w[:_STEM] for w in _WORD.findall(text.casefold())]
