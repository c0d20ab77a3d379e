"""Spans of a block that may name a project: proposals, of which `pipeline.tag.projects` learned to
choose.

They are phrases of capitalised words, names in quotation marks, phrases around a noun for works
(`project_head` of the language packs), leads of entries, cells, and values of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.languages import find, says
from pipeline.records import Block, Document

HEADS = ("project_head", "project_weak_head")
_WORD = re.compile(r"[^\W\d_](?:[\w’']|[-–](?=\w)|\.(?=\w))*")
_GAP = re.compile(r"[ \u00a0\n]|\s[–—-]\s|\s?&\s?")
_NUMBER = re.compile(
    r"\s(?:Phase\s|phase\s)?(?:[IVX]{1,4}|\d{1,2})\b(?![.,]\d|\s?%)|\s?\([IVX\d]{1,4}\)"
)
_QUOTED = re.compile(r"[«“„\"「《‘]([^«»“”„\"「」《》\n]{2,70})[»”“\"」》’]")
_PAIRED = (("«", "»"), ("(", ")"), ("（", "）"), ("「", "」"), ("《", "》"), ("“", "”"))
_LEAD = re.compile(r"(?:[^\W\d_]\w*\s)?[^\W\d_A-ZА-Я]\w*\s(?=[A-ZА-ЯЁ«“„\"])")
_ABBREVIATED = re.compile(r"\s?\([A-Z][A-Za-z]{1,14}\)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fffA-Za-z（）()—–·\-]{3,}")
#: Where a name may begin within a run of Han characters, beside its start.
_HAN_CUT = re.compile(r"[的了和与及由为在于、]|中(?=[\u3400-\u9fff])|援")
_HAN_TAIL = re.compile(r"[（(]?[一二三四五]期[）)]?|项目|工程")
_MARK = re.compile(
    r"^\W*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)、．]?|[A-Z]/\d{1,2}\b|[（(][一二三四五六七八九十]{1,2}[）)])?\W*"
)
#: Where the name of an entry ends.
_END = re.compile(r"[.:;,(（，。：；|\n]|\s[–—-]\s|$")
#: Small words of a name in a row; words of a phrase; words beside a noun for works.
_SMALL, _MOST, _BEFORE, _BEHIND = 2, 12, 3, 5
_JOINT = 4
_LONGEST, _LONGEST_HAN, _LETTERS = 110, 24, re.compile(r"[^\W\d_]{2}")


class Candidate(NamedTuple):
    """A span of the reading text that may name a project.

    source: how it was found. block: its index.
    """

    start: int
    end: int
    source: str
    block: int


def candidates(document: Document, index: int) -> list[Candidate]:
    """The candidates of a block, each once, in text order."""
    block = document.blocks[index]
    text = document.text[block.start : block.end]
    found: dict[tuple[int, int], str] = {}
    for source, spans in (
        ("slot", _slots(document, block)),
        ("lead", _leads(block, text)),
        ("quoted", _quoted(text)),
        ("titled", _titled(text)),
        ("headed", _headed(text, document.language)),
        ("han", _chinese(text)),
    ):
        for start, end in spans:
            name = text[start:end]
            longest = _LONGEST_HAN if _HAN.search(name) else _LONGEST
            whole = end - start <= longest and _LETTERS.search(name) and _is_closed(name)
            if whole and not _is_led(name, document.language):
                found.setdefault((start, end), source)
    return [
        Candidate(block.start + a, block.start + b, source, index)
        for (a, b), source in sorted(found.items())
    ]


def _is_led(name: str, language: str) -> bool:
    """Whether it begins with words that only lead to a name: "the project Clean Wells"."""
    lead = _LEAD.match(name)
    return lead is not None and says("project_before", lead[0], language)


def _is_closed(name: str) -> bool:
    """Whether it holds both of each pair of marks, and is of one cell."""
    return "|" not in name and all(name.count(a) == name.count(b) for a, b in _PAIRED)


def _slots(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """The cell of a column that is called "project", and what stands behind "Project name:"."""
    text, language = document.text[block.start : block.end], document.language
    for (start, end), name in zip(block.cells, document.columns(block), strict=False):
        if says("project_column", name, language):
            yield start - block.start, end - block.start
    at = 0
    for line in text.split("\n"):
        label = next(iter(find("project_label", line, language)), None)
        if label:
            value = line[label.end :].lstrip(" :：\t|")
            start = at + len(line) - len(value)
            yield start, start + len(value.rstrip(" .;"))
        at += len(line) + 1


def _leads(block: Block, text: str) -> Iterator[tuple[int, int]]:
    """The beginning of an entry, a heading, or a short line, behind its number, to its first stop;
    the first cells of a row."""
    for start, end in block.cells[:2] if block.kind == "row" else ():
        yield start - block.start, end - block.start
    mark = _MARK.match(text)
    begin = mark.end() if mark else 0
    stop = _END.search(text, begin)
    end = stop.start() if stop else len(text)
    yield begin, begin + len(text[begin:end].rstrip())
    if block.kind == "heading":
        yield begin, begin + len(text[begin:].split("\n")[0].rstrip(" .。"))


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks, with them, and with the words before them."""
    for match in _QUOTED.finditer(text):
        yield match.span(1)
        yield match.span()
        for word in _words_before(text, match.start(), _BEFORE + 1):
            yield word, match.end()


