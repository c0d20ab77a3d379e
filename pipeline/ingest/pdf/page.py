"""A page: from glyphs to parts in reading order."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from pipeline.ingest.assemble import Part
from pipeline.ingest.pdf.aligned import aligned
from pipeline.ingest.pdf.blocks import Block, around, blocks, ordered
from pipeline.ingest.pdf.figures import Figures, figures
from pipeline.ingest.pdf.frame import turned_boxes
from pipeline.ingest.pdf.garbled import garbled
from pipeline.ingest.pdf.glyphs import SLANTED, glyphs, overprinted
from pipeline.ingest.pdf.grids import ruled
from pipeline.ingest.pdf.hidden import Seen, scanned, seen
from pipeline.ingest.pdf.initials import with_initials
from pipeline.ingest.pdf.paragraphs import is_unfinished, joins
from pipeline.ingest.pdf.pieces import Piece, gutters, listed, pieces, text_of
from pipeline.ingest.pdf.words import UNKNOWN, Word, words
from pipeline.records import Box, LineRole


@dataclass(frozen=True, slots=True)
class Laid:
    """A part with what tells whether the next column goes on with it.

    size: of its type, in points. open: whether it fills its column and ends no sentence.
    """

    part: Part
    size: float = 0.0
    bold: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """The parts of a page, and what kept some of it from being read.

    characters: that were read. garbled: share of them, or of words, that are no text. hidden:
    words that no reader sees. layer: whether the text is the text layer of a scan. image: share of
    the page that images cover. recognised: whether the text was recognised here. failed: why the
    page could not be read.
    """

    parts: tuple[Laid, ...]
    size: tuple[float, float]
    characters: int = 0
    garbled: float = 0.0
    hidden: int = 0
    layer: bool = False
    image: float = 0.0
    recognised: bool = False
    failed: str = ""


def read(page: pdfium.PdfPage, number: int) -> Read:
    """The parts of a page in reading order."""
    shown = figures(page)
    found = glyphs(page, shown.faint)
    sight = seen(found, shown)
    layers = words(found, overprinted(found, sight.hides), sight.hides)
    text = " ".join(w.text for ws in layers.values() for w in ws)
    return Read(
        tuple(_all_layers(layers, shown, found.size, number)),
        found.size,
        len(text),
        garbled(text),
        _hidden(sight),
        sight.layer,
        scanned(shown, found.size),
    )


def _all_layers(
    layers: dict[int, list[Word]], shown: Figures, size: tuple[float, float], number: int
) -> Iterator[Laid]:
    """The text of each direction, most of it first."""
    slanted = layers.pop(SLANTED, [])
    for turn in sorted(layers, key=lambda turn: -len(layers[turn])):
        rules, shades = (turned_boxes(b, size, turn) for b in (shown.rules, shown.shades))
        yield from laid_out(layers[turn], rules, number, shades)
    if slanted:
        role: LineRole = "furniture" if layers else ""
        yield Laid(Part(role, text_of(slanted), page=number))


def _hidden(sight: Seen) -> int:
    return sum(sight.hides(i) and sight.sights[i] != "outside" for i in range(len(sight.sights)))


def laid_out(
    found: Sequence[Word], rules: Sequence[Box], number: int, shades: Sequence[Box] = ()
) -> Iterator[Laid]:
    """Words of one direction as parts: tables, and lines of blocks."""
    # what a file names no character of is an ornament, or is told of in a notice
    found = with_initials([word for word in found if word.text.strip(UNKNOWN)])
    inside, rest = ruled(found, rules, shades)
    loose = pieces(rest)
    columns, loose = aligned(loose, rules)
    loose = listed(loose)
    parting = gutters(loose)
    sure = min((w.confidence for w in found), default=1.0)
    made = blocks(loose, parting, rules) + [
        Block(t.box, t.order, rows=t.rows, heads=t.heads, confidence=sure)
        for t in (*inside, *columns)
    ]
    return _parts(ordered(made), number)


def _parts(found: Sequence[Block], number: int) -> Iterator[Laid]:
    size = body_size(p for b in found for line in b.lines for p in line)
    table = 0
    before: Block | None = None
    for block in found:
        yield Laid(Part("", page=number))
        if block.rows:
            table += 1
            for index, row in enumerate(block.rows):
                head = index < block.heads
                part = Part("row", cells=row, table=table, head=head, page=number, box=block.box)
                yield Laid(replace(part, confidence=block.confidence))
        else:
            yield from _lines(block, before, found, size, number)
            before = block
    yield Laid(Part("", page=number))


def body_size(found: Iterable[Piece]) -> float:
    """The size of most of the type, in points."""
    counts: Counter[float] = Counter()
    for part in found:
        counts[round(part.size, 1)] += len(part.words)
    return counts.most_common(1)[0][0] if counts else 0.0


#: Headings are set in type so much larger than the text, in no more lines, of no more characters.
_LARGER, _HEADING_LINES, _HEADING = 1.13, 4, 200
#: Notes are set in type no larger than so much of the text's, and begin with a figure or a sign.
_SMALLER = 0.93
_NOTE = re.compile(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,3}(?=[\s.)A-ZА-Я\u3400-\u9fff])|[*†‡§]+|[①-⑳])")
#: A block of so many lines shows by itself where its column ends.
_ENOUGH_LINES = 3
#: Between words of one line that stand further apart, a gap remains.
_GAP = "   "


def _lines(
    block: Block, before: Block | None, found: Sequence[Block], size: float, number: int
) -> Iterator[Laid]:
    right = _right(block, found)
    role = _role(block, found, size)
    kept = joins(block, right)
    prose = len(block.lines) >= _ENOUGH_LINES and sum(kept) >= 0.5 * (len(kept) - 1)
    for index, (line, joined) in enumerate(zip(block.lines, kept, strict=True)):
        told: bool | None = joined
        if index == 0:
            told = False if before is not None and _is_below(block, before) else None
        elif not joined and _gap_above(block, index):
            yield Laid(Part("", page=number))
        text = _GAP.join(p.text for p in line)
        if role == "note" and index and not _NOTE.match(text):
            told = True
        sure = min(w.confidence for p in line for w in p.words)
        box = around(p.box for p in line)
        part = Part(role, text, page=number, box=box, joins=told, confidence=sure)
        opened = prose and is_unfinished(line, right)
        yield Laid(part, line[0].size, line[0].bold, opened)


def _right(block: Block, found: Sequence[Block]) -> float:
    """Where lines of a block's column end."""
    size = block.lines[0][0].size
    if len(block.lines) >= _ENOUGH_LINES:
        return _edge([line[-1].x1 for line in block.lines], size)
    column = [
        b.box.x1
        for b in found
        if len(b.lines) >= _ENOUGH_LINES
        and abs(b.box.x0 - block.box.x0) < 2 * size
        and 0.85 < b.lines[0][0].size / size < 1.18
    ]
    return max(block.box.x1, statistics.median(column) if column else 0.0)


