"""What dictionaries know of Russian and Chinese words, where no statistical model is at hand.

pymorphy3 knows the declension of Russian names (`Geox`: place, `Surn`, `Name`, `Orgn`), rjieba
the parts of speech of Chinese words (`ns`: place, `nr`: person, `nt`: organisation).
"""

from __future__ import annotations

from functools import cache, lru_cache

import pymorphy3
import rjieba

#: From this share of its readings on, a reading of a Russian word counts.
_LIKELY = 0.15
_GRAMMEMES = ("Geox", "Surn", "Name", "Patr", "Orgn")


@lru_cache(maxsize=50_000)
def russian(word: str) -> str:
    """Part of speech of a Russian word and what kind of name it may be: `NOUN Geox`."""
    readings = [r for r in _analyzer().parse(word) if r.score >= _LIKELY]
    if not readings:
        return "?"
    names = [g for g in _GRAMMEMES if any(g in r.tag for r in readings)]
    return " ".join([str(readings[0].tag.POS), *names])


def chinese(text: str) -> list[str]:
    """For each character its word's part of speech with its place in the word: `B-ns`, `I-ns`."""
    found: list[str] = []
    for word, tag in rjieba.tag(text):
        found += [f"B-{tag}", *[f"I-{tag}"] * (len(word) - 1)]
    return found


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()
