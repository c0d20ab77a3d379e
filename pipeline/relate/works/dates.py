"""What happened to a project at a date: its start, its end, an end hoped for, its agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Assertion, Mention, Resolved, Statement
from pipeline.relate.statements import state
from pipeline.relate.works.subjects import Part
from pipeline.relate.works.vocabulary import group, says

#: A word speaks for a date within this many characters.
_REACH = 90
#: What it costs, in characters, that a word stands behind its date, or behind a comma.
_BEHIND, _COMMA, _OTHER_DATE = 18, 12, 30
_CLAUSE = re.compile(r"[;:；：。]|(?<=[^\d\W]{3})[.!?](?=\s)|\)\s|\s\|\s|\n|\bbut\b|，但")
_LABEL = re.compile(r"^\W{0,3}[^\W\d][^:：\n|]{1,34}(?:[:：]|\s{3,}|\s?\|)\s*")
_SPAN_JOINT = re.compile(
    r"^\s*(?:to|until|till|and|through|[-–—]|по|до|至|到)\s*(?:the\s|end\sof\s)?$"
)
_FROM = re.compile(r"\b(?:from|between|duration:?|works:|term:|period:|since|с|со)\s*$", re.I)


def dated(resolved: Resolved, part: Part, today: str) -> Iterator[Statement]:
    """Statements of `start`, `end`, `expected_end`, `opened`, `stopped` and `agreed`.

    today: EDTF date of the document; later dates are hoped for. Empty where unknown.
    """
    dates = [
        m
        for m in resolved.mentions
        if m.label == "DATE"
        and m.value
        and part.start <= m.start
        and m.end <= part.end
        and not m.value.startswith("XXXX")
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
    mention, text = dates[index], resolved.document.text
    before = text[part.start : mention.start]
    if "/" in mention.value:
        first, _, last = mention.value.partition("/")
        if _cue(text, part, dates, index) in ("start", "end", "") and part.named | bool(
            _FROM.search(before)
        ):
            yield "start", first, False
            yield _end(last, before, today)
        return
    if index + 1 < len(dates) and _SPAN_JOINT.match(text[mention.end : dates[index + 1].start]):
        if _cue(text, part, dates, index) != "other":
            yield "start", mention.value, False
        return
    if index and _SPAN_JOINT.match(text[dates[index - 1].end : mention.start]):
        if _cue(text, part, dates, index - 1) != "other":
            yield _end(mention.value, before, today)
        return
    field = _cue(text, part, dates, index)
    hoped = _hoped(text, part, mention) or bool(today and mention.value[:7] > today[:7])
    if field in ("end", "opened") and hoped:
        yield "expected_end", mention.value, True
    elif field and field != "other":
        yield field, mention.value, hoped and field == "start"


def _end(value: str, before: str, today: str) -> tuple[str, str, bool]:
    hoped = bool(today) and value[: len(today)] > today[: len(value)]
    hoped = hoped or says("modal", _clause_before(before))
    return ("expected_end" if hoped else "end", value, hoped)


def _hoped(text: str, part: Part, mention: Mention) -> bool:
    """Whether the clause of a date speaks of what is yet to come."""
    clause = _clause_before(text[max(part.start, mention.start - 130) : mention.start])
    behind = _CLAUSE.split(text[mention.end : min(part.end, mention.end + 40)])[0]
    return says("modal", clause) or says("modal", behind.partition(",")[0])


def _clause_before(text: str) -> str:
    found = list(_CLAUSE.finditer(text))
    label = _LABEL.match(text)
    if label and (not found or found[-1].end() <= label.end()):
        return text
    clause = text[found[-1].end() :] if found else text
    pieces = re.split(
        r",\s(?:and|then|which)\s|\sand\s(?=(?:is|was|has|should|will|the)\b)", clause
    )
    return pieces[-1] if len(pieces[-1]) > 4 else clause


def _cue(text: str, part: Part, dates: Sequence[Mention], index: int) -> str:
    """The kind of the word that speaks for a date; empty for none."""
    mention = dates[index]
    low, high = max(part.start, mention.start - _REACH), min(part.end, mention.end + _REACH)
    before, behind = text[low : mention.start], text[mention.end : high]
    label = _LABEL.match(before) if low == part.start else None
    if not label:
        cut = [m.end() for m in _CLAUSE.finditer(before)]
        before = before[cut[-1] :] if cut else before
    if closed := _CLAUSE.search(behind):
        behind = behind[: closed.start()]
    others = [m for m in dates if m is not mention]
    best, cost = "", float(_REACH + 40)
    for field, pattern in group("dates").items():
        for match in pattern.finditer(before):
            between = before[match.end() :]
            at = mention.start - len(between)
            price = len(between) + _COMMA * between.count(",")
            price += _OTHER_DATE * sum(at <= m.start < mention.start for m in others)
            if price < cost:
                best, cost = field, price
        for match in pattern.finditer(behind):
            between = behind[: match.start()]
            at = mention.end + match.start()
            price = len(between) + _BEHIND + _COMMA * between.count(",")
            price += _OTHER_DATE * sum(mention.end <= m.start <= at for m in others)
            if price < cost:
                best, cost = field, price
    return best


def _partial(resolved: Resolved, part: Part, mention: Mention) -> bool:
    return says(
        "partial", resolved.document.text[max(part.start, mention.start - 100) : mention.start]
    )
