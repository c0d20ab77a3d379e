"""Tables that a copy of a web page leaves as one cell a line: heads, then the rows' values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.clean.piece import Piece, is_free, row
from pipeline.clean.splits import trimmed
from pipeline.clean.width import columns
from pipeline.columnwords import is_column_name

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_SENTENCE = re.compile(r"[.!?。！？;；:：]$|[:：]\s")
_REMARK = re.compile(r"\s*[(（\[].*$")
#: What parts columns within a line.
_COLUMNS = re.compile(r"\s{2,}|\t|\||[,;]\S[^,;]*[,;]\S")
_LONGEST_CELL, _MOST_WORDS = 64, 9
#: Beside its figures a date has the name of a month, and hardly more.
_MOST_LETTERS = 12
_FEWEST, _MOST = 2, 9
#: So many rows show a period where columns are named, and where they are not.
_NAMED_ROWS, _UNNAMED_ROWS = 2, 4
_NEAR_LINES, _MOST_LINES = 200, 4000
#: So many lines decide whether a table begins with one, or goes on behind one: rows of `_MOST`
#: cells, `_UNNAMED_ROWS` of them, below their heads, and the next.
_AHEAD = (_UNNAMED_ROWS + 2) * _MOST


def stacked(
    found: Sequence[Piece], index: int, text: str, is_country: Callable[[str], bool]
) -> tuple[int, list[Piece]]:
    """The table that begins with a line: the index behind its last line, and its rows.

    Only where kinds of values (dates, countries, running numbers) return at a constant distance.
    """
    behind = index
    # of many small tables after each other, each is found without going through all of them
    for most in (_NEAR_LINES, _MOST_LINES):
        run, gaps, behind = _run(found, index, most)
        whole = most == _MOST_LINES or behind < index + most
        table = _first(run, gaps, text, is_country)
        if table and (whole or table[1] + _AHEAD <= len(run)):
            return _behind(found, index, run, *table)
        if whole:
            break
    return behind, []


def _first(
    run: Sequence[Piece], gaps: Sequence[int], text: str, is_country: Callable[[str], bool]
) -> tuple[int, int, list[Piece]] | None:
    """The first table in a run: where it begins and ends, and its rows."""
    if len(run) < _FEWEST * (_NAMED_ROWS + 1):
        return None
    kinds = [_kind(p.text.strip(), is_country) for p in run]
    calls = [
        not kind and is_column_name(p.text.strip()) for p, kind in zip(run, kinds, strict=True)
    ]
    for start in range(len(run) - _FEWEST * _NAMED_ROWS):
        for period in range(_FEWEST, _MOST + 1):
            named = _are_heads(calls[start : start + period], kinds[start : start + period])
            first = start + named * period
            ends = named and _parted(kinds, first, period, gaps)
            ends = ends or _ends(kinds, first, period, named)
            if ends:
                ends = [start + period, *ends] if named else ends
                return start, ends[-1], _rows(run, [start, *ends], period, named, text)
    return None


def _run(found: Sequence[Piece], index: int, most: int) -> tuple[list[Piece], list[int], int]:
    """Short lines that follow each other, which of them stand below an empty one, and the end.

    most: so many lines are looked at.
    """
    run: list[Piece] = []
    gaps: list[int] = []
    at = index
    while at < min(len(found), index + most):
        piece = found[at]
        if piece.role != "blank":
            if not is_free(piece) or not _is_cell(piece.text):
                break
            run.append(piece)
        elif gaps[-1:] != [len(run)]:
            gaps.append(len(run))
        at += 1
    return run, gaps, at


def _is_cell(line: str) -> bool:
    inside = line.strip()
    if len(inside) > _LONGEST_CELL or _SENTENCE.search(inside) or _COLUMNS.search(inside):
        return False
    return len(inside.split()) <= _MOST_WORDS


def _kind(line: str, is_country: Callable[[str], bool]) -> str:
    """`date`, `country`, `number`, `none` for a stroke; empty for anything else."""
    if not any(map(str.isalnum, line)):
        return "none"
    if _YEAR.search(line):
        letters = sum(columns(c) for c in line if c.isalpha() and c not in "年月日")
        return "date" if letters <= _MOST_LETTERS else ""
    if _NUMBER.fullmatch(line):
        return "number"
    return "country" if is_country(_REMARK.sub("", line)) else ""


def _are_heads(calls: Sequence[bool], kinds: Sequence[str]) -> bool:
    """Whether lines call columns by name: the first does, and half of all. calls: which ones do."""
    return calls[0] and not any(kinds) and 2 * sum(calls) >= len(calls)


def _ends(kinds: Sequence[str], start: int, period: int, named: bool) -> list[int]:
    """Where the rows end that begin there; none where too few do to be a table."""
    first = kinds[start : start + period]
    told = set(first) - {"", "none"}
    if not told or (not named and not told >= {"date", "country"}) or first.count("date") > 2:
        return []
    ends: list[int] = []
    at = start
    while size := _size(kinds, at, first, named):
        at += size
        ends.append(at)
    return ends if len(ends) >= (_NAMED_ROWS if named else _UNNAMED_ROWS) else []


def _parted(kinds: Sequence[str], start: int, period: int, gaps: Sequence[int]) -> list[int]:
    """Where the rows end where empty lines part them, so that a short row is known as one."""
    at = bisect_left(gaps, start)
    if gaps[at : at + 2] != [start, start + period]:
        return []
    bounds = [*gaps[at:], len(kinds)] if gaps[-1] < len(kinds) else gaps[at:]
    ends: list[int] = []
    for a, b in pairwise(bounds):
        if not 2 <= b - a <= period:
            break
        ends.append(b)
    told = set(kinds[start : start + period]) & {"date", "country"}
    return ends if told and len(ends) >= _NAMED_ROWS else []


def _size(kinds: Sequence[str], at: int, first: Sequence[str], named: bool) -> int:
    """How many cells the next row has: fewer than the first where a table leaves some out."""
    if _fits(kinds[at : at + len(first)], first, named):
        return len(first)
    for size in range(2, len(first) if named else 0):
        behind = at + size
        if _fits(kinds[behind : behind + len(first)], first, named):
            return size
    return 0


def _fits(kinds: Sequence[str], first: Sequence[str], named: bool) -> bool:
    """Whether cells are of the kinds that those of the first row are of."""
    if len(kinds) < len(first):
        return False
    same = [own for own, kind in zip(kinds, first, strict=True) if kind and own in (kind, "none")]
    odd = [own for own, kind in zip(kinds, first, strict=True) if own == "date" != kind]
    # the gazetteer lacks some names of countries, and knows some that are towns as well
    return bool(same) and not odd and (named or len(same) == sum(map(bool, first)))


def _rows(
    run: Sequence[Piece], bounds: Sequence[int], period: int, named: bool, text: str
) -> list[Piece]:
    rows: list[Piece] = []
    for a, b in pairwise(bounds):
        cells = tuple(trimmed(text, p.start, p.end) for p in run[a:b])
        rows.append(row(run[a:b], cells + ((),) * (period - len(cells)), named and not rows))
    return rows


def _behind(
    found: Sequence[Piece],
    index: int,
    run: Sequence[Piece],
    start: int,
    end: int,
    rows: list[Piece],
) -> tuple[int, list[Piece]]:
    """The index behind the table, and what takes the place of its lines and of those before it."""
    first = next(i for i in range(index, len(found)) if found[i] is run[start])
    last = next(i for i in range(first, len(found)) if found[i] is run[end - 1])
    return last + 1, [*found[index:first], *rows]
