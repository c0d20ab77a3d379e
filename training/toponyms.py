"""`python -m training.toponyms`: train the scores that decide which spans are places.

`--check` measures them on documents that were left out.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import track

from pipeline.clean import clean
from pipeline.gazetteer.build import ensure
from pipeline.ingest import opened
from pipeline.model import Model, predict
from pipeline.records import Document, Rejected
from pipeline.resources import load
from pipeline.tag import look, proposed
from pipeline.tag.toponyms.candidates import PLACES, Candidate
from pipeline.tag.toponyms.score import NONE, again, measured
from training import sayings
from training.documents import folders, sources
from training.fitting import Example, Shape, apart, fit, report, save
from training.grammar import sentences
from training.passages import GOLD, Span, unmarked
from training.swap import names

WEIGHTS = Path(__file__).parents[1] / "pipeline" / "tag" / "toponyms" / "weights"
_SHAPE = Shape(150, 12, 30)
#: Made texts, and made passages in each.
_SEED, _MADE, _TOGETHER = 11, 300, 4
#: Documents of each saying.
_SAID = 1
Source = tuple[str, str, list[Span]]
Known = tuple[str, Document, list[Candidate], dict[tuple[int, int], str]]


def known_of(source: Source) -> Known | None:
    """What is seen of an annotated text, and its marks; None where it is refused."""
    name, text, marks = source
    resources = load()
    raw = opened(text.encode(), f"{name}.txt")
    if isinstance(raw, Rejected):
        return None
    seen = look(clean(raw, resources.known), resources)
    every = proposed(seen, resources)
    return name, seen.document, every, {(a, b): k for a, b, k in marks if k in PLACES}


def annotated(of: Sequence[Path]) -> Iterator[Source]:
    """The texts of annotated documents with their marks."""
    for path in of:
        body = path.read_text("utf-8").partition(GOLD)[0]
        yield path.stem, *unmarked(body.strip("\n") + "\n")


def made() -> Iterator[Source]:
    """Texts of made sentences: people, streets, teams and firms that are called like places."""
    random = Random(_SEED)
    every = iter(sentences(_MADE * _TOGETHER, names(ensure()), random))
    for number in range(_MADE):
        text, marks = "", []
        for passage in itertools.islice(every, _TOGETHER):
            marks += [(len(text) + a, len(text) + b, label) for a, b, label in passage.spans]
            text += passage.text.rstrip("\n") + "\n\n"
        yield f"made-{number}", text, marks


def examples(known: Known) -> list[Example]:
    """Each candidate of a document, and what its annotators say that it is."""
    name, document, every, marks = known
    numbers, near = measured(document, every)
    return [
        Example(name, n, w, marks.get(document.published(c.start, c.end), NONE))
        for c, n, w in zip(every, numbers, near, strict=True)
    ]


def together(known: Known, alone: Model) -> list[Example]:
    """The same with what the first scores say. alone: has not learned from the document."""
    found = examples(known)
    first = predict(alone, [e.features for e in found], [e.words for e in found])
    more = again(known[1], known[2], first)
    return [
        Example(e.document, e.features | m, e.words, e.answer)
        for e, m in zip(found, more, strict=True)
    ]


def learned(of: Sequence[Source]) -> dict[str, list[Example]]:
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
    with tempfile.TemporaryDirectory() as scratch:
        said = sayings.write(Path(scratch), ensure(), _SAID)
        texts = [*annotated(sources([*options.folders, *said])), *made()]
    for name, found in learned(texts).items():
        if options.check:
            report(name, found, _SHAPE)
        else:
            save(fit(found, _SHAPE), WEIGHTS, name)


if __name__ == "__main__":
    main()
