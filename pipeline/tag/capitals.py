"""Headings, read as if they were sentences: names stand out from words set like names.

"GHENT AND OSAKA SIGN PACT" and "Ghent and Osaka Sign Pact" as "Ghent and Osaka sign Pact".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

from pipeline.records import Block, Document
from pipeline.vocabulary import read

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))*")
#: Languages whose headings are set as sentences are, or that know no capitals.
_UNLIKE = ("ru", "uk", "zh", "ja")
_LOUD, _TITLED, _LEAST_WORDS, _LEAST_LETTERS, _LONGEST = 0.9, 0.7, 3, 10, 160


def headlined(document: Document) -> Document:
    """The document with the words of its headings in small letters that are no names; every
    character keeps its place."""
    headings = [] if document.language in _UNLIKE else list(_headings(document))
    if not headings:
        return document
    kept = _abbreviations(document, {block for block, loud in headings if loud})
    text = list(document.text)
    for block, loud in headings:
        for word in _WORD.finditer(document.text, block.start, block.end):
            if not loud or word[0] not in kept:
                first = word.start() == block.start
                text[word.start() : word.end()] = _cased(word[0], first)
    return replace(document, text="".join(text))


def _headings(document: Document) -> Iterator[tuple[Block, bool]]:
    """Blocks that are set like headings, and whether in capitals."""
    for block in document.blocks:
        if block.kind not in ("heading", "paragraph") or block.end - block.start > _LONGEST:
            continue
        words = _WORD.findall(document.text, block.start, block.end)
        if len(words) >= _LEAST_WORDS:
            loud = _is_loud(words)
            if loud or _is_titled(words):
                yield block, loud


def _is_loud(words: Collection[str]) -> bool:
    letters = "".join(words)
    if len(letters) < _LEAST_LETTERS:
        return False
    return sum(c.isupper() for c in letters) >= _LOUD * len(letters)


def _is_titled(words: Collection[str]) -> bool:
    long = [w for w in words if w.casefold() not in _list("small")]
    return sum(w[0].isupper() for w in long) >= _TITLED * len(words)


def _abbreviations(document: Document, loud: Collection[Block]) -> frozenset[str]:
    """Abbreviations, and words that the rest of the document has in capitals too."""
    rest = (document.text[b.start : b.end] for b in document.blocks if b not in loud)
    words = (w for text in rest for w in _WORD.findall(text))
    return _list("abbreviations") | frozenset(w for w in words if len(w) > 1 and w.isupper())


def _cased(word: str, first: bool) -> str:
    """A word as it stands in a sentence."""
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    if not first and (small in _list("small") or small in _list("verbs")):
        return small
    return word[0] + small[1:] if word.isupper() else word


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(map(str, read("pipeline.tag", "headings")[name]))
