"""Garbled text: characters that a file names wrongly, or not at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.ingest.pdf.words import UNKNOWN

_WORD = re.compile(r"[^\W\d_]{3,}")
#: Scripts that stand within one word where a file's table of characters is wrong.
_APART = frozenset(("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "THAI", "NKO"))
#: From so many words on their letters say something.
_ENOUGH = 12


def garbled(text: str) -> float:
    """Share of a page's characters that have no Unicode, or of its words that mix scripts."""
    if not text:
        return 0.0
    unknown = text.count(UNKNOWN) / len(text)
    if text.isascii():
        return unknown
    words = _WORD.findall(text)
    if len(words) < _ENOUGH:
        return unknown
    mixed = sum(len({_script(c) for c in word} & _APART) > 1 for word in words)
    return max(unknown, mixed / len(words))


@lru_cache(4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
