"""Chinese numerals in dates to figures: `二〇一九年十二月` to `2019年12月`."""

from __future__ import annotations

import re

from pipeline.tag.dates_han import HALF_WIDTH

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"○": "0", "零": "0"}
_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")


def arabic(text: str) -> str:
    """The text with the Chinese numerals up to 99, and years, in figures."""
    text = _TENS.sub(_tens, text.translate(HALF_WIDTH))
    return "".join(_DIGITS.get(character, character) for character in text)


def _tens(match: re.Match[str]) -> str:
    return _DIGITS[match[1] or "一"] + _DIGITS[match[2] or "〇"]
