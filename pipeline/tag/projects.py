"""Projects that a text names or clearly describes: candidates weighed by what stands around them.

"The Harbour Light Terminal, built together with …" names a project; "they met at the Harbour
Light Terminal" does not. Points of name, cue words and kinds of facts decide
(`vocab/projects.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.records import Document, Mention
from pipeline.spans import take, taken, touches
from pipeline.tag.project_names import Candidate, candidates, vocabulary, words_of
from pipeline.tag.project_slots import columns, entries, labelled
from pipeline.wordlist import WordList, word_list

#: Points from which a candidate counts as a project.
_ENOUGH = 5.0
#: How much less is enough for a name that by itself speaks of works.
_STRONG_HEAD = 0.5
#: Points of a name that stands where a document lists its projects, and kinds of facts it needs.
_SLOT, _FACTS = 8.0, 2
#: Points that the tagger's word adds to a name, and those of a name that only it finds.
_SEEN, _TAGGED_POINTS, _TAGGED = 1.0, 3.0, "tagged"
_NAMES = ("CITY", "REGION", "COUNTRY", "ORG", "STRATEGY")
#: How far behind a name its facts may stand, in characters.
_WINDOW = 420
_BEFORE = 90
_NUMBERED = re.compile(r"^\W{0,2}(?:[A-Z]/)?\d+[.)]?\d*\s")
_LINE_START = re.compile(r"^\W*(?:[A-Z]/)?[\d.]*\W*(?:[^\W\d][\w .]{1,24}(?::|：|\s{2,})\s*)?$")
_CALLED = re.compile(r"^[”\"»’]?\s(?:project|scheme|undertaking)\b")
_WHOLE = re.compile(r"[\w)»”\"’]$")
_ADDRESS = re.compile(r"[^\W\d_]+ ?[‐–—-] [^\W\d_]+|[^\W\d_]+ [‐–—-] ?[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]")


def projects(
    document: Document,
    others: Iterable[Mention] = (),
    likely: Sequence[Mention] = (),
    written: str = "",
) -> list[Mention]:
    """PROJECT spans of a document in text order; they do not overlap each other.

    others: spans with another label; a phrase that is just one of them is no project.
    likely: what our own tagger takes for projects. written: the text before its headings were set
    in mixed case; in capitals, only a noun for works tells a project from any other heading.
    """
    enough = _ENOUGH if _context().search(document.text) else _ENOUGH + 1
    named = {(m.start, m.end) for m in others if m.label in _NAMES}
    seen = [m for m in likely if _is_name(document.text[m.start : m.end])]
    seen = seen if _two_sided().search(document.text) else []
    found: list[tuple[float, int, int]] = []
    for index, block in enumerate(document.blocks):
        if block.kind in ("furniture", "front", "reference"):
            continue
        text = document.text[block.start : block.end]
        mine = [m for m in seen if block.start <= m.start < block.end]
        for candidate in [*candidates(text), *(_likely(m, block.start) for m in mine)]:
            points = _points(document, index, candidate, text)
            span = (block.start + candidate.start, block.start + candidate.end)
            points += _SEEN * any(m.start < span[1] and span[0] < m.end for m in mine)
            least = enough - _STRONG_HEAD * (candidate.points >= 2.5)
            if written[slice(*span)].isupper() and candidate.head in ("", _TAGGED):
                continue
            if points >= least and span not in named:
                found.append((points, *span))
    found += [f for f in _slotted(document, named) if _WHOLE.search(document.text[f[1] : f[2]])]
    found = [f for f in found if not _is_other(document.text[f[1] : f[2]])]
    kept: list[Mention] = []
    for points, start, end in sorted(found, key=lambda f: (-f[0], f[1] - f[2], f[1])):
        if not any(start < k.end and k.start < end for k in kept):
            kept.append(Mention(start, end, "PROJECT", min(0.95, 0.4 + points / 20)))
    kept += _repeated(document, kept)
    return sorted(kept, key=lambda m: m.start)


def _is_name(text: str) -> bool:
    """Whether it may name a project at all: no office, no person, no organisation, no scrap."""
    barred = words_of("never") | words_of("no_works")
    common = text.isascii() and text.islower()
    return bool(_WHOLE.search(text)) and not common and not barred & set(text.split())


def _is_other(text: str) -> bool:
    """Whether a name is one of a bank, a continent or the like, or of two places of an address."""
    return bool(_other().search(text) or _ADDRESS.fullmatch(text))


def _likely(span: Mention, offset: int) -> Candidate:
    return Candidate(span.start - offset, span.end - offset, _TAGGED, _TAGGED_POINTS)


def _slotted(document: Document, named: set[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """(points, start, end) of names that the build of the document marks as those of projects."""
    if not _context().search(document.text):
        return
    for span in (*columns(document), *labelled(document)):
        if span not in named:
            yield (_SLOT, *span)
    for index, (start, end) in entries(document):
        block = document.blocks[index]
        around = document.text[end : block.end] + "\n" + _following(document, index, False)
        if (start, end) not in named and len(_evidence(around[:_WINDOW])) >= _FACTS:
            yield (_SLOT, start, end)


def _repeated(document: Document, kept: list[Mention]) -> Iterator[Mention]:
    """The same names at other places of the text, whatever their case."""
    names = {document.text[m.start : m.end] for m in kept}
    marked = taken(len(document.text), ((m.start, m.end) for m in kept))
    for name in sorted(names, key=lambda n: (-len(n), n)):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)
        if not name.isascii():
            pattern = re.compile(re.escape(name), re.I)
        for match in pattern.finditer(document.text):
            if not touches(marked, *match.span()):
                take(marked, *match.span())
                yield Mention(match.start(), match.end(), "PROJECT", 0.7)


def _points(document: Document, index: int, candidate: Candidate, text: str) -> float:
    """How much name, cues and facts around speak for a project."""
    block = document.blocks[index]
    before = text[max(0, candidate.start - _BEFORE) : candidate.start]
    behind = text[candidate.end : candidate.end + _BEFORE]
    lead, follow = _cues("before", before), _cues("behind", behind)
    alone = (bool(_LINE_START.match(before)) or block.kind == "heading") and not _LETTERS.search(
        behind
    )
    if not candidate.head:
        follow = follow if _CALLED.match(behind) else min(follow, 0.0)
        if lead < 3 and follow < 3 and not (alone and block.kind == "heading"):
            return 0.0
    around = _sentence_before(before) + text[candidate.start : candidate.end + _WINDOW]
    if len(around) - len(before) < _WINDOW:
        around += "\n" + _following(document, index, alone)
    kinds = len(_evidence(around))
    points = candidate.points + lead + follow
    if not candidate.head:
        # a heading that no noun marks as a project must have much to say
        points += 2.0 * (alone and kinds >= 4)
    return points + min(4, kinds) - 3.0 * (kinds < 2 and candidate.points < 4)


def _sentence_before(before: str) -> str:
    return re.split(r"[.!?。！？;]\s", before)[-1]


def _following(document: Document, index: int, alone: bool) -> str:
    """The text of the next blocks that may still speak of a name at the end of this one."""
    parts: list[str] = []
    for block in document.blocks[index + 1 : index + 9]:
        if block.kind in ("furniture", "front", "reference"):
            continue
        text = document.text[block.start : block.end]
        if block.kind == "heading" and (not alone or _NUMBERED.match(text)):
            break
        parts.append(text)
        if not alone or sum(map(len, parts)) > _WINDOW:
            break
    return "\n".join(parts)[:_WINDOW]


def _cues(side: str, text: str) -> float:
    best, worst = 0.0, 0.0
    for pattern, points in _cue_patterns(side):
        if pattern.search(text):
            best, worst = max(best, points), min(worst, points)
    return best + worst


@cache
def _cue_patterns(side: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    cues = vocabulary()["cues"]
    assert isinstance(cues, dict)
    return tuple((re.compile(pattern, re.I), float(points)) for pattern, points in cues[side])


def _evidence(text: str) -> set[str]:
    return {kind for kind, pattern in _evidence_patterns().items() if pattern.search(text)}


@cache
def _evidence_patterns() -> dict[str, re.Pattern[str] | WordList]:
    evidence = vocabulary()["evidence"]
    assert isinstance(evidence, dict)
    return {
        kind: re.compile("|".join(patterns)) if kind == "money" else word_list(patterns)
        for kind, patterns in evidence.items()
    }


@cache
def _context() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_of("context"))), re.I)


@cache
def _other() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_of("chinese", "never"))))


@cache
def _two_sided() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_of("two_sided"))), re.I)
