"""Page numbers and running heads: what stands at the same place of several pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.clean.piece import Piece
from pipeline.vocabulary import read

#: How many lines at the top and bottom of a page may be running heads or page numbers.
_EDGE_LINES = 2
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DIGITS = re.compile(r"\d{1,6}")
_MOST_NUMBERS = 4
_COLUMNS = re.compile(r"\S(?:\t+|\s*\|\s*|\s{3,})\S")
#: What parts a page number from the rest of its line.
_BREAK = r"(?:\s{2,}|\s*[|·•–—]\s*|\t)"
_LONGEST = 140


def edges(found: list[Piece], text: str) -> list[Piece]:
    """The lines of a document, page numbers and heads that return from page to page marked.

    A table's head that returns stays where it stands first. text: of the document.
    """
    pages = _pages(found, text)
    marked = _page_numbers(found, pages)
    # where the place on the page is known, the format itself has told running heads from text
    placed = any(piece.line.box for piece in found)
    if len(pages) > 1 and not placed:
        for index in _running(found, pages):
            marked[index] = replace(found[index], role="edge")
    if all(p.role in ("blank", "edge", "furniture", "rule") for p in marked):
        return found
    return marked


def _pages(found: list[Piece], text: str) -> list[list[int]]:
    """The lines of each page that hold something; form feeds part the pages of plain text."""
    feeds = [m.start() for m in re.finditer("\f", text)]
    pages: dict[int, list[int]] = defaultdict(list)
    for index, piece in enumerate(found):
        if piece.role not in ("blank", "furniture") and not piece.is_told:
            page = piece.page if piece.page is not None else bisect_right(feeds, piece.start)
            pages[page].append(index)
    return [pages[page] for page in sorted(pages)]


def _page_numbers(found: list[Piece], pages: list[list[int]]) -> list[Piece]:
    marked = list(found)
    paged = len(pages) > 1 or any(p.page is not None for p in found)
    at_edge = {i for page in pages for i in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
    first = pages[0][0] if pages else -1
    for index, piece in enumerate(found):
        if piece.role in ("blank", "furniture") or piece.is_told:
            continue
        line = piece.text.strip()
        placed = index in at_edge if paged else stands_alone(found, index)
        if not placed or len(line) > _LONGEST:
            continue
        number = _patterns()["alone"].fullmatch(line) and not _YEAR.search(line)
        apart = index != first and stands_alone(found, index)
        if number or (apart and _patterns()["beside"].search(line)):
            marked[index] = replace(piece, role="edge")
    return marked


def stands_alone(found: list[Piece], index: int) -> bool:
    """Whether nothing stands right above and below a line."""
    return is_gap(found, index - 1) and is_gap(found, index + 1)


def is_gap(found: list[Piece], index: int) -> bool:
    """Whether a line is empty, a rule, or none of the document."""
    return not 0 <= index < len(found) or found[index].role in ("blank", "rule")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """`alone`: a line that is a page number. `beside`: one with "page 3 of 12" at its end."""
    words = read("pipeline.clean", "pages")
    page, of, behind = ("|".join(words[name]) for name in ("page", "of", "behind"))
    figure = rf"\d{{1,4}}\s*(?:{behind})?(?:\s*(?:{of})\s*(?:{page})?\s*\d{{1,4}}\s*(?:{behind})?)?"
    alone = rf"\W{{0,3}}(?:{page})?\s*{figure}\W{{0,3}}"
    number = rf"(?:{page})\s*{figure}"
    beside = rf"{_BREAK}{number}\W{{0,3}}$|^\W{{0,3}}{number}{_BREAK}"
    return {"alone": re.compile(alone, re.I), "beside": re.compile(beside, re.I)}


def _running(found: list[Piece], pages: list[list[int]]) -> Iterator[int]:
    """Lines that stand at the same place of many pages, but the head of the first page."""
    seen: dict[tuple[str, tuple[str, int]], dict[int, int]] = defaultdict(dict)
    for number, page in enumerate(pages):
        for place, index in _places(page):
            for shape in _shapes(found[index].text, number):
                seen[shape, place].setdefault(number, index)
    least = max(1, len(pages) // 3)
    running: set[int] = set()
    kept: set[int] = set()
    for (shape, place), on in seen.items():
        lines = list(on.values())
        if len(lines) <= least:
            continue
        running.update(lines)
        if 0 in on and place[0] == "top":
            kept.add(on[0])
        elif "#" not in shape and _heads_table(found, lines):
            kept.add(lines[0])
    yield from sorted(running - kept)


def _places(page: Sequence[int]) -> Iterator[tuple[tuple[str, int], int]]:
    """The lines at the top and bottom of a page with their place: how many lines in."""
    middle = (len(page) + 1) // 2
    top, bottom = page[: min(_EDGE_LINES, middle)], page[max(middle, len(page) - _EDGE_LINES) :]
    for side, lines in (("top", top), ("bottom", bottom[::-1])):
        for depth, index in enumerate(lines):
            yield (side, depth), index


def _shapes(line: str, page: int) -> Iterator[str]:
    """A line as it stands, and with each of its numbers as far as it is from the page's."""
    folded = " ".join(line.casefold().split())
    yield folded
    numbers = list(_DIGITS.finditer(folded))
    for match in numbers[:_MOST_NUMBERS] + numbers[_MOST_NUMBERS:][-1:]:
        yield f"{folded[: match.start()]}#{int(match[0]) - page}{folded[match.end() :]}"


def _heads_table(found: list[Piece], lines: Sequence[int]) -> bool:
    """Whether each of these lines has columns, as has the line under it."""
    if not all(_COLUMNS.search(found[i].text.strip()) for i in lines):
        return False
    under = [found[i + 1].text.strip() for i in lines if i + 1 < len(found)]
    return 2 * sum(bool(_COLUMNS.search(line)) for line in under) > len(lines)
