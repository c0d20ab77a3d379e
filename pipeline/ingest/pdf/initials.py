"""Initials: large letters at the beginning of a text, put before the rest of their words."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.pdf.words import Word

#: An initial is so many times as large as its text, which begins no further off than so many sizes.
_LARGER, _NEAR = 1.8, 1.5
#: A page of more large single letters spells them.
_MOST = 12
#: Letters that are words stand so many sizes off the next one at least.
_WORDS = frozenset("AEIOUYÀÉÓAВИКОСУЯІА")
_APART = 0.2


def with_initials(found: Sequence[Word]) -> list[Word]:
    """Words in the order of the file, with initials as the first letters of theirs."""
    if not found:
        return []
    usual = statistics.median(w.size for w in found)
    large = [w for w in found if _is_letter(w) and w.size >= _LARGER * usual]
    if not large or len(large) > _MOST:
        return list(found)
    made = list(found)
    for initial in large:
        beside = [w for w in made if _is_begun(initial, w)]
        begun = min(beside, key=lambda w: (w.baseline, w.x0), default=None)
        if begun:
            gap = begun.x0 - initial.x1
            apart = initial.text in _WORDS and gap >= _APART * begun.size
            text = f"{initial.text} {begun.text}" if apart else initial.text + begun.text
            index = next(i for i, w in enumerate(made) if w is begun)
            made[index] = replace(begun, text=text, glued=False)
            made = [w for w in made if w is not initial]
    return made


def _is_letter(word: Word) -> bool:
    letter = word.text.lstrip("\"“„«‘'")
    return len(letter) == 1 and letter.isupper()


def _is_begun(initial: Word, word: Word) -> bool:
    """Whether a word of the text stands beside an initial, not below its foot."""
    smaller = word.size * _LARGER <= initial.size
    beside = -0.2 * word.size <= word.x0 - initial.x1 <= _NEAR * word.size
    level = initial.top - word.size < word.baseline <= initial.baseline + 0.2 * word.size
    return smaller and beside and level and word.text[:1].isalpha()
