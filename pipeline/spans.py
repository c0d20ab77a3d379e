"""Which characters of a text are taken: one byte each, 1 where they are.

To compare each span with all others takes hours in a book; this takes as long as the text is.
"""

from __future__ import annotations

from collections.abc import Iterable

Taken = bytearray


def taken(size: int, spans: Iterable[tuple[int, int]] = ()) -> Taken:
    """The characters of a text of that size that some spans cover."""
    found = Taken(size)
    for start, end in spans:
        take(found, start, end)
    return found


def take(known: Taken, start: int, end: int) -> None:
    """Take one more span."""
    known[start:end] = b"\x01" * (end - start)


def touches(known: Taken, start: int, end: int) -> bool:
    """Whether a span has a character that is taken."""
    return known.find(1, start, end) >= 0
