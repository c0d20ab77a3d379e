"""Lines: which are page furniture, which are rows, items and headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.clean.edges import edges, is_gap
from pipeline.clean.levels import depth, has_rule, is_marked
from pipeline.clean.menus import without_menus
from pipeline.clean.piece import Piece, Role
from pipeline.clean.splits import Written
from pipeline.clean.tables import tables
from pipeline.clean.width import is_full, wrap_width
from pipeline.records import Line

_URL_ONLY = re.compile(r"^(https?://|www\.)\S+$", re.I)
_RULE = re.compile(r"^[\s\-–—_=*·.~+|]{3,}$")
_ITEM = re.compile(
    r"^\s*(?:[-–—*•▪◦·‣●■□»>]\s+|\(?\d{1,3}[.)．、）]\s*(?=\D)|[（(]\d{1,2}[)）]\s*|"
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、]\s*|\(?[a-zа-я][.)]\s+|№\s*\d+\s+)"
)
#: A bar that parts columns, not the parameters of a template: {{flag|AUT}}.
_BAR = r"\s*\|(?![^{}|]{0,40}\}\})\s*"
_GAP = re.compile(rf"\t+|{_BAR}|\s{{3,}}")
_NARROW_GAP = re.compile(rf"\t+|{_BAR}|\s{{2,}}")
#: Between Han characters no word needs a space: one alone may part columns.
_HAN_GAP = re.compile(r"\s+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_CELL = 14
_NOTE = re.compile(r"（[^）]*）")
#: What numbers a heading: "2. Partners", 二、友好城市.
_NUMBERED = re.compile(r"\d|[一二三四五六七八九十]{1,3}、")
_SENTENCE_END = re.compile(r"[.!?。！？;；:：,，…][\"'”»)\]）］]*$")
#: Words, and a bracket left open, that end no line but a wrapped one.
_UNFINISHED = re.compile(
    r"[^\W\d_].*\s(?:in|of|and|or|the|an?|with|to|for|by|at|from|between|since|und|mit|seit|et|avec|"
    r"depuis|и|в|с|со|на|из|для)$|\([^()]{4,}$|[\u3040-\u9fff][，、与和及於于的由对（《「]$"
)
#: So many characters tell how a line ends, however long it is.
_END = 200
_HEADING_MAX = 110
#: So many lines are looked at between a line and what goes on with it on the next page.
_FURTHEST = 8
_CAPTION = re.compile(r"^(fig(ure)?|table|рис(унок)?|табл(ица)?|source|图|表)\W*\s*\d*", re.I)


def pieces(
    lines: Sequence[Line], written: Written, is_country: Callable[[str], bool]
) -> list[Piece]:
    """The lines of a document with their roles; rows, and entries within them, stand for lines.

    is_country: whether a name is usually that of a country.
    """
    found = [_piece(written.text, line) for line in lines]
    found = without_menus(edges(found, written.text))
    found = tables(found, written, is_country)
    found = [
        replace(p, role="row") if p.is_open and _is_row(found, i) else p
        for i, p in enumerate(found)
    ]
    width = wrap_width(found)
    return [
        replace(p, role="heading", level=depth(found, i))
        if p.is_open
        and not _is_joined(found, i)
        and (has_rule(found, i) or _is_heading(found, i, width))
        else p
        for i, p in enumerate(found)
    ]


def _is_joined(found: Sequence[Piece], index: int) -> bool:
    """Whether the place on the page says that a line is part of a paragraph of several."""
    after = found[index + 1].line.joins if index + 1 < len(found) else None
    return bool(found[index].line.joins or after)


def is_unfinished(line: str) -> bool:
    """Whether a line ends in a word or an open bracket after which more is to come."""
    return bool(_UNFINISHED.search(line[-_END:]))


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


def _is_heading(found: list[Piece], index: int, width: int) -> bool:
    """width: a full line of it that another follows is part of a wrapped paragraph."""
    piece = found[index]
    text = piece.text.strip()
    if piece.role not in ("body", "item") or len(text) > _HEADING_MAX or _CAPTION.match(text):
        return False
    before, after = is_gap(found, index - 1), is_gap(found, index + 1)
    if is_marked(text):
        return True
    if text.isupper() and len(text) > 3 and before and not text.endswith((",", ";")):
        return True
    if text.isupper() and len(text.split()) <= 4 and after:
        return True
    if not before or _SENTENCE_END.search(text) or text[:1].islower() or is_unfinished(text):
        return False
    if (width and is_full(text, width) and not after) or _goes_on(found, index):
        return False
    if piece.role == "item":
        return bool(_NUMBERED.match(text)) and (after or _starts_body(found, index + 1))
    return after or _starts_body(found, index + 1)


def _goes_on(found: list[Piece], index: int) -> bool:
    """Whether the next line stands behind the end of a page and goes on in small letters."""
    over = False
    for piece in found[index + 1 : index + 1 + _FURTHEST]:
        if piece.role not in ("blank", "edge", "furniture"):
            return over and piece.role == "body" and piece.text.lstrip()[:1].islower()
        over = over or piece.role != "blank"
    return False


def _starts_body(found: list[Piece], index: int) -> bool:
    """A line under a heading: neither its continuation nor another short line of a list."""
    if not 0 <= index < len(found):
        return True
    piece = found[index]
    text = piece.text.strip()
    return piece.role in ("row", "item") or (
        text[:1].isupper() and (len(text) > 60 or bool(_SENTENCE_END.search(text)) or ":" in text)
    )
