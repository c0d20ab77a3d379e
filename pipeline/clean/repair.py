"""What stands between the characters of a file and those that a reader sees."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.records import Line, RawDocument, Span
from pipeline.vocabulary import read

_TO_DIGIT = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
_TO_LETTER = str.maketrans({"0": "o", "1": "l"})
#: Digits with look-alike letters inside, perhaps an ordinal ending: l95l, 84,OOO, l5th.
_NUMBER = re.compile(r"(?<![\w])([\dlI|Oo][\dlI|Oo.,]*[\dlI|Oo])(?=(?:st|nd|rd|th)?(?![\w]))")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: Lower-case words with look-alike digits inside: 0f, wh0le, airmai1.
_WORD = re.compile(r"(?<![\w.,])(?=[a-z01]*[a-z])(?=[a-z]*[01])[a-z01]{2,}(?![\w])")
#: All-capital words with a zero inside: B0RDER.
_CAPITALS = re.compile(r"(?<!\w)(?=[A-Z0]*[A-Z]{2})(?=[A-Z]+0)[A-Z0]{3,}(?!\w)")
#: Ordinals, units and names that do hold digits.
_KEEP = re.compile(r"^\d+(st|nd|rd|th|s|m|km|ha|h|g|kg|t|k|bn|pm|am|c|p|x)$|^[a-z]{1,2}\d+$")

#: Spaces that keep words on one line, and digits and letters as wide as Chinese characters.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        **{
            chr(wide): chr(wide - 0xFEE0)
            for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
        },
    }
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: In scripts that need them, joiners and breaks without width part words.
_JOINED_SCRIPTS = r"[\u0600-\u06ff\u0900-\u0dff\u0e00-\u17ff]"
_UNSEEN = (
    rf"(?<!{_JOINED_SCRIPTS})[\u200b-\u200d]|[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    # at the end of a line it is a hyphen
    r"|\u00ad(?!\s*$)"
)
#: Figures of notes: behind a year, a name, a bracket or quotation mark; not behind a unit.
_NOTE_FIGURE = (
    rf"(?:(?<=\b[12]\d\d\d)|(?<=[^\W\d_]{{3}})|(?<=[\u3040-\u9fff])|(?<=[)\]”»]))[{_RAISED}]+(?!\w)"
)

#: Markdown's **words** and _words_; the signs stand at both ends, outside of words.
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])[^*_|\n]{1,120}(?<=\S)\1(?![\w_])")


@cache
def _odd() -> re.Pattern[str]:
    words = "|".join(read("pipeline.clean", "marks")["notes"])
    mark = rf"(?<=[^\s(\[（])\[(?:\d{{1,3}}|[a-z]|{words})\]"
    return re.compile(rf"{_UNSEEN}|{_NOTE_FIGURE}|{mark}|[{''.join(_LIGATURES)}]", re.M)


def readable(raw: RawDocument) -> tuple[RawDocument, array[int]]:
    """A document in the characters that a reader sees; of each its offset in the text given.

    Marks without width, signs of emphasis, figures of notes and soft hyphens are left out,
    ligatures taken apart, wide digits and hard spaces made plain, scan errors mended.
    """
    text, parts, kept, position = raw.text, [], array("l"), 0
    for start, end in sorted(_edits(text)):
        if start < position:
            continue
        parts += [text[position:start], _LIGATURES.get(text[start:end], "")]
        kept.extend(range(position, start))
        kept.extend([start] * len(parts[-1]))
        position = end
    kept.extend(range(position, len(text)))
    seen = "".join([*parts, text[position:]]).translate(_SAME_LENGTH)
    lines = raw.lines if len(kept) == len(text) else tuple(_moved(n, kept) for n in raw.lines)
    return replace(raw, text=repair(seen), lines=lines), kept


def _edits(text: str) -> Iterator[Span]:
    """What is left out of a text, and its ligatures."""
    for match in _odd().finditer(text):
        yield match.span()
    for match in _EMPHASIS.finditer(text):
        width = len(match[1])
        yield match.start(), match.start() + width
        yield match.end() - width, match.end()


def _moved(line: Line, kept: array[int]) -> Line:
    start, end = bisect_left(kept, line.start), bisect_left(kept, line.end)
    cells = tuple((bisect_left(kept, a), bisect_left(kept, b)) for a, b in line.cells)
    return replace(line, start=start, end=end, cells=cells)


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
    read_as = token.translate(_TO_DIGIT)
    # bars part the cells of tables
    return token if "|" in token and not _YEAR.fullmatch(read_as) else read_as
