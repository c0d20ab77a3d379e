"""Networks of many towns: who is a member of which. A network pairs nobody, so it makes no row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Mention, Resolved, Sentence, Statement
from pipeline.relate.cues import denied, words
from pipeline.relate.discourse import unique
from pipeline.relate.sides import sides
from pipeline.relate.statements import state

_SURE = 0.6
_SPACE = re.compile(r"\s+")


def networks(
    resolved: Resolved, sentences: Sequence[Sentence], owner: Mention | None
) -> list[Statement]:
    """Statements of membership, `network: town + town`, one for each sentence that tells any.

    owner: the place that the document speaks for, a member where a sentence names none.
    """
    return list(_memberships(resolved, sentences, owner))


def _memberships(
    resolved: Resolved, sentences: Sequence[Sentence], owner: Mention | None
) -> Iterator[Statement]:
    for sentence in sentences:
        text = resolved.tagged.text_of(sentence)
        if not words("memberships").search(text) or denied(text):
            continue
        name = _name(resolved, sentence)
        if not name:
            continue
        named = unique([s for s in sides(resolved, sentence.start, sentence.end) if not s.host])
        members = [s.place_id for s in named if not s.is_country]
        members = members or ([owner.place_id] if owner else [])
        if members:
            towns = " + ".join(resolved.places[place_id].name for place_id in members)
            yield state(resolved, sentence, ("", "network", f"{name}: {towns}"), "affirmed", _SURE)


def _name(resolved: Resolved, sentence: Sentence) -> str:
    """The network that a sentence names: an organisation that is one, or one that is well known."""
    text = resolved.tagged.text_of(sentence)
    for mention in resolved.within(sentence.start, sentence.end):
        name = _SPACE.sub(" ", resolved.tagged.text_of(mention))
        if mention.label in ("ORG", "STRATEGY") and words("networks").search(name):
            return name
    known = words("networks_by_name").search(text)
    return _SPACE.sub(" ", known[0]) if known else ""
