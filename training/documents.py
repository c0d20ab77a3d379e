"""Annotated documents, read as the product reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from pipeline.clean import clean
from pipeline.ingest import opened
from pipeline.records import Rejected, Resolved
from pipeline.resolve import resolve
from pipeline.resources import load
from pipeline.tag import tag
from training.passages import GOLD, Span, unmarked

Gold = dict[str, Any]
CORPUS = Path(__file__).parents[1] / "corpus"
#: Further annotated documents, beside the project; every fourth of them is kept to measure with.
PAGES = Path(__file__).parents[2] / "shared" / "pages" / "src"
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document without its marks, the marks, and the rows that its annotators expect."""

    name: str
    resolved: Resolved
    spans: tuple[Span, ...]
    partnerships: tuple[Gold, ...]
    projects: tuple[Gold, ...]


def annotated(source: Path) -> Annotated | None:
    """An annotated document; None where the product would refuse it."""
    body, _, gold = source.read_text("utf-8").partition(GOLD)
    text, spans = unmarked(body.strip("\n") + "\n")
    resolved = resolved_of(source.stem, text)
    rows = json.loads(gold)
    if resolved is None:
        return None
    given = (tuple(rows[kind]) for kind in ("partnerships", "projects"))
    return Annotated(source.stem, resolved, tuple(spans), *given)


def resolved_of(name: str, text: str) -> Resolved | None:
    """What the stages before relate make of a text."""
    resources = load()
    raw = opened(text.encode(), f"{name}.txt")
    if isinstance(raw, Rejected):
        return None
    return resolve(tag(clean(raw, resources.known), resources), resources)


def folders() -> list[Path]:
    """Where annotated documents lie."""
    return [CORPUS, PAGES] if PAGES.is_dir() else [CORPUS]


def sources(of: Sequence[Path]) -> list[Path]:
    """The annotated documents of folders that may be learned from."""
    return [path for folder in of for path in sorted(folder.glob("*.src")) if _is_ours(path)]


def read_all(of: Sequence[Path]) -> list[Annotated]:
    """All annotated documents of folders that may be learned from and that the product can read."""
    paths = sources(of)
    with ProcessPoolExecutor() as pool:
        every = pool.map(annotated, paths, chunksize=8)
        shown = track(every, "reading", total=len(paths), console=Console(stderr=True))
        return [known for known in shown if known]


def _is_ours(path: Path) -> bool:
    return path.parent != PAGES or int(path.stem) % _KEPT != 0
