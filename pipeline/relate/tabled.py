"""Rows of a table that has a column for a place and one for its partner."""

from __future__ import annotations

import re
from functools import cache

from pipeline.records import Block, Resolved, Sentence, Span
from pipeline.relate.cues import kinds
from pipeline.relate.entries import Section, pair_of
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import Side, sides
from pipeline.vocabulary import read


@cache
def _heads(name: str) -> re.Pattern[str]:
    words = read("pipeline.relate", "tables")[name]
    return re.compile("|".join(f"(?:{w})" for w in words), re.I)


def paired(resolved: Resolved, index: int, section: Section | None) -> list[Evidence]:
    """The pair of a row by the names of its columns: "City | Partner | Since".

    An empty first cell means the same as the cell above it. section: what stands over the table.
    """
    block = resolved.document.blocks[index]
    names = resolved.document.columns(block)
    partner = next((i for i, n in enumerate(names) if _heads("partner").search(n)), None)
    own = next((i for i, n in enumerate(names) if _heads("own").fullmatch(n.strip())), None)
    if partner is None or own is None or partner == own:
        return []
    a, b = _place(resolved, block, own), _place(resolved, block, partner)
    if not a or not b or a.place_id == b.place_id:
        return []
    cues = [c for c in kinds(names[partner]) if c.strong]
    within = section or Section(cues[0].kind if cues else "other")
    sentence = Sentence(block.start, block.end, index)
    found = pair_of(resolved, (block.start, block.end), (a.mention, b), within, sentence)
    return [found] if found else []


def _place(resolved: Resolved, block: Block, column: int) -> Side | None:
    """The only place of a cell; of an empty first cell that of the row above."""
    span = _cell(block, column)
    if span and span[0] == span[1] and not column and block.under:
        span = _cell(resolved.document.blocks[block.under[-1]], 0)
    named = [s for s in sides(resolved, *span) if not s.is_country] if span else []
    return named[0] if len({s.place_id for s in named}) == 1 else None


def _cell(block: Block, column: int) -> Span | None:
    whole = block.kind == "row" and column < len(block.cells)
    return block.cells[column] if whole else None
