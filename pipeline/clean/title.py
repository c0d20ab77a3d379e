"""What a document calls itself.

The title in the file's metadata where it is one, else the first line of its head that may be a
heading. The head ends with the first prose. Menus, dates, kinds of paper ("Press release") are no
titles; an office at the top is one only where nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any, Literal

from pipeline.records import Block
from pipeline.vocabulary import read

Kind = Literal["title", "office", "above", "nothing", "prose"]

#: Of what the metadata says.
_LONGEST_STATED = 1000
#: So many blocks are looked at for a head, so many for a heading of the first level.
_HEAD, _FIRST_LEVEL = 16, 60
_LONGEST, _PROSE_WORDS = 160, 7
#: Cells of a menu are no longer than this; a line of so many cells is no title.
_CELL, _CELLS_MOST = 40, 3
#: A title of one word counts where the text begins with it, too.
_BEGIN = 2000
_TAG = re.compile(r"</?\w[^>]*>|\[(?:edit|править|编辑|編集|редагувати)[^\]]*\]", re.I)
_MARKS = " \t\u3000#=*_~>•·|:：;,«»‹›<-–—\ufeff"
_ADDRESS = re.compile(r"^\W*(?:https?:|www\.|\S+@\S+\.\w+|/\S+$|\S+://)", re.I)
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|odt|ods|odp|rtf|html?|php|aspx?|indd|qxd|pages|txt|md|tmp|exe|"
    r"jpe?g|png|tiff?|cdr|ai|pub|dotx?)$",
    re.I,
)
_TRAIL = re.compile(r"\s*(?:[›»→＞>／]+|\s/\s)\s*")
_GAP = re.compile(r"[\t\u3000]+|\s{3,}")
_CELLS = re.compile(r"\s*[|｜·•]\s*|\s/\s|\u3000")
_PARTS = re.compile(f"{_TRAIL.pattern}|{_CELLS.pattern}")
#: What stands before the date of a dateline, or before the value of a field: "Graz, 4 May 2021".
_BEFORE_DATE = re.compile(r"^[^,:：]{2,40}[,:：]\s*(?:le|den|am|a|on)?\s*(?=\S)")
_DAY = re.compile(r"\d.*\d{4}|\d{4}.*\d")
_ASIDE = re.compile(r"^[(（][^()（）]*[)）]?$")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDED = re.compile(r"[.。！？;；:,，、…]\W*$")
_STOP = re.compile(r"[.。！？]\W*$|[^\W\d_]{3}[.!?]\s+[^\W\d_a-zа-я]\w*\s.*[.!?]\W*$|。")


def title_of(stated: str, text: str, blocks: Sequence[Block]) -> str:
    """The title in one line; empty where the document has none.

    stated: what the metadata of the file says.
    """
    title = (
        _stated(stated, text)
        or _first_level(text, blocks)
        or _headed(_head(text, blocks), _lone_row(text, blocks))
    )
    return title.replace("\u3000", " ")


def _stated(title: str, text: str) -> str:
    title = _tidy(re.sub(r"[\x00-\x1f]", " ", title[:_LONGEST_STATED]))
    title = _patterns("programs").sub("", title, count=1) if title else ""
    title, cut = _FILE.subn("", title)
    if _patterns("untitled").fullmatch(title) or _kind(title) not in ("title", "office"):
        return ""
    spaced = " " in title or bool(_HAN.search(title))
    if not spaced and (cut or title.lower() not in text[:_BEGIN].lower()):
        return ""
    return title


def _first_level(text: str, blocks: Sequence[Block]) -> str:
    """The heading that the format says to be of the first level."""
    lines = (_line(text, b) for b in blocks[:_FIRST_LEVEL] if b.kind == "heading" and b.level == 1)
    return next((line for line in lines if _kind(line) == "title"), "")


def _headed(lines: Sequence[str], lone: str) -> str:
    """The title among the first lines; `lone` stands above them, often the name of the site."""
    strong: list[str] = []
    weak = [lone] if _kind(lone) == "title" else []
    for line in _parted(lines):
        kind = _kind(line)
        if kind == "prose":
            break
        if kind == "above":
            # what came before stood over a menu or in a letterhead
            weak += strong
            strong = []
        elif kind == "office":
            weak.append(line)
        elif kind == "title":
            strong.append(line)
    return next(iter((*strong, *weak)), "")


def _parted(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with the values of those that say to hold the title."""
    for line in lines:
        found = _patterns("titled", r"\s*[:：]\s*(.+)").fullmatch(line)
        yield _tidy(re.sub(r"^\[[^\]]*\]\s*", "", found[found.lastindex or 0])) if found else line


