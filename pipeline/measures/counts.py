"""Counted nouns after a number: "350 permanent jobs", «44 ученика», 3200个就业岗位."""

from __future__ import annotations

import re
from functools import cache

from pipeline.measures.vocabulary import data

#: A noun phrase after a number has at most this many words.
_MAX_WORDS = 4
#: From here on even pages and sister cities are counted.
_MANY = 100
_WORD = re.compile(r"[ \u00a0\u202f]((?:[^\W\d_]|['’-](?=[^\W\d_])){1,40})")
#: "25 young Kenyan researchers": a capital in mid-phrase is an adjective of a nation or a name.
_ADJECTIVE = re.compile(r"(?:an|ese|ish|ch|ss|qi|ni|li)$")
_CYRILLIC = re.compile(r"[а-яё]", re.I)


def counted(text: str, position: int, language: str, value: float = 1e9) -> tuple[int, str] | None:
    """End and unit of the noun phrase that starts at a position; None where nothing is counted.

    value: the number before it.
    """
    if found := _han(text, position):
        return found
    if language == "en" and (capacity := _capacity().match(text, position)):
        return capacity.end(), capacity[1].casefold() + "s"
    word = _WORD.match(text, position)
    if not word:
        return None
    if known := _foreign(text, position):
        return known
    if _CYRILLIC.match(word[1]):
        return _russian(text, position, value) if language == "ru" else None
    return _english(text, position, value) if language == "en" else None


@cache
def _capacity() -> re.Pattern[str]:
    return re.compile(rf"-({'|'.join(data('counted')['capacities'])})\b", re.I)


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in data("counted")[key])


def _english(text: str, position: int, value: float) -> tuple[int, str] | None:
    """The first plural within a few words closes the phrase; a verb or preposition breaks it."""
    end = position
    for size in range(1, _MAX_WORDS + 1):
        word = _WORD.match(text, end)
        if not word:
            return None
        form = word[1].casefold().replace("’", "'")
        joined = size > 1 and form in ("and", "of")
        if (form in _listed("breaks") and not joined) or form in _listed("not_nouns"):
            return None
        end = word.end()
        if (_is_plural(form) and not word[1].isupper()) or re.search("[A-Z]s$", word[1]):
            phrase = text[position:end].strip().casefold()
            if form == "head" and (of := re.match(r"\sof\s\w+", text[end:])):
                end += of.end()
            for pair in _listed("pairs"):
                if text[position + 1 :].casefold().startswith(pair):
                    end = max(end, position + 1 + len(pair))
            if phrase in _listed("never") and value < _MANY:
                return None
            return end, form
        named = word[1][0].isupper() and not word[1].isupper()
        if named and size > 1 and not _ADJECTIVE.search(form):
            return None
    return None


def _is_plural(form: str) -> bool:
    return form in _listed("plurals") or (
        len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "sis", "'s"))
    )


@cache
def _foreign_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    nouns = {
        form.casefold(): unit
        for unit, forms in data("counted")["foreign"].items()
        for form in forms
    }
    forms = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(rf"[ \u00a0\u202f](?:\w+(?:ых|их)\s)??({forms})(?!\w)", re.I), nouns


def _foreign(text: str, position: int) -> tuple[int, str] | None:
    found, nouns = _foreign_nouns()
    match = found.match(text, position)
    return (match.end(), nouns[match[1].casefold()]) if match else None


@cache
def _analyse(word: str) -> tuple[tuple[str, str, str], ...]:
    """(part of speech, case, lemma) of each reading of a Russian word."""
    return tuple(
        (str(p.tag.POS), str(p.tag.case), str(p.normal_form)) for p in _morphology().parse(word)[:3]
    )


@cache
def _morphology():  # type: ignore[no-untyped-def]
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _russian(text: str, position: int, value: float) -> tuple[int, str] | None:
    """Adjectives in the genitive, then a noun: in the genitive, or nominative after 21, 31 …"""
    single = re.search(r"(?<!1)1$", text[max(0, position - 2) : position])
    end = position
    for _ in range(_MAX_WORDS - 1):
        word = _WORD.match(text, end)
        if not word or (word[1][0].isupper() and end > position):
            return None
        end = word.end()
        readings = _analyse(word[1].casefold())
        cases = {case for _, case, _ in readings}
        lemma = next((lemma for pos, _, lemma in readings if pos == "NOUN"), "")
        if readings[0][0] in ("ADJF", "PRTF"):
            continue
        if not lemma or lemma in _listed("ru_not"):
            return None
        if lemma in _listed("never") and value < _MANY:
            return None
        return (end, lemma) if "gent" in cases or (single and "nomn" in cases) else None
    return None


@cache
def _han_patterns() -> tuple[re.Pattern[str], dict[str, str]]:
    words = data("counted")
    counters = "|".join(sorted(words["han_counters"], key=len, reverse=True))
    units = {noun: unit for unit, nouns in words["han_nouns"].items() for noun in nouns}
    nouns = "|".join(sorted(units, key=len, reverse=True))
    not_after = "|".join(words["han_not_after"])
    return re.compile(rf"[多余]?({counters})(?!{not_after})({nouns})?"), units


def _han(text: str, position: int) -> tuple[int, str] | None:
    found, units = _han_patterns()
    match = found.match(text, position)
    if not match:
        return None
    noun = units.get(match[2] or "", "")
    return match.end(), noun or ("people" if match[1] in ("人", "名", "人次", "位") else "1")


def is_label(text: str, start: int) -> bool:
    """Whether the number at a position is part of a name or list: "page 12", "Apollo 13"."""
    before = re.search(r"([^\W\d_][\w.'’-]*|№|#)[ \u00a0]?$", text[max(0, start - 25) : start])
    if not before:
        return False
    word = before[1]
    if word.casefold() in _listed("labels"):
        return True
    if word.endswith(".") or _CYRILLIC.match(word):
        return False
    lead = text[: max(0, start - 25) + before.start()].rstrip(" \u00a0")
    opens = not lead or lead[-1] in '.!?:;\n•*–—-"“«(' or lead[-1].isdigit()
    return word[0].isupper() and word.casefold() not in _listed("breaks") and not opens
