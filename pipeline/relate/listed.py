"""Partnerships from lists: "Maribor is twinned with:" and the items under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.records import Block, Mention, PairClaim, Resolved, Sentence
from pipeline.relate.statements import digest, state
from pipeline.relate.vocabulary import first


def listed(resolved: Resolved) -> Iterator[PairClaim]:
    """Pairs of the document's own city with the first city of each item of a list of partners."""
    home = _home(resolved)
    if home is None:
        return
    kind, previous = "", ""
    for index, block in enumerate(resolved.document.blocks):
        text = resolved.document.text[block.start : block.end]
        if block.kind in ("item", "row"):
            partner = _partner(resolved, block, home)
            if kind and partner:
                yield _claim(
                    resolved,
                    Sentence(block.start, block.end, index),
                    (home, partner),
                    kind,
                    previous,
                )
        elif block.kind == "heading" or text.rstrip().endswith((":", "：")):
            kind, previous = first("kinds", text), text
        else:
            kind = ""


def _home(resolved: Resolved) -> Mention | None:
    """The city that a page is about: named at its beginning and most often."""
    cities = [m for m in resolved.mentions if m.label == "CITY" and m.place_id]
    if not cities:
        return None
    counts = Counter(m.place_id for m in cities)
    return cities[0] if counts[cities[0].place_id] == max(counts.values()) else None


def _partner(resolved: Resolved, block: Block, home: Mention) -> Mention | None:
    for mention in resolved.within(block.start, block.end):
        if mention.label in ("CITY", "REGION") and mention.place_id:
            return mention if mention.place_id != home.place_id else None
    return None


def _claim(
    resolved: Resolved,
    sentence: Sentence,
    sides: tuple[Mention, Mention],
    kind: str,
    heading: str,
) -> PairClaim:
    text = resolved.tagged.text_of(sentence)
    a, b = sides
    key = "p-" + digest(*sorted((a.place_id, b.place_id)), "local")
    kind = first("kinds", text) or kind
    status = first("statuses", text) or first("statuses", heading) or "active"
    dates = [
        m for m in resolved.within(sentence.start, sentence.end) if m.label == "DATE" and m.value
    ]
    claims = [("kind", kind), ("status", status)]
    if dates and "/" not in dates[0].value:
        claims.append(("start", dates[0].value))
    if len(dates) > 1 and status == "ended":
        claims.append(("end", dates[1].value))
    assertion = "affirmed" if status == "active" else status
    return PairClaim(
        key,
        a.place_id,
        b.place_id,
        resolved.tagged.text_of(a),
        resolved.tagged.text_of(b),
        "local",
        tuple(state(resolved, sentence, (key, *claim), assertion, 0.75) for claim in claims),  # type: ignore[arg-type]
    )
