"""Sentences made from `grammar.txt`: people, streets, teams and firms called like places."""

from __future__ import annotations

import calendar
from functools import cache
from pathlib import Path
from random import Random

from faker import Faker

from training.passages import Passage, unmarked
from training.swap import Names

RULES = Path(__file__).with_name("grammar.txt")
_LOCALES = (
    *("en_US", "en_GB", "en_IN", "en_NG", "de_DE", "fr_FR", "es_ES", "es_MX", "it_IT", "pl_PL"),
    *("pt_BR", "nl_NL", "sv_SE", "fi_FI", "cs_CZ", "tr_TR", "ro_RO", "hr_HR"),
)
_DAYS = list(calendar.day_name)
_MONTHS = list(calendar.month_name)[1:]
_WORDS = ["Green", "Black", "Silver", "Old", "Royal", "Northern", "Digital", "Central", "Clean"]
_LANGUAGES = [
    *("English", "Spanish", "French", "German", "Polish", "Danish", "Russian", "Hindi", "Welsh"),
    *("Turkish", "Arabic", "Dutch", "Portuguese", "Swedish", "Ukrainian", "Mandarin", "Basque"),
]
_ABBREVIATED = ["S.C.", "N.D.", "N.C.", "S.D.", "N.Y.", "N.J.", "N.M.", "Calif.", "Ore.", "Wis."]
_NOUNS = ["fair", "school", "tender", "road", "market", "budget"]
#: Share of surnames that are names of places, as many in the world are.
_PLACELIKE = 0.3


def sentences(count: int, pool: Names, random: Random) -> list[Passage]:
    """Passages of one to three made-up sentences each."""
    rules = read_rules(RULES)
    return [
        _passage(" ".join(random.choices(rules, k=random.choice((1, 1, 2, 3)))), pool, random)
        for _ in range(count)
    ]


def read_rules(path: Path) -> list[str]:
    """The lines of a file of rules without its remarks."""
    return [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]


def _passage(rule: str, pool: Names, random: Random) -> Passage:
    text, spans = unmarked(filled(rule, pool, random))
    kind = "heading" if not text.rstrip().endswith((".", '"')) else "paragraph"
    return Passage("grammar", "en", kind, text, tuple(spans))


def filled(rule: str, pool: Names, random: Random) -> str:
    """A rule with names in its slots; its marks stay."""
    pieces = rule.split("{")
    made, kept = pieces[0], dict[str, str]()
    for piece in pieces[1:]:
        slot, rest = piece.split("}", 1)
        name = kept.get(slot) or _fill(slot.rstrip("1"), pool, random)
        if slot.endswith("1"):
            kept[slot] = name
        made += name + rest
    return made


def _fill(slot: str, pool: Names, random: Random) -> str:
    if slot in ("city", "region", "country"):
        return random.choices(*pool.latin[slot])[0]
    if slot == "state":
        return random.choice(pool.states)
    if slot == "caps":
        return random.choices(*pool.latin["city"])[0].upper()
    first, last = people()
    drawn = {
        "first": first,
        "last": first if random.random() < 0.05 else last,
        "word": _WORDS,
        "noun": _NOUNS,
        "language": _LANGUAGES,
        "abbr": _ABBREVIATED,
        "month": _MONTHS,
        "day": _DAYS,
        "year": [str(random.randint(1950, 2030))],
        "n": [str(random.randint(16, 90))],
    }[slot]
    if slot == "last" and random.random() < _PLACELIKE:
        name = random.choices(*pool.latin["city"])[0]
        return name if " " not in name else random.choice(drawn)
    return random.choice(drawn)


@cache
def people() -> tuple[list[str], list[str]]:
    """First and last names of many countries, the same on every run."""
    source = Faker(_LOCALES)
    source.seed_instance(7)
    first = [source.first_name() for _ in range(3000)]
    last = [source.last_name() for _ in range(4000)]
    return first, last
