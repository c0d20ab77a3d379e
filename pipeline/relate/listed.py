"""Partners from lists, tables, and entries under headings, where the other side stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Block, Mention, Resolved, Sentence
from pipeline.relate.clauses import masked, split
from pipeline.relate.cues import Status, denied, kinds, status
from pipeline.relate.entries import FIELD, LEAD, Section, entry_of, pair_of, place_of, row_of
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import sides
from pipeline.relate.tabled import paired

_TABLE_HEAD = re.compile(
    r"\b(?:city|town|partner|municipality|counterpart|place|region|member|community)\b|"
    r"\bгород\b|партн[её]р|城市|友城|\b(?:stadt|ville|ciudad|cidade|citt[aà]|miasto)\b",
    re.I,
)
#: A word for an agreement opens a list of partners only where it speaks of places.
_OF_PLACES = re.compile(
    r"\b(?:cities|towns|municipalities|regions|provinces|our|foreign|international|abroad|sister|"
    r"with|city|regional|counties)\b|#[’']s\b|город|регион|област|международн|зарубежн|城市|地区|国际",
    re.I,
)
_WHICH = re.compile(
    r"^\W*(?:\d+\W+)?(?:which|what|who|how many|with which|какие|сколько|с кем|有哪些|哪些)\b", re.I
)
_FIELD_WITH_VALUE = re.compile(r"[:：]\s*\S")
_LABEL = re.compile(r"^[^#:：]{2,60}[:：]\s*(?=#)|^[^:：]{2,60}\b(?:following|these)[:：]\s*")
_RUNNING_ENTRY = re.compile(
    r"^[)）]?(?: in [#\s]+)?,? ?\(?(?:since|twinned|sister|partner|signed|friendship|"
    r"from|\d{4}|с \d)",
    re.I,
)
_DASH = re.compile(r"\s?[–—:]\s")
_LONG = 90
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def listed(resolved: Resolved, owner: Mention | None) -> Iterator[Evidence]:
    """Evidence from the lists of a document, each entry a pair with the document's own place."""
    blocks = resolved.document.blocks
    section: Section | None = None
    host = owner
    head = False
    for index, block in enumerate(blocks):
        text = masked(resolved, block.start, block.end)
        if block.kind in ("front", "reference", "furniture"):
            continue
        if block.kind == "row":
            named = " ".join(resolved.document.columns(block))
            first = not named and _TABLE_HEAD.search(text) and not place_of(resolved, block)
            head = head or bool(first or _TABLE_HEAD.search(named))
            yield from paired(resolved, index, section) or row_of(
                resolved, index, host, section, head
            )
            continue
        head = False
        opened = _opens(text, block, section)
        if opened:
            section = opened
            host = _named_host(resolved, block) or owner
            continue
        if section and (several := _hosted(resolved, block)):
            yield from _series(resolved, index, *several, section)
            continue
        if section and host and block.kind == "paragraph":
            yield from _running(resolved, index, host, section)
        entry = place_of(resolved, block)
        if entry is None or host is None:
            if block.kind == "heading" and not FIELD.match(text):
                section = None
            continue
        if entry.place_id != host.place_id:
            found = entry_of(resolved, index, (host, entry), section)
            if found:
                yield found


def _running(resolved: Resolved, index: int, host: Mention, section: Section) -> Iterator[Evidence]:
    """Partners in running text under a heading: "X, since 1990. Y, since 1994." or "Now: X; Y"."""
    block = resolved.document.blocks[index]
    for sentence in split(resolved, Sentence(block.start, block.end, index)):
        text = masked(resolved, sentence.start, sentence.end)
        label = _LABEL.match(text)
        begin = sentence.start + (label.end() if label else 0)
        section_here = Section(section.kind, _former(label[0])) if label else section
        if section_here.status == "active":
            section_here = Section(section.kind, section.status)
        if denied(text):
            continue
        named = [s for s in sides(resolved, begin, sentence.end) if not s.is_country]
        if not named or not LEAD.match(masked(resolved, begin, named[0].start)):
            continue
        tail = text[named[0].end - sentence.start :]
        if label or _RUNNING_ENTRY.match(tail):
            yield from _series(resolved, index, (begin, sentence.end), host, section_here)


