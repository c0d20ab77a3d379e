"""A learned model: a linear one over words, whose scores are features of boosted trees.

`training.relations` fits both with scikit-learn and writes them as plain numbers: weights of words
as JSON that one can read, trees as arrays. Reading documents so needs neither scikit-learn, which
takes seconds to import, nor pickles, which may hold code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_FOLDER = "pipeline.relate.learned.weights"


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees as arrays over all their nodes.

    roots: index of the first node of each tree. feature: column that a node asks for; left and
    right: the node that follows where its value is at most `threshold`, and where it is more; a
    leaf follows itself. value: what a leaf adds. deepest: steps from a root to the farthest leaf.
    bias: what the trees of each score begin with; tree i is of score i modulo their number.
    """

    roots: Integers
    feature: Integers
    threshold: Floats
    left: Integers
    right: Integers
    value: Floats
    bias: Floats
    deepest: int


@dataclass(frozen=True, slots=True)
class Model:
    """classes: the answers, in the order of their probabilities. names: the features of the trees,
    in order. words: a weight for each score of a word; bias: the linear scores without words."""

    classes: tuple[str, ...]
    names: tuple[str, ...]
    words: dict[str, list[float]]
    bias: tuple[float, ...]
    trees: Trees


def load(name: str) -> Model:
    """The model of that name among the shipped weights."""
    folder = resources.files(_FOLDER)
    described = json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))
    with resources.as_file(folder.joinpath(f"{name}.npz")) as path, np.load(path) as arrays:
        kept = {key: arrays[key] for key in arrays.files}
    trees = Trees(**{**kept, "deepest": int(kept["deepest"])})
    classes, names, bias = (tuple(described[key]) for key in ("classes", "names", "bias"))
    return Model(classes, names, described["words"], bias, trees)


def scores(words: dict[str, list[float]], bias: Sequence[float], found: Sequence[str]) -> Floats:
    """Scores of the linear model, one a class (one alone where there are two classes)."""
    total = np.array(bias)
    for word in found:
        if weights := words.get(word):
            total += weights
    return total


def table(names: Sequence[str], features: Sequence[dict[str, float]]) -> Floats:
    """Features as rows, 0 where one is missing."""
    return np.array([[row.get(name, 0.0) for name in names] for row in features], dtype=float)


def predict(
    model: Model, features: Sequence[dict[str, float]], words: Sequence[Sequence[str]]
) -> Floats:
    """Probability of each class, one row an example."""
    linear = np.array([scores(model.words, model.bias, found) for found in words])
    raw = summed(model.trees, np.hstack([table(model.names, features), linear]))
    if len(model.classes) == 2:
        second = 1 / (1 + np.exp(-raw[:, 0]))
        return np.column_stack([1 - second, second])
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def summed(trees: Trees, rows: Floats) -> Floats:
    """What the leaves that each row comes to add up to, by score."""
    at = np.tile(trees.roots, (len(rows), 1))
    row = np.arange(len(rows))[:, None]
    for _ in range(trees.deepest):
        below = rows[row, trees.feature[at]] <= trees.threshold[at]
        at = np.where(below, trees.left[at], trees.right[at])
    values = trees.value[at].reshape(len(rows), -1, len(trees.bias))
    return np.asarray(values.sum(axis=1) + trees.bias)
