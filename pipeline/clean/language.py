"""The main language of a text."""

from __future__ import annotations

import re

import py3langid

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
#: Share of Han characters among the letters from which a text is Chinese (or Japanese).
_HAN_SHARE = 0.25
_SAMPLE_CHARACTERS = 6000


def language_of(text: str) -> str:
    """BCP 47 tag of the main language; `und` for a text without letters."""
    sample = text[:_SAMPLE_CHARACTERS]
    letters = _LETTER.findall(sample)
    if not letters:
        return "und"
    if len(_HAN.findall(sample)) >= _HAN_SHARE * len(letters):
        return "ja" if len(_KANA.findall(sample)) > 0.1 * len(letters) else "zh"
    return str(py3langid.classify(sample)[0])
