"""`python -m training.projects`: train the models of projects.

Which phrases name projects (`names`, in `pipeline.tag`), which `lines` speak of a project, which
`places`, `countries`, `strategies`, `amounts` and `dates` of the document belong to it, what has
become of it (`states`), and whether it is a project of two sides at all (`works`). `--check`
measures each on documents that were left out. The same seed and documents give the same weights.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch
from zlib import crc32

from rapidfuzz import fuzz

import pipeline.tag
from pipeline.gazetteer.build import ensure
from pipeline.model import Model, predict
from pipeline.records import Document, Mention, Resolved
from pipeline.relate.projects.features import of_saying, said
from pipeline.relate.projects.names import Work
from pipeline.relate.projects.propose import Saying, Scene, propose
from pipeline.relate.projects.score import (
    Known,
    judged,
    of_state,
    of_thing,
    of_work,
    with_kind,
    words_of_line,
    words_of_state,
    words_of_work,
)
from pipeline.relate.projects.things import KINDS, ROLES, Thing, things
from pipeline.relate.reading import read
from pipeline.resolve.inside import inside
from pipeline.resources import load
from pipeline.tag.project_names import Candidate
from pipeline.tag.projects import Scene as Names
from pipeline.tag.projects import chosen, proposed, sure
from training import news, sayings
from training.documents import Annotated, Gold, folders, read_all
from training.fitting import Example, Shape, apart, fit, report, save

PIPELINE = Path(__file__).parents[1] / "pipeline"
WEIGHTS = {"names": PIPELINE / "tag" / "weights"}
RELATE = PIPELINE / "relate" / "projects" / "weights"
#: Names of works and annotations this alike (0 to 100) are of one project; names of places.
_SAME, _SAME_PLACE = 75, 88
_NEAR_VALUE = 0.005
#: Evidence is found by so many characters of its beginning.
_EVIDENCE = 40
#: A candidate is a name where it is this much of one; beside the best, others are unclear.
_LIKE, _CLOSE = 0.6, 0.2
#: Names less sure than those that tagging believes show what is no project.
_UNSURE = 0.1
_SHAPE = Shape(180, 8, 8, 0.15)
_SHAPES = {
    "names": Shape(180, 12, 20, 0.2),
    "states": Shape(120, 4, 8, 0.1),
    "works": Shape(120, 6, 8, 0.1),
}
#: Models that learn from a document without projects, and from one that only names them.
_OF_NAMES = ("names", "works")
#: Documents of each saying.
_SAID = 2
#: Articles of news that name none.
_NEWS = 80
Examples = dict[str, list[Example]]
Models = dict[str, Model]


def marked(resolved: Resolved, found: Sequence[Mention]) -> Resolved:
    """The document with these projects, and no others."""
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


def gold_spans(known: Annotated) -> list[tuple[int, int]]:
    """Where the annotators marked projects, in the reading text."""
    where: dict[int, int] = {}
    for index, offset in enumerate(known.resolved.document.origin):
        where.setdefault(offset, index)
    return [
        (where[a], where[b - 1] + 1)
        for a, b, label in known.spans
        if label == "PROJECT" and a in where and b - 1 in where
    ]


def scene_of(known: Annotated) -> Scene:
    """A document with the projects as marked."""
    spans = [Mention(a, b, "PROJECT") for a, b in gold_spans(known)]
    return propose(read(marked(known.resolved, spans)))


def rows(scene: Scene, known: Annotated) -> list[tuple[Work, Gold]]:
    """The projects of a scene with what the annotators say of each."""
    found: dict[Work, Gold] = {}
    for gold in known.projects:
        best = max(scene.works, key=lambda w: _alike(w, gold), default=None)
        if best and best not in found and _alike(best, gold) >= _SAME:
            found[best] = gold
    return list(found.items())


def _alike(work: Work, gold: Gold) -> float:
    return fuzz.ratio(work.name.casefold(), str(gold["name"]).casefold())


@dataclass(frozen=True, slots=True)
class Named:
    """What `pipeline.tag.projects` is asked of a document, and the spans that are right."""

    name: str
    document: Document
    others: tuple[Mention, ...]
    likely: tuple[Mention, ...]
    written: str
    right: tuple[tuple[int, int], ...]


def named(known: Annotated) -> Named:
    """What tagging asks of projects in a document.

    Our tagger has learned from the corpus, so that it knows its projects too well: half of what it
    finds there is kept from the models that learn to trust it.
    """
    asked: list[Named] = []

    def record(
        document: Document, others: Sequence[Mention], likely: Sequence[Mention], written: str
    ) -> list[Mention]:
        kept = [m for m in likely if not known.name[:1].isalpha() or _coin(document, m)]
        right = tuple(gold_spans(known))
        asked.append(Named(known.name, document, tuple(others), tuple(kept), written, right))
        return []

    with patch.object(pipeline.tag, "projects", record):
        pipeline.tag.tag(known.resolved.document, load())
    return asked[0]


def _coin(document: Document, mention: Mention) -> bool:
    return crc32(document.text[mention.start : mention.end].encode()) % 2 == 0


def name_examples(item: Named) -> list[Example]:
    """Each candidate: whether it is a name of a project. Where none is exactly a name, the best is;
    what else overlaps that is not learned from."""
    found = proposed(item.document, item.others, item.likely)
    scene = Names(item.document, item.others, item.likely, item.written)
    answers = _right_names(found, item.right)
    return [
        Example(item.name, scene.features(c), scene.words(c), answer)
        for c, answer in zip(found, answers, strict=True)
    ]


def _right_names(found: Sequence[Candidate], right: Sequence[tuple[int, int]]) -> list[str]:
    answers = ["no"] * len(found)
    for start, end in right:
        shares = [_overlap((c.start, c.end), (start, end)) for c in found]
        best = max(shares, default=0.0)
        for index, share in enumerate(shares):
            if share == best >= _LIKE:
                answers[index] = "yes"
            elif share >= best - _CLOSE and best < 1.0 and share >= _LIKE:
                answers[index] = ""
    return answers


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def line_examples(known: Annotated) -> list[Example]:
    """Each line with a date or amount, as one of each project: whether any is the project's."""
    scene = scene_of(known)
    return [
        Example(known.name, of_saying(scene, saying), words_of_line(scene, saying), answer)
        for work, gold in rows(scene, known)
        for saying in scene.of(work)
        if (answer := _speaks(scene, saying, gold))
    ]


