"""Which mentions name one project, and by which short names a text calls it later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from pipeline.gazetteer.names import key as name_key
from pipeline.records import Mention, Resolved
from pipeline.relate.statements import digest

#: Two names of a document that are this alike (0 to 100) name one project.
_SAME = 88
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset({"the", "of", "for", "and", "in", "project", "a", "an", "de", "la", "joint"})
_TAIL = re.compile(
    r"\s+(?:project|scheme)$|\s+in\s+[A-Z]\w+$|\s+(?:phase\s+)?(?:[ivx]{1,4}|\d)$", re.I
)
_QUOTED = re.compile(r"[«“„]([^«»“”]{2,60})[»”]")
_CJK_HEAD = re.compile(r"[\u4e00-\u9fff]{2}$")


@dataclass(slots=True)
class Work:
    """A project of one document. name: its fullest naming; short: patterns of its short names."""

    key: str
    name: str
    first: Mention
    mentions: list[Mention] = field(default_factory=list)
    short: re.Pattern[str] = re.compile(r"(?!)")


def works_of(resolved: Resolved) -> list[Work]:
    """The projects that a document names, in text order, mentions of one name together."""
    found: list[Work] = []
    for mention in resolved.mentions:
        if mention.label != "PROJECT":
            continue
        name = " ".join(resolved.tagged.text_of(mention).split())
        work = next((w for w in found if same(w.name, name)), None)
        if work is None:
            work = Work("", name, mention)
            found.append(work)
        elif _better(name, work.name):
            work.name = name
        work.mentions.append(mention)
    for work in found:
        work.key = "j-" + digest(name_key(_TAIL.sub("", work.name)))
        work.short = _short(work.name)
    unique = {work.key: work for work in reversed(found)}
    return [unique[k] for k in dict.fromkeys(w.key for w in found)]


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


def _better(name: str, other: str) -> bool:
    """A name in mixed case before one in capitals; else the first stays."""
    return other.isupper() and not name.isupper()


def _short(name: str) -> re.Pattern[str]:
    """Short forms of a name: "the hub", "the Harbour Hub", "«Light»", its acronym."""
    base = _TAIL.sub("", name)
    forms: list[str] = []
    if quoted := _QUOTED.search(base):
        forms.append(re.escape(quoted[1]))
    words = re.findall(r"[^\W\d_][\w’'-]*", re.split(r"\s(?:of|for|in|to|by|at)\s", base)[0])
    if re.search(r"[A-Za-z]", base) and words:
        head = re.sub(r"(?:ies|y|s)$", "", words[-1].rpartition("-")[2])
        forms.append(
            rf"\b(?:the|this|that|its|our|said)\s(?:[A-Za-z-]+\s)?{re.escape(head)}(?:y|ies|s)?\b"
        )
        initials = "".join(w[0] for w in re.split(r"[\s–-]+", base) if w[:1].isupper())
        if len(initials) >= 3:
            forms.append(rf"(?-i:\b{re.escape(initials)}\b)")
        if len(words) >= 3:
            forms.append(rf"\b{re.escape(' '.join(words[-2:]))}\b")
    elif re.search(r"[а-яё]", base, re.I) and words:
        forms.append(rf"\b{re.escape(_stem(base))}[а-яё]*\b")
    elif _CJK_HEAD.search(base):
        forms.append(rf"(?:该|这个|这座|本)?{re.escape(base[-2:])}")
    return re.compile("|".join(forms), re.I) if forms else re.compile(r"(?!)")


def _stem(name: str) -> str:
    """The stem of a Russian name's head noun: the last lower-case word before the quoted part."""
    words = [w for w in re.split(r"\s", name.partition("«")[0]) if w] or name.split()
    head = words[0] if len(words) == 1 else next((w for w in words[1:] if len(w) > 3), words[-1])
    return head[: max(4, len(head) - 2)].casefold()
