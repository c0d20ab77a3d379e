"""Which mentions name one project, and by which short names a text calls it later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.gazetteer.names import key as name_key
from pipeline.languages import find
from pipeline.records import Mention, Resolved
from pipeline.relate.statements import digest

#: Two names of a document that are this alike (0 to 100) name one project.
_SAME = 88
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset({"the", "of", "for", "and", "in", "project", "a", "an", "de", "la", "joint"})
_TAIL = re.compile(
    r"\s+(?:project|scheme)$|\s+in\s+[A-Z]\w+$|\s+(?:phase\s+)?(?:[ivx]{1,4}|\d)$", re.I
)
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]{2,60})[»”“\"]")
_HAN_END = re.compile(r"[\u3400-\u9fff]{2}$")
_LATIN_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_HEADS = ("project_head", "project_weak_head")
#: Letters at the end of a longer noun that a text may inflect.
_ENDING, _LONG = 2, 5
_INITIALS, _FIRST_WORDS = 3, 3


@dataclass(frozen=True, slots=True)
class Work:
    """A project of one document. name: its fullest naming; mentions: in text order; called: what
    finds its short names: "the hub", «Light», its acronym."""

    key: str
    name: str
    mentions: tuple[Mention, ...]
    called: re.Pattern[str]

    @property
    def first(self) -> Mention:
        return self.mentions[0]


def works(resolved: Resolved) -> tuple[Work, ...]:
    """The projects that a document names, in text order, mentions of one name together."""
    named: list[tuple[str, list[Mention]]] = []
    for mention in (m for m in resolved.mentions if m.label == "PROJECT"):
        name = " ".join(resolved.tagged.text_of(mention).split())
        known = next((i for i, (other, _) in enumerate(named) if same(other, name)), None)
        if known is None:
            named.append((name, [mention]))
            continue
        other, mentions = named[known]
        better = other.isupper() and not name.isupper()
        named[known] = (name if better else other, [*mentions, mention])
    found: dict[str, Work] = {}
    for name, mentions in named:
        identifier = "j-" + digest(name_key(_TAIL.sub("", name)))
        called = _called(name, resolved.document.language)
        found.setdefault(identifier, Work(identifier, name, tuple(mentions), called))
    return tuple(found.values())


def same(left: str, right: str) -> bool:
    """Whether two names are of one project: alike, or one a shorter form of the other.

    >>> same("Harbour Light Terminal", "the Harbour Light Terminal project")
    True
    >>> same("Elbe Coffee School", "Elbe Coffee Museum")
    False
    """
    a, b = _words(left), _words(right)
    if not a or not b:
        return left == right
    if fuzz.ratio(" ".join(a), " ".join(b)) >= _SAME:
        return True
    small, large = sorted((set(a), set(b)), key=len)
    return len(small) >= 2 and small <= large and (a[-1] == b[-1] or len(small) >= 3)


def _words(name: str) -> list[str]:
    words = [w.casefold() for w in _WORD.findall(name)]
    return [re.sub(r"(?:ian|s)$", "", w) for w in words if w not in _FILLERS] or words


def _called(name: str, language: str) -> re.Pattern[str]:
    base = _TAIL.sub("", name)
    forms = [re.escape(quoted[1]) for quoted in _QUOTED.finditer(base)]
    if _HAN_END.search(base):
        forms.append(re.escape(base[-2:]))
    else:
        forms += _spelt(base, language)
    return re.compile("|".join(forms), re.I) if forms else re.compile(r"(?!)")


def _spelt(base: str, language: str) -> Iterator[str]:
    """Short forms of a name that is written in letters: its heads, initials, last two words."""
    words = _LATIN_WORD.findall(_QUOTED.sub("", base) or base)
    heads = [base[slice(*span)] for topic in _HEADS for span in find(topic, base, language)]
    for head in dict.fromkeys(heads or words[-1:]):
        last = head.split()[-1].rpartition("-")[2]
        stem = last[:-_ENDING] if len(last) > _LONG else last
        yield rf"\b{re.escape(stem)}\w{{0,4}}\b"
    initials = "".join(w[0] for w in re.split(r"[\s–-]+", base) if w[:1].isupper())
    if len(initials) >= _INITIALS:
        yield rf"(?-i:\b{re.escape(initials)}\b)"
    if len(words) >= _FIRST_WORDS:
        yield rf"\b{re.escape(' '.join(words[-2:]))}\b"