def _speaks(scene: Scene, saying: Saying, gold: Gold) -> str:
    line, text = scene.lines[saying.line], scene.resolved.document.text
    dates = [d.value for d in line.dates if saying.start <= d.start < saying.end]
    roles = _roles(dates, gold)
    amounts = [
        _has_amount(scene.resolved, m, gold)
        for m in scene.resolved.within(saying.start, saying.end)
        if m.label == "AMOUNT"
    ]
    said, evidence = (_bare(t) for t in (text[line.start : line.end], gold.get("evidence") or ""))
    shown = bool(said) and (said[:_EVIDENCE] in evidence or evidence[:_EVIDENCE] in said)
    if any(role != "none" for role in roles) or any(amounts) or (shown and evidence):
        return "yes"
    return "no" if dates or amounts else ""


def _bare(text: str) -> str:
    return "".join(text.split())


def thing_examples(known: Annotated, kind: str, models: Models) -> list[Example]:
    """Each thing of a kind as one of each project: "yes" or "no"; of dates the role."""
    scene = judged(scene_of(known), models.__getitem__)
    state = Known(scene, {})
    if kind == "countries":
        state = with_kind(state, "places", models["places"])
    found = []
    for work, gold in rows(scene, known):
        every = things(scene, work, kind)
        roles = _roles([t.value for t in every], gold) if kind == "dates" else []
        answers = roles or [_answer(scene.resolved, thing, gold) for thing in every]
        for thing, answer in zip(every, answers, strict=True):
            near = tuple(said(scene, work, thing.mention))
            found.append(Example(known.name, of_thing(state, thing), near, answer))
    return found


def _roles(values: Sequence[str], gold: Gold) -> list[str]:
    """The role of each date: that whose value it has, else that whose year it has."""
    roles = ["none"] * len(values)
    for role in ROLES:
        wanted = str(gold.get(role) or "")
        plain = [v.rstrip("~?%") for v in values]
        same = [i for i, v in enumerate(plain) if wanted and v == wanted]
        same = same or [i for i, v in enumerate(plain) if wanted and v[:4] == wanted[:4]]
        for index in same:
            roles[index] = role
    return roles


