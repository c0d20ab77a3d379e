"""Flow: the parts of all pages as one text, sentences going on over columns and pages.

What stands between the two halves of a sentence (a note, a running head) follows the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.assemble import Part
from pipeline.ingest.pdf.page import Laid
from pipeline.ingest.pdf.paragraphs import ITEM, ends

#: Type of one text differs by no more than this factor from column to column.
_SAME_SIZE = 1.06
#: From so many characters on a line that ends no sentence goes on in small letters.
_ENOUGH = 25
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
            # below a running head a page's first line is no first line of a column
            first = part.joins is None or last is None or last.part.page != part.page
            goes_on = _resumes(last, laid) if first else bool(part.joins)
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
    """Parts with tables numbered over the document; one that goes on over pages has one number.

    Its head, where it stands again, is furniture.
    """
    count, last = 0, _Open()
    for page in pages:
        numbers: dict[int, int] = {}
        repeats = False
        for laid in page:
            part = laid.part
            if not part.table:
                if part.text and part.role not in _ASIDE:
                    last = _Open()
                yield laid
                continue
            if part.table not in numbers:
                rows = [p.part for p in page if p.part.table == part.table]
                repeats = bool(last.heads) and _same(rows[: len(last.heads)], last.heads)
                goes_on = repeats or (
                    last.table > 0 and not part.head and len(part.cells) == last.columns
                )
                count += not goes_on
                numbers[part.table] = last.table if goes_on else count
                heads = last.heads if goes_on else [p.cells for p in rows if p.head]
                last = _Open(numbers[part.table], len(part.cells), heads, len(heads) * repeats)
            if last.again:
                last = replace(last, again=last.again - 1)
                text = " ".join(part.cells)
                yield replace(laid, part=Part("furniture", text, page=part.page, box=part.box))
            else:
                yield replace(laid, part=replace(part, table=numbers[part.table]))


@dataclass(frozen=True, slots=True)
class _Open:
    """The table that stands last: its number, columns and heads; how many heads stand again."""

    table: int = 0
    columns: int = 0
    heads: Sequence[tuple[str, ...]] = ()
    again: int = 0


def _same(rows: Sequence[Part], heads: Sequence[tuple[str, ...]]) -> bool:
    return [row.cells for row in rows] == list(heads)


def _resumes(last: Laid | None, laid: Laid) -> bool:
    """Whether the first line of a column goes on with the last one of the column before it."""
    if last is None or last.part.role != laid.part.role or laid.part.cells:
        return False
    text = laid.part.text
    if last.part.text.endswith(_HYPHENS) and text[:1].islower():
        return True
    same = max(last.size, laid.size) <= _SAME_SIZE * min(last.size, laid.size)
    small = text[:1].islower() and len(last.part.text) >= _ENOUGH and not ends(last.part.text)
    if not (last.open or small) or not same or last.bold != laid.bold:
        return False
    return text[:1].isalnum() and not ITEM.match(text)
