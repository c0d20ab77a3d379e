"""Score: how sure it is which lines speak of a project, what of them belongs to it, what has become
of it, and that it is a project of two sides at all.

Each question has a model among `weights`, asked of all projects of a document at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.languages import find, says
from pipeline.model import Features, Model, load, predict
from pipeline.records import Resolved
from pipeline.relate.lines import Line
from pipeline.relate.projects.features import (
    BESIDE,
    EVENTS,
    MANY,
    STATES,
    column,
    of_saying,
    said,
)
from pipeline.relate.projects.names import Work
from pipeline.relate.projects.propose import Saying, Scene, propose
from pipeline.relate.projects.things import (
    KINDS,
    ROLES,
    Thing,
    features,
    is_hoped,
    is_later,
    things,
)
from pipeline.relate.projects.words import words
from pipeline.relate.reading import Reading
from pipeline.stems import stems

#: Finds the model of a question.
Models = Callable[[str], Model]
Shares = dict[str, float]
#: Things that may belong to each project, by its key, with the probability of each answer.
Given = dict[str, list[tuple[Thing, Shares]]]
#: Lines less sure than this say nothing of what has become of a project.
_LEAST, _SURE = 0.2, 0.5
_COOPERATION = ("cooperation", "funder")
_HEADS = ("project_head", "project_weak_head")
#: The status that a topic tells; how sure a line must be that states one outright.
STATUSES = {
    "stopped": "cancelled",
    "operating": "operating",
    "completed": "completed",
    "under_construction": "under_construction",
    "planned_work": "planned",
}
_STATED, _USUAL = 0.4, 0.1
#: How a state is told: denied, hoped for, of a part, as the value of a column or label, outright.
_HOWS = ("negation", "hoped", "partial", "column", "said")
_TITLE, _SHORT = 200, 6000
_QUOTES = tuple('«“„"「《')


@dataclass(frozen=True, slots=True)
class Known:
    """A document, and what belongs to its projects by kind of thing."""

    scene: Scene
    given: Mapping[str, Given]

    def shares(self, kind: str, work: Work) -> list[tuple[Thing, Shares]]:
        return self.given[kind][work.key]


def scored(reading: Reading, models: Models | None = None) -> Known:
    """The projects of a document with what belongs to them. models: instead of the shipped ones."""
    models = models or shipped()
    known = Known(judged(propose(reading), models), {})
    for kind in KINDS:
        known = with_kind(known, kind, models(kind))
    return known


def shipped() -> Models:
    """The models of this package."""
    return partial(load, __package__)


def judged(scene: Scene, models: Models) -> Scene:
    """The scene with how sure it is that each line speaks of each project."""
    every = list(scene.sayings.values())
    numbers = [of_saying(scene, s) for s in every]
    near = [words_of_line(scene, s) for s in every]
    given = predict(models("lines"), numbers, near)
    sure = {(s.work.key, s.line): g["yes"] for s, g in zip(every, given, strict=True)}
    return scene.judged(sure)


def words_of_line(scene: Scene, saying: Saying) -> tuple[str, ...]:
    """The words of a line, the project that it may speak of as `<this>`."""
    return tuple(words(scene.resolved, saying.start, saying.end, saying.work))


def with_kind(known: Known, kind: str, model: Model) -> Known:
    """The same with what belongs to each project of one more kind of thing."""
    scene = known.scene
    every = [thing for work in scene.works for thing in things(scene, work, kind)]
    numbers = [of_thing(known, thing) for thing in every]
    near = [tuple(said(scene, thing.work, thing.mention)) for thing in every]
    given: Given = {work.key: [] for work in scene.works}
    for thing, shares in zip(every, predict(model, numbers, near), strict=True):
        given[thing.work.key].append((thing, shares))
    return replace(known, given={**known.given, kind: given})


def of_thing(known: Known, thing: Thing) -> Features:
    """Numbers of a thing; of a state also how sure its towns are, which are asked before."""
    found = features(known.scene, thing)
    if thing.kind == "countries":
        places = known.scene.resolved.places
        towns = [
            shares["yes"]
            for town, shares in known.shares("places", thing.work)
            if places[town.value].country == thing.value
        ]
        found |= {"towns": float(len(towns)), "surest_town": max(towns, default=0.0)}
    return found


def of_state(known: Known, work: Work) -> Features:
    """Numbers of a project for what has become of it."""
    found = {f"{how}_{t}": 0.0 for how in _HOWS for t in STATES}
    for saying in known.scene.of(work):
        for name in _states(known.scene.lines[saying.line], saying):
            found[name] = max(found[name], saying.sure)
    for event in EVENTS:
        found[f"event_{event}"] = max(
            (s.sure for s in known.scene.of(work) if _says(known.scene, s, event)), default=0.0
        )
    for role in ROLES:
        found |= _dated(known, work, role)
    usual = _usual(found)
    found |= {f"usual_{topic}": float(topic == usual) for topic in STATES}
    return found | {"today": float(bool(known.scene.today))}


def _usual(found: Features) -> str:
    """What mostly holds where several states are told: the last that works come to."""
    called = max(STATES, key=lambda topic: found[f"column_{topic}"])
    if found[f"column_{called}"] >= _SURE:
        return called
    ended = found["end"] >= _SURE and not found.get("end_later")
    begun = found["start"] >= _SURE and not found.get("start_later")
    told = {topic for topic in STATES if found[f"said_{topic}"] >= _SURE}
    if "stopped" in told or "operating" in told:
        return "stopped" if "stopped" in told else "operating"
    late = found["expected_end"] >= _SURE
    if (told & {"completed", "opened"} or ended) and not late:
        return "completed"
    if "under_construction" in told or begun or (late and ended):
        return "under_construction"
    return "planned_work" if "planned_work" in told or late else ""


def _states(line: Line, saying: Saying) -> Iterator[str]:
    """The states that the clauses and columns of a line tell."""
    for clause in line.clauses if saying.sure >= _LEAST else ():
        if not saying.start <= clause.start < saying.end:
            continue
        beside = [b for b in _HOWS if says(b, clause.text, line.language)]
        for topic in STATES:
            if says(topic, clause.text, line.language):
                yield f"{beside[0] if beside else _HOWS[-1]}_{topic}"
    for topic in STATES if saying.sure >= _LEAST else ():
        for start, _ in find(topic, line.text, line.language):
            if says("status", column(line, line.start + start), line.language) or _is_label(
                line, start
            ):
                yield f"column_{topic}"
                break


def _is_label(line: Line, at: int) -> bool:
    """Whether "Status:" stands before a word."""
    return any(
        end <= at and line.text[end:at].strip(" *") in (":", "：", "|", "")
        for _, end in find("status", line.text, line.language)
    )


def _says(scene: Scene, saying: Saying, topic: str) -> bool:
    line = scene.lines[saying.line]
    return says(topic, line.text, line.language)


def _dated(known: Known, work: Work, role: str) -> Features:
    """The surest date of a role: how sure, whether it is yet to come."""
    best = max(known.shares("dates", work), key=lambda d: d[1][role], default=None)
    if best is None:
        return {role: 0.0}
    thing, shares = best
    later = is_later(thing.value, known.scene.today)
    return {
        role: shares[role],
        f"{role}_hoped": float(is_hoped(known.scene, thing)),
        f"{role}_later": float(later),
        f"{role}_past": float(bool(known.scene.today) and not later),
    }


def words_of_state(known: Known, work: Work) -> tuple[str, ...]:
    """The words of what speaks of a project."""
    found: list[str] = []
    for saying in known.scene.of(work):
        if saying.sure >= _LEAST:
            prefix = "n:" if saying.sure >= _SURE else "c:"
            found += [prefix + word for word in words_of_line(known.scene, saying)]
    return tuple(found)


def of_work(known: Known, work: Work) -> Features:
    """Numbers of a named project, which may be none of two sides, or only mentioned."""
    scene, document = known.scene, known.scene.resolved.document
    lines = scene.lines
    sayings = [s for s in scene.of(work) if s.sure >= _LEAST]
    own = [lines[i] for i in scene.naming[work.key]]
    above = [lines[i] for line in own for i in line.above]
    first = own[0] if own else None
    found: dict[str, float] = {
        "sure": max(m.confidence for m in work.mentions),
        "mentions": min(MANY, len(work.mentions)),
        "lines": min(float(MANY), sum(s.sure for s in sayings)),
        "works": min(MANY, len(scene.works)),
        "words": min(MANY, len(work.name.split())),
        "letters": len(work.name),
        "upper": work.name.isupper(),
        "quoted": document.text[max(0, work.first.start - 1)] in _QUOTES,
        "is_short": len(document.text) <= _SHORT,
        "ties": min(MANY, sum(bool(line.ties) for line in lines)),
        "tied": any(line.ties for line in own),
        "heading": bool(first and first.block.kind == "heading"),
        "item": bool(first and first.block.kind == "item"),
        "row": bool(first and first.block.kind == "row"),
        "opens": bool(first and first.opens),
        "begins": bool(first and work.first.start - first.start < MANY),
        "where": scene.naming[work.key][0] / len(lines) if own else 1.0,
    }
    for name, topics in (("head", _HEADS), ("title", _COOPERATION)):
        text = work.name if name == "head" else document.title[:_TITLE]
        found |= {f"{name}_{t}": says(t, text, document.language) for t in topics}
    for topic in _COOPERATION:
        found[f"own_{topic}"] = any(says(topic, x.text, x.language) for x in own)
        found[f"above_{topic}"] = any(says(topic, x.text, x.language) for x in above)
        found[f"told_{topic}"] = any(_says(scene, s, topic) for s in sayings)
        found[f"all_{topic}"] = min(MANY, sum(says(topic, x.text, x.language) for x in lines))
    found |= {f"told_{t}": any(_says(scene, s, t) for s in sayings) for t in (*STATES, *BESIDE)}
    return {name: float(value) for name, value in (found | _belonging(known, work)).items()}


def is_of_two(known: Known, work: Work) -> bool:
    """Whether anything shows two sides, in a document that names two states or ties of towns: two
    states that are its own, words of cooperation beside it, or anywhere in a short document."""
    if not _has_strong(known.scene) and len(_countries(known.scene.resolved)) < 2:
        return False
    found = of_work(known, work)
    if found.get("countries_yes_1", 0.0) >= _STATED:
        return True
    where = ("title", "own", "above", "told", *(("all",) if found["is_short"] else ()))
    return any(found[f"{w}_{t}"] for w in where for t in _COOPERATION)


def _has_strong(scene: Scene) -> bool:
    return any(line.is_strong for line in scene.lines)


def _countries(resolved: Resolved) -> set[str]:
    """The states that a document names, and the one in which most of its places lie."""
    named = [m for m in resolved.mentions if m.place_id]
    states = {resolved.places[m.place_id].country for m in named if m.label == "COUNTRY"}
    local = Counter(resolved.places[m.place_id].country for m in named if m.label != "COUNTRY")
    return (states | {state for state, _ in local.most_common(1)}) - {""}


def _belonging(known: Known, work: Work) -> Features:
    """How sure the surest things of each kind are, and all together."""
    found: Features = {}
    for kind in KINDS:
        for answer in ROLES if kind == "dates" else ("yes",):
            shares = sorted((s[answer] for _, s in known.shares(kind, work)), reverse=True)
            found |= {f"{kind}_{answer}_{n}": share for n, share in enumerate(shares[:3])}
            found[f"{kind}_{answer}_sum"] = sum(shares)
    return found


def words_of_work(known: Known, work: Work) -> tuple[str, ...]:
    """The words of a project's name, of the lines that name it, and of the title."""
    scene = known.scene
    found = [f"name:{w}" for w in stems(work.name)]
    found += [f"title:{w}" for w in stems(scene.resolved.document.title[:_TITLE])]
    for mention in work.mentions[:MANY]:
        found += said(scene, work, mention)
    return tuple(found)


def asked(known: Known, works: Sequence[Work], question: str, models: Models) -> list[Shares]:
    """What the model of `states` or of `works` says of each project.

    A status that a form or table states outright needs no model.
    """
    of, near = (of_state, words_of_state) if question == "states" else (of_work, words_of_work)
    numbers = [of(known, work) for work in works]
    given = predict(models(question), numbers, [near(known, work) for work in works])
    if question == "states":
        return [_outright(n) or _swayed(n, g) for n, g in zip(numbers, given, strict=True)]
    return given


def _swayed(found: Features, shares: Shares) -> Shares:
    """The usual order of states has a voice beside the model."""
    usual = {status for topic, status in STATUSES.items() if found[f"usual_{topic}"]}
    return {name: min(1.0, share + _USUAL * (name in usual)) for name, share in shares.items()}


def _outright(found: Features) -> Shares:
    told = {STATUSES[topic]: found[f"column_{topic}"] for topic in STATUSES}
    best = max(told, key=lambda status: told[status])
    return {best: told[best]} if told[best] >= _STATED else {}
