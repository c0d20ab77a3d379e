"""A learned model as data: weights of words, and small trees over numbers and those weights.

Both are JSON that one can read: nothing is loaded that could run. `training.works` writes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

Features = dict[str, float]
#: Nodes of a tree in one row: (feature, threshold, left, right, value); feature -1 is a leaf.
Tree = tuple[tuple[int, float, int, int, float], ...]
_PACKAGE = "pipeline.relate.works.learned"


@dataclass(frozen=True, slots=True)
class Model:
    """classes: what it tells apart. names: the numbers that the trees ask for, in order.

    words, bias: the linear model over words, a score a class (its scores are numbers as well, the
    last of each row). prior: what the trees start from. trees: one of each class, round by round.
    """

    classes: tuple[str, ...]
    names: tuple[str, ...]
    words: Mapping[str, Sequence[float]]
    bias: tuple[float, ...]
    prior: tuple[float, ...]
    trees: tuple[tuple[Tree, ...], ...]

    def predict(self, features: Features, words: Iterable[str]) -> dict[str, float]:
        """The probability of each class."""
        row = [features.get(name, 0.0) for name in self.names] + self.linear(words)
        scores = list(self.prior)
        for trees in self.trees:
            for index, tree in enumerate(trees):
                scores[index] += _leaf(tree, row)
        return dict(zip(self.classes, _shares(scores), strict=True))

    def linear(self, words: Iterable[str]) -> list[float]:
        """Scores by words alone, one a class; how often a word stands there says nothing."""
        total = list(self.bias)
        for word in dict.fromkeys(words):
            for index, weight in enumerate(self.words.get(word, ())):
                total[index] += weight
        return total


@cache
def load(name: str) -> Model:
    """The shipped model of a name."""
    source = resources.files(_PACKAGE).joinpath(f"weights/{name}.json")
    return made(json.loads(source.read_text("utf-8")))


def made(described: Mapping[str, list[object]]) -> Model:
    """A model from what its file says."""
    parts: dict[str, object] = {name: tuple(value) for name, value in described.items()}
    parts["words"] = dict(described["words"])  # type: ignore[arg-type]
    return Model(**parts)  # type: ignore[arg-type]


def _leaf(tree: Tree, row: Sequence[float]) -> float:
    node = tree[0]
    while node[0] >= 0:
        node = tree[node[2] if row[node[0]] <= node[1] else node[3]]
    return node[4]


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]
