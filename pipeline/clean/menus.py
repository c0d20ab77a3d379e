"""Menus, language switchers and cookie notices in the text of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.clean.piece import Piece
from pipeline.menuwords import is_entry, words

#: What parts the entries of a menu in one line.
_PARTS = re.compile(r"\s*[|｜·•/›»>]\s*|\s{2,}|\t+")
_LONGEST_ENTRY, _LONGEST_LINE = 40, 200
#: A menu has so many entries that every page has.
_MOST_LIKELY = 3


def without_menus(found: list[Piece]) -> list[Piece]:
    """The lines with those of menus marked as furniture; what a menu names of its own page stays.

    Only entries that any page may have are marked, where several stand together.
    """
    marked = list(found)
    for run in _runs(found):
        entries = [i for i in run if _is_entry(found[i].text)]
        if len(entries) >= _MOST_LIKELY:
            for index in entries:
                marked[index] = replace(found[index], role="furniture")
    for index, piece in enumerate(found):
        if _is_open(piece) and len(piece.text) <= _LONGEST_LINE and _is_certain(piece.text.strip()):
            marked[index] = replace(piece, role="furniture")
    if all(p.role in ("blank", "edge", "furniture", "rule") for p in marked):
        return found
    return marked


def _is_open(piece: Piece) -> bool:
    return not piece.is_told and piece.role in ("body", "item")


def _runs(found: list[Piece]) -> Iterator[list[int]]:
    """Short lines that follow each other, empty lines between them or not."""
    run: list[int] = []
    for index, piece in enumerate(found):
        if piece.role == "blank":
            continue
        if _is_open(piece) and len(piece.text.strip()) <= _LONGEST_ENTRY:
            run.append(index)
        else:
            yield run
            run = []
    yield run


def _is_entry(line: str) -> bool:
    return is_entry(line.strip(" \t*•·-–›»>▾▼☰|"))


def _is_certain(line: str) -> bool:
    """Whether a line by itself is none of the text: "Skip to content", "DE | EN | FR"."""
    if words("certain").fullmatch(line.strip(" \t*•·-–›»>.…")):
        return True
    parts = [p for p in _PARTS.split(line) if p]
    if len(parts) > 1 and all(words("languages").fullmatch(p) for p in parts):
        return True
    known = sum(map(_is_entry, parts))
    return known >= _MOST_LIKELY and 2 * known >= len(parts) and not re.search(r"\d", line)
