"""What a sentence says of a project beside dates and amounts: status, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Assertion, Resolved, Statement
from pipeline.relate.statements import state
from pipeline.relate.works.columns import under
from pipeline.relate.works.subjects import CONTINUED, NAMED, NEARBY, Part
from pipeline.relate.works.vocabulary import group, matching, says

ASSERTIONS: dict[str, Assertion] = {"planned": "planned", "cancelled": "ended"}
_CLAUSE = re.compile(r"[;。；]|\.\s|,\s(?:which|but|and)\s|，")
#: "has been cancelled" of a project, but of one that is negated ("was not cancelled") nothing.
_NOT = re.compile(r"\b(?:not|never|no longer)\s(?:been\s)?$|не\s$|未$", re.I)
#: Statuses that a clause about a part, or about what is yet to come, does not state.
_DONE = ("completed", "operating", "under_construction")
STATED = 0.95
_COLUMN = re.compile(
    r"^\s*(?:status|state|phase|stage|progress|состояние|статус|стадия|этап|现状|状态|进展|阶段)",
    re.I,
)


def facts(resolved: Resolved, part: Part) -> Iterator[Statement]:
    """Statements of `name`, `status` and `fields`."""
    text = resolved.document.text[part.start : part.end]
    subject = part.work.key
    if part.named:
        yield state(resolved, part.sentence, (subject, "name", part.work.name), "affirmed", NAMED)
    stated = under(resolved, part.sentence, _COLUMN)
    told = [(s, STATED) for s in _ranked(stated)[:1]] if stated else _statuses(text, part)
    for status, sure in told if part.confidence > NEARBY else ():
        assertion = ASSERTIONS.get(status, "affirmed")
        yield state(resolved, part.sentence, (subject, "status", status), assertion, sure)
    if part.named:
        for field in matching("fields", f"{part.work.name} {text[:240]}"):
            yield state(resolved, part.sentence, (subject, "fields", field), "affirmed", 0.6)


def _statuses(text: str, part: Part) -> Iterator[tuple[str, float]]:
    """Statuses that a text states, each with its confidence; a labelled line is surest."""
    label = group("status_label")["status_label"].match(text)
    if label:
        for status in _ranked(label[1]):
            yield status, STATED
            return
    for status, pattern in group("statuses").items():
        for match in pattern.finditer(text):
            if _NOT.search(text[max(0, match.start() - 14) : match.start()]):
                continue
            clause = _CLAUSE.split(text[: match.start()])[-1] + match[0]
            if status in _DONE and (says("partial", clause) or says("modal", clause)):
                continue
            sure = part.confidence if part.confidence >= CONTINUED else part.confidence - 0.1
            yield status, round(sure, 2)
            break


def _ranked(text: str) -> list[str]:
    found = matching("statuses", f"was {text} in") + matching("statuses", f"| {text}")
    return found or [key for key in group("statuses") if key.replace("_", " ") in text.casefold()]
