"""Words of a text shortened to their stems, for learned models; in all languages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: A word ends after so many letters: "comple" is both of "completed" and "completion".
_STEM = 6
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|\n")
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Stems in lower case, numbers as `0`, Han characters in pairs, and marks.

    >>> stems("Completed in 2019!")
    ('comple', 'in', '0', '!')
    """
    return tuple(_stems(text))


def _stems(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text.casefold()):
        if token[0].isdigit():
            yield "0"
        elif _HAN.match(token):
            yield from (token[i : i + 2] for i in range(max(1, len(token) - 1)))
        else:
            yield token[:_STEM]
