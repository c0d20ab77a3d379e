"""Named entities as spaCy's recogniser finds them, in half of its time.

The recogniser goes from word to word and takes, of the moves that are allowed, the one that scores
best: begin an entity, go on, end it, name one of a single word, or none. Inside of an entity the
scores depend on where it began. Outside they depend on the word alone, so that here they are taken
of all words at once, and only words inside of entities are asked for one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
#: First word, the word behind the last, label.
Entity = tuple[int, int, str]
#: The word that scores are asked for, the first of its entity, and the word before it.
_ASKED = 3
_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class _Moves:
    """Columns of the scores by move and label; `outside`: what a word outside of entities may
    start, as (column, label, whether it goes on), in the order of columns."""

    inside: dict[str, int]
    last: dict[str, int]
    outside: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Scorer:
    """The last two layers of a recogniser. parts: what a word adds to the state in each of the
    three roles, [word + 1, role, hidden, piece]; row 0 is for no word."""

    parts: Floats
    bias: Floats
    weights: Floats
    constant: Floats

    def scores(self, state: Floats, columns: Sequence[int]) -> Floats:
        """state: [..., hidden, piece]."""
        added = state + self.bias
        hidden: Floats = added[..., 0]
        for piece in range(1, added.shape[-1]):
            hidden = np.maximum(hidden, added[..., piece])
        return hidden @ self.weights[columns].T + self.constant[columns]


def entities(recogniser: Any, docs: Sequence[Doc]) -> Iterator[list[Entity]]:
    """The entities of each text, in order.

    recogniser: a trained `EntityRecognizer`; of another shape than that of spaCy's own models, it
    reads itself. docs: with sentences where these are to bound entities.
    """
    if not _is_usual(recogniser):
        for doc in recogniser.pipe(docs):
            yield [(e.start, e.end, e.label_) for e in doc.ents]
        return
    moves = _moves(recogniser.moves)
    for start in range(0, len(docs), _TOGETHER):
        yield from _batch(recogniser.model, moves, docs[start : start + _TOGETHER])


def _is_usual(recogniser: Any) -> bool:
    model, lower = recogniser.model, recogniser.model.maybe_get_ref("lower")
    return bool(
        lower is not None
        and model.attrs.get("has_upper")
        and not model.attrs.get("unseen_classes")
        and lower.get_dim("nF") == _ASKED
        and lower.get_dim("nP") > 1
        and recogniser.cfg.get("beam_width") == 1
    )


def _moves(system: Any) -> _Moves:
    names = [system.get_class_name(column) for column in range(system.n_moves)]
    parts = [(column, *name.partition("-")[::2]) for column, name in enumerate(names)]
    return _Moves(
        {label: column for column, move, label in parts if move == "I"},
        {label: column for column, move, label in parts if move == "L"},
        tuple(
            (column, label, move == "B")
            for column, move, label in parts
            if move == "O" or (move in ("B", "U") and label)
        ),
    )


def _batch(model: Any, moves: _Moves, docs: Sequence[Doc]) -> Iterator[list[Entity]]:
    if not any(map(len, docs)):
        yield from ([] for _ in docs)
        return
    vectors = model.get_ref("tok2vec").predict(docs)
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    scorer = _Scorer(
        lower.predict(vectors), lower.get_param("b"), upper.get_param("W"), upper.get_param("b")
    )
    space, last = _bounds(docs)
    chosen = _outside(scorer, moves, space, last)
    first = 0
    for doc in docs:
        found = _entities(scorer, moves, chosen, last, first, first + len(doc))
        yield [(start - first, end - first, label) for start, end, label in found]
        first += len(doc)


def _bounds(docs: Sequence[Doc]) -> tuple[Flags, Flags]:
    """For each word of all texts, whether it is white space, and whether an entity ends with it at
    the latest."""
    space, last = [], []
    for doc in docs:
        known = doc.to_array(["IS_SPACE", "SENT_START"])
        space.append(known[:, 0].astype(bool))
        last.append(np.append(known[1:, 1] == 1, True)[: len(doc)])
    return np.concatenate(space), np.concatenate(last)


def _outside(scorer: _Scorer, moves: _Moves, space: Flags, last: Flags) -> npt.NDArray[np.int64]:
    """For each word, which of `moves.outside` it would take outside of an entity."""
    nothing = scorer.parts[0]
    scores = scorer.scores(
        scorer.parts[1:, 0] + nothing[1] + nothing[2], [column for column, _, _ in moves.outside]
    )
    starts = np.array([bool(label) for _, label, _ in moves.outside])
    goes_on = np.array([more for _, _, more in moves.outside])
    scores[np.outer(space, starts) | np.outer(last, goes_on)] = -np.inf
    return np.asarray(scores.argmax(axis=1))


def _entities(
    scorer: _Scorer, moves: _Moves, chosen: npt.NDArray[np.int64], last: Flags, first: int, end: int
) -> Iterator[Entity]:
    """The entities between two words."""
    free = first
    for start, move in enumerate(chosen[first:end].tolist(), first):
        _, label, more = moves.outside[move]
        if label and start >= free:
            free = _end(scorer, moves, last, start, label) if more else start + 1
            yield start, free, label


def _end(scorer: _Scorer, moves: _Moves, last: Flags, start: int, label: str) -> int:
    """The word behind an entity that goes on after its first word."""
    columns = [moves.inside[label], moves.last[label]]
    word = start + 1
    while not last[word]:
        parts = scorer.parts
        on, ends = scorer.scores(parts[word + 1, 0] + parts[start + 1, 1] + parts[word, 2], columns)
        if ends > on:
            break
        word += 1
    return word + 1
