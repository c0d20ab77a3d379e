"""What is no text of a page: scripts, menus, forms, notices about cookies, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.ingest.markup.menus import menus
from pipeline.ingest.markup.words import is_note

#: Elements whose content is no text, or none that belongs to the page.
_NO_TEXT = [
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "canvas",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "map",
    "select",
    "textarea",
    "button",
    "input",
    "datalist",
    "nav",
    "dialog",
    "math",
    "rp",
    "rt",
    "del",
    "head",
]
_NO_TEXT_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: Words of a class or identifier that say what a part of a page is for.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|nav|navi|navbar|navigation|menu|mainmenu|"
    r"topmenu|submenu|sidebar|social|share|sharing|newsletter|subscribe|pagination|pager|skip|"
    r"sr-only|visually-hidden|toc|mw-editsection|noprint|printfooter|catlinks|navbox|advert|ads|"
    r"banner|footer|related|comments?|modal|popup|toolbar|search)(?:$|[\s_-])",
    re.I,
)
#: A part named so that holds most of the page is the page (`<div class="no-sidebar">`).
_MOST = 0.5
_INSIDE = frozenset({"article", "main", "section", "blockquote"})


def prune(root: HtmlElement) -> HtmlElement:
    """The element of a page that holds its text, without what is none; changes the tree."""
    _drop(root.xpath("|".join(f"//{tag}" for tag in _NO_TEXT)))
    whole = _length(root)
    _drop([element for element in root.iter() if _is_dropped(element, whole)])
    text = _main(root)
    _drop(menus(text))
    return text


def _is_dropped(element: HtmlElement, whole: int) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if element.tag in ("header", "footer", "aside") or element.get("role") in _NO_TEXT_ROLES:
        return _is_furniture(element)
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNITURE.search(named)) and _length(element) < _MOST * whole


def _is_furniture(element: HtmlElement) -> bool:
    """What stands around the page is; boxes in an article, its head, one with a title are not."""
    if element.tag not in ("header", "aside") and element.get("role") != "banner":
        return True
    if is_note(element):
        return False
    inside = any(parent.tag in _INSIDE for parent in element.iterancestors())
    return not inside and element.find(".//h1") is None


def _main(root: HtmlElement) -> HtmlElement:
    """The one element that the page marks as its main text; the title before it is its own."""
    marked = root.xpath("//main|//*[@role='main']")
    outer = [m for m in marked if not any(p in marked for p in m.iterancestors())]
    body = root.find(".//body")
    if len(outer) != 1 or not _length(outer[0]):
        return root if body is None else body
    title = None if outer[0].find(".//h1") is not None else root.find(".//h1")
    if title is not None:
        _drop([title])
        title.tail = None
        outer[0].insert(0, title)
        outer[0].text, title.tail = None, outer[0].text
    return outer[0]


def _drop(elements: Sequence[HtmlElement]) -> None:
    """Take elements out of the tree; what is written behind them stays.

    Those of one parent at once: one by one, what is written between them would grow each time.
    """
    gone = set(elements)
    for parent in dict.fromkeys(element.getparent() for element in elements):
        if parent is None:
            continue
        before, written = None, [parent.text or ""]
        for child in list(parent):
            if child in gone:
                written.append(child.tail or "")
                parent.remove(child)
            else:
                _write(parent, before, written)
                before, written = child, [child.tail or ""]
        _write(parent, before, written)


def _write(parent: HtmlElement, before: HtmlElement | None, written: Sequence[str]) -> None:
    """Put what is left behind a child, or at the beginning, where something was taken out."""
    if len(written) < 2:
        return
    if before is None:
        parent.text = "".join(written)
    else:
        before.tail = "".join(written)


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())
