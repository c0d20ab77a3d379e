"""The date that a document bears: of its dateline, its head, its number, or an "updated" line."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from operator import attrgetter

from pipeline.records import Block, Mention, Resolved
from pipeline.relate.published import published
from pipeline.vocabulary import read

#: The date stands in one of the first blocks, with few words beside it; a head is shorter still.
_BLOCKS, _HEAD, _REST = 6, 3, 60
#: Words beside it in a line that ends like a sentence: "Graz, 4 May 2021."
_SHORT = 20
_FINE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?$")
_YEAR = re.compile(r"^\d{4}$")
_UPDATED = re.compile(
    r"\b(?:updated?|status at|as (?:of|at|on)|по состоянию на|发布时间|截至)\W{0,3}$", re.I
)
_DASH = re.compile(r"\)?(?:\s?\([^()\n]{2,12}\))?\s?(?:[-–—.:|]|讯|电|,\s[A-Z]|г\.|$)")
_LABEL = re.compile(
    r"^(?!\W*(?:date|дата|日期|发布))(?=[^:：|]*[^\W\d_])[^:：|]{2,40}?(?:[:：|]|\s{3,})", re.I
)
#: Line of sentences, not of a head.
_PROSE = re.compile(r"[。！？]|[a-zа-я]{3}[.!?](?:\s|$)")
#: What parts the cells of a line: "Zone News | 18 July 2023".
_CELLS = re.compile(r"\s*[|·•]\s*|\s{3,}")
#: Small words before a date that make a sentence of it.
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]{2}")
_SMALL, _FEW = re.compile(r"\b[a-zа-я]{2,}\b"), 2
_WEEKDAY = re.compile(r"^(?:[^\W\d_]{3,12},?\s)?$")
_AFTER_DATE = re.compile(r"^\s?(?:года|г\.|year)?[).]?(?:$|\s*[|·•]|\s{3,})")
#: Lines shorter than this with dates of their own, beside one, make a list of it.
_ENTRY = 80
#: "vol. 29, no. 1 (2016)", "Annual report 2019", "No. 3/2021": the year of an issue or a report.
_ISSUE = re.compile(
    r"(?:\b(?:vol(?:ume)?|no|nr|issue|выпуск|том|т|вып)\b\.?|№)\s?\d+[^\n]{0,20}$"
    r"|\b(?:annual|yearly|activity|biennial)\s(?:report|review)\W{1,3}(?:for\s(?:the\syear\s)?)?$"
    r"|\b(?:отч[её]т|доклад)\W{1,3}за\s$|\bежегодник\W{1,3}$",
    re.I,
)
_ISSUE_BEHIND = re.compile(r"^年?\s?(?:第\s?\w{1,4}\s?期|总第|年度|度?工作总结|年鉴)")


def document_date(resolved: Resolved) -> str:
    """EDTF of the date that a document bears; only its year where the head has no more.

    What the file states in a field comes first, then what the text says of its publication.
    """
    raw = resolved.document.raw
    if found := raw.date or published(resolved):
        return found
    text, blocks = resolved.document.text, _worded(resolved)
    dates = [m for m in resolved.mentions if m.label == "DATE"]
    for mention in dates:
        if not _FINE.match(mention.value):
            continue
        place = _block(blocks, mention)
        if place is None:
            continue
        edge = place < _BLOCKS or place >= len(blocks) - _HEAD
        if edge and _UPDATED.search(text[max(0, mention.start - 40) : mention.start]):
            return mention.value
        if place < _BLOCKS and _is_dateline(resolved, blocks, place, mention):
            return mention.value
    for mention in dates:
        place = _block(blocks[:_HEAD], mention)
        if place is not None and _is_issue(text, blocks[place], mention):
            return mention.value
    return ""


def _worded(resolved: Resolved) -> tuple[Block, ...]:
    """The blocks that hold a word or a number."""
    text = resolved.document.text
    return tuple(b for b in resolved.document.blocks if _WORD.search(text, b.start, b.end))


def _block(blocks: tuple[Block, ...], mention: Mention) -> int | None:
    index = bisect_right(blocks, mention.start, key=attrgetter("start")) - 1
    return index if index >= 0 and mention.start < blocks[index].end else None


def _is_dateline(
    resolved: Resolved, blocks: tuple[Block, ...], place: int, mention: Mention
) -> bool:
    text, block = resolved.document.text, blocks[place]
    start = max(block.start, text.rfind("\n", 0, mention.start) + 1)
    line = text[start : block.end].partition("\n")[0]
    before, behind = text[start : mention.start], line[mention.end - start :]
    if _events().search(before):
        return False
    if place < _HEAD and _is_cell(blocks, place, before, behind):
        return True
    act = place < _HEAD and _acts().search(before) is not None
    if (block.kind in ("row", "item") and not act) or _is_listed(resolved, blocks, place):
        return False
    if _LABEL.match(before) and not act:
        return False
    rest = _SHORT if line.rstrip().endswith(".") else _REST
    told = len(_SMALL.findall(before)) > _FEW and not act
    alone = len(line) - (mention.end - mention.start) < (2 * rest if act else rest)
    alone = alone and not told and not _PROSE.search(line)
    opens = not told and mention.end - start < _REST and _DASH.match(text[mention.end :])
    closes = place < _HEAD and before.endswith(", ") and _AFTER_DATE.match(behind)
    return bool(alone or opens or closes)


def _is_listed(resolved: Resolved, blocks: tuple[Block, ...], place: int) -> bool:
    """Whether short lines beside a line have dates of their own."""
    beside = (*blocks[max(0, place - 2) : place], *blocks[place + 1 : place + 4])
    text = resolved.document.text
    short = [b for b in beside if _is_entry(text[b.start : b.end])]
    return any(m.label == "DATE" for b in short for m in resolved.within(b.start, b.end))


def _is_entry(line: str) -> bool:
    """Whether a line is short and no sentence; a Han character says as much as three others."""
    return len(line) + 2 * len(_HAN.findall(line)) < _ENTRY and not _PROSE.search(line)


def _is_cell(blocks: tuple[Block, ...], place: int, before: str, behind: str) -> bool:
    """Whether the last cell of a line is a date, and the line is no row among others."""
    beside = [b.kind for b in (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])]
    cells = _CELLS.split(before)
    return (
        "row" not in beside
        and len(cells) + len(_CELLS.split(behind)) > 2
        and _WEEKDAY.match(cells[-1]) is not None
        and _AFTER_DATE.match(behind) is not None
        and ":" not in before
    )


def _is_issue(text: str, block: Block, mention: Mention) -> bool:
    before, behind = text[block.start : mention.start], text[mention.end : block.end]
    return bool(
        _YEAR.match(mention.value) and (_ISSUE.search(before) or _ISSUE_BEHIND.match(behind))
    )


@cache
def _events() -> re.Pattern[str]:
    """What happened on the day that stands behind; "by Ann" names an author."""
    words = "|".join(read("pipeline.relate", "datelines")["events"])
    return re.compile(rf"(?<![^\W\d_])(?:{words})|\bby\b(?!\s(?-i:[A-Z]))", re.I)


@cache
def _acts() -> re.Pattern[str]:
    return re.compile("|".join(read("pipeline.relate", "datelines")["acts"]), re.I)
