"""Tables of plain text: which lines are the rows of one, and what their cells are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.clean.aligned import aligned
from pipeline.clean.grid import grid, simple
from pipeline.clean.listing import unlisted
from pipeline.clean.piece import Cells, Piece, is_free, row
from pipeline.clean.splits import Written, listed, piped, tabbed
from pipeline.clean.stacked import stacked

#: The rule under the head of a Markdown table.
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)+\|?\s*$")
_PIPE = re.compile(r"\s\||\|\s|^\||\|$")
_INNER_TAB = re.compile(r"\S *\t\s*\S")
_SIGNS = (";", ",")
_LEAST_LISTED = 3
#: So many lines show whether they and those after them are parted by tabs.
_SAMPLE = 200
#: Longer cells hold sentences.
_LONGEST_CELL, _LONGEST_LISTED = 300, 60
_MOST_CELLS = 200
#: Behind a comma of a sentence stands a space, and behind most in a file of values none.
_SPACED = 0.34


def tables(found: list[Piece], written: Written, is_country: Callable[[str], bool]) -> list[Piece]:
    """The lines of a document with those of tables as rows, or as entries where cells hold such.

    written: the text of the document. is_country: whether a name is usually that of a country.
    """
    done: list[Piece] = []
    index = 0
    while index < len(found):
        end, rows = _table(found, index, written, is_country)
        done += unlisted(rows, written.text) if rows else found[index : max(end, index + 1)]
        index = max(end, index + 1)
    return done


def _table(
    found: Sequence[Piece], index: int, written: Written, is_country: Callable[[str], bool]
) -> tuple[int, list[Piece]]:
    piece = found[index]
    if piece.is_told or piece.role not in ("body", "item", "rule"):
        return index, []
    for kind in (grid, simple, _pipes, _tabs, _listed, aligned):
        end, rows = kind(found, index, written)
        if end > index:
            return end, rows
    return stacked(found, index, written.text, is_country)


def _pipes(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """Rows parted by pipes, with or without pipes around them."""
    end = index
    while end < len(found) and _has_pipes(found[end]):
        end += 1
    run = found[index:end]
    lines = [p for p in run if not _PIPE_RULE.match(p.text)]
    if not any(p.text.strip(" |\t") for p in lines):
        return end, []
    framed = 2 * sum(p.text.lstrip().startswith("|") for p in lines) > len(lines)
    rule = next((i for i, p in enumerate(run) if _PIPE_RULE.match(p.text)), 0)
    rows = [
        row([p], tuple(piped(written.text, (p.start, p.end), framed)), i < rule)
        for i, p in enumerate(run)
        if not _PIPE_RULE.match(p.text)
    ]
    if len(rows) == 1 and not framed and _is_prose(rows[0]):
        return end, []
    return end, _even([r for r in rows if any(r.cells)])


def _even(rows: Sequence[Piece]) -> list[Piece]:
    """The rows, short ones with empty cells at their end, as many as most rows have."""
    columns = Counter(len(r.cells) for r in rows).most_common(1)[0][0]
    return [replace(r, cells=r.cells + ((),) * (columns - len(r.cells))) for r in rows]


def _has_pipes(piece: Piece) -> bool:
    if "|" not in piece.text:
        return False
    if _PIPE_RULE.match(piece.text):
        return not piece.is_told
    return is_free(piece) and bool(_PIPE.search(piece.text))


def _is_prose(piece: Piece) -> bool:
    return any(b - a > _LONGEST_CELL for cell in piece.cells for a, b in cell)


def _tabs(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """Rows parted by tabs, where several lines have as many; two in a row are an empty cell."""
    end = index
    most = min(len(found), index + _SAMPLE)
    while end < most and is_free(found[end]) and _INNER_TAB.search(found[end].text):
        end += 1
    run = found[index:end]
    counts = Counter(p.text.rstrip().count("\t") for p in run)
    if len(run) < 2 or (len(counts) > 2 and max(counts.values()) * 2 < len(run)):
        return index, []
    columns = counts.most_common(1)[0][0] + 1
    rows: list[Cells] = []
    end = index
    while end < len(found) and is_free(found[end]) and "\t" in found[end].text.strip(" "):
        rows.append(tuple(tabbed(written.text, (found[end].start, found[end].end))))
        if end < most and len(rows[-1]) > max(columns, 2) and not rows[-1][0]:
            return index, []
        end += 1
    return end, _even([row([p], r) for p, r in zip(found[index:end], rows, strict=True)])


def _listed(found: Sequence[Piece], index: int, written: Written) -> tuple[int, list[Piece]]:
    """Rows of values parted by commas or semicolons, as many in each line."""
    for sign in _SIGNS:
        rows: list[tuple[Piece, Cells]] = []
        for at in range(index, len(found)):
            cells = _values(found[at], written.text, sign)
            if not cells or (rows and len(cells) != len(rows[0][1])):
                break
            rows.append((found[at], cells))
        if len(rows) >= _LEAST_LISTED:
            return index + len(rows), [row([p], c) for p, c in rows]
    return index, []


def _values(piece: Piece, text: str, sign: str) -> Cells:
    """The values of a line; none where it is a sentence, or too long for any."""
    count = piece.text.count(sign)
    if not is_free(piece) or not 2 <= count < _MOST_CELLS:
        return ()
    if piece.text.count(sign + " ") > _SPACED * count:
        return ()
    cells = tuple(listed(text, (piece.start, piece.end), sign))
    short = all(b - a <= _LONGEST_LISTED for cell in cells for a, b in cell)
    return cells if short else ()
