"""`python -m training.relations`: train the models that judge partnerships, from corpus/.

Four models: which candidates are partners, what has become of the bond, its kind, and which dates
are its start and end. `--check` measures them on documents that were left out, eight times over.
The same seed and corpus give the same weights on one machine.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
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

from pipeline.clean import clean
from pipeline.evaluate.match import same_place
from pipeline.gazetteer.build import ensure
from pipeline.ingest import ingest
from pipeline.records import Mention, Rejected, Resolved
from pipeline.relate import evidence_of
from pipeline.relate.learned import datings as dates
from pipeline.relate.learned.candidates import Candidate, candidates
from pipeline.relate.learned.features import document, features
from pipeline.relate.learned.model import Floats, Model, Trees, predict, scores, table
from pipeline.relate.learned.reading import Reading, read
from pipeline.relate.learned.words import words
from pipeline.resolve import resolve
from pipeline.resources import load
from pipeline.tag import tag
from training import layouts
from training.passages import GOLD, unmarked

CORPUS = Path(__file__).parents[1] / "corpus"
WEIGHTS = Path(__file__).parents[1] / "pipeline" / "relate" / "learned" / "weights"
_SEED = 0
#: A word counts where it stands in so many examples; so strongly are its weights held back.
_LEAST_EXAMPLES, _REGULARISATION = 3, 0.3
_DIGITS = 4
_FOLDS, _INNER_FOLDS = 8, 4
#: Made pages beside the annotated ones.
_MADE = 120
#: Evidence is found by so many characters of its beginning.
_EVIDENCE = 40


@dataclass(frozen=True, slots=True)
class Example:
    """Features and words of something to judge, what it is, and the document it is from.

    answer is empty where it is not known: such examples are not learned from.
    """

    document: str
    features: dict[str, float]
    words: tuple[str, ...]
    answer: str
    subject: str


Examples = dict[str, list[Example]]


def examples(source: Path) -> Examples:
    """Examples of each model from an annotated document."""
    body, _, gold = source.read_text("utf-8").partition(GOLD)
    resolved = _resolved(source.stem, unmarked(body.strip("\n") + "\n")[0])
    if resolved is None:
        return {}
    reading = read(resolved, evidence_of(resolved))
    whole = document(reading)
    rows = list(json.loads(gold)["partnerships"])
    found: Examples = {"partners": [], "state": [], "kind": [], "dates": []}
    pairs = candidates(reading)
    wanted = [_row_of(reading, c, rows) for c in pairs]
    shown = _shown(reading, pairs, wanted)
    for index, (candidate, row) in enumerate(zip(pairs, wanted, strict=True)):
        measured = whole | features(reading, candidate)
        said = tuple(words(reading, candidate))
        make = partial(Example, source.stem, measured, said)
        subject = f"{source.stem} {'+'.join(sorted(candidate.pair))}"
        answer = "no" if row is None else "yes" if shown[index] else ""
        found["partners"].append(make(answer, subject))
        if row is None or not shown[index]:
            continue
        found["state"].append(make(str(row["status"]), subject))
        found["kind"].append(make(str(row["kind"]), subject))
        for dating in dates.datings(reading, index, candidate):
            numbers = measured | dates.features(reading, candidate, dating)
            near = tuple(dates.beside(reading, candidate, dating))
            is_start, is_end = (dating.value == row.get(k) for k in ("start", "end"))
            role = "start" if is_start else "end" if is_end else "none"
            found["dates"].append(Example(source.stem, numbers, near, role, subject))
    return found


def _resolved(name: str, text: str) -> Resolved | None:
    resources = load()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / f"{name}.txt"
        path.write_text(text, "utf-8", newline="")
        raw = ingest(path, path.name)
    if isinstance(raw, Rejected):
        return None
    return resolve(tag(clean(raw, resources.known), resources), resources)


def _row_of(
    reading: Reading, candidate: Candidate, rows: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The gold row of a candidate's two places."""
    a, b = (_names(reading, m) for m in (candidate.a, candidate.b))
    for row in rows:
        one, two = (
            {str(row[k]) for k in (side, f"{side}_text") if row.get(k)}
            for side in ("place_a", "place_b")
        )
        if (_same(a, one) and _same(b, two)) or (_same(a, two) and _same(b, one)):
            return row
    return None


def _names(reading: Reading, place: Mention) -> set[str]:
    resolved = reading.resolved
    return {resolved.places[place.place_id].name, resolved.tagged.text_of(place)}


def _same(ours: set[str], theirs: set[str]) -> bool:
    return any(same_place(one, other) for one in ours for other in theirs)


def _shown(
    reading: Reading, pairs: Sequence[Candidate], rows: Sequence[dict[str, Any] | None]
) -> list[bool]:
    """Whether a candidate stands in the evidence of its row; all of a row whose is not found."""
    text = reading.resolved.document.text
    found = []
    for candidate, row in zip(pairs, rows, strict=True):
        line = reading.lines[candidate.line]
        said = _bare(text[line.start : line.end])
        evidence = _bare(str(row.get("evidence") or "")) if row else ""
        found.append(bool(evidence and said) and _overlap(said, evidence))
    seen = {id(row) for row, ok in zip(rows, found, strict=True) if ok}
    return [ok or id(row) not in seen for ok, row in zip(found, rows, strict=True)]


def _bare(text: str) -> str:
    return "".join(text.split())


def _overlap(said: str, evidence: str) -> bool:
    return said[:_EVIDENCE] in evidence or evidence[:_EVIDENCE] in said


