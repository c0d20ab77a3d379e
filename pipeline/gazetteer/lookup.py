"""Ask the compiled gazetteer."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.gazetteer.names import key
from pipeline.records import Place


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. main: the name is its usual one, not an alternate."""

    place: Place
    population: int
    main: bool


class Gazetteer:
    """Look-ups by name; answers are kept, since names return within a document."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.candidates = lru_cache(maxsize=100_000)(self._candidates)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """Places of that name, the most populous first."""
        rows = self._connection.execute(
            "select p.*, n.main from name n join place p using (place_id) where n.key = ?"
            " order by n.main desc, p.population desc, p.place_id",
            (key(name),),
        )
        return tuple(
            Candidate(
                Place(row[0], row[1], row[2], row[3], "", row[5], row[6]), row[7], bool(row[8])
            )
            for row in rows
        )
