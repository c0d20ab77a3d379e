"""Scan errors mended character for character, so that no offset moves."""

from __future__ import annotations

import re

_TO_DIGIT = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
_TO_LETTER = str.maketrans({"0": "o", "1": "l"})
#: Digits with look-alike letters inside, perhaps an ordinal ending: l95l, 84,OOO, l5th.
_NUMBER = re.compile(r"(?<![\w])([\dlI|Oo][\dlI|Oo.,]*[\dlI|Oo])(?=(?:st|nd|rd|th)?(?![\w]))")
#: Lower-case words with look-alike digits inside: 0f, wh0le, airmai1.
_WORD = re.compile(r"(?<![\w.,])(?=[a-z01]*[a-z])(?=[a-z]*[01])[a-z01]{2,}(?![\w])")
#: All-capital words with a zero inside: B0RDER.
_CAPITALS = re.compile(r"(?<!\w)(?=[A-Z0]*[A-Z]{2})(?=[A-Z]+0)[A-Z0]{3,}(?!\w)")
#: Ordinals, units and names that do hold digits.
_KEEP = re.compile(r"^\d+(st|nd|rd|th|s|m|km|ha|h|g|kg|t|k|bn|pm|am|c|p|x)$|^[a-z]{1,2}\d+$")


def repair(text: str) -> str:
    """Look-alike letters in numbers and digits in words put right; the length stays."""
    text = _NUMBER.sub(lambda m: _number(m[0]), text)
    text = _WORD.sub(lambda m: m[0] if _KEEP.match(m[0]) else m[0].translate(_TO_LETTER), text)
    return _CAPITALS.sub(lambda m: m[0].replace("0", "O"), text)


def _number(token: str) -> str:
    digits = sum(c.isdigit() for c in token)
    letters = sum(c in "lI|Oo" for c in token)
    if not digits or not letters or (token[-1] in "Oo" and digits < 2 and "," not in token):
        return token
    return token.translate(_TO_DIGIT)
