"""One entry of a list or table: the place that it is about and what it says of the partnership."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.records import Block, Mention, Resolved, Sentence
from pipeline.relate.clauses import clauses, masked
from pipeline.relate.cues import Cue, Status, denied, kinds, status, words
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import Side, sides
from pipeline.relate.when import start_and_end

#: What may stand in a line in front of the place that it is about.
LEAD = re.compile(
    r"^\W*(?:(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.):、]?\s+|[（(][\d一二三四五六七八九十]+[)）]\s*|"
    r"[一二三四五六七八九十\d]+[、.]\s*)?"
    r"(?:(?:the )?(?:city|town|municipality|province|region|state|prefecture|county|district|"
    r"partner|partner city|sister city|twin town|twin city|counterpart|"
    r"город|провинция|область|регион|территория|префектура|партн[её]р|с|城市|友城|友好城市|with|to|in|the|a|an|of)\s*[:：]?\s*)*\W*$",
    re.I,
)
#: What follows the place that an entry is about: nothing, or a break before the rest.
ENTRY_END = re.compile(r"^[)）]?\s*(?:$|\n|[.:;,(（–—|：。，-]|\s\s)")
_NO_BOND = re.compile(
    r"not followed by|without (?:an )?agreement|no agreement|letter of intent only|observer|"
    r"contacts? only|без соглашения|fairs? only|not a partner|declined|rejected|withdrawn",
    re.I,
)
FIELD = re.compile(r"^\s*[\w ()-]{2,30}[:：]")
#: What may stand in front of the place of an entry: where it lies, or since when.
_LEADING = ("COUNTRY", "REGION", "CITY", "DATE")
#: Kinds that leave open which it is.
OPEN = ("other", "bare", "idiom")
_BARE = {
    "friendship": re.compile(r"\bfriendship\b|\bfriendly\b|дружб", re.I),
    "strategic": re.compile(r"\bstrategic\b", re.I),
    "cooperation_agreement": re.compile(r"\bco-?operation\b|сотрудничеств|合作", re.I),
}


@dataclass(frozen=True, slots=True)
class Section:
    """What the heading or lead of a list says of the places under it."""

    kind: str
    status: Status = "active"


def place_of(resolved: Resolved, block: Block) -> Side | None:
    """The place that a line is about: the first, where only a label stands before it."""
    span = _line(resolved, block)
    named = sides(resolved, *span)
    named = [s for i, s in enumerate(named) if not (s.is_country and i + 1 < len(named))]
    if not named or named[0].is_country:
        return None
    side = named[0]
    text = resolved.document.text
    if any(m.label not in _LEADING for m in resolved.within(span[0], side.start)):
        return None
    before = masked(resolved, span[0], side.start).replace("#", "")
    if not LEAD.match(before):
        return None
    tail = text[side.end : span[1]]
    return side if block.kind == "row" or ENTRY_END.match(tail) or _is_item(block) else None


def _is_item(block: Block) -> bool:
    return block.kind == "item"


def _line(resolved: Resolved, block: Block) -> tuple[int, int]:
    text = resolved.document.text[block.start : block.end]
    return block.start, block.start + len(text.split("\n")[0])


def entry_of(
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
        if other.kind not in ("paragraph", "item") or place_of(resolved, other):
            break
        if not FIELD.match(text) and following > index + 1:
            break
        end = other.end
        following += 1
    others = {s.place_id for s in sides(resolved, block.start, block.end) if not s.is_country}
    if section is None and others - {pair[0].place_id, pair[1].place_id}:
        return None
    sentence = Sentence(block.start, end, index)
    return pair_of(resolved, (block.start, end), pair, section, sentence)


def row_of(
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
            found = pair_of(resolved, (block.start, block.end), pair, section, sentence)
            if found:
                yield found
            return
    if owner and named[0].place_id != owner.place_id:
        sentence = Sentence(block.start, block.end, index)
        found = pair_of(resolved, (block.start, block.end), (owner, named[0]), section, sentence)
        if found:
            yield found


def _bare(text: str) -> tuple[Cue, ...]:
    """In a list one word may stand for the kind: "friendship", "cooperation"."""
    found = [(m, kind) for kind, p in _BARE.items() for m in p.finditer(text)]
    return tuple(Cue(m.start(), m.end(), kind, True) for m, kind in found)


def pair_of(
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
    if all(c.kind in OPEN for c in cues):
        cues = _bare(text) or cues
    if _NO_BOND.search(text):
        return None
    if section is None and all(c.kind in ("other", "bare") for c in cues):
        return None
    strong = next((c for c in cues if c.strong), cues[0] if cues else None)
    kind = strong.kind if strong else "other"
    if section and kind in OPEN:
        kind = section.kind
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
    confidence = 0.9 if cues else 0.85
    return Evidence(host, side.mention, kind, now, start, end, sentence, confidence)
