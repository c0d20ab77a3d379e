"""Lines: which are page furniture, which are rows, items and headings."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import Line, RawDocument

Role = Literal["blank", "furniture", "rule", "heading", "item", "row", "body", "caption", "note"]

#: How many lines at the top and bottom of a page may be running heads or page numbers.
_EDGE_LINES = 2
_PAGE_NUMBER = re.compile(
    r"^\W{0,3}(page|p\.|стр\.?|с\.|第)?\s*\d{1,4}\s*(页|(of|/|из)\s*\d{1,4})?\W{0,3}$", re.I
)
_URL_ONLY = re.compile(r"^(https?://|www\.)\S+$", re.I)
_RULE = re.compile(r"^[\s\-–—_=*·.~+|]{4,}$")
_ITEM = re.compile(
    r"^\s*(?:[-–—*•▪◦·‣●■□»>]\s+|\(?\d{1,3}[.)．、）]\s*(?=\D)|[（(]\d{1,2}[)）]\s*|"
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、]\s*|\(?[a-zа-я][.)]\s+|№\s*\d+\s+)"
)
_GAP = re.compile(r"\t+|\s*\|\s*|\s{3,}")
_NARROW_GAP = re.compile(r"\t+|\s*\|\s*|\s{2,}")
#: Between Han characters no word needs a space: one alone may part columns.
_HAN_GAP = re.compile(r"\s+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_CELL = 14
_NOTE = re.compile(r"（[^）]*）")
#: What numbers a heading: "2. Partners", 二、友好城市.
_NUMBERED = re.compile(r"\d|[一二三四五六七八九十]{1,3}、")
_SENTENCE_END = re.compile(r"[.!?。！？;；:：,，…][\"'”»)\]）］]*$")
#: Words, and a bracket left open, that end no line but a wrapped one.
UNFINISHED = re.compile(
    r"[^\W\d_].*\s(?:in|of|and|or|the|an?|with|to|for|by|at|from|between|since|und|mit|seit|et|avec|"
    r"depuis|и|в|с|со|на|из|для)$|\([^()]{4,}$"
)
_HEADING_MAX = 110
#: A line shorter than this share of the usual width ends its paragraph.
FULL_LINE = 0.72
#: In wrapped text at least this share of the lines goes on in small letters.
_SMALL_LETTERS = 0.2
_CAPTION = re.compile(r"^(fig(ure)?|table|рис(унок)?|табл(ица)?|source|图|表)\W*\s*\d*", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A raw line with its role; `start` counts in `RawDocument.text`."""

    text: str
    role: Role
    line: Line

    @property
    def start(self) -> int:
        return self.line.start

    @property
    def page(self) -> int | None:
        return self.line.page

    @property
    def is_told(self) -> bool:
        """Whether the format says what the line is."""
        return bool(self.line.role)

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def pieces(raw: RawDocument) -> list[Piece]:
    """The lines of a document with their roles."""
    found = [_piece(raw.text, line) for line in raw.lines]
    found = _mark_edges(found)
    found = [
        replace(p, role="row") if not p.is_told and _is_row(found, i) else p
        for i, p in enumerate(found)
    ]
    full = FULL_LINE * wrap_width(found)
    return [
        replace(p, role="heading") if not p.is_told and _is_heading(found, i, full) else p
        for i, p in enumerate(found)
    ]


def wrap_width(found: list[Piece]) -> int:
    """Width in characters at which the document's lines were broken; 0 where they were not."""
    lengths = sorted(
        len(p.text.rstrip()) for p in found if p.role in ("body", "item") and not p.is_told
    )
    lengths = [n for n in lengths if n > 12]
    if len(lengths) < 3:
        return 0
    width = lengths[int(len(lengths) * 0.9) - 1 if len(lengths) > 9 else -1]
    full = sum(FULL_LINE * width <= n <= 1.1 * width for n in lengths)
    if width > 140 or full < 0.4 * len(lengths) or _is_list(found, width):
        return 0
    return width


def _is_list(found: list[Piece], width: int) -> bool:
    """Whether hardly a long line is followed by one in small letters: entries, no wrapped text."""
    follow = [
        after.text.lstrip()[:1]
        for line, after in itertools.pairwise(found)
        if line.role == after.role == "body" and len(line.text.rstrip()) >= FULL_LINE * width
    ]
    cased = [c for c in follow if c.isupper() or c.islower()]
    small = sum(c.islower() for c in cased)
    return len(cased) > 1 and small < _SMALL_LETTERS * len(cased)


