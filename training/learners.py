"""A linear model over words and boosted trees over numbers, as data for `relate.works.learned`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

Floats = npt.NDArray[np.float64]
SEED = 7
_RARE = 3
_FOLDS = 5


class Case(Protocol):
    """What is learned from; cases of one document stand in one fold."""

    @property
    def document(self) -> str: ...
    @property
    def features(self) -> dict[str, float]: ...
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def label(self) -> str: ...


def fitted(
    cases: Sequence[Case], rounds: int = 90, depth: int = 3, strength: float = 0.15
) -> dict[str, Any]:
    """The model of some cases as `model.made` reads it. strength: of the words."""
    classes = sorted({c.label for c in cases})
    labels = np.array([classes.index(c.label) for c in cases])
    groups = np.array([c.document for c in cases])
    counts = Counter(w for c in cases for w in set(c.words))
    vocabulary = sorted(w for w, n in counts.items() if n >= _RARE)
    matrix = _matrix(cases, vocabulary)
    scores = np.zeros((len(cases), 1 if len(classes) == 2 else len(classes)))
    # trees must see how words do on documents that the words were not learned from
    for train, test in GroupKFold(_FOLDS).split(matrix, labels, groups):
        scores[test] = _scores(
            _linear(matrix[train], labels[train], strength), matrix[test], classes
        )
    linear = _linear(matrix, labels, strength)
    names = sorted({n for c in cases for n in c.features})
    numbers = np.array([[c.features.get(n, 0.0) for n in names] for c in cases])
    trees = GradientBoostingClassifier(
        n_estimators=rounds,
        max_depth=depth,
        learning_rate=0.1,
        subsample=0.7,
        max_features=0.3,
        min_samples_leaf=8,
        random_state=SEED,
    ).fit(np.hstack([numbers, scores]), labels)
    return {
        "classes": classes,
        "names": names,
        **_words(linear, vocabulary, len(classes)),
        "prior": _prior(trees, len(classes)),
        "trees": [[_tree(t, trees.learning_rate) for t in row] for row in _rows(trees)],
    }


def _matrix(cases: Sequence[Case], vocabulary: Sequence[str]) -> csr_matrix:
    index = {word: i for i, word in enumerate(vocabulary)}
    columns = [sorted({index[w] for w in c.words if w in index}) for c in cases]
    rows = np.repeat(np.arange(len(cases)), [len(c) for c in columns])
    flat = [i for c in columns for i in c]
    return csr_matrix((np.ones(len(flat)), (rows, flat)), shape=(len(cases), len(vocabulary)))


def _linear(matrix: csr_matrix, labels: npt.NDArray[np.int64], strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=400).fit(matrix, labels)


def _scores(linear: Any, matrix: csr_matrix, classes: Sequence[str]) -> Floats:
    """Scores of the classes in order; a class that the fold lacks gets a low one."""
    found = np.asarray(linear.decision_function(matrix))
    if len(classes) == 2:
        return found.reshape(-1, 1)
    whole = np.full((found.shape[0], len(classes)), -5.0)
    whole[:, linear.classes_] = found
    return whole


def _words(linear: Any, vocabulary: Sequence[str], classes: int) -> dict[str, Any]:
    weights = {
        word: [round(float(x), 3) for x in linear.coef_[:, i]]
        for i, word in enumerate(vocabulary)
        if np.abs(linear.coef_[:, i]).max() >= 0.01
    }
    return {"words": weights, "bias": [round(float(x), 4) for x in linear.intercept_]}


def _prior(trees: Any, classes: int) -> list[float]:
    shares = np.clip(trees.init_.class_prior_, 1e-9, 1)
    if classes == 2:
        return [0.0, round(float(np.log(shares[1] / shares[0])), 6)]
    return [round(float(x), 6) for x in np.log(shares)]


def _rows(trees: Any) -> list[list[Any]]:
    """Trees of each round, one a class; of two classes the first has none of its own."""
    rows = [list(row) for row in trees.estimators_]
    return [[None, *row] if len(row) == 1 else row for row in rows]


def _tree(tree: Any, rate: float) -> list[list[float]]:
    if tree is None:
        return [[-1, 0.0, 0, 0, 0.0]]
    nodes = tree.tree_
    return [
        [
            int(nodes.feature[i]) if nodes.children_left[i] >= 0 else -1,
            round(float(nodes.threshold[i]), 4) if nodes.children_left[i] >= 0 else 0,
            int(max(0, nodes.children_left[i])),
            int(max(0, nodes.children_right[i])),
            round(float(nodes.value[i].item()) * rate, 5) if nodes.children_left[i] < 0 else 0,
        ]
        for i in range(nodes.node_count)
    ]
