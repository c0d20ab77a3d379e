"""What happened to a project at a date: its start, its end, an end hoped for, its agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Assertion, Mention, Resolved, Statement
from pipeline.relate.statements import state
from pipeline.relate.works.subjects import Part
from pipeline.relate.works.vocabulary import group, says

#: A word speaks for a date within this many characters.
_REACH = 90
#: What it costs, in characters, that a word stands behind its date, or behind a comma.
_BEHIND, _COMMA, _OTHER_DATE, _TURNED = 18, 10, 30, 15
_CLAUSE = re.compile(
    r"[;:；：。]|(?:(?<=[^\d\W]{3})|(?<=\d{4}))[.!?](?=\s)|\)\s|\s\|\s|\n|\bbut\b|，但"
)
TURN = re.compile(r"[;:,；：，。、]|[.!?]\s|\b(?:and|but|which)\b")
_AND = re.compile(r"\band\b")
_PAUSE = re.compile(r"[,，、]")
LABEL = re.compile(r"^\W{0,3}[^\W\d][^:：\n|]{1,34}(?:[:：]|\s{3,}|\s?\|)\s*")
SPAN_JOINT = re.compile(
    r"^\s*(?:to|until|till|and|through|[-–—]|по|до|至|到)\s*(?:the\s|end\sof\s)?$"
)
_DEADLINE = re.compile(r"\b(?:by|before|in|until|to|к|до)\s(?:the\s|end\sof\s)*$|预计$", re.I)
_FROM = re.compile(r"\b(?:from|between|duration:?|works:|term:|period:|since|с|со)\s*$", re.I)


def dated(resolved: Resolved, part: Part, today: str) -> Iterator[Statement]:
    """Statements of `start`, `end`, `expected_end`, `opened`, `stopped` and `agreed`.

    today: EDTF date of the document; later dates are hoped for. Empty where unknown.
    """
    dates = [
        m
        for m in resolved.within(part.start, part.end)
        if m.label == "DATE" and m.value and not m.value.startswith("XXXX")
    ]
    for index, mention in enumerate(dates):
        for field, value, hoped in _fields(resolved, part, dates, index, today):
            assertion: Assertion = "planned" if hoped else "affirmed"
            sure = part.confidence
            if field in ("end", "expected_end") and _partial(resolved, part, mention):
                sure -= 0.3
            yield state(
                resolved, part.sentence, (part.work.key, field, value), assertion, round(sure, 2)
            )


def _fields(
    resolved: Resolved, part: Part, dates: Sequence[Mention], index: int, today: str
) -> Iterator[tuple[str, str, bool]]:
    """(field, value, whether it is only hoped for) of a date."""
    mention, text = dates[index], resolved.document.text
    before = text[part.start : mention.start]
    cue = _cue(text, part, dates, index)
    if "/" in mention.value:
        first, _, last = mention.value.partition("/")
        if cue.field in ("start", "end") or (not cue.field and _runs(part, before)):
            yield "start", first, False
            yield _end(last, before, today)
        return
    if index + 1 < len(dates) and SPAN_JOINT.match(text[mention.end : dates[index + 1].start]):
        if cue.field in ("start", "end", "opened") or (not cue.field and _runs(part, before)):
            yield "start", mention.value, False
        return
    if index and SPAN_JOINT.match(text[dates[index - 1].end : mention.start]):
        first = _cue(text, part, dates, index - 1).field
        before = text[part.start : dates[index - 1].start]
        if first in ("start", "end", "opened") or (not first and _runs(part, before)):
            yield _end(mention.value, before, today)
        return
    hoped = _hoped(text, part, mention, cue) or bool(today and later(mention.value, today))
    if cue.field in ("end", "opened", "") and hoped:
        if cue.field or _DEADLINE.search(before):
            yield "expected_end", mention.value, True
    elif cue.field and cue.field != "other":
        yield cue.field, mention.value, hoped and cue.field == "start"


def _runs(part: Part, before: str) -> bool:
    """Whether two dates without a cue are the term of a project: "runs from May to July"."""
    return says("runs", before) or (part.named and bool(_FROM.search(before)))


def _end(value: str, before: str, today: str) -> tuple[str, str, bool]:
    hoped = bool(today) and later(value, today)
    hoped = hoped or says("modal", TURN.split(before)[-1][-60:])
    return ("expected_end" if hoped else "end", value, hoped)


def later(value: str, today: str) -> bool:
    """Whether an EDTF date is surely later than another."""
    size = min(len(value.rstrip("~?%")), len(today))
    return value[:size] > today[:size]


@dataclass(frozen=True, slots=True)
class _Cue:
    """The word that speaks for a date; `start` and `end` count in the document's text."""

    field: str = ""
    start: int = -1
    end: int = -1


def _cue(text: str, part: Part, dates: Sequence[Mention], index: int) -> _Cue:
    """The nearest word of the clause that speaks for a date; of no field where there is none."""
    mention = dates[index]
    low, high = max(part.start, mention.start - _REACH), min(part.end, mention.end + _REACH)
    if not LABEL.match(text[part.start : mention.start]):
        cuts = [low + m.end() for m in _CLAUSE.finditer(text[low : mention.start])]
        low = cuts[-1] if cuts else low
    if closed := _CLAUSE.search(text[mention.end : high]):
        high = mention.end + closed.start()
    best, cost = _Cue(), float(_REACH + 40)
    han = "年" in text[mention.start : mention.end]  # Chinese says what happened behind the date
    for field, pattern in group("dates").items():
        for match in pattern.finditer(text, low, high):
            behind = match.start() >= mention.end
            gap = (mention.end, match.start()) if behind else (match.end(), mention.start)
            if gap[0] > gap[1]:
                continue
            price = gap[1] - gap[0] + _COMMA * len(_PAUSE.findall(text, *gap))
            price += _BEHIND * (behind != han) + _TURNED * len(_AND.findall(text, *gap))
            price += _OTHER_DATE * sum(gap[0] <= m.start < gap[1] for m in dates)
            if price < cost:
                best, cost = _Cue(field, match.start(), match.end()), price
    return best


def _hoped(text: str, part: Part, mention: Mention, cue: _Cue) -> bool:
    """Whether what happens at a date is yet to come: a modal beside the cue or before the date."""
    first = min(mention.start, cue.start) if cue.field else mention.start
    low = max(part.start, first - 32)
    cuts = [low + m.end() for m in TURN.finditer(text[low:first])] if cue.field else []
    low = cuts[-1] if cuts else low
    high = max(mention.start, cue.end + 14 if cue.start > mention.start else 0)
    if closed := TURN.search(text, max(mention.end, cue.end), max(high, mention.end)):
        high = min(high, closed.start())
    clause = text[low : min(high, part.end)]
    label = LABEL.match(text[part.start : mention.start])
    return says("modal", clause) or bool(label and says("modal", label[0]))


def _partial(resolved: Resolved, part: Part, mention: Mention) -> bool:
    return says(
        "partial", resolved.document.text[max(part.start, mention.start - 100) : mention.start]
    )
