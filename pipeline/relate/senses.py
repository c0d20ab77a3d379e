"""Senses: what a line speaks of by the meaning of its words, in languages without a pack as well.

Linear scores (`weights/senses.npz`) over the mean vector of a line whose names are one name:
whether it states a tie of two places, whether it heads a list of partners, and what becomes of the
tie.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from pipeline.model import Features
from pipeline.vectors import SIZE, Vector, vector

#: tie: the line states one; head: lines below it do; the others: what it says of the tie.
SENSES = ("tie", "head", "planned", "suspended", "ended")
_NAMES = re.compile(r"#[#\s]*")
#: What stands for all names.
_NAME = " London "


@dataclass(frozen=True, slots=True)
class Senses:
    """weights: (senses, 512). bias: (senses,)."""

    weights: Vector
    bias: Vector


def senses(texts: Sequence[str], learned: Senses | None = None) -> list[Features]:
    """How much texts speak of each sense, 0 to 1. texts: names masked by `#`. learned: instead of
    the shipped weights."""
    if not texts:
        return []
    model = learned or shipped()
    found = np.stack([meaning(text) for text in texts])
    shares = 1 / (1 + np.exp(-(found @ model.weights.T + model.bias)))
    rounded = np.round(shares.astype(float), 4).tolist()
    return [dict(zip(SENSES, row, strict=True)) for row in rounded]


def meaning(text: str) -> Vector:
    """The vector of a text whose names are masked."""
    return vector(_NAMES.sub(_NAME, text).strip())


@cache
def shipped() -> Senses:
    """The weights that the package ships; no sense at all where it ships none."""
    source = resources.files(__package__).joinpath("weights", "senses.npz")
    if not source.is_file():
        count = len(SENSES)
        return Senses(np.zeros((count, SIZE), np.float32), np.full(count, -9.0, np.float32))
    with resources.as_file(source) as path, np.load(path) as arrays:
        return Senses(arrays["weights"], arrays["bias"])
