"""How names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

#: Apostrophes vanish, breaks become spaces, and letters that Unicode does not decompose go here.
_FOLDED = str.maketrans(
    dict.fromkeys("'’‘`´ʼʻʹ′", "")
    | dict.fromkeys("-–—‐.,·・/", " ")
    | {"ё": "е", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "ə": "a"}
)
_ACCENTS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u05b0-\u05c7\u064b-\u0655\u094d\u3099\u309a]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: Words that are written short in names.
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SHORT_WORD = re.compile(r"\b(?:st|ste|mt|ft)\b")
#: Korean and Japanese words for a town or village, joined to its name.
_TYPED = re.compile(r"(.{3,})-(?:si|gun|eup|shi|ch[oō]|machi|mura)")
_ACRONYM = re.compile(r"[A-ZА-Я](?:\.?\s?[A-ZА-Я]){1,3}\.?")


def key(name: str) -> str:
    """Case, accents, hyphens and apostrophes folded away; the same key means the same name.

    Han characters are those of simplified Chinese: 古晉 and 古晋 are one name.
    """
    text = name.casefold().translate(_FOLDED)
    if not text.isascii():
        # NFKD brings up capitals (𝕬) and fractions of its own
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_FOLDED)
        text = _CJK.sub(lambda han: _simplified(han[0]), text)
    text = " ".join(text.split())
    return _SHORT_WORD.sub(lambda m: _SHORT[m[0]], text) if "t" in text else text


@cache
def _simplified(character: str) -> str:
    return str(_converter().convert(character))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def acronym(name: str) -> str:
    """The key of a name in capitals, which must not match a word: `US`, `U.S.` -> `=US`, or ``."""
    return "=" + re.sub(r"[.\s]", "", name) if _ACRONYM.fullmatch(name) else ""


def is_cjk(name: str) -> bool:
    """Whether a name is written in Han characters."""
    return bool(_CJK.search(name))


def is_cyrillic(name: str) -> bool:
    """Whether a name is written in Cyrillic letters."""
    return bool(_CYRILLIC.search(name))


def with_bare(name: str) -> Iterator[str]:
    """A town's name, and the name without its type as well: 海口市, "Yongin-si"."""
    yield name
    if is_cjk(name) and name.endswith("市"):
        yield name[:-1]
    elif typed := _TYPED.fullmatch(name):
        yield typed[1]
