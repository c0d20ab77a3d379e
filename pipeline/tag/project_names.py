"""Spans that may name a project: title-case phrases, quoted names, Chinese compounds.

They are candidates only; `pipeline.tag.projects` weighs what the text says around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.vocabulary import read

Vocabulary = dict[str, dict[str, list[str]]]

_WORD = re.compile(r"[^\W\d_](?:[\w’']|[-–](?=\w)|\.(?=\w))*")
#: Two names of places joined: "Batam–Changwon", "Danube-Ruhr".
_PAIR = re.compile(r"^[^\W\d_][\w’']{2,}[–-][^\W\d_][\w’']{2,}$")
_SHARED = re.compile(
    r"\b(?:Joint|Friendship|Binational|Cross-Border|Transborder|International|Cooperation)\b"
)
#: What may stand in a line before a name: a number, a mark, a label.
_LINE_START = re.compile(r"^\W*(?:[A-Z]/)?[\d.]*\W*(?:[^\W\d][\w .]{1,24}(?::|：|\s{2,})\s*)?$")
#: Words before a Chinese name that do not belong to it.
_HAN_LEAD = re.compile(r"^.*?(?:为|叫|称|建设|推进|参观|走进|实施)(?=[\u4e00-\u9fff]{2})")
_IN_TOWN = re.compile(r"in [^\W\d_][\w’'-]+(?! [^\W\da-z])\b")
#: A name with more than this share of capitals is a title in capitals.
_SHOUTING = 0.6
_ARTICLES = frozenset({"The", "A", "An", "Our"})
_MAX_WORDS = 11
_ROMAN_OR_NUMBER = re.compile(r"^(?:[IVX]{1,4}|\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a block that may name a project.

    head: the noun that says what it is, lower case; empty for none known.
    points: how much the name alone speaks for a project.
    """

    start: int
    end: int
    head: str
    points: float


@cache
def vocabulary() -> dict[str, object]:
    """The file `vocab/projects.yaml` as it stands."""
    loaded: dict[str, object] = read("pipeline.tag", "projects")
    return loaded


@cache
def words_of(*path: str) -> frozenset[str]:
    """A list of plain words of the vocabulary, by the keys that lead to it."""
    found: object = vocabulary()
    for key in path:
        assert isinstance(found, dict)
        found = found[key]
    assert isinstance(found, list)
    return frozenset(map(str, found))


@cache
def _heads() -> dict[str, float]:
    points = {word.casefold(): 1.0 for word in words_of("heads", "weak")}
    return points | {word.casefold(): 2.0 for word in words_of("heads", "strong")}


def candidates(text: str) -> Iterator[Candidate]:
    """Candidates of a block in text order; they may overlap."""
    yield from _titled(text)
    yield from _described(text)
    yield from _russian(text)
    yield from _chinese(text)


def head_of(word: str) -> str:
    """The known head noun that a word is, in the singular; empty for none."""
    word = word.casefold()
    for form in (word, word.removesuffix("s"), word.rpartition("-")[2]):
        if form in _heads():
            return form
    return ""


def _titled(text: str) -> Iterator[Candidate]:
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        if not words[index][0][0].isupper():
            index += 1
            continue
        last = _reach(text, words, index)
        first = index
        line = _is_line(text, words, index)
        while first < last and (
            words[first][0] in (_ARTICLES if line else words_of("not_first"))
            or not words[first][0][0].isupper()
        ):
            first += 1
        barred = words_of("never") & {w[0] for w in words[first : last + 1]}
        if last > first and not barred and words[last][0] not in words_of("never_last"):
            yield _candidate(text, words[first : last + 1])
        index = last + 1


def _reach(text: str, words: list[re.Match[str]], first: int) -> int:
    """Index of the last word of the title-case phrase that begins at `first`."""
    last = first
    for index in range(first + 1, min(len(words), first + _MAX_WORDS)):
        word = words[index][0]
        if not re.fullmatch(r"[ \u00a0\n]", text[words[index - 1].end() : words[index].start()]):
            break
        if word[0].isupper():
            last = index
        elif word in words_of("joints"):
            if word == "and" and head_of(words[index - 1][0]):
                break
        elif (
            not _is_line(text, words, first)
            and not (
                index == first + 2
                and head_of(words[index - 1][0])
                and _IN_TOWN.match(text, words[index].start())
            )
        ) or word not in words_of("line_joints"):
            break
    return last


def _is_line(text: str, words: list[re.Match[str]], first: int) -> bool:
    """Whether a phrase begins a line that holds nothing but capitalised words and joints."""
    start = words[first].start()
    if not _LINE_START.match(text[:start].rpartition("\n")[2]):
        return False
    line = text[start:].partition("\n")[0]
    if len(line) > 90 or re.search(r"[.;:,]\s|\d{4}", line):
        return False
    small = words_of("joints") | words_of("line_joints")
    return all(w[0][0].isupper() or w[0] in small for w in _WORD.finditer(line))


