"""Partners from lists, tables, and entries under headings, where the other side stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.records import Block, Mention, Resolved, Sentence
from pipeline.relate.clauses import clauses, masked, split
from pipeline.relate.cues import Cue, Status, denied, kinds, status, words
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import Side, sides
from pipeline.relate.when import start_and_end

#: What may stand in a line in front of the place that it is about.
_LEAD = re.compile(
    r"^\W*(?:(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.):、]?\s+|[（(][\d一二三四五六七八九十]+[)）]\s*|[一二三四五六七八九十\d]+[、.]\s*)?"
    r"(?:(?:the )?(?:city|town|municipality|province|region|state|prefecture|county|district|partner|"
    r"partner city|sister city|twin town|twin city|counterpart|город|провинция|область|регион|"
    r"территория|префектура|партн[её]р|с|城市|友城|友好城市|with|to|in|the|a|an|of)\s*[:：]?\s*)*\W*$",
    re.I,
)
#: What follows the place that an entry is about: nothing, or a break before the rest.
_ENTRY_END = re.compile(r"^[)）]?\s*(?:$|\n|[.:;,(（–—|：。，-]|\s\s)")
_NO_BOND = re.compile(
    r"not followed by|without (?:an )?agreement|no agreement|letter of intent only|observer|"
    r"contacts? only|без соглашения|fairs? only|not a partner|declined|rejected|withdrawn",
    re.I,
)
_TABLE_HEAD = re.compile(
    r"\b(?:city|town|partner|municipality|counterpart|place|region|member|community)\b|"
    r"\bгород\b|партн[её]р|城市|友城|\b(?:stadt|ville|ciudad|cidade|citt[aà]|miasto)\b",
    re.I,
)
#: A word for an agreement opens a list of partners only where it speaks of places.
_OF_PLACES = re.compile(
    r"\b(?:cities|towns|municipalities|regions|provinces|our|foreign|international|abroad|sister|"
    r"with|city|regional|counties)\b|город|регион|област|международн|зарубежн|城市|地区|国际",
    re.I,
)
_WHICH = re.compile(
    r"^\W*(?:\d+\W+)?(?:which|what|who|how many|with which|какие|сколько|с кем|有哪些|哪些)\b", re.I
)
_FIELD_WITH_VALUE = re.compile(r"[:：]\s*\S")
_LABEL = re.compile(r"^[^#:：]{2,60}[:：]\s*(?=#)|^[^:：]{2,60}\b(?:following|these)[:：]\s*")
_RUNNING_ENTRY = re.compile(
    r"^[)）]?(?: in [#\s]+)?,? ?\(?(?:since|twinned|sister|partner|signed|friendship|from|\d{4}|с \d)",
    re.I,
)
_FIELD = re.compile(r"^\s*[\w ()-]{2,30}[:：]")
_BARE = {
    "friendship": re.compile(r"\bfriendship\b|\bfriendly\b|дружб", re.I),
    "strategic": re.compile(r"\bstrategic\b", re.I),
    "cooperation_agreement": re.compile(r"\bco-?operation\b|сотрудничеств|合作", re.I),
}
_LONG = 90


@dataclass(frozen=True, slots=True)
class Section:
    """What the heading or lead of a list says of the places under it."""

    kind: str
    status: Status = "active"


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
            head = head or bool(_TABLE_HEAD.search(text) and not _place(resolved, block))
            yield from _row(resolved, index, host, section, head)
            continue
        head = False
        opened = _opens(text, block)
        if opened:
            section = opened
            host = _named_host(resolved, block) or owner
            continue
        if section and host and block.kind == "paragraph":
            yield from _running(resolved, index, host, section)
        entry = _place(resolved, block)
        if entry is None or host is None:
            if block.kind == "heading" and not _FIELD.match(text):
                section = None
            continue
        if entry.place_id != host.place_id:
            found = _entry(resolved, index, (host, entry), section)
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
        if not named or not _LEAD.match(masked(resolved, begin, named[0].start)):
            continue
        tail = text[named[0].end - sentence.start :]
        if label or _RUNNING_ENTRY.match(tail):
            yield from _series(resolved, index, (begin, sentence.end), host, section_here)


def _opens(text: str, block: Block) -> Section | None:
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
        return None
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
    if not named or not _LEAD.match(masked(resolved, span[0], named[0].start)):
        return
    sentence = Sentence(span[0], span[1], index)
    for position, side in enumerate(named):
        until = named[position + 1].start if position + 1 < len(named) else span[1]
        gap = text[side.end : until]
        found = _pair(resolved, (side.start, until), (host, side), section, sentence)
        if found:
            yield found
        bare = re.sub(r"[(（][^)）]*[)）]", "", gap)
        if len(bare) > 40 or re.search(r"[.。]\s", bare):
            return


def _place(resolved: Resolved, block: Block) -> Side | None:
    """The place that a line is about: the first, where only a label stands before it."""
    span = _line(resolved, block)
    named = [s for s in sides(resolved, *span)]
    named = [s for i, s in enumerate(named) if not (s.is_country and i + 1 < len(named))]
    if not named or named[0].is_country:
        return None
    side = named[0]
    text = resolved.document.text
    before = masked(resolved, span[0], side.start).replace("#", "")
    if not _LEAD.match(before):
        return None
    tail = text[side.end : span[1]]
    return side if block.kind == "row" or _ENTRY_END.match(tail) or _is_item(block) else None


def _is_item(block: Block) -> bool:
    return block.kind == "item"


def _line(resolved: Resolved, block: Block) -> tuple[int, int]:
    text = resolved.document.text[block.start : block.end]
    return block.start, block.start + len(text.split("\n")[0])


def _entry(
    resolved: Resolved, index: int, pair: tuple[Mention, Side], section: Section | None
) -> Evidence | None:
    """An entry with the lines that belong to it, up to the next entry or heading."""
    blocks = resolved.document.blocks
    block = blocks[index]
    end = block.end
    bare = not re.search(r"\w{3}", masked(resolved, block.start, block.end).split("#")[-1])
    is_short = block.kind == "heading" or bare
    following = index + 1
    while is_short and following < len(blocks) and following <= index + 5:
        other = blocks[following]
        text = masked(resolved, other.start, other.end)
        if other.kind not in ("paragraph", "item") or _place(resolved, other):
            break
        if not _FIELD.match(text) and following > index + 1:
            break
        end = other.end
        following += 1
    others = {s.place_id for s in sides(resolved, block.start, block.end) if not s.is_country}
    if section is None and others - {pair[0].place_id, pair[1].place_id}:
        return None
    sentence = Sentence(block.start, end, index)
    return _pair(resolved, (block.start, end), pair, section, sentence)


def _row(
    resolved: Resolved,
    index: int,
    owner: Mention | None,
    section: Section | None,
    head: bool,
) -> Iterator[Evidence]:
    """A row of a table: two places make a pair, one makes a pair with the document's own."""
    block = resolved.document.blocks[index]
    named = [s for s in sides(resolved, block.start, block.end) if not s.is_country]
    if not named or not (head or section):
        return
    if len(named) == 2 and head and named[0].start - block.start < 8:
        gap = resolved.document.text[named[0].end : named[1].start]
        if re.fullmatch(r"\s{2,}|\s*[|\t]\s*", gap):
            pair = (named[0].mention, named[1])
            sentence = Sentence(block.start, block.end, index)
            found = _pair(resolved, (block.start, block.end), pair, section, sentence)
            if found:
                yield found
            return
    if owner and named[0].place_id != owner.place_id:
        sentence = Sentence(block.start, block.end, index)
        found = _pair(resolved, (block.start, block.end), (owner, named[0]), section, sentence)
        if found:
            yield found


