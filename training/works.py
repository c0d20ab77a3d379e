"""`python -m training.works [CORPUS]`: what a text says of its projects, learned from `corpus/`.

Projects are taken where the annotators marked them, so that the models learn what belongs to a
project and not what the tagger finds. Same corpus, same seed: same weights.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from pipeline.model import Model
from pipeline.records import FACTLESS, Mention, Resolved
from pipeline.relate.dateline import document_date
from pipeline.relate.works.learned import datings, decided, joins, states
from pipeline.relate.works.learned.reading import Reading, reading
from pipeline.relate.works.names import Work, works_of
from pipeline.resolve.inside import inside
from pipeline.resources import load
from training.documents import Annotated, Gold, annotated
from training.fitting import Example, Shape, fit, save
from training.passages import Span

WEIGHTS = Path("pipeline/relate/works/learned/weights")
#: Names of works and annotations this alike (0 to 100) are of one project.
_SAME = 75
_FOLDS = 5
_FACTS, _STATES = Shape(180, 8, 8, 0.15), Shape(120, 4, 8, 0.15)
_JOINED = ("places", "strategies", "amounts")


@dataclass(frozen=True, slots=True)
class Marked:
    """A document, its reading with the marked projects, and what the annotators say of each."""

    name: str
    reading: Reading
    projects: tuple[tuple[Work, Gold], ...]


def _marked(source: Path) -> Marked | None:
    known = annotated(source)
    return prepared(known) if known and known.projects else None


def prepared(known: Annotated) -> Marked:
    """A document with the projects as marked."""
    resolved = marked(known.resolved, known.spans)
    blocks = resolved.document.blocks
    sentences = [s for s in resolved.tagged.sentences if blocks[s.block].kind not in FACTLESS]
    works = works_of(resolved)
    made = reading(resolved, sentences, works, document_date(resolved))
    pairs: list[tuple[Work, Gold]] = []
    for gold in known.projects:
        best = max(works, key=lambda w: _alike(w, gold), default=None)
        if best and _alike(best, gold) >= _SAME and best not in [w for w, _ in pairs]:
            pairs.append((best, gold))
    return Marked(known.name, made, tuple(pairs))


def marked(resolved: Resolved, spans: Sequence[Span]) -> Resolved:
    """The document with its projects where the annotators marked them, and nowhere else."""
    where: dict[int, int] = {}
    for index, offset in enumerate(resolved.document.origin):
        where.setdefault(offset, index)
    found = [
        Mention(where[a], where[b - 1] + 1, "PROJECT")
        for a, b, label in spans
        if label == "PROJECT" and a in where and b - 1 in where
    ]
    rest = [
        m
        for m in resolved.mentions
        if m.label != "PROJECT" and not any(m.start < p.end and p.start < m.end for p in found)
    ]
    mentions = tuple(sorted([*rest, *found], key=lambda m: m.start))
    tagged = replace(resolved.tagged, mentions=mentions)
    named, places = inside(tagged, resolved.places.values(), load().gazetteer)
    return replace(
        resolved,
        tagged=tagged,
        mentions=mentions,
        places={**places, **resolved.places},
        inside=tuple(named),
    )


def _alike(work: Work, gold: Gold) -> float:
    return fuzz.ratio(work.name.casefold(), str(gold["name"]).casefold())


def date_examples(item: Marked) -> Iterator[Example]:
    """Each date of the document as one of each project: its role, or none."""
    for work, gold in item.projects:
        candidates = datings.datings(item.reading, work)
        rules = datings.ruled(item.reading, work)
        roles = _roles([c.value for c in candidates], gold)
        for candidate, role in zip(candidates, roles, strict=True):
            yield Example(
                item.name,
                datings.features(item.reading, candidate, rules),
                tuple(datings.said(item.reading, candidate)),
                role,
            )


def _roles(values: Sequence[str], gold: Gold) -> list[str]:
    """The role of each date: that whose value it has, else that whose year it has."""
    roles = ["none"] * len(values)
    for role in datings.ROLES[1:]:
        wanted = gold.get(role)
        if not wanted:
            continue
        plain = [v.rstrip("~?%") for v in values]
        same = [i for i, v in enumerate(plain) if v == wanted]
        same = same or [i for i, v in enumerate(plain) if v[:4] == wanted[:4]]
        for index in same:
            roles[index] = role
    return roles


def state_examples(item: Marked, dates: Callable[[str], Model]) -> Iterator[Example]:
    """The status of each project. dates: by document, a model that has not learned from it."""
    for work, gold in item.projects:
        told = decided.told(item.reading, work)
        known = decided.shares(item.reading, [work], dates(item.name))[work.key]
        yield Example(
            item.name,
            states.features(item.reading, told, known),
            tuple(states.said(item.reading, work)),
            gold["status"],
        )


def join_examples(item: Marked, kind: str) -> Iterator[Example]:
    """Each place, strategy or amount of the document as one of each project: "yes" or "no"."""
    labels = {"places": joins.PLACES, "strategies": joins.STRATEGIES, "amounts": joins.AMOUNTS}
    for work, gold in item.projects:
        for join in joins.joins(item.reading, work, labels[kind]):
            yield Example(
                item.name,
                joins.features(item.reading, join),
                tuple(joins.said(item.reading, join)),
                "yes" if _belongs(item.reading.resolved, kind, join, gold) else "no",
            )


def _belongs(resolved: Resolved, kind: str, join: joins.Join, gold: Gold) -> bool:
    if kind == "amounts":
        mention = join.mentions[0]
        found = resolved.quantities[mention.start, mention.end]
        return any(
            a["unit"] == found.unit and abs(found.value - a["value"]) <= 0.005 * abs(a["value"])
            for a in gold["amounts"]
        )
    called = {resolved.tagged.text_of(m) for m in join.mentions}
    if kind == "places":
        called.add(resolved.places[join.value].name)
    else:
        strategy = resolved.strategies[join.value]
        called |= {strategy.name, *strategy.aliases}
    return any(fuzz.ratio(_folded(a), _folded(b)) >= 88 for a in called for b in gold[kind])


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def learned(documents: Sequence[Marked]) -> dict[str, Model]:
    """All models by name."""
    found = {
        kind: fit([e for d in documents for e in join_examples(d, kind)], _FACTS)
        for kind in _JOINED
    }
    dates = [e for d in documents for e in date_examples(d)]
    found["dates"] = fit(dates, _FACTS)
    folds = [[d.name for d in documents[n::_FOLDS]] for n in range(_FOLDS)]
    apart: dict[str, Model] = {}
    for fold in folds:
        rest = fit([e for e in dates if e.document not in fold], _FACTS)
        apart |= dict.fromkeys(fold, rest)
    cases = [e for d in documents for e in state_examples(d, apart.__getitem__)]
    found["states"] = fit(cases, _STATES)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("corpus"))
    sources = sorted(parser.parse_args().corpus.glob("*.src"))
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(_marked, sources, chunksize=8))
    for name, model in learned([d for d in found if d]).items():
        save(model, WEIGHTS, name)
        print(f"{name}: {len(model.words.rows)} words, {len(model.names)} numbers")


if __name__ == "__main__":
    main()
