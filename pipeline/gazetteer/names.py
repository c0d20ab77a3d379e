"""How names are compared."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"[\s\-–—‐'’`´ʼ.,·]+")
_CJK = re.compile(r"[\u3400-\u9fff]")


def key(name: str) -> str:
    """Case, accents, hyphens and apostrophes folded away; the same key means the same name."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = text.replace("ё", "е").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    return _BREAKS.sub(" ", text).strip()


def is_cjk(name: str) -> bool:
    """Whether a name is written in Han characters."""
    return bool(_CJK.search(name))
