"""Triggers: words of the language packs by which a text speaks of ties between places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import find

#: Kinds of ties whose words alone make two places of a sentence partners.
STRONG = ("sister_city", "twinning", "friendship", "idiom")
#: Of two words at one place the kind further to the front stands.
TIES = ("strategic", *STRONG, "cooperation_agreement", "agreement", "ties")
STATES = ("ended", "suspended", "planned")
#: What is said of a tie beside its kind.
SAID = (
    *STATES,
    *(
        "negation",
        "hypothetical",
        "retraction",
        "to_be_signed",
        "renewal",
        "anniversary",
        "act",
        "signing",
        "standing",
    ),
    *("announced", "in_turn", "anaphor", "the_two", "latter", "own_place", "first_person"),
    *("possessive", "respectively", "own_list", "visit", "membership", "network", "network_name"),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Characters of a text that say a topic of the language packs."""

    start: int
    end: int
    topic: str

    @property
    def is_strong(self) -> bool:
        return self.topic in STRONG


@lru_cache(maxsize=8192)
def ties(text: str, language: str) -> tuple[Trigger, ...]:
    """The words for ties in a text whose names are masked, in order, none inside another."""
    found = [Trigger(*span, topic) for topic in TIES for span in find(topic, text, language)]
    longest = sorted(found, key=lambda t: (t.start - t.end, TIES.index(t.topic), t.start))
    kept: list[Trigger] = []
    for trigger in longest:
        if not any(trigger.start < k.end and k.start < trigger.end for k in kept):
            kept.append(trigger)
    return tuple(sorted(kept, key=lambda t: t.start))


@lru_cache(maxsize=8192)
def said(text: str, language: str) -> frozenset[str]:
    """The topics beside ties that a text says."""
    return frozenset(topic for topic in SAID if find(topic, text, language))
