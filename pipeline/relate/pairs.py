"""Partnerships: who works with whom, as sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.records import Assertion, Mention, PairClaim, Resolved, Sentence, Statement
from pipeline.relate.statements import digest, state
from pipeline.relate.vocabulary import first, group

_ASSERTIONS: dict[str, Assertion] = {
    "planned": "planned",
    "suspended": "suspended",
    "ended": "ended",
    "active": "affirmed",
}
#: What may stand between the two sides of a pair: "A and B", "A with B", "A in C and B".
_JOINT = re.compile(
    r"^(?:\s*,?\s*(?:of|in)?\s*(?:the\s)?|\s*\()?.{0,40}?\b(?:and|with|to)\b[^.;]{0,45}$|^[与和同、]"
)
#: A country or region right behind a place only says where it lies.
_APPOSITION = re.compile(r"^\s*(?:,|\(|of|in)\s*(?:the\s)?$")


def pairs(resolved: Resolved, sentences: Sequence[Sentence]) -> list[PairClaim]:
    """Pairs of places that the sentences state as partners, one claim a sentence and pair."""
    return [claim for sentence in sentences for claim in _in_sentence(resolved, sentence)]


def denials(resolved: Resolved, sentences: Sequence[Sentence]) -> list[Statement]:
    """Sentences that deny a partnership of two places: statements without a row."""
    found = []
    for sentence in sentences:
        text = resolved.tagged.text_of(sentence)
        if first("kinds", text) and group("negations")["negations"].search(text):
            sides = _sides(resolved, sentence)
            if len(sides) >= 2:
                value = " + ".join(resolved.places[s.place_id].name for s in sides[:2])
                found.append(state(resolved, sentence, ("", "partnership", value), "negated", 0.6))
    return found


def _in_sentence(resolved: Resolved, sentence: Sentence) -> Iterator[PairClaim]:
    text = resolved.tagged.text_of(sentence)
    kind = first("kinds", text)
    if not kind or not group("links")["links"].search(text):
        return
    if any(p.search(text) for name in ("negations", "hypotheticals") for p in group(name).values()):
        return
    local = _sides(resolved, sentence)
    if len(local) >= 2:
        if kind != "strategic" and _joined(resolved, local[0], local[1]):
            yield _claim(resolved, sentence, (local[0], local[1]), kind, "local")
        return
    national = _countries(resolved, sentence)
    if kind == "strategic" and len(national) == 2:
        yield _claim(resolved, sentence, (national[0], national[1]), kind, "national")


def _sides(resolved: Resolved, sentence: Sentence) -> list[Mention]:
    """Cities and regions of a sentence that may be a side, each place once."""
    found: list[Mention] = []
    seen: set[str] = set()
    previous: Mention | None = None
    for mention in resolved.within(sentence.start, sentence.end):
        if mention.label in ("CITY", "REGION") and mention.place_id:
            if mention.place_id not in seen and not _lies_in(resolved, previous, mention):
                found.append(mention)
            seen.add(mention.place_id)
        if mention.label in ("CITY", "REGION", "COUNTRY"):
            previous = mention
    return found


def _lies_in(resolved: Resolved, left: Mention | None, right: Mention) -> bool:
    if left is None or right.label != "REGION" or left.label == "COUNTRY":
        return False
    return bool(_APPOSITION.match(resolved.document.text[left.end : right.start]))


def _countries(resolved: Resolved, sentence: Sentence) -> list[Mention]:
    unique: dict[str, Mention] = {}
    for mention in resolved.within(sentence.start, sentence.end):
        if mention.label == "COUNTRY":
            unique.setdefault(mention.place_id, mention)
    joined = [m for m in unique.values() if not _hosts(resolved, m)]
    return joined[:3]


def _hosts(resolved: Resolved, mention: Mention) -> bool:
    """ "Samarkand of Uzbekistan": the country of a city, no side."""
    before = resolved.document.text[max(0, mention.start - 5) : mention.start]
    inside = [m for m in resolved.mentions if m.label == "CITY" and 0 < mention.start - m.end < 6]
    return bool(inside) and before.rstrip().endswith((",", "of", "in", "("))


def _joined(resolved: Resolved, left: Mention, right: Mention) -> bool:
    between = resolved.document.text[left.end : right.start]
    return len(between) < 90 and bool(_JOINT.search(between))


def _claim(
    resolved: Resolved,
    sentence: Sentence,
    sides: tuple[Mention, Mention],
    kind: str,
    level: Literal["local", "national"],
) -> PairClaim:
    text = resolved.tagged.text_of(sentence)
    a, b = sides
    group_name = kind if level == "national" else level
    key = "p-" + digest(*sorted((a.place_id, b.place_id)), group_name)
    status = first("statuses", text) or "active"
    claims = [("kind", kind), ("status", status)]
    field = "end" if status == "ended" else "start"
    date = _date(resolved, sentence)
    if date and status in ("active", "ended"):
        claims.append((field, date.value))
    assertion = _ASSERTIONS[status]
    return PairClaim(
        key,
        a.place_id,
        b.place_id,
        resolved.tagged.text_of(a),
        resolved.tagged.text_of(b),
        level,
        tuple(state(resolved, sentence, (key, *claim), assertion) for claim in claims),
    )


def _date(resolved: Resolved, sentence: Sentence) -> Mention | None:
    """The date next to the trigger, where the sentence has one."""
    text = resolved.tagged.text_of(sentence)
    match = next((m for p in group("kinds").values() if (m := p.search(text))), None)
    dates = [m for m in resolved.within(sentence.start, sentence.end) if m.label == "DATE"]
    dates = [m for m in dates if m.value and "/" not in m.value]
    if not dates or match is None:
        return None
    trigger = sentence.start + match.start()
    return min(dates, key=lambda m: (abs(m.start - trigger), m.start))
