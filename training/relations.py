"""`python -m training.relations`: train the models that judge partnerships, from corpus/.

Six models: which places a document speaks for, which lines name partners, which pairs all lines
together make partners, what has become of the bond, its kind, and which dates are its start and
end. `--check` measures them on documents that were left out, five times over.
The same seed and corpus give the same weights on one machine.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.model_selection import GroupKFold

from pipeline.evaluate.match import same_place
from pipeline.gazetteer.build import ensure
from pipeline.records import Mention
from pipeline.relate import evidence_of
from pipeline.relate.learned import bonds, hubs
from pipeline.relate.learned import datings as dates
from pipeline.relate.learned.candidates import Candidate, candidates
from pipeline.relate.learned.features import document, features
from pipeline.relate.learned.reading import Reading, read
from pipeline.relate.learned.words import words
from pipeline.relate.model import Model, predict
from pipeline.relate.owner import standing
from training import layouts
from training.documents import Annotated, Gold, annotated
from training.fitting import Example, Shape, fit, save

CORPUS = Path(__file__).parents[1] / "corpus"
WEIGHTS = Path(__file__).parents[1] / "pipeline" / "relate" / "learned" / "weights"
_SHAPES = {
    "partners": Shape(300, 8, 40),
    "state": Shape(120, 15, 20),
    "kind": Shape(120, 15, 20),
    "dates": Shape(120, 15, 20),
    "bonds": Shape(150, 6, 40),
}
_HUBS = Shape(150, 6, 20)
_FOLDS = 5
_SIDES = ("place_a", "place_b")
#: Made pages beside the annotated ones.
_MADE = 120
#: Evidence is found by so many characters of its beginning.
_EVIDENCE = 40
Examples = dict[str, list[Example]]


def hub_examples(known: Annotated) -> Iterator[Example]:
    """Each place of a document that tells of bonds: whether half of them are of it."""
    resolved, rows = known.resolved, known.partnerships
    if not rows:
        return
    scores = {m.place_id: score for m, score in standing(resolved).items()}
    evidence, every = evidence_of(resolved), hubs.hubs(resolved, scores)
    for hub in every:
        names = {resolved.places[hub.place_id].name, *map(resolved.tagged.text_of, hub.mentions)}
        mine = sum(any(_same(names, _called(row, side)) for side in _SIDES) for row in rows)
        numbers = hubs.features(resolved, hub, every, scores, evidence)
        answer = "yes" if 2 * mine >= len(rows) else "no"
        yield Example(known.name, numbers, tuple(hubs.words(resolved, hub)), answer)


def examples_of(known: Annotated, owners: Model) -> Examples:
    """Examples of a document. owners: a model of hubs that has not learned from it."""
    reading = read(known.resolved, evidence_of(known.resolved), owners)
    whole = document(reading)
    found: Examples = {"partners": [], "state": [], "kind": [], "dates": []}
    pairs = candidates(reading)
    wanted = [_row_of(reading, c, known.partnerships) for c in pairs]
    shown = _shown(reading, pairs, wanted)
    known_of = zip(pairs, wanted, features(reading, pairs), words(reading, pairs), strict=True)
    for index, (candidate, row, own, said) in enumerate(known_of):
        measured = whole | own
        make = partial(Example, known.name, measured, said)
        answer = "no" if row is None else "yes" if shown[index] else ""
        found["partners"].append(make(answer))
        if row is None or not shown[index]:
            continue
        found["state"].append(make(str(row["status"])))
        found["kind"].append(make(str(row["kind"])))
        for dating in dates.datings(reading, index, candidate):
            numbers = measured | dates.features(reading, candidate, dating)
            near = tuple(dates.beside(reading, candidate, dating))
            is_start, is_end = (dating.value == row.get(k) for k in ("start", "end"))
            role = "start" if is_start else "end" if is_end else "none"
            found["dates"].append(Example(known.name, numbers, near, role))
    return found


def _row_of(
    reading: Reading, candidate: Candidate, rows: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The gold row of a candidate's two places."""
    a, b = (_names(reading, m) for m in (candidate.a, candidate.b))
    for row in rows:
        one, two = (_called(row, side) for side in _SIDES)
        if (_same(a, one) and _same(b, two)) or (_same(a, two) and _same(b, one)):
            return row
    return None


