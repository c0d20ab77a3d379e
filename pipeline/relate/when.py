"""Which date of a clause is the start of a partnership, and which its end."""

from __future__ import annotations

import re

from pipeline.records import Mention, Resolved
from pipeline.relate.cues import Cue, Status, status_cues, words

#: A word speaks for a date within this many characters in front of it.
_REACH = 45
_BREAK = re.compile(r"[;,]? (?:and|but|while|until|to) |[;；，,]")
#: What makes a date next to the word for an end that of the start.
_STARTS = re.compile(
    r"\b(?:of|since|(?<!effect )from|dated|signed|concluded|begun|sealed|entered|made|от|с|заключ\w+)\b|签于|自|于"
    r"|[)）]$",
    re.I,
)
_UNTIL = re.compile(r"(?:until|till|through|до|bis|jusqu\w+|至|–|-|to) ?(?:the end of )?$", re.I)


def dates(resolved: Resolved, start: int, end: int) -> list[Mention]:
    """Dates with a year in a span; ranges stay ranges."""
    found = [m for m in resolved.within(start, end) if m.label == "DATE" and m.value]
    return [m for m in found if not m.value.startswith("XXXX")]


def start_and_end(
    resolved: Resolved, span: tuple[int, int], status: Status, anchor: int, listed: bool = False
) -> tuple[str, str]:
    """EDTF of start and end, each empty where the span does not state it.

    anchor: where the word for the relationship stands; listed: the span is an entry of a list,
    in which a bare date is the start.
    """
    text = resolved.document.text
    masked = text[span[0] : span[1]]
    events = status_cues(masked, status)
    started, ended = "", ""
    best = (9, 10**6)
    for mention in dates(resolved, *span):
        value, until = (mention.value.split("/") + [""])[:2]
        if until:
            started = started or value
            ended = until if status == "ended" else ended
            continue
        local = mention.start - span[0]
        before = masked[max(0, local - _REACH) : local]
        if status != "active" and _belongs(masked, local, events, listed):
            ended = ended or value
            continue
        if _UNTIL.search(before):
            ended = ended or (value if status == "ended" else "")
            continue
        near = _BREAK.split(before)[-1]
        if words("renewals").search(near):
            continue
        rank = 0 if words("acts").search(near) else 1
        order = (rank, abs(mention.start - anchor))
        if order < best and (listed or rank == 0 or order[1] < 120):
            best, started = order, value
    return ("" if status == "planned" else started), (ended if status == "ended" else "")


def _belongs(text: str, date: int, events: list[int], listed: bool) -> bool:
    """Whether a date is that of an end, a suspension or a plan, and no start."""
    before = _BREAK.split(text[max(0, date - _REACH) : date])[-1]
    for event in events:
        between = text[min(event, date) : max(event, date)]
        if len(between) > 70 or re.search(r"[;(；]", between):
            continue
        if event < date and not _STARTS.search(between[8:]):
            return True
        if event > date and not listed and not (_STARTS.search(before) or words("acts").search(before)):
            return True
    return False


def nearest(cues: list[Cue], start: int, floor: int) -> Cue:
    """The cue for a partner: the last between the partner before it and itself, else the next."""
    before = [c for c in cues if floor <= c.start < start]
    before = [c for c in before if c.strong] or before
    after = [c for c in cues if c.start >= start]
    if before:
        return before[-1]
    return after[0] if after else cues[0]