def _words_before(text: str, position: int, most: int) -> list[int]:
    """Where the last words before a position begin, nearest first; none behind a stop."""
    words = list(_WORD.finditer(text, max(0, position - 80), position))
    found: list[int] = []
    last = position
    for word in reversed(words[-most:]):
        if not re.fullmatch(r"[\s-]{1,2}", text[word.end() : last]):
            break
        found.append(word.start())
        last = word.start()
    return found


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """Phrases of capitalised words joined by small ones, whole and cut before each small word or
    behind each first."""
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        if not words[index][0][0].isupper():
            index += 1
            continue
        last = _reach(text, words, index)
        yield from _variants(text, words[index : last + 1])
        index = last + 1


def _reach(text: str, words: Sequence[re.Match[str]], first: int) -> int:
    """Index of the last word of the phrase that begins at `first`."""
    last = first
    for index in range(first + 1, min(len(words), first + _MOST)):
        word = words[index][0]
        if not _GAP.fullmatch(text[words[index - 1].end() : words[index].start()]):
            break
        if word[0].isupper():
            last = index
        elif len(word) > _JOINT or index - last > _SMALL:
            break
    return last


def _variants(text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    joints = [i for i, w in enumerate(words) if w[0][0].islower()]
    ends = {len(words), *(i for i in joints if i)}
    # "Besides the Harbour Dam", "Japan-built Harbour Dam"
    starts = {0, *(i + 1 for i in joints if i < _SMALL), *({1} - set(joints))}
    starts = {i for i in starts if i < len(words)}
    for first in starts:
        for end in ends:
            if end > first and words[first][0][0].isupper() and words[end - 1][0][0].isupper():
                start, stop = words[first].start(), words[end - 1].end()
                yield start, stop
                if tail := _NUMBER.match(text, stop) or _ABBREVIATED.match(text, stop):
                    yield start, tail.end()


def _headed(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Phrases around a noun for works: with words before, with what it is of, in or between."""
    spans = [span for topic in HEADS for span in find(topic, text, language)]
    for start, end in spans if not _HAN.search(text) else ():
        ends = list(_ends(text, end))
        for first in (start, *_words_before(text, start, _BEFORE)):
            for stop in ends:
                yield first, stop


def _ends(text: str, end: int) -> Iterator[int]:
    """Where a phrase may end whose noun ends at `end`: there, and behind the names that follow."""
    yield end
    if tail := _NUMBER.match(text, end) or _ABBREVIATED.match(text, end):
        yield tail.end()
    last, small = end, 0
    for word in list(_WORD.finditer(text, end, end + 90))[: _MOST + 1]:
        if not re.fullmatch(r"[ \u00a0]|\s[–—-]\s", text[last : word.start()]):
            break
        last, small = word.end(), 0 if word[0][0].isupper() else small + 1
        if small > _BEHIND:
            break
        if small == 0 or len(word[0]) > _JOINT:
            yield last


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    """Runs of Han characters that end in a noun for works, from each place where one may begin."""
    for run in _HAN_RUN.finditer(text):
        ends = {end for topic in HEADS for _, end in find(topic, run[0], "zh")}
        ends |= {m.end() for e in ends if (m := _HAN_TAIL.match(run[0], e))}
        cuts = {m.start() if m[0] in "中援" else m.end() for m in _HAN_CUT.finditer(run[0])}
        led = range(1, len(run[0])) if ends else ()
        cuts |= {at for at in led if says("project_before", run[0][:at], "zh")}
        for end in ends:
            begins = sorted(c for c in {0, *cuts} if 2 < end - c <= _LONGEST_HAN)
            yield from ((run.start() + c, run.start() + end) for c in begins[-4:])