def _edge(ends: Sequence[float], size: float) -> float:
    """The furthest x at which more than one line ends, if any do: a single one may stick out."""
    found = sorted(ends, reverse=True)
    for x, following in itertools.pairwise(found):
        if x - following < 0.5 * size:
            return x
    return found[0]


def _gap_above(block: Block, index: int) -> bool:
    steps = [b[0].baseline - a[0].baseline for a, b in itertools.pairwise(block.lines)]
    return steps[index - 1] > 1.3 * statistics.median_low(steps)


def _is_below(block: Block, before: Block) -> bool:
    """Whether a block stands in the same column as the one before it, below."""
    below = block.box.top >= before.box.bottom - before.lines[-1][0].size
    return below and min(block.box.x1, before.box.x1) > max(block.box.x0, before.box.x0)


def _role(block: Block, found: Sequence[Block], size: float) -> LineRole:
    """What the size and the place of a block's type make of it."""
    own = statistics.median(p.size for line in block.lines for p in line)
    text = " ".join(p.text for line in block.lines for p in line)
    if own >= _LARGER * size and len(block.lines) <= _HEADING_LINES and len(text) <= _HEADING:
        return "heading" if any(c.isalpha() for c in text) else ""
    if own <= _SMALLER * size and _NOTE.match(text) and _is_at_foot(block, found, size):
        return "note"
    return ""


def _is_at_foot(block: Block, found: Sequence[Block], size: float) -> bool:
    """Whether no text of the page's usual size stands below a block in its column."""
    return not any(
        b.box.top > block.box.top
        and min(b.box.x1, block.box.x1) > max(b.box.x0, block.box.x0)
        and b.lines
        and b.lines[0][0].size > _SMALLER * size
        and len(b.lines) > 1
        for b in found
    )
