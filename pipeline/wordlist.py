"""Many patterns as one, searched only in texts that have the letters that a match needs.

Python tries every alternative of a long pattern at every place of a text. Most texts hold no word
of a list at all, and that is told much faster by looking for plain letters: no match of "twinn?ed"
is without "twin".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

#: Letters that `re.I` takes for others which their lower case does not give.
_ODD = re.compile("[İıſKσςΣ]")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class WordList:
    """Alternatives without regard to case. needed: each match has one of these; none if empty."""

    pattern: re.Pattern[str]
    needed: tuple[str, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(text) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning."""
        return self.pattern.match(text) if self._may_match(text) else None

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """All matches between two places of the text."""
        end = len(text) if end is None else end
        if self._may_match(text[start:end]):
            return self.pattern.finditer(text, start, end)
        return iter(())

    def sub(self, by: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.pattern.sub(by, text) if self._may_match(text) else text

    def _may_match(self, text: str) -> bool:
        if not self.needed:
            return True
        lower = text.lower()
        for letters in self.needed:
            if letters in lower:
                return True
        return not text.isascii() and bool(_ODD.search(text))


def word_list(patterns: Sequence[str]) -> WordList:
    """Patterns as alternatives.

    >>> word_list([r"\\btwinn?ed", "sister (?:city|town)"]).needed
    ('sister ', 'twin')
    """
    whole = re.compile("|".join(patterns), re.I)
    return WordList(whole, tuple(sorted(_shortest(needed(p) for p in patterns))))


def needed(pattern: str) -> frozenset[str]:
    """Lower-case letters of which every match has some; empty where that cannot be told."""
    return _of_sequence(_parser.parse(pattern, re.I))


def _shortest(found: Iterator[frozenset[str]]) -> frozenset[str]:
    """All of them together, without those that contain another; empty if one of them is."""
    every = list(found)
    if not all(every):
        return frozenset()
    union = frozenset().union(*every)
    return frozenset(a for a in union if not any(b != a and b in a for b in union))


def _of_sequence(parsed: Any) -> frozenset[str]:
    """Of the parts that all must match, that whose shortest letters are longest."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in [*parsed, (None, None)]:
        if kind is _constants.LITERAL:
            run += chr(value).lower()
            continue
        if run:
            found.append(frozenset((run,)))
        run = ""
        found.append(_of_part(kind, value))
    return max(found, key=lambda letters: min(map(len, letters), default=0))


def _of_part(kind: Any, value: Any) -> frozenset[str]:
    if kind is _constants.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is _constants.BRANCH:
        return _shortest(_of_sequence(branch) for branch in value[1])
    if kind in _REPEATS and value[0]:
        return _of_sequence(value[2])
    return frozenset()
