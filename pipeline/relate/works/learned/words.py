"""The words around a place of the text, shortened to their stems, names and numbers blanked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from pipeline.records import Resolved
from pipeline.relate.works.names import Work

#: A word ends after so many letters: "complet" is both of "completed" and "completion".
_LATIN, _CYRILLIC = 7, 6
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|\n")
_START = attrgetter("start")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC_LETTER = re.compile(r"[А-Яа-яЁё]")
_NAMES = ("CITY", "REGION", "COUNTRY", "ORG", "STRATEGY", "DATE", "AMOUNT", "PROJECT")


def words(resolved: Resolved, start: int, end: int, work: Work | None = None) -> list[str]:
    """Stems of a stretch of text; a name is its label, the project spoken of `<this>`."""
    found: list[str] = []
    text, position = resolved.document.text, start
    own = {m.start for m in work.mentions} if work else set()
    mentions = resolved.mentions
    index = bisect_left(mentions, start, key=_START)
    while index < len(mentions) and mentions[index].start < end:
        mention = mentions[index]
        index += 1
        if mention.start < position or mention.label not in _NAMES:
            continue
        found += stems(text[position : mention.start])
        found.append("<this>" if mention.start in own else f"<{mention.label.casefold()}>")
        position = mention.end
    return [*found, *stems(text[position:end])] if position < end else found


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Stems of plain text. All projects of a document ask for the same stretches of it."""
    return tuple(_stems(text))


def _stems(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match[0].casefold()
        if token[0].isdigit():
            yield "0"
        elif _HAN.match(token):
            yield from (token[i : i + 2] for i in range(max(1, len(token) - 1)))
        else:
            yield token[: _CYRILLIC if _CYRILLIC_LETTER.match(token) else _LATIN]


def around(before: list[str], after: list[str], reach: int = 8) -> Iterator[str]:
    """Words before and after a mention, the nearest ones with their place."""
    for place, word in enumerate(reversed(before[-3:]), start=1):
        yield f"b{place}={word}"
    for place, word in enumerate(after[:3], start=1):
        yield f"a{place}={word}"
    yield from (f"b:{word}" for word in before[-reach:])
    yield from (f"a:{word}" for word in after[:reach])
    if len(before) > 1:
        yield f"b12={before[-2]} {before[-1]}"
    if len(after) > 1:
        yield f"a12={after[0]} {after[1]}"
