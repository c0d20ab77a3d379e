"""Many patterns as one, searched only in texts that have the letters that a match needs.

Python tries every alternative of a long pattern at every place of a text. Most texts hold no word
of a list at all, or one, and that is told much faster by looking for plain letters: no match of
"twinn?ed" is without "twin".
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
    """Alternatives without regard to case.

    letters: with the place of a pattern among `patterns`; each of its matches has some of its
    letters, which are empty where that cannot be told. needed: those of all together.
    """

    patterns: tuple[re.Pattern[str], ...]
    letters: tuple[tuple[str, int], ...]
    needed: tuple[str, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self._first(self._possible(text), text, 0, len(text))

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning."""
        found = (pattern.match(text) for pattern in self._possible(text))
        return next((match for match in found if match), None)

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """All matches between two places of the text."""
        end = len(text) if end is None else end
        possible = self._possible(text[start:end])
        while match := self._first(possible, text, start, end):
            yield match
            start = match.end() + (not match[0])

    def sub(self, by: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        parts, last = [], 0
        for match in self.finditer(text):
            parts += [text[last : match.start()], by(match)]
            last = match.end()
        return "".join([*parts, text[last:]]) if parts else text

    def _first(
        self, possible: Sequence[re.Pattern[str]], text: str, start: int, end: int
    ) -> re.Match[str] | None:
        """The first match; of two at one place that of the pattern listed first."""
        best: re.Match[str] | None = None
        for pattern in possible:
            match = pattern.search(text, start, end)
            if match and (best is None or match.start() < best.start()):
                best = match
        return best

    def may_match(self, text: str) -> bool:
        """Whether a text has the letters of any match."""
        return bool(self._possible(text))

    def _possible(self, text: str) -> list[re.Pattern[str]]:
        """The alternatives that may match."""
        if not text.isascii() and _ODD.search(text):
            return list(self.patterns)
        lower = text.lower()
        if self.needed and not any(map(lower.__contains__, self.needed)):
            return []
        found = [place for letters, place in self.letters if letters in lower]
        return [self.patterns[place] for place in dict.fromkeys(found)]


def word_list(patterns: Sequence[str]) -> WordList:
    """Patterns as alternatives.

    >>> word_list([r"\\btwinn?ed", "sister (?:city|town)"]).needed
    ('sister ', 'twin')
    """
    letters = [needed(pattern) for pattern in patterns]
    placed = ((some, i) for i, found in enumerate(letters) for some in sorted(found) or [""])
    return WordList(
        tuple(re.compile(pattern, re.I) for pattern in patterns),
        tuple(placed),
        tuple(sorted(_shortest(iter(letters)))),
    )


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
