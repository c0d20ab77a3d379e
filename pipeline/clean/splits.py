"""How one line of plain text parts its columns: pipes, tabs, commas, runs of spaces."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Span


@dataclass(frozen=True, slots=True)
class Written:
    """A text as a reader sees it, and as the file has it: what was left out still took its place.

    offsets: of each character of `text` its offset in `raw`.
    """

    text: str
    raw: str
    offsets: array[int]


def trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span without white space around it; none where nothing is left."""
    inside = text[start:end]
    lead = len(inside) - len(inside.lstrip())
    trail = len(inside.rstrip())
    return ((start + lead, start + trail),) if lead < trail else ()


def pieces_of(text: str, line: Span, ends: list[int], width: int = 1) -> list[tuple[Span, ...]]:
    """The cells between separators of a line. ends: where each begins, `width` characters long."""
    starts = [line[0], *(e + width for e in ends)]
    return [trimmed(text, a, b) for a, b in zip(starts, [*ends, line[1]], strict=True)]


def piped(text: str, line: Span, framed: bool) -> list[tuple[Span, ...]]:
    """The cells of "| a | b |"; framed: whether the rows of its table begin with a pipe."""
    start, end = line
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    if framed and text[start : start + 1] == "|":
        start += 1
    if text[start:end].endswith("|") and not text[start:end].endswith("\\|"):
        end -= 1
    bars = [start + m.start() for m in re.finditer(r"(?<!\\)\|", text[start:end])]
    return pieces_of(text, (start, end), bars)


def tabbed(text: str, line: Span) -> list[tuple[Span, ...]]:
    """The cells between tabs."""
    tabs = [i for i in range(*line) if text[i] == "\t"]
    return pieces_of(text, line, tabs)


def listed(text: str, line: Span, sign: str) -> list[tuple[Span, ...]]:
    """The cells of a line of comma-separated values, quotation marks taken off."""
    found: list[tuple[Span, ...]] = []
    position, quoted = line[0], False
    for i in range(*line):
        quoted ^= text[i] == '"'
        if text[i] == sign and not quoted:
            found.append(_unquoted(text, position, i))
            position = i + 1
    return [*found, _unquoted(text, position, line[1])]


def _unquoted(text: str, start: int, end: int) -> tuple[Span, ...]:
    cell = trimmed(text, start, end)
    if cell and cell[0][1] - cell[0][0] > 1 and text[cell[0][0]] == text[cell[0][1] - 1] == '"':
        return trimmed(text, cell[0][0] + 1, cell[0][1] - 1)
    return cell


def wide(character: str) -> int:
    """How many columns of a screen a character takes."""
    if character < "\u0300":
        return character != "\u00ad"
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def places(written: Written, line: Span) -> Iterator[tuple[int, int]]:
    """Each character of a line that is no space, with the column of a screen that it stands in."""
    if line[0] >= line[1]:
        return
    raw, offsets = written.raw, written.offsets
    column, at = 0, offsets[line[0]]
    for i in range(*line):
        while at < offsets[i]:
            column += _step(raw[at], column)
            at += 1
        if not raw[at].isspace():
            yield column, i


def _step(character: str, column: int) -> int:
    return 8 - column % 8 if character == "\t" else wide(character)
