"""The words around candidates, as features of a linear model."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial

from pipeline.records import Mention
from pipeline.relate.clauses import masked
from pipeline.relate.lines import Line
from pipeline.relate.partnerships.propose import Candidate
from pipeline.relate.reading import Reading

_TOKEN = re.compile(r"#+|[^\W\d_]+|\d+|[^\w\s]")
_HAN_TOKEN = re.compile(r"#+|[\u4e00-\u9fff]+|\w+|[^\w\s]")
_YEAR = re.compile(r"^(?:1[6-9]|20)\d\d$")
#: Words are cut to so many letters: a stem for all languages with letters.
_STEM = 5
#: Characters and words beside a place that are looked at; more between two places say nothing.
_WINDOW, _BESIDE, _GAP, _WHOLE_GAP = 70, 6, 25, 4
_LINE, _HEADING, _OTHER_LINE = 120, 12, 40


def words(reading: Reading, pairs: Sequence[Candidate]) -> list[tuple[str, ...]]:
    """Features of the words of each candidate, named by where they stand (`c:` clause, `g:`
    between …); the same object for those that share them."""
    common = cache(partial(_common, reading))
    found = []
    for c in pairs:
        both = c.how == "both"
        partner = c.b if c.how != "before" else None
        own = [*_columns(reading, c), *(_between(reading, c) if both else ())]
        shared = common(c.line, c.heading, partner, both)
        found.append((*shared, *own) if own else shared)
    return found


def _common(
    reading: Reading, index: int, above: int, partner: Mention | None, both: bool
) -> tuple[str, ...]:
    """The words of all candidates of a line that have this partner, named by it or not at all.

    above: index of the heading. both: whether the line names the other place too.
    """
    lines, line = reading.lines, reading.lines[index]
    clause = line.clause_at(partner.start if partner else line.start)
    found = list(_beside(reading, line, partner)) if partner else ["alone"]
    found += _of_clause(tokens(reading, clause.text), both)
    found += [f"s:{stem(w)}" for w in dict.fromkeys(tokens(reading, line.text)[:_LINE])]
    heading = lines[above].text if above >= 0 else ""
    found += _other_line("h:", tokens(reading, heading)[:_HEADING])
    if index:
        found += _other_line("p:", tokens(reading, lines[index - 1].text))
    if index + 1 < len(lines):
        found += _other_line("n:", tokens(reading, lines[index + 1].text))
    return tuple(found)


def tokens(reading: Reading, text: str) -> tuple[str, ...]:
    """Words in lower case, names as `#`, years as `Y`, other numbers as `D`; Han in pairs."""
    return _tokens(text, reading.resolved.document.language in ("zh", "ja"))


@lru_cache(maxsize=4096)
def _tokens(text: str, is_han: bool) -> tuple[str, ...]:
    if not is_han:
        return tuple(_plain(w) for w in _TOKEN.findall(text.casefold()))
    found: list[str] = []
    for word in _HAN_TOKEN.findall(re.sub(r"\s", "", text)):
        if "\u4e00" <= word[0] <= "\u9fff":
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        else:
            found.append(_plain(word))
    return tuple(found)


def stem(word: str) -> str:
    """The first letters of a word."""
    return word[:_STEM]


def _plain(word: str) -> str:
    if word[0] == "#":
        return "#"
    return ("Y" if _YEAR.match(word) else "D") if word.isdigit() else word


def _beside(reading: Reading, line: Line, b: Mention) -> Iterator[str]:
    resolved = reading.resolved
    before = tokens(reading, masked(resolved, max(line.start, b.start - _WINDOW), b.start))
    after = tokens(reading, masked(resolved, b.end, min(line.end, b.end + _WINDOW)))
    before, after = before[-_BESIDE:], after[:_BESIDE]
    yield from (f"B:{stem(w)}" for w in before)
    yield from (f"A:{stem(w)}" for w in after)
    yield f"B1:{' '.join(before[-1:])}"
    yield f"B2:{' '.join(before[-2:])}"
    yield f"A1:{' '.join(after[:1])}"
    yield f"A2:{' '.join(after[:2])}"


@lru_cache(maxsize=256)
def _of_clause(found: tuple[str, ...], both: bool) -> list[str]:
    where = "c2:" if both else "c1:"
    once = list(dict.fromkeys(map(stem, found)))
    pairs = [f"cb:{stem(x)} {stem(y)}" for x, y in itertools.pairwise(found)]
    return [f"c:{w}" for w in once] + [where + w for w in once] + pairs


def _between(reading: Reading, candidate: Candidate) -> list[str]:
    gap = tokens(reading, masked(reading.resolved, candidate.a.end, candidate.b.start))
    if len(gap) > _GAP:
        return []
    closed = ["<", *gap, ">"]
    found = [f"g:{stem(w)}" for w in dict.fromkeys(gap)]
    found += [f"gb:{stem(x)} {stem(y)}" for x, y in itertools.pairwise(closed)]
    return [*found, "gg:" + " ".join(gap)] if len(gap) <= _WHOLE_GAP else found


def _columns(reading: Reading, candidate: Candidate) -> list[str]:
    """What the table calls the columns of the two places."""
    line = reading.lines[candidate.line]
    found = []
    for name, place in (("ta:", candidate.a), ("tb:", candidate.b)):
        cell = line.cell_of(place.start)
        if 0 <= cell < len(line.columns):
            found += _other_line(name, tokens(reading, line.columns[cell]))
    return found


@lru_cache(maxsize=1024)
def _other_line(name: str, found: tuple[str, ...]) -> list[str]:
    return [name + w for w in dict.fromkeys(map(stem, found[:_OTHER_LINE]))]


def beside(reading: Reading, line: Line, date: Mention, called: str) -> list[str]:
    """The words around a date, of its clause, and of what the table calls its column."""
    resolved = reading.resolved
    before = tokens(reading, masked(resolved, max(line.start, date.start - _WINDOW), date.start))
    after = tokens(reading, masked(resolved, date.end, min(line.end, date.end + _WINDOW)))
    before, after = before[-_BESIDE:], after[:_BESIDE]
    found = [f"DB:{stem(w)}" for w in before] + [f"DA:{stem(w)}" for w in after]
    found += [f"DB2:{' '.join(before[-2:])}", f"DB1:{' '.join(before[-1:])}"]
    found += [f"DA1:{' '.join(after[:1])}", f"DA2:{' '.join(after[:2])}"]
    found += [f"dc:{stem(w)}" for w in tokens(reading, line.clause_at(date.start).text)]
    return found + [f"td:{stem(w)}" for w in tokens(reading, called)]
