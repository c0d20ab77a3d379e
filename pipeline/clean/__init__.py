"""Clean: from raw lines to reading text with blocks, and the map back.

Furniture (page numbers, running heads, bare addresses) is left out; words hyphenated over line
ends are joined and real hyphens kept; scan errors are mended; reference lists and front matter
are marked so that no fact is taken from them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from pipeline.clean.join import Gap, Reader, continues, hyphenation, join, separator
from pipeline.clean.language import language_of
from pipeline.clean.levels import unmarked
from pipeline.clean.lines import cells, pieces
from pipeline.clean.outline import outlined
from pipeline.clean.piece import Piece, Role
from pipeline.clean.repair import readable
from pipeline.clean.splits import Written
from pipeline.clean.title import title_of
from pipeline.clean.told import told_row
from pipeline.clean.width import wrap_width
from pipeline.records import Block, BlockKind, Document, RawDocument, Span
from pipeline.vocabulary import read

_KIND: dict[Role, BlockKind] = {
    "heading": "heading",
    "item": "item",
    "row": "row",
    "body": "paragraph",
    "caption": "caption",
    "note": "note",
    "furniture": "furniture",
}
#: What parts two cells of a line is hardly longer than the columns are wide.
_LONGEST_GAP = 200
_NUMBERING = re.compile(r"^\W*(\d+(\.\d+)*\W*|[IVX]+\.\s*|[一二三四五六七八九十]+[、.]\s*|#+\s*)?")


def _nowhere(name: str) -> bool:
    return False


def clean(
    raw: RawDocument,
    known: Callable[[str], bool],
    is_country: Callable[[str], bool] = _nowhere,
) -> Document:
    """Reading text and blocks of a raw document.

    known: whether a lower-case word is in the lexicon (for hyphens at line ends). is_country:
    whether a name is usually that of a country (for tables without lines and columns).
    """
    seen, offsets = readable(raw)
    found = pieces(seen.lines, Written(seen.text, raw.text, offsets), is_country)
    reader = Reader()
    blocks, openers = _blocks(seen.text, found, reader, hyphenation(seen.text, known))
    text = reader.text
    blocks = _sections(text, outlined(text, blocks, openers))
    return Document(
        raw=raw,
        language=language_of(text, raw.language),
        title=title_of(raw.title, text, blocks),
        text=text,
        origin=array("l", map(offsets.__getitem__, reader.origin)) if offsets else reader.origin,
        blocks=tuple(blocks),
    )


def _blocks(
    text: str, found: list[Piece], reader: Reader, decide: Callable[[str, str], str]
) -> tuple[list[Block], list[Piece]]:
    """The blocks that the pieces make, and of each the piece that opens it."""
    width = wrap_width(found)
    blocks: list[Block] = []
    openers: list[Piece] = []
    waiting: list[Piece] = []
    previous: Piece | None = None
    gap: Gap = ""
    for piece in found:
        if piece.role in ("blank", "edge", "furniture", "rule"):
            # a sentence may go on behind what the format tells to be a running head
            waiting += [piece] if piece.is_told and piece.role == "furniture" else []
            gap = "page" if piece.role == "edge" or waiting or gap == "page" else "blank"
            continue
        if previous and blocks and continues(previous, piece, width, gap):
            join(reader, piece, decide)
            blocks[-1] = replace(blocks[-1], end=reader.length)
            previous = replace(piece, role=previous.role)
        else:
            for opener in (*waiting, piece):
                blocks.append(_open_block(text, opener, reader))
                openers.append(opener)
            waiting, previous = [], piece
        gap = ""
    for opener in waiting:
        blocks.append(_open_block(text, opener, reader))
        openers.append(opener)
    return blocks, openers


def _open_block(text: str, piece: Piece, reader: Reader) -> Block:
    if reader.length:
        reader.add_space("\n")
    start = reader.length
    if piece.role == "row" and piece.line.cells:
        columns = told_row(piece, reader)
    else:
        columns = tuple(_cells(text, piece, reader) if piece.cells else _line(piece, reader))
    if piece.role != "row":
        columns = ()
    level = piece.level or piece.line.level
    return Block(_KIND[piece.role], start, reader.length, piece.page, columns, level)


def _cells(text: str, piece: Piece, reader: Reader) -> Iterator[Span]:
    """Add the cells of a row that its form shows; what parts them on one line stays."""
    last = -1
    for cell in piece.cells:
        if cell and last >= 0:
            between = text[last : cell[0][0]]
            if 0 < len(between) < _LONGEST_GAP and "\n" not in between:
                reader.add(between, last)
            else:
                for character in " | ":
                    reader.add_space(character)
        start = reader.length
        for at, (begin, end) in enumerate(cell):
            words = text[begin:end]
            before = text[cell[at - 1][1] - 1] if at else "-"
            if before not in "-\u2010" and separator(before, words):
                reader.add_space(" ")
            reader.add(words, begin)
        yield start, reader.length
        last = cell[-1][1] if cell else last


def _line(piece: Piece, reader: Reader) -> Iterator[Span]:
    """Add a line; yields the cells of a row, which the format tells or gaps show."""
    text = unmarked(piece.text) if piece.role == "heading" else piece.text.strip()
    start = reader.length
    lead = piece.start + piece.text.index(text)
    reader.add(text, lead)
    if piece.role != "row":
        return
    for a, b in cells(text):
        yield start + a, start + b


@cache
def _vocabulary() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns), re.I)
        for name, patterns in read("pipeline.clean", "sections").items()
    }


def _sections(text: str, blocks: list[Block]) -> list[Block]:
    """Mark reference lists and front matter."""
    words = _vocabulary()
    body = next((i for i, b in enumerate(blocks) if _heads(words["body_begins"], text, b)), 0)
    marked, in_references = [], False
    for index, block in enumerate(blocks):
        title = _NUMBERING.sub("", text[block.start : block.end]).strip(" .:：")
        if block.kind != "row" and len(title) < 60 and words["references"].fullmatch(title):
            in_references = True
        elif block.kind == "heading" and words["after_references"].fullmatch(title):
            in_references = False
        content = text[block.start : block.end]
        if in_references or (block.kind != "heading" and words["reference_marks"].search(content)):
            block = replace(block, kind="reference")
        elif index < body and words["front_lines"].search(content):
            block = replace(block, kind="front")
        marked.append(block)
    return marked


def _heads(pattern: re.Pattern[str], text: str, block: Block) -> bool:
    return bool(pattern.match(_NUMBERING.sub("", text[block.start : block.end])))
