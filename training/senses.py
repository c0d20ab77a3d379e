"""The weights of senses: what lines speak of, by the mean vector of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.relate.lines import Line, lines
from pipeline.relate.senses import SENSES, Senses, meaning
from pipeline.vectors import Vector
from training.documents import Annotated

#: Evidence is found by so many characters of its beginning.
_EVIDENCE = 40
_FOLDS = 5
#: How freely the numbers of a vector weigh, each scaled to a deviation of one.
_REGULARISATION = 0.001


def senses_apart(known: Sequence[Annotated]) -> dict[str, Senses]:
    """For each document weights that were not learned from it; under no name, those of all."""
    rows = [row for one in known for row in _lines(one)]
    names = [name for name, _, _ in rows]
    vectors = np.stack([meant for _, meant, _ in rows])
    answers = [answer for _, _, answer in rows]
    found = {"": _fit(vectors, answers)}
    for rest, left_out in GroupKFold(_FOLDS).split(vectors, groups=names):
        part = _fit(vectors[rest], [answers[i] for i in rest])
        found |= {names[i]: part for i in left_out}
    return found


def save_senses(found: Senses, folder: Path) -> None:
    """Write the weights as `pipeline.relate.senses` reads them."""
    np.savez_compressed(folder / "senses.npz", weights=found.weights, bias=found.bias)


def overlap(said: str, evidence: str) -> bool:
    """Whether a line lies in the evidence of a row, or begins it; spaces do not count."""
    one, other = ("".join(text.split()) for text in (said, evidence))
    return bool(one and other) and (one[:_EVIDENCE] in other or other[:_EVIDENCE] in one)


def _lines(known: Annotated) -> Iterator[tuple[str, Vector, frozenset[str]]]:
    """Each line of a document: its name, the vector, and the senses that it has."""
    read = lines(known.resolved)
    text = known.resolved.document.text
    evidence = [(str(row.get("evidence") or ""), str(row["status"])) for row in known.partnerships]
    shown = [
        {status for words, status in evidence if overlap(text[line.start : line.end], words)}
        for line in read
    ]
    heads = {i for line, states in zip(read, shown, strict=True) if states for i in line.above}
    for index, (line, states) in enumerate(zip(read, shown, strict=True)):
        yield known.name, meaning(line.text), _senses(line, states, index in heads)


def _senses(line: Line, states: set[str], heads: bool) -> frozenset[str]:
    told = {"tie"} if states else set()
    told |= {"head"} if heads and not line.places else set()
    return frozenset(told | (states & set(SENSES)))


def _fit(vectors: Vector, answers: Sequence[frozenset[str]]) -> Senses:
    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    scaled = (vectors - mean) / deviation
    weights, bias = [], []
    for sense in SENSES:
        is_so = [sense in answer for answer in answers]
        model = LogisticRegression(C=_REGULARISATION, max_iter=500).fit(scaled, is_so)
        own = model.coef_[0] / deviation
        weights.append(own)
        bias.append(model.intercept_[0] - own @ mean)
    return Senses(np.array(weights, dtype=np.float32), np.array(bias, dtype=np.float32))
