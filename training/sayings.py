"""Short made documents from `sayings/<language>.tsv`, to learn ways of saying from.

The corpora are long documents; users' pages are often a few plain lines. Each line of a file is a
text with slots and the partnerships that it states. `write` fills the slots with places drawn from
the gazetteer and writes annotated documents, as `corpus/` has them.

Slots: {a} … {e} towns of different countries, {n} another town of the country of {a}, {r} {s}
regions, {A} {B} states, {a.c} the country of {a}, {y} {z} years of which {z} is later, {p} a
surname. {a:gen} is {a} in a case of Russian, by the name that pymorphy3 gives it. " / " ends a
line, " // " a block. <The {a} Bridge> names a project.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pycountry
import pymorphy3
from babel import Locale

from training.grammar import people
from training.passages import GOLD, MARK

_FOLDER = Path(__file__).with_name("sayings")
_PROJECT = re.compile(r"<([^<>]+)>")
_SLOT = re.compile(r"\{(\w)(?:([:.])(\w+))?\}")
#: What belongs to a Chinese, Japanese or Korean name.
_SUFFIX = re.compile(r"\]\](市|县|区|省|州|시)")
_SCRIPTS = {
    "zh": re.compile(r"[\u4e00-\u9fff]{1,5}[^\W市县區区省州镇鎮乡鄉旗町村]"),
    "ja": re.compile(r"[\u30a0-\u30ff]{3,9}|[\u4e00-\u9fff]{1,2}[^\W市区町村県]"),
    "ko": re.compile(r"[\uac00-\ud7a3]{1,5}[^\W시군구도]"),
    "ru": re.compile(r"[а-яё]{4,}"),
    "uk": re.compile(r"[а-щьюяєіїґ]{4,}"),
}
_LATIN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_PEOPLE = 60_000
_YEARS = (1955, 2022)
_LABELS = {"r": "REGION", "s": "REGION", "A": "COUNTRY", "B": "COUNTRY"}
_TOWNS, _NEIGHBOUR = "abcde", "n"
_CASES = {"gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A text with slots and its rows, as its file has them; name: of language and line."""

    name: str
    language: str
    text: str
    rows: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the ISO 3166-1 code of its country. known: its name in English."""

    name: str
    country: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """Places to draw from, heavier where more people live."""

    towns: tuple[Place, ...]
    weights: tuple[float, ...]
    regions: tuple[Place, ...]


def sayings() -> list[Saying]:
    """All templates, by language."""
    found = []
    for path in sorted(_FOLDER.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("# "):
                text, rows = line.split("\t")
                found.append(Saying(f"said-{path.stem}-{number:03}", path.stem, text, rows.strip()))
    return found


def write(folder: Path, gazetteer: Path, times: int, seed: int = 3) -> list[Path]:
    """Write each saying as so many `.src` files, one in each of the folders that are returned.

    Files of one saying have one name, so that none is measured by what was learned from another.
    """
    random, every = Random(seed), sayings()
    pools = {language: _pool(gazetteer, language) for language in {s.language for s in every}}
    folders = [folder / str(time) for time in range(times)]
    for part in folders:
        part.mkdir(parents=True)
        for saying in every:
            text = filled(saying, pools[saying.language], random)
            (part / f"{saying.name}.src").write_text(text, "utf-8")
    return folders


def filled(saying: Saying, pool: Pool, random: Random) -> str:
    """An annotated document of a saying."""
    drawn = _drawn(pool, random)
    years = dict(zip("yz", sorted(random.sample(range(*_YEARS), 2)), strict=True))
    surname = random.choice(people()[1])
    first: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        # a mark holds no other
        name = MARK.sub(r"\2", _SLOT.sub(put, match[1]))
        return f"[[PROJECT|{name}]]"

    def put(match: re.Match[str]) -> str:
        slot, sign, more = match.groups()
        if slot in years:
            return str(years[slot])
        if slot == "p":
            return surname
        if sign == ".":
            return f"[[COUNTRY|{_state(drawn[slot].country, saying.language)}]]"
        if slot in "AB":
            name = _state(drawn[slot].country, saying.language)
        else:
            name = _inflected(drawn[slot].name, more) if more else drawn[slot].name
        first.setdefault(slot, name)
        return f"[[{_LABELS.get(slot, 'CITY')}|{name}]]"

    lines = saying.text.replace(" // ", "\n\n").replace(" / ", "\n")
    body = _SUFFIX.sub(r"\1]]", _SLOT.sub(put, _PROJECT.sub(named, lines)))
    rows = [] if saying.rows == "-" else saying.rows.split(";")
    gold = [_row(row.split(), drawn, first, years) for row in rows]
    plain = MARK.sub(r"\2", body).splitlines()
    marked = [name for _, name in MARK.findall(body)]
    for row in gold:
        for side in ("place_a_text", "place_b_text"):
            # with the suffix that the text puts behind it
            row[side] = next((m for m in marked if m.startswith(row[side])), row[side])
        partner = (line for line in plain if row["place_b_text"] in line)
        row["evidence"] = next(partner, plain[0])
    projects = [{"name": name} for label, name in MARK.findall(body) if label == "PROJECT"]
    told = {"meta": {"lang": saying.language}, "partnerships": gold, "projects": projects}
    return f"{body}\n{GOLD}\n{json.dumps(told, ensure_ascii=False)}\n"


def _row(
    row: Sequence[str],
    drawn: Mapping[str, Place],
    first: Mapping[str, str],
    years: Mapping[str, int],
) -> dict[str, Any]:
    pair, kind, status, *dates = row
    a, b = pair.split("+")
    start, end = (
        None if d == "-" else _SLOT.sub(lambda m: str(years[m[1]]), d)
        for d in (*dates, "-", "-")[:2]
    )
    return {
        "place_a": drawn[a].known or drawn[a].name,
        "place_a_text": first[a],
        "place_b": drawn[b].known or drawn[b].name,
        "place_b_text": first[b],
        "country_a": drawn[a].country,
        "country_b": drawn[b].country,
        "kind": kind,
        "status": status,
        "start": start,
        "end": end,
    }


def _drawn(pool: Pool, random: Random) -> dict[str, Place]:
    """A place for each slot; towns of different countries, save the neighbour of the first."""
    found: dict[str, Place] = {}
    taken: set[str] = set()
    while len(found) < len(_TOWNS):
        town = random.choices(pool.towns, pool.weights)[0]
        if town.country not in taken:
            found[_TOWNS[len(found)]] = town
            taken.add(town.country)
    home = [t for t in pool.towns if t.country == found["a"].country and t != found["a"]]
    found[_NEIGHBOUR] = random.choice(home or [found["b"]])
    found |= dict(zip("rs", random.sample(pool.regions, 2), strict=True))
    states = random.sample(sorted({t.country for t in pool.towns}), 2)
    return found | {slot: Place("", code) for slot, code in zip("AB", states, strict=True)}


def _pool(gazetteer: Path, language: str) -> Pool:
    script = _SCRIPTS.get(language)
    connection = sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True)
    if script is None:
        named = "select distinct name, country, population, name from place where kind = ?"
    else:
        named = (
            "select distinct n.key, p.country, p.population, p.name from name n join place p"
            " using (place_id) where p.kind = ?"
        )
    known = {c.alpha_2 for c in pycountry.countries}
    parts = []
    for kind, least in (("city", _PEOPLE), ("region", 0)):
        rows = connection.execute(f"{named} and population >= ? order by 1, 2, 4", (kind, least))
        found = [r for r in rows if r[1] in known and (script or _LATIN).fullmatch(r[0])]
        if language == "ru":
            found = [r for r in found if kind == "region" or _is_inflected(r[0])]
        parts.append([(Place(_written(r[0], script), r[1], r[3]), r[2]) for r in found])
    towns, regions = parts
    weights = tuple(float(people_of) ** 0.35 for _, people_of in towns)
    return Pool(tuple(t for t, _ in towns), weights, tuple(r for r, _ in regions))


def _written(key: str, script: re.Pattern[str] | None) -> str:
    """A name as texts have it: keys of other scripts lack capitals."""
    return key if script is None else key.title()


@cache
def _state(code: str, language: str) -> str:
    """The usual name of a state in a language."""
    name = Locale.parse(language).territories.get(code, code)
    return re.split(r"[（(]", name)[0].strip()


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def _is_inflected(name: str) -> bool:
    return any("Geox" in p.tag and "nomn" in p.tag for p in _analyser().parse(name)[:3])


def _inflected(name: str, case: str) -> str:
    """A Russian name in a case; as it is where its case forms are unknown."""
    known = [p for p in _analyser().parse(name) if "Geox" in p.tag and "nomn" in p.tag]
    form = known[0].inflect({_CASES[case]}) if known else None
    return form.word.title() if form else name