def _kind(line: str) -> Kind:
    words = _WORD.findall(line)
    size = len(_HAN.findall(line)) if _HAN.search(line) else len("".join(words)) - 1
    if size < 2 or _ADDRESS.match(line) or _FILE.search(line) or _is_name_of_file(line):
        return "nothing"
    if _patterns("navigation").fullmatch(line) or _patterns("untitled").fullmatch(line):
        return "nothing"
    if _is_menu(line) or _patterns("above").fullmatch(line):
        return "above"
    if len(_CELLS.split(line)) > _CELLS_MOST:
        return "nothing"
    if _patterns("fields", r"\s*(?:[:：]|\s\d).*").fullmatch(line) or _is_date(line, words):
        return "nothing"
    if len(line) > _LONGEST or (_STOP.search(line) and _is_long(line, words)):
        return "prose"
    if line[0].islower() or line[0] in "…." or _ENDED.search(line) or _ASIDE.match(line):
        return "nothing"
    return "office" if _patterns("offices").fullmatch(line) else "title"


def _is_long(line: str, words: Sequence[str]) -> bool:
    return len(words) >= _PROSE_WORDS or len(_HAN.findall(line)) > 2 * _PROSE_WORDS


def _is_name_of_file(line: str) -> bool:
    return (
        line.isascii() and " " not in line and bool(re.search(r"_|\w-\w+-\w|\d{3}|^\w+\d+$", line))
    )


def _is_menu(line: str) -> bool:
    """Whether a line is a trail ("Home › Town › Partners"), or has a cell of a menu."""
    trail = [cell for cell in _TRAIL.split(line) if cell]
    if len(trail) > 2 and max(map(len, trail)) <= _CELL and not re.search(r"[\d:：]", line):
        return True
    parts = [part.strip(_MARKS) for part in _PARTS.split(line) if part]
    return len(parts) > 1 and any(map(_patterns("navigation").fullmatch, parts))


def _is_date(line: str, words: Sequence[str]) -> bool:
    """Whether a line is a date, or ends with one: "Graz, 4 May 2021"."""
    if not re.search(r"\d", line):
        return False
    before = _BEFORE_DATE.match(line)
    if before and _DAY.search(line[before.end() :]):
        words = _WORD.findall(line[before.end() :])
    named, small = _patterns("date_words", r"\w{0,9}"), _patterns("date_small")
    return all(len(w) == 1 or named.fullmatch(w) or small.fullmatch(w) for w in words)


def _head(text: str, blocks: Sequence[Block]) -> list[str]:
    """The first lines, one a block."""
    kinds = ("heading", "paragraph", "front")
    return [_line(text, block) for block in blocks[:_HEAD] if block.kind in kinds]


def _lone_row(text: str, blocks: Sequence[Block]) -> str:
    """The first cell of a row at the top that is no part of a table."""
    if not blocks or blocks[0].kind != "row" or not blocks[0].cells:
        return ""
    if len(blocks) > 1 and blocks[1].kind == "row":
        return ""
    return _tidy(text[slice(*blocks[0].cells[0])])


def _line(text: str, block: Block) -> str:
    return _tidy(text[block.start : min(block.end, block.start + 2 * _LONGEST)])


def _tidy(line: str) -> str:
    """Without markup and marks around it; a wide gap is one ideographic space."""
    line = _GAP.sub("\u3000", unescape(_TAG.sub(" ", line)).replace("**", "").strip())
    return re.sub(r"[^\S\u3000]+", " ", line).strip(_MARKS)


@cache
def _patterns(name: str, behind: str = "") -> re.Pattern[str]:
    found: Any = read("pipeline.clean", "titles")[name]
    lists = found.values() if isinstance(found, dict) else [found]
    each = "|".join(f"(?:{pattern})" for patterns in lists for pattern in patterns)
    return re.compile(f"(?:{each}){behind}", re.I)
