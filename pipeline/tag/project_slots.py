"""Places in the build of a document that hold the name of a project.

Found: the column of a table headed "Project", the line "Project name: …", and numbered entries
below a line that announces projects. What a project is made of does not matter here; the words
are in `vocab/projects.yaml` under `slots`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.records import Block, Document
from pipeline.tag.project_names import vocabulary

Span = tuple[int, int]

_MARK = re.compile(
    r"^\s*(?:\(?\d{1,2}[.)]|[A-Z]/\d{1,2}\b|[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[．、])\s*"
)
#: Where the name of an entry ends.
_END = re.compile(r"[.:;,(（，。：；|\n]|\s[–—-]\s|$")
_CELL = re.compile(r"[^|｜]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SMALL = frozenset(
    {"of", "for", "the", "and", "de", "del", "du", "in", "at", "to", "on", "with", "&"}
)
#: A table of two columns is a sheet of labels and facts about one project.
_MIN_COLUMNS = 3
_MAX_NAME = 90
_MAX_HAN = 20
_ANNOUNCED = 500


def columns(document: Document) -> Iterator[Span]:
    """Cells of tables below a heading that says "Project"."""
    column = None
    for block in document.blocks:
        cells = _cells(document.text, block)
        if len(cells) < 2:
            column = None
        elif block.heads:
            names = document.columns(block)
            named = (i for i, name in enumerate(names) if _is_heading(name))
            column = next(named, None) if len(names) >= _MIN_COLUMNS else None
        elif column is None and len(cells) >= _MIN_COLUMNS:
            called = (i for i, c in enumerate(cells) if _is_heading(document.text[slice(*c)]))
            column = next(called, None)
            continue
        whole = column is not None and column < len(cells)
        if column is not None and whole and _is_name(document.text[slice(*cells[column])]):
            yield cells[column]


def _cells(text: str, block: Block) -> list[Span]:
    if block.kind == "row" and block.cells:
        return list(block.cells)
    inside = text[block.start : block.end]
    if "\n" in inside or not re.search(r"[|｜].*[|｜]", inside):
        return []
    found = []
    for cell in _CELL.finditer(inside):
        start = cell.start() + len(cell[0]) - len(cell[0].lstrip())
        found.append((block.start + start, block.start + start + len(cell[0].strip())))
    return found


def _is_heading(name: str) -> bool:
    return _words("columns").fullmatch(name.strip()) is not None


def labelled(document: Document) -> Iterator[Span]:
    """What follows "Project name:" and the like, to the end of the line."""
    for block in document.blocks:
        for match in _words("labels").finditer(document.text, block.start, block.end):
            end = document.text.find("\n", match.end(), block.end)
            end = block.end if end < 0 else end
            name = document.text[match.end() : end].rstrip(" .;")
            if _is_name(name):
                yield match.end(), match.end() + len(name)


def entries(document: Document) -> Iterator[tuple[int, Span]]:
    """Index of block and name of numbered entries below a line that announces projects."""
    announced = -_ANNOUNCED
    for index, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        mark = _MARK.match(text)
        if mark is not None and block.start - announced < _ANNOUNCED:
            end = _END.search(text, mark.end())
            name = text[mark.end() : end.start() if end else len(text)].strip()
            name_start = block.start + mark.end()
            if _is_name(name) and _is_title(name):
                announced = max(announced, block.end - _ANNOUNCED // 2)
                article = re.match(r"(?:The|A|An)\s", name)
                yield (
                    index,
                    (name_start + (article.end() if article else 0), name_start + len(name)),
                )
                continue
        if len(text) < _ANNOUNCED and _words("announcing").search(text):
            announced = block.end


def _is_title(name: str) -> bool:
    """Whether a name is written as one: every English word of weight has a capital."""
    if name.endswith("?"):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", name)
    if re.search(r"[\u4e00-\u9fff]", name):
        return len(name) <= _MAX_HAN and not re.search(r"\d|因|于|系|为|将|已", name)
    if re.search(r"[а-яё]", name):
        return name[0].isupper() and len(words) >= 2
    return len(words) >= 2 and all(w[0].isupper() or w in _SMALL for w in words)


def _is_name(name: str) -> bool:
    return (
        bool(_LETTERS.search(name))
        and len(name) <= _MAX_NAME
        and not _words("no_name").search(name)
    )


@cache
def _words(name: str) -> re.Pattern[str]:
    slots = vocabulary()["slots"]
    assert isinstance(slots, dict)
    return re.compile("|".join(slots[name]), re.I | re.M)