def _called(row: Gold, side: str) -> set[str]:
    return {str(row[key]) for key in (side, f"{side}_text") if row.get(key)}


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


def cross_checked(
    found: Sequence[Example], shape: Shape
) -> Iterator[tuple[Example, dict[str, float]]]:
    """Each example with the probabilities that a model gives which has not seen its document."""
    groups = [e.document for e in found]
    splits = list(GroupKFold(_FOLDS).split(found, groups=groups))
    for rest, left_out in track(splits, "checking", console=Console(stderr=True)):
        model = fit([found[i] for i in rest], shape)
        chosen = [found[i] for i in left_out]
        given = predict(model, [e.features for e in chosen], [e.words for e in chosen])
        yield from zip(chosen, given, strict=True)


def bond_examples(known: Annotated, owners: Model, partners: Model) -> list[Example]:
    """Each pair of a document. The models have not learned from it."""
    reading = read(known.resolved, evidence_of(known.resolved), owners)
    pairs, whole = candidates(reading), document(reading)
    numbers = [whole | own for own in features(reading, pairs)]
    given = [share["yes"] for share in predict(partners, numbers, words(reading, pairs))]
    every = bonds.bonds(reading, pairs, numbers, given)
    found = []
    for bond, asked in zip(every, bonds.features(reading, every, numbers), strict=True):
        rows = (_row_of(reading, s.candidate, known.partnerships) for s in bond.support)
        answer = "no" if all(row is None for row in rows) else "yes"
        found.append(Example(known.name, asked, (), answer))
    return found


def documents(folders: Sequence[Path]) -> list[Annotated]:
    """All annotated documents of the folders that the product can read."""
    sources = sorted(p for folder in folders for p in folder.glob("*.src"))
    with ProcessPoolExecutor() as pool:
        every = pool.map(annotated, sources, chunksize=8)
        shown = track(every, "reading", total=len(sources), console=Console(stderr=True))
        return [known for known in shown if known]


def learned(known: Sequence[Annotated], made: Sequence[Annotated]) -> tuple[Examples, Model]:
    """Examples of each model by its name, and the model of hubs. made: pages of layouts, which
    are too plain to learn from what a whole document makes of a pair."""
    with ProcessPoolExecutor() as pool:
        every = [*known, *made]
        of_hubs = pool.map(_hub_examples, every, chunksize=8)
        owners = apart(list(itertools.chain.from_iterable(of_hubs)), _HUBS)
        found: Examples = {name: [] for name in _SHAPES}
        jobs = [owners.get(k.name, owners[""]) for k in every]
        for one in pool.map(examples_of, every, jobs, chunksize=8):
            for name, items in one.items():
                found[name] += items
        partners = apart(found["partners"], _SHAPES["partners"])
        judges = [partners.get(k.name, partners[""]) for k in known]
        pairs = pool.map(bond_examples, known, jobs[: len(known)], judges, chunksize=8)
        found["bonds"] = list(itertools.chain.from_iterable(pairs))
    return found, owners[""]


def _hub_examples(known: Annotated) -> list[Example]:
    return list(hub_examples(known))


def apart(found: Sequence[Example], shape: Shape) -> dict[str, Model]:
    """For each document a model that has not learned from it; under no name, one of all."""
    models = {"": fit(found, shape)}
    groups = [e.document for e in found]
    for rest, left_out in GroupKFold(_FOLDS).split(found, groups=groups):
        model = fit([found[i] for i in rest], shape)
        models |= {found[i].document: model for i in left_out}
    return models


def main() -> None:
    """Train and save the models, or measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument("--check", action="store_true", help="measure instead of training")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        layouts.write(Path(made), ensure(), _MADE)
        every, owners = learned(documents(options.folders), documents([Path(made)]))
    if not options.check:
        save(owners, WEIGHTS, "hubs")
    for name, found in every.items():
        if options.check:
            _print(name, list(cross_checked(found, _SHAPES[name])))
        else:
            save(fit(found, _SHAPES[name]), WEIGHTS, name)


def _print(name: str, judged: Sequence[tuple[Example, dict[str, float]]]) -> None:
    """How often the likeliest answer is right, by answer."""
    right, said, is_so = Counter[str](), Counter[str](), Counter[str]()
    for example, given in judged:
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


if __name__ == "__main__":
    main()
