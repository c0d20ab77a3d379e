"""The date that a document bears."""

from __future__ import annotations

import re

from pipeline.records import Block, Mention, Resolved

#: The date stands in one of the first blocks, with this many other characters beside it at most.
_BLOCKS = 4
_BESIDE = 40
_FINE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?$")
_UPDATED = re.compile(
    r"\b(?:published|updated?|as (?:of|at)|по состоянию на|опубликовано)\W{0,3}$"
    r"|(?:发布时间|发布日期|更新时间|截至)\W{0,3}$",
    re.I,
)


def document_date(resolved: Resolved) -> str:
    """EDTF of a date line near the top, or behind "updated"; empty where a document has none."""
    blocks = resolved.document.blocks[:_BLOCKS]
    for mention in resolved.mentions:
        if mention.label != "DATE" or not _FINE.match(mention.value):
            continue
        before = resolved.document.text[max(0, mention.start - 30) : mention.start]
        if _UPDATED.search(before) or any(_alone(resolved, mention, b) for b in blocks):
            return mention.value
    return ""


def _alone(resolved: Resolved, mention: Mention, block: Block) -> bool:
    """Whether a date makes up a line of the block, but for a place and a label."""
    # the date of an entry in a list is that of the entry
    if block.kind in ("item", "row") or not block.start <= mention.start < block.end:
        return False
    text = resolved.document.text
    start = text.rfind("\n", block.start, mention.start) + 1 or block.start
    end = text.find("\n", mention.end, block.end)
    line = (end if end >= 0 else block.end) - start
    return line - (mention.end - mention.start) <= _BESIDE
