"""Lines to blocks of reading text: paragraphs unwrapped, words joined over line ends."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Literal

from pipeline.clean.lines import is_unfinished
from pipeline.clean.piece import Piece
from pipeline.clean.width import is_full

#: Scripts that set no space between words.
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHENS = "-\u2010\u00ad\u00ac"
_OPEN_END = re.compile(r"[.!?。！？:：;；][\"'”»)\]）]*$")


#: What may stand on several lines.
_WRAPPING = ("body", "item", "heading", "note", "caption")
#: What lies between two lines: nothing, an empty line or the like, or the end of a page.
Gap = Literal["", "blank", "page"]


class Reader:
    """Grows the reading text and, for each character, its offset in the raw text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.origin: array[int] = array("l")

    @property
    def length(self) -> int:
        return len(self.origin)

    def add(self, text: str, start: int) -> None:
        """`text` stands in the raw text from `start` on."""
        self.parts.append(text)
        self.origin.extend(range(start, start + len(text)))

    def add_space(self, character: str) -> None:
        """A separator that takes the place of the raw line end before it."""
        self.parts.append(character)
        self.origin.append(self.origin[-1] if self.origin else 0)

    def drop_last(self) -> None:
        """Take back the last character (a hyphen at a line end)."""
        self.parts[-1] = self.parts[-1][:-1]
        self.origin.pop()

    @property
    def text(self) -> str:
        return "".join(self.parts)


def continues(left: Piece, right: Piece, width: int, gap: Gap) -> bool:
    """Whether `right` goes on with the sentence or paragraph of `left`.

    width: at which lines are broken, in columns of a screen; 0 where they are not.
    """
    if right.line.joins is not None:
        return right.line.joins
    before, after = left.text.rstrip(), right.text.lstrip()
    # over the end of a page the words say more than the place
    if right.line.joins or (right.line.joins is False and gap != "page"):
        return right.line.joins and right.role in ("body", left.role) and left.role in _WRAPPING
    if right.role != "body" or left.role not in ("body", "item") or not before or not after:
        return False
    if right.is_told or left.is_told or left.cells:
        return False
    hyphen = before[-1] in _HYPHENS and before[-2:-1].isalpha() and after[0].isalpha()
    if gap:
        over_page = gap == "page" or left.page != right.page
        return hyphen or (not _OPEN_END.search(before) and after[0].islower() and over_page)
    if hyphen or after[0].islower() or (before.endswith(",") and width > 0):
        return True
    if is_unfinished(before):
        return True
    return width > 0 and is_full(before, width) and not right.text.startswith("\u3000")


def separator(before: str, after: str) -> str:
    """What parts two lines that are joined: a space, and nothing in scripts that set none."""
    return "" if _CJK.match(before[-1:]) or _CJK.match(after[:1]) else " "


def join(reader: Reader, line: Piece, hyphenation: Callable[[str, str], str]) -> None:
    """Append a continuation line to the paragraph that `reader` ends with.

    hyphenation: (word part before the hyphen, part after) -> `drop`, `keep` or `space`.
    """
    text = line.text.strip()
    start = line.start + line.text.index(text)
    before = reader.text[-60:] if reader.length < 60 else "".join(reader.parts[-3:])[-60:]
    head = re.search(r"([\w’']+)[" + _HYPHENS + r"]$", before)
    tail = re.match(r"[\w’']+", text)
    if head and tail:
        verdict = hyphenation(head[1], tail[0])
        if verdict == "drop":
            reader.drop_last()
        elif verdict == "space":
            reader.add_space(" ")
    elif separator(before, text):
        reader.add_space(" ")
    reader.add(text, start)


def hyphenation(text: str, known: Callable[[str], bool]) -> Callable[[str, str], str]:
    """The rule for hyphens at line ends, from what the document and the lexicon know.

    text: the whole document; known: whether a word is in the lexicon.
    """
    words = {w.casefold() for w in re.findall(r"\w+(?:-\w+)*", text)}

    def decide(head: str, tail: str) -> str:
        joined, hyphened = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
        if hyphened in words:
            return "keep"
        if joined in words or known(joined) or known(head + tail):
            return "drop"
        if tail[0].isupper() or head.isdigit():
            return "keep"
        both = len(head) > 2 and len(tail) > 2 and known(head.casefold()) and known(tail.casefold())
        return "keep" if both else "drop"

    return decide