def _hosted(resolved: Resolved, block: Block) -> tuple[tuple[int, int], Mention] | None:
    """The span of the partners in "Graz – Pula 1972; Pécs 1989", and Graz."""
    named = [s for s in sides(resolved, block.start, block.end) if not s.is_country]
    if len(named) < 3 or not LEAD.match(masked(resolved, block.start, named[0].start)):
        return None
    dash = _DASH.match(resolved.document.text, named[0].end, block.end)
    if not dash or dash.end() != named[1].start:
        return None
    return (named[1].start, block.end), named[0].mention


def _opens(text: str, block: Block, within: Section | None) -> Section | None:
    """The section that a heading or the lead of a list opens."""
    stripped = text.rstrip()
    is_lead = stripped.endswith((":", "："))
    if block.kind not in ("heading", "paragraph") or not (is_lead or len(stripped) < _LONG):
        return None
    if stripped.endswith(("?", "？")) and _WHICH.match(stripped) and not denied(stripped):
        strong_cues = [c for c in kinds(stripped) if c.strong or c.kind == "other"]
        return Section(strong_cues[0].kind, _former(stripped)) if strong_cues else None
    if stripped.endswith((".", "。", "?", "？")) or _FIELD_WITH_VALUE.search(stripped):
        return None
    last = re.split(r"[.。] ?", stripped)[-1]
    cues = kinds(last)
    if not cues or denied(last) or len(last) > 200:
        return None
    strong = next((c for c in cues if c.strong), cues[0])
    if not strong.strong and not _OF_PLACES.search(last):
        # "Gernika: partner since 1993" is an entry
        return Section(within.kind, _former(last)) if within and not _YEAR.search(last) else None
    return Section(strong.kind, _former(last))


def _former(text: str) -> Status:
    found = status(text)
    return found if text.strip() else "active"


def _named_host(resolved: Resolved, block: Block) -> Mention | None:
    """ "Maribor is twinned with:" names whose partners follow."""
    text = resolved.document.text
    colon = re.search(r"[:：]", text[block.start : block.end])
    end = block.start + colon.start() if colon else block.end
    named = [s for s in sides(resolved, block.start, end) if not s.is_country]
    return named[0].mention if len({s.place_id for s in named}) == 1 else None


def inline(
    resolved: Resolved, sentences: list[Sentence], owner: Mention | None
) -> Iterator[Evidence]:
    """ "Twin towns: X (1990), Y and Z" inside a paragraph."""
    for sentence in sentences:
        text = masked(resolved, sentence.start, sentence.end)
        colon = re.search(r"[:：]", text)
        if colon is None or colon.start() > 140 or owner is None:
            continue
        lead = text[: colon.start()]
        cues = kinds(lead)
        if not cues or denied(lead):
            continue
        named = [
            s
            for s in sides(resolved, sentence.start, sentence.start + colon.start())
            if not s.is_country
        ]
        if len({s.place_id for s in named}) > 1:
            continue
        host = named[0].mention if named else owner
        strong = next((c for c in cues if c.strong), cues[0])
        span = (sentence.start + colon.end(), sentence.end)
        if not strong.strong and not _OF_PLACES.search(lead):
            continue
        section = Section(strong.kind, _former(lead))
        yield from _series(resolved, sentence.block, span, host, section)


def _series(
    resolved: Resolved, index: int, span: tuple[int, int], host: Mention, section: Section
) -> Iterator[Evidence]:
    """Places of a series, each with the words up to the next."""
    text = resolved.document.text
    named = [s for s in sides(resolved, *span) if not s.is_country and not s.host]
    if not named or not LEAD.match(masked(resolved, span[0], named[0].start)):
        return
    sentence = Sentence(span[0], span[1], index)
    for position, side in enumerate(named):
        until = named[position + 1].start if position + 1 < len(named) else span[1]
        gap = text[side.end : until]
        found = pair_of(resolved, (side.start, until), (host, side), section, sentence)
        if found:
            yield found
        bare = re.sub(r"[(（][^)）]*[)）]", "", gap)
        if len(bare) > 40 or re.search(r"[.。]\s", bare):
            return
