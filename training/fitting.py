"""Fitting of the learned models that `pipeline.model` reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.model import Model, Trees, Words, predict, scores, table, weighed

_SEED = 0
#: A word counts where it stands in so many examples.
_LEAST_EXAMPLES = 3
_DIGITS = 4
_FOLDS, _LEFT_OUT = 4, 5
_MOST_LEAVES = 16
_ALL = (1 << _MOST_LEAVES) - 1


@dataclass(frozen=True, slots=True)
class Example:
    """Features and words of something to judge, what it is, and the document it is from.

    answer is empty where it is not known: such examples are not learned from.
    """

    document: str
    features: dict[str, float]
    words: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Shape:
    """trees: rounds of boosting. leaves: of a tree at most. least: examples of a leaf.
    regularisation: how freely words weigh."""

    trees: int
    leaves: int
    least: int
    regularisation: float = 0.3


def fit(found: Sequence[Example], shape: Shape) -> Model:
    """A model of examples; their answers are its classes."""
    learned = [e for e in found if e.answer]
    answers = [e.answer for e in learned]
    groups = [e.document for e in learned]
    classes = tuple(sorted(set(answers)))
    names = tuple(sorted({name for e in learned for name in e.features}))
    words = _linear(learned, classes, shape)
    inner = np.zeros((len(learned), len(words.bias)))
    # trees must see how words do on documents that the words were not learned from
    for rest, left_out in GroupKFold(_FOLDS).split(learned, groups=groups):
        part = _linear([learned[i] for i in rest], classes, shape)
        inner[left_out] = [scores(part, learned[i].words) for i in left_out]
    boosted = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        learning_rate=0.05,
        max_leaf_nodes=shape.leaves,
        min_samples_leaf=shape.least,
        l2_regularization=5,
        max_features=0.3,
        random_state=_SEED,
    ).fit(np.hstack([table(names, [e.features for e in learned]), inner]), answers)
    return Model(classes, names, words, _trees(boosted))


def apart(found: Sequence[Example], shape: Shape) -> dict[str, Model]:
    """For each document a model that has not learned from it; under no name, one of all."""
    models = {"": fit(found, shape)}
    groups = [e.document for e in found]
    for rest, left_out in GroupKFold(_LEFT_OUT).split(found, groups=groups):
        model = fit([found[i] for i in rest], shape)
        models |= {found[i].document: model for i in left_out}
    return models


def report(name: str, found: Sequence[Example], shape: Shape) -> None:
    """Print how often the likeliest answer is right, by answer, on documents that were left out."""
    right, said, is_so = Counter[str](), Counter[str](), Counter[str]()
    for example, given in _left_out(name, found, shape):
        if example.answer:
            answer = max(given, key=lambda name: given[name])
            said[answer] += 1
            is_so[example.answer] += 1
            right[answer] += answer == example.answer
    shown = Table(name, "precision", "recall", "examples")
    for answer, count in is_so.most_common():
        precision = right[answer] / said[answer] if said[answer] else 0.0
        shown.add_row(answer, f"{precision:.3f}", f"{right[answer] / count:.3f}", str(count))
    Console().print(shown)


def _left_out(
    name: str, found: Sequence[Example], shape: Shape
) -> Iterator[tuple[Example, dict[str, float]]]:
    """Each example with the probabilities that a model gives which has not seen its document."""
    groups = [e.document for e in found]
    splits = list(GroupKFold(_LEFT_OUT).split(found, groups=groups))
    for rest, left_out in track(splits, name, console=Console(stderr=True)):
        model = fit([found[i] for i in rest], shape)
        chosen = [found[i] for i in left_out]
        given = predict(model, [e.features for e in chosen], [e.words for e in chosen])
        yield from zip(chosen, given, strict=True)


def _linear(found: Sequence[Example], classes: Sequence[str], shape: Shape) -> Words:
    counts = Counter(word for e in found for word in set(e.words))
    kept = {word for word, count in counts.items() if count >= _LEAST_EXAMPLES}
    if not kept:
        return weighed({}, [0.0] * (1 if len(classes) == 2 else len(classes)))
    vectors = DictVectorizer()
    seen = vectors.fit_transform([{w: 1 for w in e.words if w in kept} for e in found])
    seen.indices, seen.indptr = (part.astype(np.int32) for part in (seen.indices, seen.indptr))
    # ten times as fast where there are two classes; it knows no more than two
    solver = "liblinear" if len(classes) == 2 else "lbfgs"
    model = LogisticRegression(C=shape.regularisation, max_iter=400, solver=solver)
    model.fit(seen, [e.answer for e in found])
    # a part of the examples may lack a class: its column stays empty
    columns = [0] if len(classes) == 2 else [classes.index(c) for c in model.classes_]
    weights = np.zeros((1 if len(classes) == 2 else len(classes), len(vectors.feature_names_)))
    bias = np.zeros(len(weights))
    weights[columns], bias[columns] = model.coef_, model.intercept_
    rounded = np.round(weights.T, _DIGITS).tolist()
    words = dict(zip(vectors.feature_names_, rounded, strict=True))
    return weighed(words, np.round(bias, _DIGITS).tolist())


def _trees(boosted: HistGradientBoostingClassifier) -> Trees:
    """The trees of scikit-learn's classifier."""
    parts = [p.nodes for iteration in boosted._predictors for p in iteration]
    return cut(parts, np.ravel(boosted._baseline_prediction))


def cut(parts: Sequence[Any], bias: Any) -> Trees:
    """Trees from the nodes of each, as scikit-learn keeps them.

    Raises `ValueError` where one has more leaves than a mask has bits.
    """
    leaves = max(int(nodes["is_leaf"].sum()) for nodes in parts)
    if leaves > _MOST_LEAVES:
        raise ValueError(f"a tree has {leaves} leaves; at most {_MOST_LEAVES}")
    shape = len(parts), max(1, leaves - 1)
    made = Trees(
        np.zeros(shape, dtype=np.int64),
        np.full(shape, np.inf),
        np.zeros(shape, dtype=np.uint16),
        np.zeros((len(parts), leaves)),
        bias,
    )
    for tree, nodes in enumerate(parts):
        order = list(_leaves(nodes, 0))
        made.value[tree, : len(order)] = nodes["value"][order]
        for at, node in enumerate(np.flatnonzero(~nodes["is_leaf"].astype(bool))):
            ruled_out = [order.index(n) for n in _leaves(nodes, nodes["left"][node])]
            made.feature[tree, at] = nodes["feature_idx"][node]
            made.threshold[tree, at] = nodes["num_threshold"][node]
            made.kept[tree, at] = _ALL - sum(1 << leaf for leaf in ruled_out)
    return made


def _leaves(nodes: Any, root: int) -> Iterator[int]:
    """The leaves below a node, from left to right."""
    if nodes["is_leaf"][root]:
        yield root
        return
    for side in ("left", "right"):
        yield from _leaves(nodes, int(nodes[side][root]))


def save(model: Model, folder: Path, name: str) -> None:
    """Write the weights of a model, as `pipeline.model.load` reads them."""
    weights = dict(zip(model.words.rows, model.words.weights.tolist(), strict=True))
    described: dict[str, object] = {"classes": model.classes, "names": model.names}
    described |= {"bias": model.words.bias.tolist(), "words": weights}
    text = json.dumps(described, ensure_ascii=False, sort_keys=True)
    (folder / f"{name}.json").write_text(text, "utf-8")
    np.savez_compressed(folder / f"{name}.npz", **asdict(model.trees))
