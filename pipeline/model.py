"""A learned model: a linear one over words, whose scores are features of boosted trees.

`training.fitting` fits both with scikit-learn and writes them as plain numbers: weights of words
as JSON that one can read, trees as arrays. Reading documents so needs neither scikit-learn, which
takes seconds to import, nor pickles, which may hold code.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Features = dict[str, float]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_ALL = np.uint16((1 << 16) - 1)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees of at most 16 leaves, one a row; those with fewer nodes are filled up.

    A node asks whether the value in column `feature` is at most `threshold`. Where it is more, the
    leaves to the left of the node are ruled out: bits that are 0 in `kept`, the lowest being the
    leftmost leaf. When all nodes have been asked, the leftmost leaf that is left is the one
    that the row comes to, and adds its `value` (the idea of QuickScorer, Lucchese et al. 2015).
    bias: what the trees of each score begin with; tree i is of score i modulo their number.
    """

    feature: Integers
    threshold: Floats
    kept: npt.NDArray[np.uint16]
    value: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Words:
    """A linear model. rows: of `weights`, by word; a column a class, one alone where there are two
    classes. bias: the scores where there is no known word."""

    rows: dict[str, int]
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """classes: the answers, in the order of their probabilities. names: the features of the trees,
    in order; the scores of the words are the columns behind them."""

    classes: tuple[str, ...]
    names: tuple[str, ...]
    words: Words
    trees: Trees


@cache
def load(package: str, name: str) -> Model:
    """The model of that name among the weights that a package ships."""
    folder = resources.files(package).joinpath("weights")
    described = json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))
    source = folder.joinpath(f"{name}.npz")
    with resources.as_file(source) as path, np.load(path) as arrays:
        trees = Trees(**{key: arrays[key] for key in arrays.files})
    classes, names = (tuple(described[key]) for key in ("classes", "names"))
    return Model(classes, names, weighed(described["words"], described["bias"]), trees)


def weighed(words: dict[str, list[float]], bias: Sequence[float]) -> Words:
    """The linear model of a weight for each score of each word."""
    rows = {word: row for row, word in enumerate(words)}
    weights = np.array(list(words.values()), dtype=float).reshape(len(words), len(bias))
    return Words(rows, weights, np.array(bias, dtype=float))


def scores(words: Words, found: Sequence[str]) -> Floats:
    """Scores of the linear model; how often a word stands there says nothing."""
    rows = [words.rows[word] for word in dict.fromkeys(found) if word in words.rows]
    return np.asarray(words.weights[rows].sum(axis=0) + words.bias)


def table(names: Sequence[str], features: Sequence[Features]) -> Floats:
    """Features as rows, 0 where one is missing."""
    none = itertools.repeat(0.0)
    return np.array([list(map(row.get, names, none)) for row in features], dtype=float)


def predict(
    model: Model, features: Sequence[Features], words: Sequence[Sequence[str]]
) -> list[dict[str, float]]:
    """Probability of each class, for each example. words: may be one object for many of them."""
    if not features:
        return []
    once = {id(found): found for found in words}
    scored = {key: scores(model.words, found) for key, found in once.items()}
    linear = np.array([scored[id(found)] for found in words])
    raw = summed(model.trees, np.hstack([table(model.names, features), linear]))
    if len(model.classes) == 2:
        raw = np.hstack([np.zeros_like(raw), raw])
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return [dict(zip(model.classes, row, strict=True)) for row in shares.tolist()]


def summed(trees: Trees, rows: Floats) -> Floats:
    """What the leaves that each row comes to add up to, by score."""
    columns = np.ascontiguousarray(rows.T)
    left = np.full((len(trees.value), len(rows)), _ALL, dtype=np.uint16)
    nodes = zip(trees.feature.T, trees.threshold.T, trees.kept.T, strict=True)
    for feature, threshold, kept in nodes:
        more = columns[feature] > threshold[:, None]
        left &= np.where(more, kept[:, None], _ALL)
    leaf = _lowest()[left]
    values = np.ascontiguousarray(np.take_along_axis(trees.value, leaf, axis=1).T)
    return np.asarray(values.reshape(len(rows), -1, len(trees.bias)).sum(axis=1) + trees.bias)


@cache
def _lowest() -> Integers:
    """The place of the lowest bit of each number of 16 bits."""
    numbers = np.arange(1 << 16)
    return np.where(numbers, np.log2((numbers & -numbers).clip(1)), 0).astype(np.int64)