def cells(text: str) -> list[tuple[int, int]]:
    """Offsets of the columns of a table row."""
    gaps = (_GAP, _NARROW_GAP, _HAN_GAP) if _HAN.search(text) else (_GAP, _NARROW_GAP)
    return next((found for gap in gaps if len(found := _split(text, gap)) > 1), [])


def _split(text: str, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    found, position = [], 0
    for match in [*gap.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[position:end].strip():
            lead = len(text[position:end]) - len(text[position:end].lstrip())
            found.append((position + lead, position + len(text[position:end].rstrip())))
        position = match.end() if match else end
    return found


def _piece(text: str, line: Line) -> Piece:
    written = text[line.start : line.end]
    stripped = written.strip()
    role: Role = "body"
    if not stripped:
        role = "blank"
    elif line.role:
        role = line.role
    elif _URL_ONLY.match(stripped):
        role = "furniture"
    elif _RULE.match(written):
        role = "rule"
    elif _ITEM.match(written):
        role = "item"
    return Piece(written, role, line)


def _mark_edges(found: list[Piece]) -> list[Piece]:
    """Page numbers and heads that return from page to page become furniture."""
    pages: dict[int | None, list[int]] = {}
    for index, piece in enumerate(found):
        if piece.role not in ("blank", "furniture") and not piece.is_told:
            pages.setdefault(piece.page, []).append(index)
    paged = set(pages) != {None}
    edges = [i for lines in pages.values() for i in {*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]}]
    heads = Counter(_shape(found[i].text) for i in edges) if paged else Counter[str]()
    marked = list(found)
    for index, piece in enumerate(found):
        if piece.is_told:
            continue
        number = _PAGE_NUMBER.match(piece.text.strip()) and (
            index in edges if paged else _stands_alone(found, index)
        )
        head = paged and index in edges and heads[_shape(piece.text)] > max(1, len(pages) // 3)
        if piece.role not in ("blank", "furniture") and (number or head):
            marked[index] = replace(piece, role="furniture")
    return marked


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip().casefold())


def _stands_alone(found: list[Piece], index: int) -> bool:
    return _blank(found, index - 1) and _blank(found, index + 1)


def _blank(found: list[Piece], index: int) -> bool:
    return not 0 <= index < len(found) or found[index].role in ("blank", "rule")


def _is_row(found: list[Piece], index: int) -> bool:
    piece = found[index]
    if piece.role not in ("body", "item"):
        return False
    wide = len(_split(piece.text.strip(), _GAP))
    if wide >= 3 or (wide == 2 and piece.role == "body"):
        return True
    near = [found[i].text.strip() for i in (index - 1, index + 1) if 0 <= i < len(found)]
    return _alike(piece.text.strip(), near, _NARROW_GAP) or (
        _is_terse(piece.text) and _alike(piece.text.strip(), near, _HAN_GAP)
    )


def _alike(line: str, near: list[str], gap: re.Pattern[str]) -> bool:
    """Whether a line has three columns or more, as many as one beside it."""
    columns = len(_split(line, gap))
    return columns > 2 and any(len(_split(text, gap)) == columns for text in near)


def _is_terse(line: str) -> bool:
    """Whether a line of Han characters holds short words alone, no sentence."""
    short = all(len(word) <= _LONGEST_CELL for word in _NOTE.sub("", line).split())
    return short and bool(_HAN.search(line)) and not _SENTENCE_END.search(line.strip())


def _is_heading(found: list[Piece], index: int, full: float) -> bool:
    """full: from this length on a line that another follows is part of a wrapped paragraph."""
    piece = found[index]
    text = piece.text.strip()
    if piece.role not in ("body", "item") or len(text) > _HEADING_MAX or _CAPTION.match(text):
        return False
    before, after = _blank(found, index - 1), _blank(found, index + 1)
    if text.startswith("#"):
        return True
    if text.isupper() and len(text) > 3 and before and not text.endswith((",", ";")):
        return True
    if text.isupper() and len(text.split()) <= 4 and after:
        return True
    if not before or _SENTENCE_END.search(text) or text[:1].islower() or UNFINISHED.search(text):
        return False
    if full and len(text) >= full and not after:
        return False
    if piece.role == "item":
        return bool(_NUMBERED.match(text)) and (after or _starts_body(found, index + 1))
    return after or _starts_body(found, index + 1)


def _starts_body(found: list[Piece], index: int) -> bool:
    """A line under a heading: neither its continuation nor another short line of a list."""
    if not 0 <= index < len(found):
        return True
    piece = found[index]
    text = piece.text.strip()
    return piece.role in ("row", "item") or (
        text[:1].isupper() and (len(text) > 60 or bool(_SENTENCE_END.search(text)) or ":" in text)
    )
