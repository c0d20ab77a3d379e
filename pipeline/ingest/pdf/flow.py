"""Flow: the parts of all pages as one text, sentences going on over columns and pages.

What stands between the two halves of a sentence (a note, a running head) follows the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.ingest.assemble import Part
from pipeline.ingest.pdf.page import Laid
from pipeline.ingest.pdf.paragraphs import ITEM

#: Type of one text differs by no more than this factor from column to column.
_SAME_SIZE = 1.06
#: What never stands inside a sentence.
_ASIDE = ("note", "furniture", "caption")
_HYPHENS = ("-", "\u2010", "\u00ad")


def flow(pages: Sequence[Sequence[Laid]]) -> Iterator[Part]:
    """Parts in reading order, the tables numbered over the whole document."""
    last: Laid | None = None
    aside: list[Part] = []
    for laid in _numbered(pages):
        part = laid.part
        if part.role in _ASIDE or (not part.text and not part.cells):
            aside.append(part)
        else:
            goes_on = part.joins if part.joins is not None else _resumes(last, laid)
            if not goes_on:
                yield from aside
                aside = []
            elif part.joins:
                # within a column nothing but its own empty lines stood between
                aside = [a for a in aside if a.text]
            yield replace(part, joins=goes_on)
            last = laid
    yield from aside


def _numbered(pages: Iterable[Sequence[Laid]]) -> Iterator[Laid]:
    shift = 0
    for page in pages:
        for laid in page:
            table = laid.part.table
            yield replace(laid, part=replace(laid.part, table=table + shift)) if table else laid
        shift += max((laid.part.table for laid in page), default=0)


def _resumes(last: Laid | None, laid: Laid) -> bool:
    """Whether the first line of a column goes on with the last one of the column before it."""
    if last is None or last.part.role != laid.part.role or laid.part.cells:
        return False
    text = laid.part.text
    if last.part.text.endswith(_HYPHENS) and text[:1].islower():
        return True
    same = max(last.size, laid.size) <= _SAME_SIZE * min(last.size, laid.size)
    if not last.open or not same or last.bold != laid.bold:
        return False
    return text[:1].isalnum() and not ITEM.match(text)