def _candidate(text: str, words: list[re.Match[str]]) -> Candidate:
    start, end = words[0].start(), words[-1].end()
    tail = re.match(r"\s(?:Phase\s)?(?:[IVX]{1,4}|\d{1,2})\b(?![.,]\d|\s?%)", text[end:])
    if tail and head_of(words[-1][0]) and _ROMAN_OR_NUMBER.match(tail[0].split()[-1]):
        end += tail.end()
    name = text[start:end]
    if sum(c.isupper() for c in name) > _SHOUTING * sum(c.isalpha() for c in name):
        return Candidate(start, end, "", -9.0)
    joint = next((i for i, w in enumerate(words) if w[0][0].islower()), len(words))
    head = head_of(words[-1][0]) or head_of(words[joint - 1][0])
    points = _heads().get(head, 0.0)
    points += 2.0 * any(_PAIR.match(w[0]) and head for w in words[:2])
    points += 1.0 * bool(_SHARED.search(name) and head)
    points += 0.5 * (len(words) >= 3)
    return Candidate(start, end, head, points)


def _described(text: str) -> Iterator[Candidate]:
    for match in _pattern("described").finditer(text):
        yield Candidate(match.start(), match.end(), "town", 5.0)
    for match in _pattern("compounds").finditer(text):
        yield Candidate(match.start(), match.end(), match[0].split()[-1].casefold(), 3.5)


def _pattern(name: str) -> re.Pattern[str]:
    return _compiled("|".join(map(str, vocabulary()[name])))  # type: ignore[call-overload]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _quoted_russian() -> re.Pattern[str]:
    stems = "|".join(sorted(words_of("russian", "nouns"), key=len, reverse=True))
    ending = "ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ое|ее|ые|ие|ых|их"
    adjective = rf"[А-ЯЁа-яё]+(?:-[а-яё]+)*(?:{ending})"
    noun = rf"(?:[а-яё]+-)?(?:{stems})[а-яё]*"
    return re.compile(
        rf"(?:\b{adjective}\s){{0,3}}(?<![\wё])(?P<head>{noun})"
        r"(?:\s[а-яё][а-яё-]*){0,4}\s[«“„][^«»“”\n]{2,60}[»”]",
        re.I,
    )


@cache
def _plain_russian() -> re.Pattern[str]:
    stems = "|".join(sorted(words_of("russian", "nouns"), key=len, reverse=True))
    adjective = r"[А-ЯЁ][а-яё]+(?:ый|ий|ой|ого|ому|ым|им|ом|ая|ую|ое|ые|ых)"
    return re.compile(
        rf"(?:\b{adjective}\s(?:{stems})[а-яё]*|\b(?:{stems})[а-яё]*)"
        r"\s(?:через|в|имени|у|на|под)\s[А-ЯЁ][а-яё]+(?:\s(?:у|в)\s(?:села|города)?\s?[А-ЯЁ][а-яё]+)?",
        re.I,
    )


def _russian(text: str) -> Iterator[Candidate]:
    if "«" not in text and not re.search(r"[а-яё]{4}", text):
        return
    for match in _quoted_russian().finditer(text):
        yield Candidate(match.start(), match.end(), match["head"].casefold(), 3.0)
    for match in _plain_russian().finditer(text):
        last = match[0].split()[-1]
        if last[0].isupper():
            yield Candidate(match.start(), match.end(), match[0].split()[0].casefold(), 1.0)


@cache
def _han() -> re.Pattern[str]:
    heads = "|".join(sorted(words_of("chinese", "heads"), key=len, reverse=True))
    short = "|".join(sorted(words_of("chinese", "short"), key=len, reverse=True))
    phase = r"(?:[（(]?[一二三四五]期[）)]?)?"
    inner = r"[\u4e00-\u9fff（）()—–·]"
    names = r"[\u4e00-\u9fff]{2,9}"
    return re.compile(
        rf"(?:中国?(?:{short})(?:双边|两国)?[^\W\d_a-zA-Z]{{0,1}}|中国?援\w{{1,5}}?|(?<=[“《「]){names}"
        rf"|(?:(?<=[为叫称建设])|(?<=[，。、；：\s“])){names}[—–-]{{1,2}}[\u4e00-\u9fff]{{2,6}})"
        rf"{inner}{{0,16}}?(?P<head>{heads}){phase}(?![\u4e00-\u9fff]{{0,6}}(?:大学|委员会))"
    )


def _chinese(text: str) -> Iterator[Candidate]:
    for match in _han().finditer(text):
        end = _longest(text, match)
        lead = _HAN_LEAD.match(re.split(r"[—–-]", match[0])[0])
        yield Candidate(match.start() + (lead.end() if lead else 0), end, match["head"], 4.0)


def _longest(text: str, match: re.Match[str]) -> int:
    """End of the longest name: "渔港" goes on as "渔港与冷链物流中心"."""
    heads = "|".join(sorted(words_of("chinese", "heads"), key=len, reverse=True))
    more = re.match(
        rf"[与和及][\u4e00-\u9fff]{{1,8}}?(?:{heads})|(?:园区|[一二三四五]期)", text[match.end() :]
    )
    return match.end() + (more.end() if more else 0)
