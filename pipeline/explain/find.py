"""The rows that an identifier or a name means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.gazetteer.names import is_cjk, key
from pipeline.tables.read import Cells

Tables = Mapping[str, Sequence[Cells]]
KEYS = {"partnerships": "partnership_id", "projects": "project_id"}
_NAMES = {
    "partnerships": ("place_a", "place_b", "place_a_text", "place_b_text"),
    "projects": ("name",),
}
#: Identifiers and names less alike than this (0 to 100) are no help.
_NEAR = 60
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A row of partnerships or projects."""

    table: str
    row: Cells

    @property
    def identifier(self) -> str:
        return self.row[KEYS[self.table]]

    @property
    def name(self) -> str:
        if self.table == "projects":
            return self.row["name"]
        return f"{self.row['place_a']} – {self.row['place_b']}"


def find(tables: Tables, asked: str) -> list[Found]:
    """The row with this identifier, else those that begin with it, else all that it names.

    A name means a row when each of its words stands in the names of the row: "Porto",
    "porto nagasaki", "Porto + Nagasaki".
    """
    rows = _rows(tables)
    if exact := [f for f in rows if f.identifier == asked.strip()]:
        return exact
    if re.fullmatch(r"[pj]-[0-9a-f]{3,}", asked.strip()):
        return [f for f in rows if f.identifier.startswith(asked.strip())]
    words = _WORD.findall(key(asked))
    return [f for f in rows if words and all(_named(word, f) for word in words)]


def nearest(tables: Tables, asked: str, count: int = 3) -> list[str]:
    """Identifiers with names that are most like what was asked for, the likest first."""
    rows = _rows(tables)
    written: dict[str, Found] = {}
    for found in rows:
        for text in (found.identifier, *(found.row[n] for n in _NAMES[found.table])):
            written.setdefault(key(text), found)
    close = process.extract(key(asked), list(written), scorer=fuzz.ratio, score_cutoff=_NEAR)
    likest = dict.fromkeys((written[text].identifier, written[text].name) for text, _, _ in close)
    return [f"{identifier} ({name})" for identifier, name in list(likest)[:count]]


def _rows(tables: Tables) -> list[Found]:
    return [Found(table, row) for table in KEYS for row in tables[table]]


def _named(word: str, found: Found) -> bool:
    names = key(" ".join(found.row[name] for name in _NAMES[found.table]))
    return word in names if is_cjk(word) else word in _WORD.findall(names)
