"""Furniture: running heads and page numbers, which stand at the same place of several pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.assemble import Part
from pipeline.ingest.pdf.page import Laid, Read

#: The part of a page's height at its top and bottom where furniture may stand.
_EDGE = 0.12
#: Places are the same within this many points, sideways not at all for even and odd pages.
_PLACE = 6.0
#: A line returns on so many pages at least, and on so many of the first dozen.
_LEAST, _SHARE = 2, 0.25
_NUMBER = re.compile(
    r"^\W*(?:\w{1,5}\.?\s)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:/|of|von|из|de)\s?\d{1,4})?\W*$", re.I
)

Key = tuple[str, int]


def furniture(pages: Sequence[Read]) -> list[tuple[Laid, ...]]:
    """The parts of each page, with role `furniture` where they return from page to page."""
    counts: Counter[Key] = Counter()
    for page in pages:
        counts.update({key for laid in page.parts for key in _keys(laid.part, page)})
    least = max(_LEAST, _SHARE * min(len(pages), 12))
    return [
        tuple(
            replace(laid, part=replace(laid.part, role="furniture", joins=None))
            if any(counts[key] >= least for key in _keys(laid.part, page))
            else laid
            for laid in page.parts
        )
        for page in pages
    ]


def _keys(part: Part, page: Read) -> list[Key]:
    """What a line at the edge of a page has in common with those of other pages."""
    if part.box is None or part.role == "row" or not part.text.strip():
        return []
    height = page.size[1]
    if _EDGE * height < part.box.top and part.box.bottom < (1 - _EDGE) * height:
        return []
    place = round(part.box.top / _PLACE)
    text = part.text.strip()
    shape = "0" if _NUMBER.match(text) else re.sub(r"(?<!\d)\d{1,3}(?!\d)", "0", text.casefold())
    return [(shape, place + shift) for shift in (0, 1)]
