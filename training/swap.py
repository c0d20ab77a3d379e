"""Other names in the same sentences, so that the tagger learns contexts and not names."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from pipeline.gazetteer.names import is_cjk
from training.passages import Passage

_KINDS = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
#: Words that stay when the name beside them changes: "Minsk Oblast" -> "Osh Oblast".
_GENERIC = re.compile(
    r"\b(?:Oblast|Krai|Province|Prefecture|County|Parish|District|Region|Voivodeship|Governorate|"
    r"Department|Canton|Municipality|State|Raion)\b|[省市区县州]$"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names to draw from, by (kind, script), with weights for cities."""

    latin: dict[str, tuple[list[str], list[float]]]
    han: dict[str, tuple[list[str], list[float]]]
    states: list[str]


def names(gazetteer: Path) -> Names:
    """All names of the compiled gazetteer, heavier where more people live."""
    connection = sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True)
    latin, han = {}, {}
    for kind in ("city", "region", "country"):
        rows = connection.execute(
            "select distinct name, population from place where kind = ? order by 1, 2", (kind,)
        ).fetchall()
        latin[kind] = ([r[0] for r in rows], [max(r[1], 500) ** 0.35 for r in rows])
        rows = connection.execute(
            "select distinct n.key, p.population from name n join place p using (place_id)"
            " where p.kind = ? and n.key between '㐀' and '鿿' order by 1, 2",
            (kind,),
        ).fetchall()
        rows = [r for r in rows if all(is_cjk(c) for c in r[0]) and 2 <= len(r[0]) <= 8]
        han[kind] = ([r[0] for r in rows], [max(r[1], 500) ** 0.5 for r in rows])
    rows = connection.execute(
        "select distinct name from place where kind = 'region' and country = 'US' order by 1"
    ).fetchall()
    return Names(latin, han, [r[0] for r in rows])


def swapped(passage: Passage, pool: Names, random: Random, share: float = 0.8) -> Passage:
    """The passage with most of its place names replaced, one new name for one old."""
    new: dict[str, str] = {}
    text, spans, position = "", [], 0
    for start, end, label in passage.spans:
        text += passage.text[position:start]
        old = passage.text[start:end]
        if label in _KINDS and random.random() < share:
            name = new.setdefault(old, _another(old, label, pool, random))
        else:
            name = old
        spans.append((len(text), len(text) + len(name), label))
        text += name
        position = end
    return replace(passage, text=text + passage.text[position:], spans=tuple(spans))


def _another(old: str, label: str, pool: Names, random: Random) -> str:
    if _CYRILLIC.search(old):
        # a name put in without its case ending would teach a language that nobody writes
        return old
    source = (pool.han if is_cjk(old) else pool.latin)[_KINDS[label]]
    if not source[0]:
        return old
    name = random.choices(*source)[0]
    generic = _GENERIC.search(old)
    if label == "REGION" and generic and not _GENERIC.search(name):
        if is_cjk(old):
            return name + generic[0]
        return f"{name} {generic[0]}" if generic.start() else f"{generic[0]} {name}"
    return name
