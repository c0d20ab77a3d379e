"""`python -m training.partnerships`: train the models of partnerships.

Which places a document speaks for (`owners`), which lines name partners (`lines`), which pairs all
lines together make partners (`pairs`), what has become of the tie (`status`), its `kind`, and which
`dates` are its start and end. `--check` measures each on documents that were left out.
The same seed and documents give the same weights on one machine.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from pipeline.evaluate.match import same_place
from pipeline.gazetteer.build import ensure
from pipeline.model import Model
from pipeline.records import Mention, Resolved
from pipeline.relate import owner
from pipeline.relate.lines import lines
from pipeline.relate.partnerships import dates
from pipeline.relate.partnerships.propose import Candidate
from pipeline.relate.partnerships.score import Asked, Tie, asked, by_lines, of_pairs, tied
from pipeline.relate.reading import Reading, read
from pipeline.relate.senses import Senses
from training import layouts, news, sayings
from training.documents import Annotated, Gold, folders, read_all
from training.fitting import Example, Shape, apart, fit, report, save
from training.senses import overlap, save_senses, senses_apart

RELATE = Path(__file__).parents[1] / "pipeline" / "relate"
WEIGHTS = RELATE / "partnerships" / "weights"
_SHAPES = {
    "lines": Shape(600, 8, 20),
    "status": Shape(120, 15, 20),
    "kind": Shape(120, 15, 20),
    "dates": Shape(120, 15, 20),
    "pairs": Shape(150, 6, 40),
}
_OWNERS = Shape(150, 6, 20)
_SIDES = ("place_a", "place_b")
#: Made pages beside the annotated ones, and documents of each saying.
_MADE, _SAID = 120, 3
#: Articles of news that state nothing.
_NEWS = 80
Examples = dict[str, list[Example]]


def owner_examples(known: Annotated) -> list[Example]:
    """Each place of a document that tells of partnerships: whether half of them are of it."""
    resolved, rows = known.resolved, known.partnerships
    if not rows:
        return []
    every, told = owner.hubs(resolved), lines(resolved)
    found = []
    for hub in every:
        names = {resolved.places[hub.place_id].name, *map(resolved.tagged.text_of, hub.mentions)}
        mine = sum(any(_same(names, _called(row, side)) for side in _SIDES) for row in rows)
        numbers = owner.features(resolved, told, hub, every)
        answer = "yes" if 2 * mine >= len(rows) else "no"
        found.append(Example(known.name, numbers, tuple(owner.words(resolved, hub)), answer))
    return found


def line_examples(known: Annotated, owners: Model, meant: Senses) -> Examples:
    """Examples of a document. owners, meant: models that have not learned from it."""
    reading = read(known.resolved, owners, meant)
    found: Examples = {"lines": [], "status": [], "kind": [], "dates": []}
    every = asked(reading)
    wanted = [_row_of(reading.resolved, one.candidate, known.partnerships) for one in every]
    shown = _shown(reading, every, wanted)
    for one, row, is_shown in zip(every, wanted, shown, strict=True):
        make = partial(Example, known.name, one.numbers, one.words)
        found["lines"].append(make("no" if row is None else "yes" if is_shown else ""))
        if row is None or not is_shown:
            continue
        found["status"].append(make(str(row["status"])))
        found["kind"].append(make(str(row["kind"])))
        for dated in dates.dates(reading, one):
            is_start, is_end = (dated.value == row.get(k) for k in ("start", "end"))
            role = "start" if is_start else "end" if is_end else "none"
            numbers, near = dates.features(reading, dated), tuple(dates.words(reading, dated))
            found["dates"].append(Example(known.name, numbers, near, role))
    return found


def pair_examples(known: Annotated, owners: Model, meant: Senses, judge: Model) -> list[Example]:
    """Each pair of a document. The models have not learned from it."""
    reading = read(known.resolved, owners, meant)
    every = tied(by_lines(asked(reading), judge))
    return [
        Example(known.name, numbers, (), "yes" if _is_gold(known, tie) else "no")
        for tie, numbers in zip(every, of_pairs(reading, every), strict=True)
    ]


def _is_gold(known: Annotated, tie: Tie) -> bool:
    rows = (_row_of(known.resolved, s.candidate, known.partnerships) for s in tie.support)
    return any(row is not None for row in rows)


def _row_of(resolved: Resolved, candidate: Candidate, rows: Sequence[Gold]) -> Gold | None:
    """The gold row of a candidate's two places."""
    a, b = (_names(resolved, m) for m in (candidate.a, candidate.b))
    for row in rows:
        one, two = (_called(row, side) for side in _SIDES)
        if (_same(a, one) and _same(b, two)) or (_same(a, two) and _same(b, one)):
            return row
    return None


