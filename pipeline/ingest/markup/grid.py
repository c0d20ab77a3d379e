"""The cells of a table: merged ones repeated in each place, so that each row is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

#: A cell spans no more columns than this, and a table holds no more cells, whatever it claims.
_COLUMNS, _CELLS = 100, 500_000
#: From so many characters on a cell without head is no datum but a part of the page.
_LONG_CELL = 300
_BLOCKS = "h1|h2|h3|h4|h5|h6|table|ul|ol|blockquote|article|section"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. head: whether all of its cells name columns.

    spans: whether one cell goes over all columns.
    """

    cells: tuple[str, ...]
    head: bool
    spans: bool


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places parts of the page side by side."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = list(own(table, "td", "th"))
    if table.find("./caption") is not None or any(cell.tag == "th" for cell in cells):
        return False
    if any(c.xpath(".//table") for c in cells):
        return True
    rows = list(own(table, "tr"))
    narrow = max((len(list(own(row, "td"))) for row in rows), default=0) < 2
    if narrow:
        return True
    parts = sum(bool(c.xpath("|".join(f".//{tag}" for tag in _BLOCKS.split("|")))) for c in cells)
    long = sum(len(" ".join(c.itertext()).strip()) > _LONG_CELL for c in cells)
    return 2 * max(parts, long) >= len(cells)


def rows(table: HtmlElement, said: Callable[[HtmlElement], str]) -> Iterator[Row]:
    """The rows of a table, all with the columns of the widest. said: the text of a cell."""
    grid: list[dict[int, str]] = []
    heads: list[bool] = []
    spans: list[int] = []
    below: dict[int, tuple[int, str]] = {}
    count = 0
    for element in own(table, "tr"):
        filled, below, cells = _filled(element, below, said)
        count += len(filled)
        if count > _CELLS:
            break
        grid.append(filled)
        heads.append(_is_head(element, cells))
        spans.append(len(filled) if len(cells) == 1 == len(set(filled.values())) else 0)
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    for row, head, span in zip(grid, heads, spans, strict=True):
        yield Row(tuple(row.get(i, "") for i in range(width)), head, span == width > 1)


def own(element: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Descendants with these tags that belong to no table further inside."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "tr"):
            yield from own(child, *tags)


def _filled(
    element: HtmlElement,
    below: dict[int, tuple[int, str]],
    said: Callable[[HtmlElement], str],
) -> tuple[dict[int, str], dict[int, tuple[int, str]], list[HtmlElement]]:
    """The columns of a row, what reaches down into the next row, and the cells of the row itself.

    below: column -> (rows that a cell from above still fills, its text).
    """
    row = {column: text for column, (_, text) in below.items()}
    after = {column: (left - 1, text) for column, (left, text) in below.items() if left > 1}
    cells = list(own(element, "td", "th"))
    column = 0
    for cell in cells:
        text = said(cell)
        for _ in range(_number(cell, "colspan")):
            while column in row:
                column += 1
            if column >= _COLUMNS * 4:
                break
            row[column] = text
            if (deep := _number(cell, "rowspan")) > 1:
                after[column] = (deep - 1, text)
    return row, after, cells


def _number(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _COLUMNS) if value.isdecimal() and len(value) < 6 else 1


def _is_head(row: HtmlElement, cells: list[HtmlElement]) -> bool:
    parent = row.getparent()
    headed = parent is not None and parent.tag == "thead"
    return bool(cells) and (headed or all(cell.tag == "th" for cell in cells))
