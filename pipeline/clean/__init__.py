"""Clean: from raw lines to reading text with blocks, and the map back.

Furniture (page numbers, running heads, bare addresses) is left out; words hyphenated over line
ends are joined and real hyphens kept; scan errors are mended; reference lists and front matter
are marked so that no fact is taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from pipeline.clean.join import Reader, continues, hyphenation, join
from pipeline.clean.language import language_of
from pipeline.clean.lines import Piece, Role, cells, pieces, wrap_width
from pipeline.clean.repair import repair
from pipeline.clean.title import title_of
from pipeline.records import Block, BlockKind, Document, RawDocument, Span
from pipeline.vocabulary import read

_KIND: dict[Role, BlockKind] = {
    "heading": "heading",
    "item": "item",
    "row": "row",
    "body": "paragraph",
    "caption": "caption",
    "note": "note",
}
_NUMBERING = re.compile(r"^\W*(\d+(\.\d+)*\W*|[IVX]+\.\s*|[一二三四五六七八九十]+[、.]\s*|#+\s*)?")


def clean(raw: RawDocument, known: Callable[[str], bool]) -> Document:
    """Reading text and blocks of a raw document.

    known: whether a lower-case word is in the lexicon (for hyphens at line ends).
    """
    raw_text = repair(raw.text)
    found = pieces(replace(raw, text=raw_text))
    reader = Reader()
    blocks = _blocks(found, reader, hyphenation(raw_text, known))
    text = reader.text
    blocks = _sections(text, blocks)
    return Document(
        raw=raw,
        language=language_of(text, raw.language),
        title=title_of(raw.title, raw.text, text, blocks),
        text=text,
        origin=reader.origin,
        blocks=tuple(blocks),
    )


def _blocks(found: list[Piece], reader: Reader, decide: Callable[[str, str], str]) -> list[Block]:
    width = wrap_width(found)
    blocks: list[Block] = []
    previous: Piece | None = None
    gap = False
    for piece in found:
        if piece.role in ("blank", "furniture", "rule"):
            gap = True
            continue
        if previous and blocks and continues(previous, piece, width, gap):
            join(reader, piece, decide)
            blocks[-1] = replace(blocks[-1], end=reader.length)
            previous = replace(piece, role=previous.role)
        else:
            blocks.append(_open_block(piece, reader))
            previous = piece
        gap = False
    return blocks


def _open_block(piece: Piece, reader: Reader) -> Block:
    if reader.length:
        reader.add_space("\n")
    text = piece.text.strip()
    start = reader.length
    lead = piece.start + piece.text.index(text)
    reader.add(text, lead)
    columns: tuple[Span, ...] = ()
    if piece.role == "row":
        told = ((max(lead, a) - lead, min(b - lead, len(text))) for a, b in piece.line.cells)
        columns = tuple((start + min(a, b), start + b) for a, b in tuple(told) or cells(text))
    level = piece.line.level
    return Block(_KIND[piece.role], start, reader.length, piece.page, columns, level)


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
