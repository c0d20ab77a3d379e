"""Whose document it is: the place that "we" and "our sister cities" mean."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.records import Document, Mention, Resolved
from pipeline.relate.sides import means_capital

#: Blocks at the top in which a document says whose it is.
_TOP_BLOCKS = 4
ROLE_BEFORE = re.compile(
    r"(?:\b(?:city|town|municipality|mayor|council|government|administration|office|cities|towns|"
    r"district council|borough)(?: council)? of (?:the )?(?:city of )?|"
    r"\b(?:мэри[яи]|администраци[яи]|акимат\w*|хокимият|город[ае]?) (?:г\. |города )?)$",
    re.I,
)
OURS = re.compile(r"\b(?:our|this) (?:own )?(?:\w+ )?(?:of )?$", re.I)
ROLE_AFTER = re.compile(
    r"^(?:\b)?[ ’']?s? ?(?:city|town|municipal\w*|county|district|regional|prefectur\w+|"
    r"city council|council|borough|twinning|sister|hall)\b|^(?:市|省|州|县|区)?(?:人民政府|外事)|"
    r"^,? (?:is|was) (?:an?|the|one of the) (?:[\w-]+ ){0,4}"
    r"(?:city|town|municipality|capital|village)\b",
    re.I,
)


#: What stands before a partner or guest, and seldom before the place that a document speaks for.
GUEST = re.compile(
    r"\b(?:with|avec|con|mit|со|с)\s(?:the\s)?"
    r"(?:(?:city|town|cities|town of|city of|городом|городами)\s)?(?:of\s)?$|[与和同跟]$",
    re.I,
)
#: What stands before one of a list of partners: "Sister cities: Pécs, ".
_LISTED = re.compile(
    r"\b(?:(?:sister|twin|partner|friendship)[ -](?:cities|towns)|^\W*(?:twinned|paired) with)\b"
    r"[^.;:\n]{0,30}:[^.\n]*\Z",
    re.I | re.M,
)
_LINE, _BEFORE, _BEHIND = 200, 40, 60
#: An office at the top of a document says that it is of the office's town.
_SEATED = 3
#: A place below this stands out too little to be the one that a document speaks for.
_LEAST = 4
#: The head of a document, of which the first line counts as what it opens with.
_HEAD_BLOCKS, _OPENING = 6, 160
#: How many times as often as any other the place is named that a document is about.
_FAR = 2


def owner(resolved: Resolved) -> Mention | None:
    """The city or region that a document speaks for; None where none stands out."""
    scores = standing(resolved)
    if not scores:
        return None
    best = max(scores, key=lambda m: (scores[m], -m.start))
    return best if scores[best] >= _LEAST and best.place_id in evident(resolved) else None


def evident(resolved: Resolved) -> frozenset[str]:
    """The places that a document shows to be its own.

    Named at its top or in its title, by its offices, as "our town", by a last line that signs for
    it, or far more often than any other. A place that only turns up again and again is no owner.
    """
    text, blocks = resolved.document.text, resolved.document.blocks
    named = [m for m in resolved.mentions if m.label in ("CITY", "REGION") and m.place_id]
    top = blocks[min(_TOP_BLOCKS, len(blocks)) - 1].end if blocks else 0
    end = blocks[-min(_TOP_BLOCKS, len(blocks))].start if blocks else 0
    found = {seat.place_id for seat in resolved.seats}
    for mention in named:
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        office = ROLE_BEFORE.search(before) or ROLE_AFTER.match(
            text[mention.end : mention.end + _BEHIND]
        )
        name = text[mention.start : mention.end]
        # as a word of the top it may have no label of its own
        shown = _named_in(name, text[:top]) or _named_in(name, resolved.document.title)
        if shown or OURS.search(before) or (office and mention.start >= end):
            found.add(mention.place_id)
    ranked = Counter(m.place_id for m in named).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= _FAR * ranked[1][1]):
        found.add(ranked[0][0])
    return frozenset(found)


def _named_in(name: str, text: str) -> bool:
    at = text.find(name)
    return at >= 0 and not text[at + len(name) :][:1].islower()


def standing(resolved: Resolved) -> dict[Mention, float]:
    """How much each city and region stands out, by its first mention (4 and more: clearly)."""
    document = resolved.document
    text = document.text
    top = document.blocks[min(_TOP_BLOCKS, len(document.blocks)) - 1].end if document.blocks else 0
    scores: dict[str, float] = {}
    first: dict[str, Mention] = {}
    for mention in resolved.mentions:
        if mention.label not in ("CITY", "REGION") or not mention.place_id:
            continue
        if means_capital(text, mention):
            continue
        key = mention.place_id
        first.setdefault(key, mention)
        roles = ROLE_BEFORE.search(text[max(0, mention.start - 40) : mention.start]) is not None
        roles = roles or ROLE_AFTER.search(text[mention.end : mention.end + _BEHIND]) is not None
        roles = roles or OURS.search(text[max(0, mention.start - 30) : mention.start]) is not None
        scores[key] = scores.get(key, 0) + 1 + (2 if roles else 0)
    for seat in resolved.seats:
        first.setdefault(seat.place_id, seat)
        scores[seat.place_id] = scores.get(seat.place_id, 0) + _SEATED
    longer = {text[m.start : m.end] for m in first.values()}
    for key, mention in first.items():
        words = text[mention.start : mention.end]
        rest = "|".join(re.escape(n[len(words) :]) for n in longer if n.startswith(words + " "))
        name = re.escape(words) + (f"(?!{rest})" if rest else "")
        scores[key] = min(scores[key], 6.0)
        named = [m.start() for m in re.finditer(name, text)] or [mention.start]
        scores[key] += min(len(named), 6) * 0.25
        # "Council drops its tie with X" is no text of X
        if GUEST.search(text[max(0, named[0] - 30) : named[0]]):
            continue
        if _LISTED.search(text[max(0, named[0] - _LINE) : named[0]]):
            continue
        scores[key] += 3 * (named[0] < top)
        if document.blocks and named[0] < document.blocks[0].end:
            scores[key] += 2
        if re.search(name, opening(document)):
            scores[key] += 1
    return {first[key]: score for key, score in scores.items()}


def opening(document: Document) -> str:
    """What a document opens with: its metadata, else its first line, be it a letterhead or prose.

    Not `Document.title`: a headline names guests and partners, a letterhead its owner.
    """
    if document.raw.title:
        return document.raw.title
    head = (b for b in document.blocks[:_HEAD_BLOCKS] if b.kind in ("heading", "paragraph"))
    first = next(head, None)
    if first is None:
        return ""
    return document.text[first.start : min(first.end, first.start + _OPENING)].strip("# ")
