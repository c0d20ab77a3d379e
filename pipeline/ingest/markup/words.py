"""The words of an element: its text on one line, or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

#: Where a line of the page ends.
BREAK = "\v"
_BLOCKS = frozenset(
    tag
    for line in (
        "address article aside blockquote body caption center dd details dir div dl dt fieldset",
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav",
        "ol p pre section summary table tbody td tfoot th thead tr ul",
    )
    for tag in line.split()
)
#: The mark of a note: [3], *, or a small number that links to it.
_NOTES = re.compile(r"\b(?:doc-)?(?:note|footnotes?|endnotes?|rearnotes?)\b")
_NOTE_MARK = re.compile(r"\[?\w{1,4}\]?|\*+")


def said(element: HtmlElement) -> str:
    """The text of an element on one line; what stands on lines of its own is parted by `;`."""
    text = ""
    for line in lines("".join(texts(element))):
        if not text:
            text = line
        elif line[0].islower() or line[0] in "(/–—-" or text[-1] in ",;:.-–/(" or line.isdigit():
            text = f"{text} {line}"
        else:
            text = f"{text}; {line}"
    return text


def texts(element: HtmlElement) -> Iterator[str]:
    apart = are_apart(element)
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or is_note_mark(child):
            pass
        elif child.tag == "br":
            yield BREAK
        elif is_block(child):
            yield BREAK
            yield from texts(child)
            yield BREAK
        else:
            yield from texts(child)
            yield BREAK if apart else ""
        yield child.tail or ""


def lines(text: str) -> list[str]:
    return [line for line in (" ".join(x.split()) for x in text.split(BREAK)) if line]


def is_block(element: HtmlElement) -> bool:
    return (
        element.tag in _BLOCKS
        or element.get("role") in ("heading", "listitem")
        or any(child.tag in _BLOCKS for child in element.iterdescendants())
    )


def are_apart(element: HtmlElement) -> bool:
    """Whether an element holds several links (or spans) and no text beside them."""
    children = [child for child in element if child.tag in ("a", "span")]
    beside = [element.text, *(child.tail for child in element)]
    return (
        len(children) > 1
        and len(children) == len(element)
        and len({child.tag for child in children}) == 1
        and not any(text and text.strip() for text in beside)
        and (children[0].tag == "a" or not any(beside))
    )


def is_note_mark(element: HtmlElement) -> bool:
    """Whether an element only points to a note, as a raised number does."""
    if element.tag != "sup" or element.find(".//a") is None:
        return False
    return bool(_NOTE_MARK.fullmatch("".join(element.itertext()).strip()))


def is_note(element: HtmlElement) -> bool:
    """Whether an element says that it holds notes."""
    said = f"{element.get('role') or ''} {element.get('epub:type') or ''}"
    return bool(_NOTES.search(said))
