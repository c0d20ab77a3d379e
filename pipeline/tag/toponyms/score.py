"""Score: how likely each candidate is a city, a region, a country or none; and what stands.

Twice: first each by itself, then in the light of the same name elsewhere in the document and of
what stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from pipeline.model import Features, load, predict
from pipeline.records import Document, Mention
from pipeline.spans import take, taken, touches
from pipeline.tag.toponyms.candidates import PLACES, Candidate
from pipeline.tag.toponyms.features import features, words

NONE = "none"
Shares = Sequence[dict[str, float]]
#: A span is a place from here on.
_LEAST = 0.5
_DIGITS = 2


def toponyms(document: Document, every: Sequence[Candidate]) -> list[Mention]:
    """The places that a document names, in order; none touches another."""
    numbers, near = measured(document, every)
    first = predict(load(__package__, "alone"), numbers, near)
    told = [a | b for a, b in zip(numbers, again(document, every, first), strict=True)]
    return standing(document, every, predict(load(__package__, "together"), told, near))


def measured(
    document: Document, every: Sequence[Candidate]
) -> tuple[list[Features], list[tuple[str, ...]]]:
    """Numbers and words of each candidate."""
    return features(document, every), [words(document, c) for c in every]


def again(document: Document, every: Sequence[Candidate], first: Shares) -> list[Features]:
    """Numbers of each candidate that the first scores of all give."""
    of_name: dict[str, list[dict[str, float]]] = defaultdict(list)
    names = [document.text[c.start : c.end].casefold() for c in every]
    for name, shares in zip(names, first, strict=True):
        of_name[name].append(shares)
    found = []
    for i, (name, shares) in enumerate(zip(names, first, strict=True)):
        others = of_name[name]
        rivals = [
            1 - first[j][NONE]
            for j in range(max(0, i - 4), min(len(every), i + 5))
            if j != i and every[j].start < every[i].end and every[i].start < every[j].end
        ]
        found.append(
            {
                **{f"first_{k}": shares.get(k, 0.0) for k in (*PLACES, NONE)},
                **{f"name_{k}": fmean(o.get(k, 0.0) for o in others) for k in (*PLACES, NONE)},
                "name_best": 1 - min(o[NONE] for o in others),
                "rival": max(rivals, default=0.0),
                "last_share": 1 - first[i - 1][NONE] if i else 0.0,
                "next_share": 1 - first[i + 1][NONE] if i + 1 < len(every) else 0.0,
            }
        )
    return found


def standing(document: Document, every: Sequence[Candidate], given: Shares) -> list[Mention]:
    """The likeliest candidates that are places rather than none, none touching another."""
    known = taken(len(document.text))
    order = sorted(range(len(every)), key=lambda i: (given[i][NONE], every[i].start - every[i].end))
    kept = []
    for i in order:
        c, share = every[i], 1 - given[i][NONE]
        if share < _LEAST or touches(known, c.start, c.end):
            continue
        take(known, c.start, c.end)
        label = max(PLACES, key=lambda k: given[i].get(k, 0.0))
        sure = round(share, _DIGITS)
        kept.append(Mention(c.start, c.end, label, sure, serves=c.serves))
    return sorted(kept, key=lambda m: m.start)
