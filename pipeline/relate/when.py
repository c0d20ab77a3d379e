"""Which date of a clause is the start of a partnership, and which its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.records import Mention, Resolved
from pipeline.relate.cues import Cue, Status, status_cues, words

#: A word speaks for a date within this many characters in front of it.
_REACH = 45
#: A date this near to the word for the relationship, or to the start of its clause, is its own.
_CLOSE, _OPENING = 120, 15
#: A document says when it was written within this many characters.
_HEAD = 400
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = re.compile(
    rf"\b(?:last |on )?(?:{'|'.join(_WEEKDAYS)})\b|\byesterday\b|\btoday\b|\bthis morning\b|"
    r"\bвчера\b|\bсегодня\b|昨日|昨天|今日|今天",
    re.I,
)
_BREAK = re.compile(r"[;,]? (?:and|but|while|until|to) |[;；，,]")
#: Kinds that give way to any other that the clause names.
_VAGUE = ("other", "idiom", "bare")
#: What makes a date next to the word for an end that of the start.
_STARTS = re.compile(
    r"\b(?:of|since|(?<!effect )from|dated|signed|concluded|begun|sealed|entered|made|от|с|"
    r"заключ\w+)\b|签于|自|于|[)）]$",
    re.I,
)
#: The word for an end itself, with the "since" that belongs to it.
_OWN = re.compile(r"^\w+[\s,]*(?:since|from|of|as of|in|on|с|от)?\b", re.I)
#: Chinese puts the act behind its date.
_HAN = re.compile(r"[，,]?[\u4e00-\u9fff]")
UNTIL = re.compile(
    r"(?:until|till|through|до|bis|jusqu\w+|至|–|-|"
    r"(?<!back )(?<!dates )(?<!dating )\bto) ?(?:the end of )?$",
    re.I,
)


def dates(resolved: Resolved, start: int, end: int) -> list[Mention]:
    """Dates with a year in a span; ranges stay ranges."""
    found = [m for m in resolved.within(start, end) if m.label == "DATE" and m.value]
    return [m for m in found if not m.value.startswith("XXXX")]


def told(resolved: Resolved, start: int, end: int) -> str:
    """The day that "on Tuesday", "yesterday" or a day without its year mean; empty for none."""
    day = _written(resolved)
    text = resolved.document.text[start:end]
    bare = [m for m in resolved.within(start, end) if m.value.startswith("XXXX")]
    if bare:
        year = next((m.value[:4] for m in _first_dates(resolved)), "")
        return bare[0].value.replace("XXXX", year) if year else ""
    match = _RELATIVE.search(text)
    if not match or day is None:
        return ""
    word = match[0].casefold().split()[-1]
    if word in ("yesterday", "вчера", "昨日", "昨天"):
        return str(day - timedelta(days=1))
    if word in _WEEKDAYS:
        return str(day - timedelta(days=(day.weekday() - _WEEKDAYS.index(word)) % 7))
    return str(day)


def _written(resolved: Resolved) -> date | None:
    """The day on which a document was written, from its head."""
    for mention in _first_dates(resolved):
        if len(mention.value) == 10:
            try:
                return date.fromisoformat(mention.value)
            except ValueError:
                return None
    return None


def _first_dates(resolved: Resolved) -> list[Mention]:
    return dates(resolved, 0, min(len(resolved.document.text), _HEAD))


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
        value, until = ([*mention.value.split("/"), ""])[:2]
        if until:
            started = started or value
            ended = until if status == "ended" else ended
            continue
        local = mention.start - span[0]
        before = masked[max(0, local - _REACH) : local]
        if status != "active" and _belongs(masked, (local, mention.end - span[0]), events, listed):
            ended = ended or value
            continue
        if UNTIL.search(before):
            ended = ended or (value if status == "ended" else "")
            continue
        near = _BREAK.split(before)[-1]
        if words("renewals").search(near):
            continue
        rank = 0 if words("acts").search(near) else 1
        order = (rank, abs(mention.start - anchor))
        close = listed or rank == 0 or order[1] < _CLOSE or local < _OPENING
        if order < best and close:
            best, started = order, value
    return ("" if status == "planned" else started), (ended if status == "ended" else "")


def _belongs(text: str, where: tuple[int, int], events: list[int], listed: bool) -> bool:
    """Whether a date is that of an end, a suspension or a plan, and no start."""
    at, end = where
    starts = listed or text[max(0, at - 1) : at] in ("(", "（")
    before = _BREAK.split(text[max(0, at - _REACH) : at])[-1]
    for event in events:
        between = text[min(event, at) : max(event, at)]
        if len(between) > 70 or re.search(r"[;(；]", between):
            continue
        if event < at and not _STARTS.search(_OWN.sub("", between)):
            return True
        said = before + " " + text[end : min(event, end + 12)] if _HAN.match(text[end:]) else before
        if event > at and not (starts or _STARTS.search(before) or words("acts").search(said)):
            return True
    return False


def nearest(cues: Sequence[Cue], start: int, floor: int) -> Cue:
    """The cue for a partner: the last between the partner before it and itself, else the next."""
    before = [c for c in cues if floor <= c.start < start]
    after = [c for c in cues if c.start >= start]
    for group in (before, after):
        telling = [c for c in group if c.strong and c.kind != "idiom"]
        if telling:
            return telling[-1] if group is before else telling[0]
    named = [c for c in (*reversed(before), *after) if c.kind not in _VAGUE]
    return (named or [*reversed(before), *after] or cues)[0]
