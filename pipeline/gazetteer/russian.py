"""Base forms of inflected Russian names: `Гомельской области` -> `гомельская область`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

import pymorphy3

_MAX_PARSES = 4
_MAX_FORMS = 24
#: Endings of names that no dictionary has, and that of their nominative.
_ENDINGS = (
    (re.compile(r"(?<=н)(?:ем|я|ю|е)$"), "ь"),
    (re.compile(r"(?<=[ао])(?:ем|я|ю|е)$"), "й"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:ом|а|у|е)$"), ""),
)
_WORDS = re.compile(r"[\s]+")


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def base_forms(name: str) -> tuple[str, ...]:
    """Nominative forms that a name may stand for, likeliest first; at most 24, never itself."""
    words = _WORDS.split(name.strip())
    if len(words) > 5:
        return ()
    combined = islice(product(*(_nominatives(word) for word in words)), _MAX_FORMS)
    forms = dict.fromkeys(" ".join(words) for words in combined)
    forms.pop(name.casefold(), None)
    return tuple(forms)


@lru_cache(maxsize=50_000)
def _nominatives(word: str) -> tuple[str, ...]:
    """Nominatives of a word in its own number, then as a dictionary has it, then as it is."""
    if "-" in word:
        head, last = word.rsplit("-", 1)
        ends = [f"{head.casefold()}-{form}" for form in _nominatives(last)]
        if len(head) > 3 and not head.islower():
            ends += [f"{h}-{f}" for h in _nominatives(head)[:2] for f in _nominatives(last)[:2]]
        return tuple(dict.fromkeys(ends))
    found: dict[str, None] = {}
    parses = _analyser().parse(word)[:_MAX_PARSES]
    for parse in sorted(parses, key=lambda p: "Geox" not in p.tag):
        inflected = parse.inflect({"nomn"})
        for form in (inflected.word if inflected else "", parse.normal_form):
            if form:
                found[form] = None
    if not _analyser().word_is_known(word):
        found |= dict.fromkeys(_by_ending(word.casefold()))
    # the last of several words may stand in its own case: "Штатов Америки"
    return tuple(dict.fromkeys([*found, word.casefold()]))


def _by_ending(word: str) -> Iterator[str]:
    """Nominatives of a foreign name by its ending alone: `сианем` -> `сиань`."""
    for endings, nominative in _ENDINGS:
        if match := endings.search(word):
            yield word[: match.start()] + nominative


def lemma(word: str) -> str:
    """Dictionary form of a Russian word."""
    return str(_analyser().parse(word)[0].normal_form)
