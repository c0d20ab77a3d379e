"""Of which project a sentence speaks: by name, by a short name, or by going on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Block, Resolved, Sentence
from pipeline.relate.works.names import Work
from pipeline.relate.works.vocabulary import group, says

LABEL_LINE = re.compile(r"^\W{0,3}[^\W\d][^:：\n|]{1,34}(?:[:：]|\s{3,}|\s?\|)")
_NUMBERED = re.compile(r"^\W{0,2}(?:[A-Z]/)?\d+(?:\.\d+)*[.)]?\s")
_PRONOUN = re.compile(r"^(?:A\.\s|[-–—]\s?)?(?:it|its|this|that)\b|^(?:он|она|оно)\b", re.I)
#: "This project, called ...": what was told before is of the project named now.
_POINTS_BACK = re.compile(
    r"^(?:the|this)\s(?:project|scheme|undertaking|facility|place|site),?\s(?:is\s|was\s)?(?:called|named|known)"
    r"|^(?:(?:on\spaper|in\sthe\s(?:files|papers|contract)|officially|formally),?\s)?(?:it|the\s\w+|all\sthis|this)"
    r"(?:\sis|\swas|\sgoes|\sbears|[’']s)?\s(?:(?:officially|formally|now|full|known|called|by|under|the|official|name|title)\s){2,}"
    r"|^(?:its|the)\s(?:full|official|proper|formal)\s(?:name|title)"
    r"|^(?:这个|这座|这项|该)(?:工程|项目|园区|园)，?[^。]{0,8}(?:叫|名为|称)"
    r"|^(?:它|其)的?(?:全名|全称|正式名称|大名|学名)|^(?:文件上|正式)(?:叫|名称)"
    r"|^этот проект назыв|^(?:его\s|её\s)?(?:полное|официальное)\s(?:название|имя)"
    r"|^(?:официально|по\sдокументам|в\sдокументах)[^.]{0,20}назыв",
    re.I,
)
#: A line of a form is short and no sentence.
_FORM = 70
_ENDED = re.compile(r"[.!?。！？]\W*$")
#: How sure it is that a fact is about the project, by how the sentence speaks of it.
NAMED, REFERRED, CONTINUED, SAME_SECTION, NEARBY = 0.85, 0.75, 0.65, 0.55, 0.5
#: Sentences in a row without a reference that may still go on about a project.
_MAX_CONTINUED = 5
#: A heading among so many first blocks names what the whole document is about.
_TITLE_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence that speaks of one project, with how sure that is."""

    sentence: Sentence
    start: int
    end: int
    work: Work
    confidence: float

    @property
    def named(self) -> bool:
        return self.confidence >= NAMED


@dataclass(slots=True)
class _State:
    """Where the reading stands.

    headed: the project whose heading or label line came last; main: of the title;
    rival: whether the last sentence spoke of something else.
    """

    last: Work | None = None
    block: int = -1
    continued: int = 0
    headed: Work | None = None
    main: Work | None = None
    rival: bool = False


def parts(
    resolved: Resolved, sentences: Sequence[Sentence], works: Sequence[Work]
) -> Iterator[Part]:
    """Stretches of the document that speak of its projects, in text order."""
    if not works:
        return
    state = _State()
    unclaimed: list[Sentence] = []
    for sentence in sentences:
        block = resolved.document.blocks[sentence.block]
        named = _named(sentence, works)
        text = resolved.tagged.text_of(sentence)
        if named:
            if _POINTS_BACK.match(text) and state.last is not named[0][1]:
                for earlier in _just_before(sentence, unclaimed):
                    yield Part(earlier, earlier.start, earlier.end, named[0][1], REFERRED)
            yield from _split(sentence, named)
            state.last, state.block, state.continued = named[-1][1], sentence.block, 0
            state.rival = False
            head = _is_title(resolved, block, named[0][0]) or _is_label(text)
            if sentence.block < _TITLE_BLOCKS and head and not state.main:
                state.main = named[0][1]
            state.headed = (
                named[-1][1] if head else None if block.kind == "heading" else state.headed
            )
            continue
        if block.kind == "heading" and not _is_label(text):
            _enter(state, text, works)
            continue
        if says("negated", text):
            state.continued = _MAX_CONTINUED
            continue
        everything = group("references")["everything"].search(text)
        if everything:
            for work in works:
                yield Part(sentence, sentence.start, sentence.end, work, REFERRED)
            continue
        referred = _referred(state, text, works, sentence.start)
        if referred:
            yield Part(sentence, sentence.start, sentence.end, referred, REFERRED)
            state.last, state.block, state.continued = referred, sentence.block, 0
            state.rival = False
            continue
        if says("rivals", text) and not (state.headed and _is_label(text)):
            state.continued += 2
            state.rival = True
            continue
        unclaimed.append(sentence)
        yield from _going_on(state, sentence, block, text, len(works))