def fit(found: Sequence[Example]) -> Model:
    """A model of examples; their answers are its classes."""
    learned = [e for e in found if e.answer]
    answers = [e.answer for e in learned]
    groups = [e.document for e in learned]
    classes = tuple(sorted(set(answers)))
    names = tuple(sorted({name for e in learned for name in e.features}))
    words, bias = _linear(learned, classes)
    inner = np.zeros((len(learned), len(bias)))
    for rest, left_out in GroupKFold(_INNER_FOLDS).split(learned, groups=groups):
        part = _linear([learned[i] for i in rest], classes)
        inner[left_out] = [scores(*part, learned[i].words) for i in left_out]
    boosted = HistGradientBoostingClassifier(
        max_iter=300 if len(classes) == 2 else 120,
        learning_rate=0.05,
        max_leaf_nodes=8 if len(classes) == 2 else 15,
        min_samples_leaf=40 if len(classes) == 2 else 20,
        l2_regularization=5,
        max_features=0.3,
        random_state=_SEED,
    ).fit(np.hstack([table(names, [e.features for e in learned]), inner]), answers)
    return Model(classes, names, words, bias, _trees(boosted))


def _linear(
    found: Sequence[Example], classes: Sequence[str]
) -> tuple[dict[str, list[float]], tuple[float, ...]]:
    """Weights of words, a column for each class (one alone for two), and the scores without any."""
    counts = Counter(word for e in found for word in set(e.words))
    kept = {word for word, count in counts.items() if count >= _LEAST_EXAMPLES}
    vectors = DictVectorizer()
    seen = vectors.fit_transform([{w: 1 for w in e.words if w in kept} for e in found])
    model = LogisticRegression(C=_REGULARISATION, max_iter=300)
    model.fit(seen, [e.answer for e in found])
    # a part of the examples may lack a class: its column stays empty
    columns = [0] if len(classes) == 2 else [classes.index(c) for c in model.classes_]
    weights = np.zeros((1 if len(classes) == 2 else len(classes), len(vectors.feature_names_)))
    bias = np.zeros(len(weights))
    weights[columns], bias[columns] = model.coef_, model.intercept_
    rounded = np.round(weights.T, _DIGITS).tolist()
    words = dict(zip(vectors.feature_names_, rounded, strict=True))
    return words, tuple(np.round(bias, _DIGITS).tolist())


def _trees(boosted: HistGradientBoostingClassifier) -> Trees:
    """The trees of scikit-learn's classifier as arrays."""
    parts = [p.nodes for iteration in boosted._predictors for p in iteration]
    roots = np.cumsum([0, *(len(p) for p in parts[:-1])])
    nodes = np.concatenate(parts)
    base = np.repeat(roots, [len(p) for p in parts])
    own = np.arange(len(nodes))
    leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        roots,
        np.where(leaf, 0, nodes["feature_idx"]),
        np.where(leaf, 0.0, nodes["num_threshold"]),
        np.where(leaf, own, nodes["left"] + base),
        np.where(leaf, own, nodes["right"] + base),
        np.where(leaf, nodes["value"], 0.0),
        np.ravel(boosted._baseline_prediction),
        int(nodes["depth"].max()),
    )


def cross_checked(found: Sequence[Example]) -> Iterator[tuple[Example, Floats, tuple[str, ...]]]:
    """Each example with the probabilities that a model gives which has not seen its document."""
    groups = [e.document for e in found]
    splits = list(GroupKFold(_FOLDS).split(found, groups=groups))
    for rest, left_out in track(splits, "checking", console=Console(stderr=True)):
        model = fit([found[i] for i in rest])
        chosen = [found[i] for i in left_out]
        given = predict(model, [e.features for e in chosen], [e.words for e in chosen])
        yield from ((e, p, model.classes) for e, p in zip(chosen, given, strict=True))


def save(model: Model, name: str) -> None:
    """Write the weights of a model."""
    described: dict[str, object] = {"classes": model.classes, "names": model.names}
    described |= {"bias": model.bias, "words": model.words}
    path = WEIGHTS / f"{name}.json"
    path.write_text(json.dumps(described, ensure_ascii=False, sort_keys=True), "utf-8")
    np.savez_compressed(WEIGHTS / f"{name}.npz", **asdict(model.trees))


def gathered(folders: Sequence[Path]) -> Examples:
    """Examples of all annotated documents of the folders, and of made pages beside them."""
    found: Examples = {"partners": [], "state": [], "kind": [], "dates": []}
    with tempfile.TemporaryDirectory() as made, ProcessPoolExecutor() as pool:
        layouts.write(Path(made), ensure(), _MADE)
        sources = sorted(p for folder in (*folders, Path(made)) for p in folder.glob("*.src"))
        every = pool.map(examples, sources, chunksize=8)
        for one in track(every, "reading", total=len(sources), console=Console(stderr=True)):
            for name, items in one.items():
                found[name] += items
    return found


def main() -> None:
    """Train and save the models, or measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument("--check", action="store_true", help="measure instead of training")
    options = parser.parse_args()
    for name, found in gathered(options.folders).items():
        if options.check:
            _print(name, list(cross_checked(found)))
        else:
            save(fit(found), name)


def _print(name: str, judged: Sequence[tuple[Example, Floats, tuple[str, ...]]]) -> None:
    """How often the likeliest answer is right, by answer."""
    right, said, is_so = Counter[str](), Counter[str](), Counter[str]()
    for example, given, classes in judged:
        if example.answer:
            answer = classes[int(given.argmax())]
            said[answer] += 1
            is_so[example.answer] += 1
            right[answer] += answer == example.answer
    shown = Table(name, "precision", "recall", "examples")
    for answer, count in is_so.most_common():
        precision = right[answer] / said[answer] if said[answer] else 0.0
        shown.add_row(answer, f"{precision:.3f}", f"{right[answer] / count:.3f}", str(count))
    Console().print(shown)


if __name__ == "__main__":
    main()
