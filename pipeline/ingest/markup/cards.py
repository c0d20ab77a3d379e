"""Cards: parts of a page built alike, of a few short texts each, as towns are often shown."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from pipeline.ingest.markup.words import lines, texts

_TAGS = frozenset({"div", "li", "article", "section", "a"})
#: A card holds no more texts, and none longer.
_TEXTS, _TERSE = 6, 60
#: It is made of fewer elements, none of them a list or table.
_ELEMENTS = 40
_LISTS = frozenset({"ul", "ol", "dl", "table"})
_SENTENCE_END = re.compile(r"[.!?。！？:：;；]$")


def cards(element: HtmlElement) -> dict[HtmlElement, tuple[str, ...]]:
    """Children of an element that are cards, each with its texts; a card does not come alone."""
    found: dict[HtmlElement, tuple[str, ...]] = {}
    kinds: dict[str, list[HtmlElement]] = {}
    for child in element:
        if child.tag in _TAGS and (said := _texts(child)):
            kinds.setdefault(child.tag, []).append(child)
            found[child] = said
    alike = {child for kind in kinds.values() if len(kind) > 1 for child in kind}
    return {child: said for child, said in found.items() if child in alike}


def _texts(child: HtmlElement) -> tuple[str, ...]:
    """The texts of what may be a card; none where it is no card."""
    parts = list(islice(child.iterdescendants(), _ELEMENTS))
    if not parts or len(parts) == _ELEMENTS or any(part.tag in _LISTS for part in parts):
        return ()
    said = lines("".join(texts(child)))
    return tuple(said) if 2 <= len(said) <= _TEXTS and all(map(_is_terse, said)) else ()


def _is_terse(text: str) -> bool:
    return len(text) <= _TERSE and not _SENTENCE_END.search(text)
