"""Propose: for each project of a document the lines that may speak of it, and how."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.languages import find, says
from pipeline.records import Mention, Resolved
from pipeline.relate.dateline import document_date
from pipeline.relate.lines import Line
from pipeline.relate.projects.names import Work, works
from pipeline.relate.reading import Reading

#: How a line may speak of a project: it names it; has a short name; counts ("the second"); speaks
#: of all; of "the project", which is the last or the headed one; stands below a line that names
#: it; below an entry that it begins; before "its name is …"; in a document that is all about it;
#: or goes on near a naming.
WAYS = ("named", "called", "counted", "all", "meant", "below", "entry", "ahead", "main", "near")
#: Lines beside a naming that may still speak of the project; those before the telling of its name.
NEAR, _AHEAD = 11, 3
#: A line is an entry where the name stands at its beginning and it is not much longer.
_ENTRY, _BEGINS = 90, 12
#: A heading among so many first lines names what the whole document is about.
_TITLE_LINES = 4
_ORDINALS = ("the_first", "the_second", "the_third")


@dataclass(frozen=True, slots=True)
class Saying:
    """A stretch of a line that may speak of a project. sure: how sure that is, once scored."""

    work: Work
    line: int
    start: int
    end: int
    ways: frozenset[str]
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a document speaks of which project.

    today: its date, EDTF, empty where unknown. sayings: by project and line. naming: of each
    project, the lines that name it, in order; every: all of them. starts: of the lines.
    """

    reading: Reading
    works: tuple[Work, ...]
    today: str
    sayings: Mapping[tuple[str, int], Saying]
    naming: Mapping[str, tuple[int, ...]]
    every: tuple[int, ...]
    starts: tuple[int, ...]

    @property
    def resolved(self) -> Resolved:
        return self.reading.resolved

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.reading.lines

    def line_at(self, position: int) -> int:
        """Index of the line at or before a character of the reading text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def of(self, work: Work) -> list[Saying]:
        """What may speak of a project, in text order."""
        return [s for (key, _), s in self.sayings.items() if key == work.key]

    def saying(self, work: Work, mention: Mention) -> Saying | None:
        """What may speak of a project where a mention stands."""
        found = self.sayings.get((work.key, self.line_at(mention.start)))
        return found if found and found.start <= mention.start < found.end else None

    def apart(self, work: Work, line: int) -> int:
        """Lines from one to the nearest that names a project; `NEAR` + 1 where none is near."""
        named = self.naming[work.key]
        at = bisect_left(named, line)
        return min([NEAR + 1, *(abs(n - line) for n in named[max(0, at - 1) : at + 1])])

    def judged(self, sure: Mapping[tuple[str, int], float]) -> Scene:
        """The same with how sure each saying is."""
        known = {key: replace(s, sure=sure[key]) for key, s in self.sayings.items()}
        return replace(self, sayings=known)


@dataclass(slots=True)
class _Memory:
    """What a reader remembers. last: named or called; entry: begun; main: of the title."""

    last: Work | None = None
    entry: Work | None = None
    main: Work | None = None
    seen: list[Work] = field(default_factory=list)


def propose(reading: Reading) -> Scene:
    """The projects of a document, with all lines that may speak of them."""
    every = works(reading.resolved)
    starts = tuple(line.start for line in reading.lines)
    named = [_named(line, every) for line in reading.lines] if every else []
    naming = {w.key: tuple(i for i, own in enumerate(named) if w in own) for w in every}
    told = tuple(sorted(i for lines in naming.values() for i in lines))
    today = document_date(reading.resolved) if every else ""
    scene = Scene(reading, every, today, {}, naming, told, starts)
    memory, sayings = _Memory(), {}
    for index, own in enumerate(named):
        only = _counted(reading.lines[index], memory.seen) if len(memory.seen) > 1 else None
        for work in every if only is None else {only, *own}:
            ways = frozenset(_ways(scene, memory, named, index, work))
            if ways:
                span = _stretch(reading.lines[index], own, work)
                sayings[work.key, index] = Saying(work, index, *span, ways)
        _remember(memory, reading.lines[index], index, own)
    return replace(scene, sayings=sayings)


def _named(line: Line, every: Sequence[Work]) -> dict[Work, int]:
    """The projects that a line names, by where it first does, in order."""
    first = {
        work: next((m.start for m in work.mentions if line.start <= m.start < line.end), -1)
        for work in every
    }
    return dict(sorted(((w, at) for w, at in first.items() if at >= 0), key=lambda f: f[1]))


def _stretch(line: Line, own: Mapping[Work, int], work: Work) -> tuple[int, int]:
    """From the name to that of the next; of the first from the beginning of the line."""
    if work not in own:
        return line.start, line.end
    starts = [line.start, *list(own.values())[1:], line.end]
    at = list(own).index(work)
    return starts[at], starts[at + 1]


def _ways(
    scene: Scene, memory: _Memory, named: Sequence[Mapping[Work, int]], index: int, work: Work
) -> Iterator[str]:
    line = scene.lines[index]
    if work in named[index]:
        yield "named"
    text = scene.resolved.document.text[line.start : line.end]
    if work in memory.seen:
        if work not in named[index] and work.called.search(text):
            yield "called"
        if len(memory.seen) > 1 and work == _counted(line, memory.seen):
            yield "counted"
        if says("all_projects", line.text, line.language):
            yield "all"
        if work in (memory.last, memory.entry) and says("the_project", line.text, line.language):
            yield "meant"
    above = next((named[i] for i in reversed(line.above) if named[i]), {})
    if work in above:
        yield "below"
    if work is memory.entry:
        yield "entry"
    if work is memory.main:
        yield "main"
    if scene.apart(work, index) <= NEAR:
        yield "near"
    ahead = range(index + 1, min(len(named), index + 1 + _AHEAD))
    if any(_tells_name(scene.lines[i]) and work in named[i] for i in ahead):
        yield "ahead"


def _counted(line: Line, seen: Sequence[Work]) -> Work | None:
    """The project that "the second" means, or a note "(2)" to the rows of a table."""
    marked = re.match(r"\W*\((\d)\)", line.text)
    if marked and 0 < int(marked[1]) <= len(seen):
        return seen[int(marked[1]) - 1]
    for place, topic in enumerate(_ORDINALS[: len(seen)]):
        if _begins(topic, line):
            return seen[place]
    return seen[-1] if _begins("the_last", line) else None


def _begins(topic: str, line: Line) -> bool:
    return any(start < _BEGINS for start, _ in find(topic, line.text, line.language))


def _tells_name(line: Line) -> bool:
    return says("name_told", line.text, line.language)


def _remember(memory: _Memory, line: Line, index: int, own: Mapping[Work, int]) -> None:
    memory.seen += [work for work in own if work not in memory.seen]
    text_length = line.end - line.start
    opens = line.block.kind == "heading" or text_length < _ENTRY
    first = next((work for work, at in own.items() if at - line.start < _BEGINS), None)
    if first and opens:
        memory.entry = first
    elif line.block.kind == "heading" and not own:
        memory.entry = None
    if own:
        memory.last = list(own)[-1]
        if opens and index < _TITLE_LINES and not memory.main:
            memory.main = next(iter(own))
    else:
        called = (w for w in reversed(memory.seen) if w.called.search(line.text))
        memory.last = next(called, memory.last)
