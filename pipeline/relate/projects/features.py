"""What is measured of sayings and of things that may belong to a project: numbers by name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipeline.languages import find, says
from pipeline.model import Features
from pipeline.records import Mention
from pipeline.relate.lines import Line
from pipeline.relate.parties import ends_with
from pipeline.relate.projects.names import Work
from pipeline.relate.projects.propose import NEAR, WAYS, Saying, Scene
from pipeline.relate.projects.words import around, words
from pipeline.stems import stems

#: What may be said to happen to a project; a date is of the nearest of these.
EVENTS = ("start", "completed", "opened", "stopped", "agreed", "other_event")
STATES = (
    *("planned_work", "under_construction", "operating", "completed", "stopped"),
    *("start", "opened"),
)
#: What is said beside an event or a state.
BESIDE = ("hoped", "partial", "term")
_SAID = ("the_project", "all_projects", "other_matter", "confused", "cooperation", "funder")
_LINKS = ("in", "with", "from", "of", "between", "and", "to", "since", "until")
#: Counts and distances above these say no more; also where there is nothing to count to.
MANY, _FAR, _REACH = 12, 250, 120
_KINDS = ("heading", "item", "row", "paragraph")
_TURN = re.compile(r"[.;:!?。；：]")
_LABEL = re.compile(r"^\W{0,3}[^\W\d][^:：\n|]{1,34}(?:[:：]|\s{3,}|\s?\|)\s*")
_PAUSE, _BRACKET = re.compile(r"[,，、(（)）]|\s[–—-]\s"), 18


def of_saying(scene: Scene, saying: Saying) -> Features:
    """Numbers of a line as one that speaks of a project."""
    line = scene.lines[saying.line]
    found = _spoken(scene, saying.work, saying.line)
    found |= _distance(scene, saying.work, saying.line)
    found |= _line(scene, line, saying.line)
    found |= {f"says_{t}": says(t, line.text, line.language) for t in (*EVENTS, *BESIDE)}
    return _plain(found)


def link(scene: Scene, work: Work, mention: Mention) -> Features:
    """Numbers of a mention and a project that the same document names."""
    index = scene.line_at(mention.start)
    line = scene.lines[index]
    inside = scene.resolved.within(line.start, line.end)
    same = [m for m in inside if m.label == mention.label]
    found = _spoken(scene, work, index) | _distance(scene, work, index)
    found |= _line(scene, line, index) | _beside(scene, work, mention, line)
    return _plain(
        found
        | {
            "here": scene.saying(work, mention) is not None,
            "offset": min(_FAR, mention.start - line.start),
            "rank": min(MANY, sum(m.start < mention.start for m in same)),
            "of_label": min(MANY, len(same)),
        }
    )


def _plain(found: dict[str, float]) -> Features:
    return {name: float(value) for name, value in found.items()}


def _spoken(scene: Scene, work: Work, index: int) -> dict[str, float]:
    """How the line may speak of the project, and of others."""
    own = scene.sayings.get((work.key, index))
    rest = [s for w in scene.works if w is not work and (s := scene.sayings.get((w.key, index)))]
    ways = own.ways if own else frozenset()
    found: dict[str, float] = {f"way_{way}": way in ways for way in WAYS}
    found |= {f"other_{way}": any(way in s.ways for s in rest) for way in WAYS}
    return found | {
        "sure": own.sure if own else 0.0,
        "sure_other": max((s.sure for s in rest), default=0.0),
        "works": min(len(scene.works), MANY),
    }


def _distance(scene: Scene, work: Work, index: int) -> dict[str, float]:
    """Lines and blocks to the nearest naming before and behind."""
    naming, lines = scene.naming[work.key], scene.lines
    at = bisect_right(naming, index)
    before = naming[at - 1] if at else None
    behind = naming[at] if at < len(naming) else None
    near = before if before is not None else behind
    blocks, others = MANY, MANY
    if near is not None:
        blocks = abs(lines[index].sentence.block - lines[near].sentence.block)
    if before is not None:
        others = bisect_right(scene.every, index) - bisect_right(scene.every, before)
    return {
        "ago": min(NEAR, index - before) if before is not None else NEAR + 1,
        "ahead": min(NEAR, behind - index) if behind is not None else NEAR + 1,
        "blocks": min(MANY, blocks),
        "first_ago": min(MANY, index - naming[0]) if naming else MANY + 1,
        "others_between": min(MANY, others),
        "others_ever": len(scene.every) > len(naming),
    }


def _line(scene: Scene, line: Line, index: int) -> dict[str, float]:
    """The sort of line, and what it says."""
    text = scene.resolved.document.text[line.start : line.end]
    found: dict[str, float] = {f"block_{kind}": line.block.kind == kind for kind in _KINDS}
    found |= {f"says_{topic}": says(topic, line.text, line.language) for topic in _SAID}
    return found | {
        "label_line": _LABEL.match(text) is not None,
        "length": min(_FAR, len(text)),
        "opens": line.opens,
        "early": line.sentence.block < 2,
        "place_in_document": index / max(1, len(scene.lines)),
        "dates": min(MANY, len(line.dates)),
        "tied": bool(line.ties),
    }


def _beside(scene: Scene, work: Work, mention: Mention, line: Line) -> dict[str, float]:
    """Whether the project is the last, or the next, that the text names."""
    named = sorted((m.start, w.key) for w in scene.works for m in w.mentions)
    at = bisect_left(named, mention.start, key=lambda n: n[0])
    before = named[at - 1][1] if at else ""
    behind = named[at][1] if at < len(named) and named[at][0] < line.end else ""
    own = (m for m in work.mentions if line.start <= m.start < line.end)
    nearest = min(own, key=lambda m: abs(m.start - mention.start), default=None)
    low, high = sorted((nearest.start if nearest else mention.start, mention.start))
    text = scene.resolved.document.text
    return {
        "last_named": before == work.key,
        "next_named": behind == work.key,
        "next_other": behind not in ("", work.key),
        "gap": min(_FAR, high - low) if nearest else _FAR,
        "after_name": nearest is not None and nearest.start < mention.start,
        "turns": len(_TURN.findall(text[low:high])) if nearest else -1,
    }


def said(scene: Scene, work: Work, mention: Mention) -> Iterator[str]:
    """The words around a mention, those of its label and of its column."""
    resolved, line = scene.resolved, scene.lines[scene.line_at(mention.start)]
    start, end = max(line.start, mention.start - _REACH), min(line.end, mention.end + _REACH)
    before = words(resolved, start, mention.start, work)
    yield from around(before, words(resolved, mention.end, end, work))
    text = resolved.document.text[line.start : line.end]
    if label := _LABEL.match(text):
        yield from (f"l:{w}" for w in words(resolved, line.start, line.start + label.end()))
    yield from (f"h:{w}" for w in stems(column(line, mention.start)))


def column(line: Line, position: int) -> str:
    """What the table calls the column of a character of the reading text; empty for none."""
    cell = line.cell_of(position)
    return line.columns[cell] if 0 <= cell < len(line.columns) else ""


def around_mention(line: Line, mention: Mention) -> Features:
    """What stands before a mention, and how far the words for events stand from it."""
    clause = line.clause_at(mention.start)
    local = (mention.start - clause.start, mention.end - clause.start)
    before = clause.text[max(0, local[0] - _REACH) : local[0]]
    found: dict[str, float] = {f"led_{t}": ends_with(t, before, line.language) for t in _LINKS}
    called = column(line, mention.start)
    prices = {}
    for topic in (*EVENTS, *BESIDE):
        gaps = [
            _price(clause.text, span, local) for span in find(topic, clause.text, line.language)
        ]
        found[f"before_{topic}"] = min((price for side, price in gaps if side < 0), default=_FAR)
        found[f"behind_{topic}"] = min((price for side, price in gaps if side > 0), default=_FAR)
        found[f"column_{topic}"] = bool(called) and says(topic, called, line.language)
        prices[topic] = min((price for _, price in gaps), default=_FAR)
    nearest = min(EVENTS, key=lambda topic: prices[topic])
    found |= {f"nearest_{t}": t == nearest and prices[t] < _FAR for t in EVENTS}
    return _plain(found)


def event(line: Line, mention: Mention) -> str:
    """The event whose word stands nearest to a date; empty where the clause tells of none."""
    found = around_mention(line, mention)
    return next((t for t in EVENTS if found[f"nearest_{t}"] or found[f"column_{t}"]), "")


def _price(text: str, word: tuple[int, int], mention: tuple[int, int]) -> tuple[int, int]:
    """Whether a word stands before or behind a mention, and how far: pauses count as characters."""
    side = -1 if word[0] < mention[0] else 1
    gap = text[word[1] : mention[0]] if side < 0 else text[mention[1] : word[0]]
    return side, len(gap) + _BRACKET * len(_PAUSE.findall(gap))
