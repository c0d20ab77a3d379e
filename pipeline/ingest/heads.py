"""Which of the first rows of a table name its columns, where the format does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.columnwords import is_column_name
from pipeline.ingest.assemble import Part

#: A name of a column is no longer.
_LONGEST = 60
_NUMBER = re.compile(r"[\d\s.,:/%+–—()-]*\d[\d\s.,:/%+–—()-]*")
#: At least this share of a column is numbers where its head is a word.
_MOST = 0.6
#: So many rows are looked at.
_SAMPLE = 200


def headed(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows name columns: 1 or 0.

    They do where they are different texts over most columns, none a number or a sentence, and a
    column below holds numbers or one of them is a usual name of a column.
    """
    if len(rows) < 2:
        return 0
    head, below = rows[0], rows[1 : _SAMPLE + 1]
    named = [cell for cell in head if cell.strip()]
    width = max(sum(bool(cell.strip()) for cell in row) for row in rows[: _SAMPLE + 1])
    if not named or 2 * len(named) < width or not all(map(_is_name, named)):
        return 0
    distinct = len({cell.casefold() for cell in named}) > len(named) / 2
    returns = any(_column(below, i).count(cell) for i, cell in enumerate(head) if cell.strip())
    if not distinct or returns:
        return 0
    numbers = any(_is_numeric(_column(below, i)) for i, cell in enumerate(head) if cell.strip())
    return int(numbers or any(map(is_column_name, named)))


def table(rows: Sequence[tuple[str, ...]], number: int) -> Iterator[Part]:
    """The rows of a table, from the one that names its columns on."""
    named = headed(rows)
    for index, row in enumerate(rows):
        yield Part("row", cells=row, table=number, head=index < named)


def titled(rows: Sequence[Sequence[str]]) -> int:
    """How many rows above a table are its title: one cell each, where the rows below have more."""
    above = 0
    for row in rows[:10]:
        if sum(bool(cell.strip()) for cell in row) != 1:
            break
        above += 1
    wide = any(sum(bool(cell.strip()) for cell in row) > 1 for row in rows[above : above + 3])
    return above if wide else 0


def _column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index].strip() for row in rows if index < len(row) and row[index].strip()]


def _is_name(cell: str) -> bool:
    text = cell.strip()
    return (
        len(text) <= _LONGEST and not _NUMBER.fullmatch(text) and not text.endswith((".", "!", "?"))
    )


def _is_numeric(column: list[str]) -> bool:
    return bool(column) and sum(bool(_NUMBER.fullmatch(c)) for c in column) >= _MOST * len(column)
