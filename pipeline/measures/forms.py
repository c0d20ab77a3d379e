"""Currencies and units behind a number: the longest known form, closed as a word."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.measures import numerals
from pipeline.measures.vocabulary import Unit, land_names, prefix, units

HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_LONGEST_FORM = 40
_STEP = re.compile(r"([ \u00a0\u202f\u2009]?-?[ ]?)([(\[{<]?)")
_LINK = re.compile(r"d['’]|de\s|di\s")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SIGNS = "$€£¥₹₽₺₸₴"
_PHRASE = re.compile(r"([^\W\d_]{1,30})[ \u00a0]([^\W\d_]{1,30})(?!\w)")


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long forms are, the longest first, by their first character, case folded."""
    found: dict[str, set[int]] = {}
    for form in (form for known in units() for form in known if len(form) <= _LONGEST_FORM):
        found.setdefault(form[0].casefold(), set()).add(len(form))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def unit_at(text: str, position: int, language: str) -> tuple[int, Unit | None]:
    """End and unit of the longest form at a position, after at most a space, hyphen or bracket;
    the position and None for none."""
    start, bracket = _start(text, position)
    if start >= len(text) or text[start].isspace():
        return position, None
    if "-" in text[position:start] and not text[start].isascii():
        return position, None
    cased, loose = units()
    ahead = text[start : start + _LONGEST_FORM]
    folded = ahead.casefold() if len(ahead.casefold()) == len(ahead) else ahead
    for size in _lengths().get(ahead[0].casefold(), ()):
        if size > len(ahead):
            continue
        unit = cased.get(ahead[:size]) or loose.get(folded[:size])
        if unit and _closes(ahead, size):
            end = start + size
            if _is_next_sign(text, start, end):
                return position, None
            return end + bool(bracket and text[end : end + 1] == _BRACKETS[bracket]), unit
    return _with_adjective(text, position, start, language)


def _start(text: str, position: int) -> tuple[int, str]:
    """Where the form begins, and the bracket that opens before it; French "d'euros" skips "d'"."""
    step = _STEP.match(text, position)
    start, bracket = (step.end(), step[2]) if step else (position, "")
    link = None if bracket else _LINK.match(text, start)
    return (link.end() if link else start), bracket


def _is_next_sign(text: str, start: int, end: int) -> bool:
    """Whether a sign belongs to the number after it ("5 €20"), unless that has its own behind."""
    sign = text[start]
    if sign not in _SIGNS or not re.match(r"\s?\d", text[end : end + 2]):
        return False
    return not re.match(r"\s?[\d.,]+\s?" + re.escape(sign), text[end : end + 30])


def _closes(text: str, size: int) -> bool:
    """Whether a form that takes the first `size` characters ends there as a word."""
    last, following = text[size - 1], text[size : size + 1]
    if HAN.match(last):
        return not (text[:size] == "元" and following and following in "件素旦宝月")
    if not following or not last.isalpha():
        return not (last.isdigit() and following.isdigit())
    return not (following.isalnum() or following in "²³") or bool(HAN.match(following))


def _with_adjective(text: str, position: int, start: int, language: str) -> tuple[int, Unit | None]:
    """ "Namibian dollars", «намибийских долларов»: the adjective resembles the country's name."""
    word = _PHRASE.match(text, start)
    if not word or HAN.match(word[0]):
        return position, None
    unit = units()[1].get(word[2].casefold())
    if not unit or not unit.money or len(word[1]) < 3:
        return position, None
    if word[1].casefold() in numerals.scales(language):
        return position, None
    stem = word[1].casefold()[:4]
    spoken = language if language in ("ru", "en") else "en"
    for code in unit.codes:
        if any(name.startswith(stem) for name in land_names(spoken, code)):
            return word.end(), replace(unit, codes=(code,))
    if language == "ru" or word[1][0].isupper():
        return word.end(), unit
    return position, None


def sign_at(text: str, position: int) -> int:
    """Length of a currency sign that stands at a position, 0 for none."""
    for size in range(8, 0, -1):
        piece = text[position : position + size]
        if len(piece) == size and (found := prefix().search(piece)) and found.start() == 0:
            return size if text[position + size : position + size + 1].isdigit() else 0
    return 0
