"""Marks of headings: number signs, equals signs around or below them, and numbers of sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.clean.piece import Piece

_SIGNS = re.compile(r"^(#{1,6})(?!#)|^(={2,6})(?!=).*[^=]={2,6}$")
_SIGN_ENDS = re.compile(r"^(?:#{1,6}|={2,6})\s*|\s*(?:#{1,6}|={2,6})$")
_SECTION = re.compile(r"^\d{1,2}((?:\.\d{1,2}){0,4})[.)]?\s")
_UNDERLINE = re.compile(r"^(?:=+|-+|~+)$")
_LONGEST = 110


def is_marked(line: str) -> bool:
    """Whether signs say that a line is a heading: "## Partners", "== Partners =="."""
    return bool(_SIGNS.match(line.strip()))


def unmarked(line: str) -> str:
    """A heading without those signs."""
    return _SIGN_ENDS.sub("", line.strip()) if is_marked(line) else line.strip()


def has_rule(found: Sequence[Piece], index: int) -> bool:
    """Whether a line of equals signs or hyphens, as long as a line, stands right below it."""
    if index + 1 >= len(found) or found[index].role != "body" or found[index + 1].role != "rule":
        return False
    title, rule = found[index].text.strip(), found[index + 1].text.strip()
    near = abs(len(rule) - len(title)) <= 2 or (len(title) > 3 and rule == rule[0] * len(title))
    return bool(_UNDERLINE.match(rule)) and near and len(title) <= _LONGEST


def depth(found: Sequence[Piece], index: int) -> int:
    """How deep a heading stands, from 1; 0 where nothing tells."""
    text = found[index].text.strip()
    if signs := _SIGNS.match(text):
        return len(signs[1] or signs[2])
    if has_rule(found, index):
        return "=-~".index(found[index + 1].text.strip()[0]) + 1
    section = _SECTION.match(text)
    return section[1].count(".") + 1 if section and "." in text[:6] else 0
