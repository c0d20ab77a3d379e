"""`python -m training.toponyms`: train the scores that decide which spans are places.

`--check` measures them on documents that were left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import track

from pipeline.clean import clean
from pipeline.ingest import opened
from pipeline.model import Model, predict
from pipeline.records import Rejected
from pipeline.resources import load
from pipeline.tag import Seen, look
from pipeline.tag.toponyms.candidates import PLACES
from pipeline.tag.toponyms.score import NONE, again, measured
from training.documents import folders, sources
from training.fitting import Example, Shape, apart, fit, report, save
from training.passages import GOLD, unmarked

WEIGHTS = Path(__file__).parents[1] / "pipeline" / "tag" / "toponyms" / "weights"
_SHAPE = Shape(150, 12, 30)
Known = tuple[str, Seen, dict[tuple[int, int], str]]


def known_of(source: Path) -> Known | None:
    """What is seen of an annotated document, and its marks; None where it is refused."""
    text, marks = unmarked(source.read_text("utf-8").partition(GOLD)[0].strip("\n") + "\n")
    resources = load()
    raw = opened(text.encode(), f"{source.stem}.txt")
    if isinstance(raw, Rejected):
        return None
    document = clean(raw, resources.known)
    seen = look(document, resources)
    return source.stem, seen, {(a, b): label for a, b, label in marks if label in PLACES}


def examples(known: Known) -> list[Example]:
    """Each candidate of a document, and what its annotators say that it is."""
    name, seen, marks = known
    document = seen.document
    numbers, near = measured(document, seen.candidates)
    return [
        Example(name, n, w, marks.get(document.published(c.start, c.end), NONE))
        for c, n, w in zip(seen.candidates, numbers, near, strict=True)
    ]


def together(known: Known, alone: Model) -> list[Example]:
    """The same with what the first scores say. alone: has not learned from the document."""
    found = examples(known)
    first = predict(alone, [e.features for e in found], [e.words for e in found])
    more = again(known[1].document, known[1].candidates, first)
    return [
        Example(e.document, e.features | m, e.words, e.answer)
        for e, m in zip(found, more, strict=True)
    ]


def learned(of: Sequence[Path]) -> dict[str, list[Example]]:
    """Examples of both scores."""
    with ProcessPoolExecutor() as pool:
        every = pool.map(known_of, of, chunksize=8)
        shown = track(every, "reading", total=len(of), console=Console(stderr=True))
        known = [k for k in shown if k]
        first = [e for found in pool.map(examples, known, chunksize=8) for e in found]
        models = apart(first, _SHAPE)
        jobs = [models.get(k[0], models[""]) for k in known]
        second = [e for found in pool.map(together, known, jobs, chunksize=8) for e in found]
    return {"alone": first, "together": second}


def main() -> None:
    """Train and save the scores, or measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=folders())
    parser.add_argument("--check", action="store_true", help="measure instead of training")
    options = parser.parse_args()
    for name, found in learned(sources(options.folders)).items():
        if options.check:
            report(name, found, _SHAPE)
        else:
            save(fit(found, _SHAPE), WEIGHTS, name)


if __name__ == "__main__":
    main()
