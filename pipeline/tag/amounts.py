"""Amounts: money, areas, lengths, capacities, counts with a noun, percentages.

>>> list(amounts("A grant of $1.2 million made 350 permanent jobs.", "en"))
[(11, 23), (29, 47)]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.measures.read import readings


def amounts(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Offsets of the amounts of a block; "nearly" and "about" stay outside."""
    for reading in readings(text, language):
        yield reading.start, reading.end