def _answer(resolved: Resolved, thing: Thing, gold: Gold) -> str:
    return "yes" if _belongs(resolved, thing, gold) else "no"


def _belongs(resolved: Resolved, thing: Thing, gold: Gold) -> bool:
    if thing.kind == "amounts":
        return _has_amount(resolved, thing.mention, gold)
    if thing.kind == "countries":
        return thing.value in gold["countries"]
    called = {resolved.tagged.text_of(m) for m in thing.mentions}
    if thing.kind == "places":
        called.add(resolved.places[thing.value].name)
    else:
        strategy = resolved.strategies[thing.value]
        called |= {strategy.name, *strategy.aliases}
    pairs = itertools.product(called, gold[thing.kind])
    return any(fuzz.ratio(_folded(a), _folded(b)) >= _SAME_PLACE for a, b in pairs)


def _has_amount(resolved: Resolved, mention: Mention, gold: Gold) -> bool:
    found = resolved.quantities.get((mention.start, mention.end))
    return found is not None and any(
        a["unit"] == found.unit and abs(found.value - a["value"]) <= _NEAR_VALUE * abs(a["value"])
        for a in gold["amounts"]
    )


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def state_examples(known: Annotated, models: Models) -> list[Example]:
    """The status of each project."""
    state = _known(scene_of(known), models, ("dates",))
    return [
        Example(known.name, of_state(state, work), words_of_state(state, work), gold["status"])
        for work, gold in rows(state.scene, known)
    ]


def work_examples(known: Annotated, item: Named, models: Models) -> list[Example]:
    """Each project that tagging would name: whether the annotators have it."""
    found = proposed(item.document, item.others, item.likely)
    scene = Names(item.document, item.others, item.likely, item.written)
    numbers, near = [scene.features(c) for c in found], [scene.words(c) for c in found]
    given = predict(models["names"], numbers, near)
    shares = sure(numbers, [g["yes"] for g in given])
    spans = chosen(item.document, list(zip(found, shares, strict=True)), _UNSURE)
    state = _known(propose(read(marked(known.resolved, spans))), models, tuple(KINDS))
    real = [work for work, _ in rows(state.scene, known)]
    return [
        Example(
            known.name,
            of_work(state, work),
            words_of_work(state, work),
            "yes" if work in real else "no",
        )
        for work in state.scene.works
    ]


def _known(scene: Scene, models: Models, kinds: Sequence[str]) -> Known:
    state = Known(judged(scene, models.__getitem__), {})
    for kind in kinds:
        state = with_kind(state, kind, models[kind])
    return state


def examples(documents: Sequence[Annotated], said: Sequence[Annotated]) -> Examples:
    """Examples of each model by its name; later ones by earlier models that know nothing of the
    document. said: sayings and news, of which the names of projects alone are known."""
    found: Examples = {}
    left_out: dict[str, dict[str, Model]] = {}
    every = [*documents, *said]
    asked = [named(known) for known in every]
    short = {known.name for known in said}

    def models(known: Annotated) -> Models:
        return {name: by.get(known.name, by[""]) for name, by in left_out.items()}

    for name in ("names", "lines", *KINDS, "states", "works"):
        found[name] = [
            example
            for known, item in zip(every, asked, strict=True)
            if name in _OF_NAMES or (known.projects and known.name not in short)
            for example in _examples(name, known, item, models(known))
        ]
        left_out[name] = apart(found[name], _SHAPES.get(name, _SHAPE))
    return found


def _examples(name: str, known: Annotated, item: Named, models: Models) -> list[Example]:
    """Those of one document for the model of that name."""
    if name == "names":
        return name_examples(item)
    if name == "lines":
        return line_examples(known)
    if name == "states":
        return state_examples(known, models)
    if name == "works":
        return work_examples(known, item, models)
    return thing_examples(known, name, models)


def main() -> None:
    """Train and save the models, or measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=folders())
    parser.add_argument("--check", action="store_true", help="measure instead of training")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        said = read_all(
            [
                *sayings.write(Path(scratch), ensure(), _SAID),
                news.write(Path(scratch) / "news", ensure(), _NEWS),
            ]
        )
    for name, found in examples(read_all(options.folders), said).items():
        shape = _SHAPES.get(name, _SHAPE)
        if options.check:
            report(name, found, shape)
        else:
            save(fit(found, shape), WEIGHTS.get(name, RELATE), name)


if __name__ == "__main__":
    main()
