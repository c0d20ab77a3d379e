"""Menus of a page that its markup does not tell from text: lists of nothing but links.

Lists of partners are such as well. A menu has a link that leads around the site ("Contact"), or
stands before anything is said.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from pipeline.menuwords import is_entry

_LISTS = ("ul", "ol", "div", "p", "tr", "span", "td")
#: What parts links on one line.
_MARKS = " \t\r\n\f\xa0|·•/»›>-–—,"
#: A list of more links is no menu.
_LINKS = 200


def menus(root: HtmlElement) -> list[HtmlElement]:
    """The elements of a page that are menus, the outermost first."""
    found: list[HtmlElement] = []
    inside: set[HtmlElement] = set()
    said = False
    for element in root.iter(etree.Element):
        if element in inside:
            continue
        links = _links(element) if element.tag in _LISTS else []
        if len(links) > 1 and (not said or any(map(is_entry, links))):
            found.append(element)
            inside.update(element.iterdescendants())
        elif not said and (element.text or "").strip(_MARKS):
            said = element.tag != "a" and not any(p.tag == "a" for p in element.iterancestors())
    # where nothing is said at all, the links are what the page is for
    return found if said else [menu for menu in found if any(map(is_entry, _links(menu)))]


def _links(element: HtmlElement) -> list[str]:
    """The words of the links that a list is made of; none where it holds something else too.

    A list holds links, or items of one link each.
    """
    items = list(element)
    if not 1 < len(items) <= _LINKS or (element.text or "").strip(_MARKS):
        return []
    words: list[str] = []
    for item in items:
        link = _link(item)
        if link is None or (item.tail or "").strip(_MARKS):
            return []
        words.append(" ".join("".join(link.itertext()).split()))
    return [word for word in words if word]


def _link(item: HtmlElement) -> HtmlElement | None:
    """The link that an element is, or that is all it holds; a line break is one without words."""
    if item.tag in ("a", "br", "hr", "img"):
        return item
    inner = list(item)
    if len(inner) != 1 or (item.text or "").strip(_MARKS) or (inner[0].tail or "").strip(_MARKS):
        return None
    return inner[0] if inner[0].tag == "a" else None
