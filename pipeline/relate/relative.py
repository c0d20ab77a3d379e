"""Dates that a clause counts from another date: "two years later", «в том же году», 次年.

>>> relative("and was renewed two years later", "2015-06", "en")
'2017'
>>> relative("a tender followed the same month", "2015-06", "en")
'2015-06'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.vocabulary import read

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_FIRST, _LAST = 1000, 2100


@dataclass(frozen=True, slots=True)
class Counted:
    """A date that is counted: where the words for it stand in the clause, and its EDTF."""

    start: int
    end: int
    value: str


def relative(clause: str, anchor: str, language: str) -> str:
    """EDTF date (a year, month or day) that a clause counts from the date before it, or ``."""
    found = counted(clause, anchor, language)
    return found.value if found else ""


def counted(clause: str, anchor: str, language: str) -> Counted | None:
    """The date (a year, month or day) that a clause counts from the date before it, if any.

    anchor: EDTF of the last date before the clause. Nothing comes out where it is a range, about
    or coarser than what is counted ("the next day" after a month), where the clause has two such
    expressions or counts roughly ("some ten years later"), or outside of the years 1000 to 2100.
    language: BCP 47; English, Russian and Chinese are known.
    """
    plain = _PLAIN.fullmatch(anchor)
    moves = _moves(clause, language[:2]) if plain else []
    if plain is None or len({move for _, move in moves}) != 1:
        return None
    (start, end), (unit, count) = moves[0]
    year, month, day = (int(part) if part else 0 for part in plain.groups())
    if unit == "year":
        value = f"{year + count:04d}" if _FIRST <= year + count <= _LAST else ""
    elif unit == "month":
        value = _month(year, month, count) if month else ""
    else:
        value = _day(year, month, day, count) if day else ""
    return Counted(start, end, value) if value else None


def _month(year: int, month: int, count: int) -> str:
    year, month = divmod(year * 12 + month - 1 + count, 12)
    return f"{year:04d}-{month + 1:02d}" if _FIRST <= year <= _LAST else ""


def _day(year: int, month: int, day: int, count: int) -> str:
    try:
        moved = date(year, month, day) + timedelta(days=count)
    except (ValueError, OverflowError):
        return ""
    return moved.isoformat() if _FIRST <= moved.year <= _LAST else ""


def _moves(clause: str, language: str) -> list[tuple[tuple[int, int], tuple[str, int]]]:
    """Where the clause counts, and (unit, how many). A rough count makes all of it rough."""
    vocabulary = read("pipeline.relate", "relative").get(language)
    found: list[tuple[tuple[int, int], tuple[str, int]]] = []
    for pattern, unit, step in _expressions(language) if vocabulary else ():
        for match in pattern.finditer(clause):
            if any(d.search(clause[: match.start()]) for d in _doubts(language)):
                return []
            found.append((match.span(), (unit, step * _count(match, vocabulary["numbers"]))))
    return found


def _count(match: re.Match[str], numbers: dict[str, int]) -> int:
    groups = match.groupdict()
    written = groups.get("number") or groups.get("number2")
    if written is None:
        return 1
    return int(written) if written.isdecimal() else numbers[written.lower()]


@cache
def _expressions(language: str) -> tuple[tuple[re.Pattern[str], str, int], ...]:
    vocabulary = read("pipeline.relate", "relative")[language]
    words = "|".join(sorted(filter(None, vocabulary["numbers"]), key=lambda w: -len(w)))
    number = rf"(?:(?<!\d)\d{{1,2}}|{words})"
    return tuple(
        (re.compile(rf"(?:{source.replace('NUMBER', number)})(?!-\w)", re.I), unit, step)
        for source, unit, step in vocabulary["expressions"]
    )


@cache
def _doubts(language: str) -> tuple[re.Pattern[str], ...]:
    vocabulary = read("pipeline.relate", "relative")[language]
    return tuple(re.compile(source, re.I) for source in vocabulary["doubt"])