def _called(row: Gold, side: str) -> set[str]:
    return {str(row[key]) for key in (side, f"{side}_text") if row.get(key)}


def _names(resolved: Resolved, place: Mention) -> set[str]:
    return {resolved.places[place.place_id].name, resolved.tagged.text_of(place)}


def _same(ours: set[str], theirs: set[str]) -> bool:
    return any(same_place(one, other) for one in ours for other in theirs)


def _shown(reading: Reading, every: Sequence[Asked], rows: Sequence[Gold | None]) -> list[bool]:
    """Whether a candidate stands in the evidence of its row; all of a row whose is not found."""
    text = reading.resolved.document.text
    found = []
    for one, row in zip(every, rows, strict=True):
        line = reading.lines[one.candidate.line]
        evidence = str(row.get("evidence") or "") if row else ""
        found.append(overlap(text[line.start : line.end], evidence))
    seen = {id(row) for row, ok in zip(rows, found, strict=True) if ok}
    return [ok or id(row) not in seen for ok, row in zip(found, rows, strict=True)]


def examples(known: Sequence[Annotated], made: Sequence[Annotated]) -> tuple[Examples, Senses]:
    """Examples of each model by its name, and the weights of senses.

    made: pages of layouts, which are too plain to learn from what a whole document makes of a pair.
    """
    every = [*known, *made]
    with ProcessPoolExecutor() as pool:
        of_owners = pool.map(owner_examples, every, chunksize=8)
        found: Examples = {"owners": list(itertools.chain.from_iterable(of_owners))}
        owners = apart(found["owners"], _OWNERS)
        jobs = [owners.get(k.name, owners[""]) for k in every]
        meant = senses_apart(known)
        senses = [meant.get(k.name, meant[""]) for k in every]
        lined = pool.map(line_examples, every, jobs, senses)
        for one in _shown_progress("lines", lined, len(every)):
            for name, items in one.items():
                found.setdefault(name, []).extend(items)
        judges = apart(found["lines"], _SHAPES["lines"])
        judged = [judges.get(k.name, judges[""]) for k in known]
        count = len(known)
        pairs = pool.map(pair_examples, known, jobs[:count], senses[:count], judged)
        told = _shown_progress("pairs", pairs, len(known))
        found["pairs"] = list(itertools.chain.from_iterable(told))
    return found, meant[""]


def _shown_progress(name: str, found: Iterator[Any], total: int) -> Iterator[Any]:
    yield from track(found, name, total=total, console=Console(stderr=True))


def main() -> None:
    """Train and save the models, or measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=folders())
    parser.add_argument("--check", action="store_true", help="measure instead of training")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        said = sayings.write(Path(scratch), ensure(), _SAID)
        layouts.write(made := Path(scratch) / "layouts", ensure(), _MADE)
        articles = news.write(Path(scratch) / "news", ensure(), _NEWS)
        known = read_all([*options.folders, *said, articles])
        every, meant = examples(known, read_all([made]))
    if not options.check:
        save_senses(meant, RELATE / "weights")
    for name, found in every.items():
        shape = _SHAPES.get(name, _OWNERS)
        if options.check:
            report(name, found, shape)
        else:
            where = RELATE / "weights" if name == "owners" else WEIGHTS
            save(fit(found, shape), where, name)


if __name__ == "__main__":
    main()