def _bare(text: str) -> list[Cue]:
    """In a list one word may stand for the kind: "friendship", "cooperation"."""
    found = [(m, kind) for kind, p in _BARE.items() for m in p.finditer(text)]
    return [Cue(m.start(), m.end(), kind, True) for m, kind in found]


def _pair(
    resolved: Resolved,
    span: tuple[int, int],
    pair: tuple[Mention, Side],
    section: Section | None,
    sentence: Sentence,
) -> Evidence | None:
    """Evidence of one entry; None where it denies the partnership or says nothing of one."""
    host, side = pair
    if host.place_id == side.place_id:
        return None
    text = masked(resolved, *span)
    cues = kinds(text)
    cues = cues or _bare(text)
    if _NO_BOND.search(text):
        return None
    if section is None and all(c.kind == "other" and not c.strong for c in cues):
        return None
    strong = next((c for c in cues if c.strong), cues[0] if cues else None)
    kind = strong.kind if strong else section.kind if section else "other"
    now: Status = "active"
    start, end = "", ""
    for part in clauses(resolved, replace(sentence, start=span[0], end=span[1])):
        if denied(part.text) and (kinds(part.text) or part.start == span[0]):
            return None
        found = status(part.text)
        first, last = start_and_end(
            resolved, (part.start, part.end), found, part.start, listed=True
        )
        speaks = part.start == span[0] or kinds(part.text) or words("anaphors").search(part.text)
        if speaks or found != "active":
            start, end = start or first, end or last
            now = found if now == "active" else now
    if section and section.status != "active" and now == "active":
        now = section.status
        start, end = start_and_end(resolved, span, now, span[0], listed=True)
    confidence = 0.85 if section else 0.75
    return Evidence(host, side.mention, kind, now, start, end, sentence, confidence)