def _just_before(sentence: Sentence, unclaimed: Sequence[Sentence]) -> list[Sentence]:
    """Sentences of this block and the one before, for a name that comes after its facts."""
    return [s for s in unclaimed if sentence.block - s.block <= 1]


def _named(sentence: Sentence, works: Sequence[Work]) -> list[tuple[int, Work]]:
    """Projects named in a sentence with the offset of their first name there."""
    found: dict[str, tuple[int, Work]] = {}
    for work in works:
        for mention in work.mentions:
            if sentence.start <= mention.start < sentence.end:
                found.setdefault(work.key, (mention.start, work))
    return sorted(found.values(), key=lambda f: f[0])


def _split(sentence: Sentence, named: list[tuple[int, Work]]) -> Iterator[Part]:
    """One part a project: from its name to the next one's; the first from the beginning."""
    starts = [sentence.start, *(at for at, _ in named[1:])]
    ends = [*starts[1:], sentence.end]
    for (_, work), start, end in zip(named, starts, ends, strict=True):
        yield Part(sentence, start, end, work, NAMED)


def _is_title(resolved: Resolved, block: Block, at: int) -> bool:
    """Whether a name is a heading, or stands at the beginning of a short line of its own."""
    line = block.end - block.start
    return block.kind == "heading" or (line < 90 and at - block.start < 12)


def _is_label(text: str) -> bool:
    return bool(LABEL_LINE.match(text)) and len(text) < 160


def _is_form(text: str) -> bool:
    """Whether a line only sets a value beside what it is: "Ground-breaking  May 2020"."""
    return len(text) < _FORM and not _ENDED.search(text)


def _enter(state: _State, heading: str, works: Sequence[Work]) -> None:
    """A heading that names no project ends the section of one, unless all is about it."""
    if len(works) > 1 or (_NUMBERED.match(heading) and state.headed is None):
        state.headed = state.main
        state.block = -1
    state.continued = 0 if state.headed else _MAX_CONTINUED


def _referred(state: _State, text: str, works: Sequence[Work], at: int) -> Work | None:
    """The project that a sentence calls by a short name, the last named first."""
    before = [w for w in works if w.first.start < at]
    if len(before) > 1 and (counted := _counted(text, before)):
        return counted
    recent = sorted(before, key=lambda w: (w is not state.last, -w.first.start))
    for work in recent:
        if work.short.search(text):
            return work
    if state.last and _PRONOUN.match(text):
        return None if state.rival else state.last
    if state.last and group("references")["generic"].search(text):
        return state.headed or state.last
    return None


def _counted(text: str, before: Sequence[Work]) -> Work | None:
    """The project that "the second" means, or a note "(2)" to the rows of a table."""
    for number, pattern in group("ordinals").items():
        if pattern.match(text):
            place = int(number) - 1 if int(number) > 0 else len(before) + int(number)
            return before[place] if 0 <= place < len(before) else None
    return None


def _going_on(
    state: _State, sentence: Sentence, block: Block, text: str, count: int
) -> Iterator[Part]:
    """A sentence without a reference: goes on in the same block, or under the project's heading."""
    state.continued += 1
    if state.last and state.block == sentence.block and state.continued <= _MAX_CONTINUED:
        yield Part(sentence, sentence.start, sentence.end, state.last, CONTINUED)
    elif state.headed and (state.continued <= _MAX_CONTINUED or _is_label(text)):
        confidence = CONTINUED if _is_label(text) or block.kind in ("row", "item") else SAME_SECTION
        yield Part(sentence, sentence.start, sentence.end, state.headed, confidence)
    elif count == 1 and state.last and (_is_form(text) or 0 < sentence.block - state.block <= 2):
        sure = SAME_SECTION if _is_label(text) or _is_form(text) else NEARBY
        yield Part(sentence, sentence.start, sentence.end, state.last, sure)
