"""Notices: what of a PDF was not read, or not as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.ingest.pdf.page import Read
from pipeline.records import Notice

#: A page with an image of this share of it, and no text, may hold text as a picture.
_IMAGE = 0.05
#: A smaller share of characters without Unicode is a bullet or an ornament.
_UNKNOWN = 0.03


def notices(pages: Sequence[Read]) -> Iterator[Notice]:
    """What a user is to know of the pages; one notice a kind, with the pages."""
    for check, holds, message in _KINDS:
        found = [number for number, page in enumerate(pages, start=1) if holds(page)]
        if found:
            yield Notice(check, f"{spans(found)}: {message}")


def spans(numbers: Sequence[int]) -> str:
    """Page numbers in words: "page 3", "pages 1, 4-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page{'s' * (len(numbers) > 1)} {told}"


_KINDS: tuple[tuple[str, Callable[[Read], bool], str], ...] = (
    (
        "text_recognised",
        lambda page: page.recognised,
        "the text was recognised from the picture; compare it with the file",
    ),
    (
        "recognised_layer_used",
        lambda page: page.layer and not page.recognised,
        "the picture's own text layer was read, which a program recognised; compare it",
    ),
    (
        "page_without_text",
        lambda page: not page.characters and not page.failed and page.image >= _IMAGE,
        "no text was found in the picture; look at it",
    ),
    (
        "broken_encoding",
        lambda page: page.garbled > _UNKNOWN and not page.recognised,
        "the file does not say which characters some of its glyphs are; look at it",
    ),
    ("damaged_part", lambda page: bool(page.failed), "it is damaged; deliver the file again"),
    (
        "hidden_text_left_out",
        lambda page: page.hidden > 0,
        "text that no reader of the page sees was left out",
    ),
)
