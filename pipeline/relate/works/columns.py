"""What a table calls the column in which a place of the text stands."""

from __future__ import annotations

import re

from pipeline.records import Block, Resolved, Sentence

_DIGIT = re.compile(r"\d")


def column(resolved: Resolved, sentence: Sentence, position: int) -> str:
    """The heading of the column; empty outside of tables and in their first row."""
    blocks = resolved.document.blocks
    cells = blocks[sentence.block].cells
    if names := resolved.document.columns(blocks[sentence.block]):
        at = next((i for i, (a, b) in enumerate(cells) if a <= position < b), len(names))
        return names[at] if at < len(names) else ""
    first = _first_row(blocks, sentence.block)
    if not cells or first == sentence.block or len(blocks[first].cells) != len(cells):
        return ""
    index = next((i for i, (start, end) in enumerate(cells) if start <= position < end), None)
    if index is None:
        return ""
    start, end = blocks[first].cells[index]
    heading = resolved.document.text[start:end]
    return "" if _DIGIT.search(heading) else heading


def under(resolved: Resolved, sentence: Sentence, pattern: re.Pattern[str]) -> str:
    """The cell of a row whose column has a heading that a pattern matches; empty for none."""
    for start, end in resolved.document.blocks[sentence.block].cells:
        if pattern.search(column(resolved, sentence, start)):
            return resolved.document.text[start:end]
    return ""


def _first_row(blocks: tuple[Block, ...], index: int) -> int:
    while index and blocks[index - 1].kind == "row" and blocks[index].kind == "row":
        index -= 1
    return index
