"""`python -m bench.linkage`: ways of telling that two documents mean one project, side by side.

`projects.tsv` holds names of projects as documents may write them: endings, word order, shorter
forms, namesakes in other towns, other things of the same proper name. Each way says of every pair
from different documents whether it is one project; precision and recall of these pairs are printed.
What the general libraries need is not among our requirements: `pip install recordlinkage splink`.
Their thresholds are the best that there are for these very names, ours is the one that ships.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

from pipeline.consolidate.linked import Work, identifiers
from pipeline.gazetteer.names import key
from pipeline.records import ProjectClaim

Pairs = set[tuple[int, int]]
_NAMES = Path(__file__).with_name("projects.tsv")
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A project (its number in truth) as a document names it."""

    project: str
    document: str
    name: str
    place: str
    country: str


def main() -> None:
    rows = list(_read())
    wanted = {p for p in _pairs(rows) if rows[p[0]].project == rows[p[1]].project}
    ways: dict[str, Callable[[Sequence[Named]], Iterator[Pairs]]] = {
        "citypacts": _ours,
        "rapidfuzz, token_set_ratio, same country": _fuzzy,
        "recordlinkage, names and places compared": _recordlinkage,
        "splink, trained on these names": _splink,
    }
    print("| | precision | recall | F1 |\n|---|---|---|---|")
    for name, way in ways.items():
        try:
            found = max(way(rows), key=lambda pairs: _scores(pairs, wanted)[2])
        except ImportError as error:
            print(f"| {name} | {error.name} is not installed | | |")
            continue
        print("| {} | {:.2f} | {:.2f} | {:.2f} |".format(name, *_scores(found, wanted)))


def _read() -> Iterator[Named]:
    for line in _NAMES.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield Named(*line.split("\t"))


def _pairs(rows: Sequence[Named]) -> Iterator[tuple[int, int]]:
    for a, b in itertools.combinations(range(len(rows)), 2):
        if rows[a].document != rows[b].document:
            yield a, b


def _scores(found: Pairs, wanted: Pairs) -> tuple[float, float, float]:
    right = len(found & wanted)
    precision, recall = right / max(1, len(found)), right / len(wanted)
    return precision, recall, 2 * right / (len(found) + len(wanted))


def _ours(rows: Sequence[Named]) -> Iterator[Pairs]:
    works = [_work(i, row) for i, row in enumerate(rows)]
    known = identifiers(works)
    keys = [known[work.key] for work in works]
    yield {(a, b) for a, b in _pairs(rows) if keys[a] == keys[b]}


def _work(index: int, row: Named) -> Work:
    claim = ProjectClaim(str(index), row.name, "", (row.place,) if row.place else (), ())
    places = frozenset({row.place} - {""})
    return Work(
        (row.document, str(index)), claim, "", places, frozenset(), frozenset({row.country})
    )


def _fuzzy(rows: Sequence[Named]) -> Iterator[Pairs]:
    same = [p for p in _pairs(rows) if rows[p[0]].country == rows[p[1]].country]
    score = {(a, b): fuzz.token_set_ratio(key(rows[a].name), key(rows[b].name)) for a, b in same}
    for least in range(_STEPS):
        yield {pair for pair, likeness in score.items() if likeness >= least}


def _frame(rows: Sequence[Named]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unique_id": range(len(rows)),
            "document": [r.document for r in rows],
            "name": [key(r.name) for r in rows],
            "place": [key(r.place) or None for r in rows],
            "country": [r.country for r in rows],
        }
    )


def _recordlinkage(rows: Sequence[Named]) -> Iterator[Pairs]:
    import recordlinkage

    frame = _frame(rows)
    index = recordlinkage.Index()
    index.block("country")
    comparing = recordlinkage.Compare()
    comparing.string("name", "name", method="qgram", label="name")
    comparing.string("name", "name", method="jarowinkler", label="start")
    comparing.exact("place", "place", label="place")
    features = comparing.compute(index.index(frame), frame)
    score = features["name"] + features["start"] + features["place"]
    apart = set(_pairs(rows))
    for step in range(_STEPS):
        chosen = features.index[score >= 3 * step / _STEPS]
        yield {(min(p), max(p)) for p in chosen} & apart


def _splink(rows: Sequence[Named]) -> Iterator[Pairs]:
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
            compare.ExactMatch("place"),
        ],
        blocking_rules_to_generate_predictions=[block_on("country")],
    )
    linker = Linker(DuckDBAPI().register(_frame(rows)), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("name"), block_on("place")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("place"))
    found = linker.inference.predict().as_pandas_dataframe()
    apart = set(_pairs(rows))
    for step in range(_STEPS):
        chosen = found[found.match_probability >= step / _STEPS]
        pairs = zip(chosen.unique_id_l, chosen.unique_id_r, strict=True)
        yield {(min(p), max(p)) for p in pairs} & apart


if __name__ == "__main__":
    main()
