"""The annotated corpus as blocks of reading text with labelled spans."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract import read
from pipeline.records import FACTLESS, Document

MARK = re.compile(r"\[\[([A-Z]+)\|(.*?)\]\]", re.DOTALL)
GOLD = "=====GOLD====="
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One block: its kind, its text, its spans (start, end, label), and the document's language."""

    document: str
    language: str
    kind: str
    text: str
    spans: tuple[Span, ...]


def passages(folder: Path) -> Iterator[Passage]:
    """Blocks of every `.src` file of a folder, in order, as the pipeline reads them."""
    with tempfile.TemporaryDirectory() as scratch:
        for source in sorted(folder.glob("*.src")):
            text, spans = unmarked(source.read_text("utf-8").split(GOLD)[0].strip("\n") + "\n")
            path = Path(scratch) / f"{source.stem}.txt"
            path.write_text(text, "utf-8", newline="")
            document = read(path, path.name)
            if isinstance(document, Document):
                yield from _blocks(source.stem, document, spans)


def unmarked(body: str) -> tuple[str, list[Span]]:
    """A text without its inline marks, and where they stood."""
    text, spans, position = "", [], 0
    for match in MARK.finditer(body):
        text += body[position : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        position = match.end()
    return text + body[position:], spans


def _blocks(name: str, document: Document, spans: list[Span]) -> Iterator[Passage]:
    # a line break made by cleaning carries the origin of the character before it
    where: dict[int, int] = {}
    for index, offset in enumerate(document.origin):
        where.setdefault(offset, index)
    placed = [
        (where[a], where[b - 1] + 1, label)
        for a, b, label in spans
        if a in where and b - 1 in where
    ]
    for block in document.blocks:
        if block.kind in FACTLESS:
            continue
        inside = tuple(
            (a - block.start, b - block.start, label)
            for a, b, label in placed
            if block.start <= a and b <= block.end
        )
        text = document.text[block.start : block.end]
        yield Passage(name, document.language, block.kind, text, inside)
