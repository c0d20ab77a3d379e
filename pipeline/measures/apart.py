"""Amounts whose number stands apart: after its noun on a line, or after its per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.measures import numerals
from pipeline.measures.counts import counted

_PERCENT_FIRST = re.compile(r"(百|千)分之([0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百点]+)")
_PERCENT_SIGN_FIRST = re.compile(r"(?<!\w)(?:yüzde\s|%)([0-9]+(?:[.,][0-9]+)?)", re.I)
_LABELLED = re.compile(r"(?:^|(?<=\. ))[-*•\s]*([^\n:|.]{3,60}):\s*(\d{2,6})(?:[.;]|\s*$)", re.M)

#: Start, end, value, unit.
Found = tuple[int, int, float, str]


def labelled(text: str, language: str) -> Iterator[Found]:
    """ "Jobs: 780": a number after the noun that it counts, at the end of its line or sentence."""
    for match in _LABELLED.finditer(text):
        words = match[1].split()
        for start in range(len(words)):
            phrase = " " + " ".join(words[start : start + 2]).casefold()
            noun = counted(phrase, 0, language, float(match[2]))
            if noun:
                yield match.start(2), match.end(2), float(match[2]), noun[1]
                break


def shares(text: str, language: str) -> Iterator[Found]:
    """百分之八点五, yüzde 8,5: the share before the number."""
    for match in _PERCENT_SIGN_FIRST.finditer(text) if language == "tr" else ():
        yield match.start(), match.end(), numerals.digits(match[1], "tr"), "%"
    for match in _PERCENT_FIRST.finditer(text):
        unit = "%" if match[1] == "百" else "‰"
        if match[2].isascii():
            yield match.start(), match.end(), float(match[2]), unit
            continue
        whole, _, rest = match[2].partition("点")
        decimals = "".join(str(int(numerals.han(c))) for c in rest if c not in "十百点")
        value = float(f"{numerals.han(whole or '零'):.0f}.{decimals or 0}")
        yield match.start(), match.end(), value, unit
