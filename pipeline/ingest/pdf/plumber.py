"""Pages of a PDF that pdfium cannot open, by pdfplumber."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pdfplumber

from pipeline.ingest.pdf.garbled import garbled
from pipeline.ingest.pdf.page import Read, laid_out
from pipeline.ingest.pdf.words import Word

#: Of the size of the type: a wider gap parts words.
_SPACE = 0.15


def pages(content: bytes) -> Iterator[Read]:
    """The pages of a document; raises whatever a damaged file makes pdfminer raise."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        for number, page in enumerate(document.pages, start=1):
            found = page.extract_words(
                x_tolerance_ratio=_SPACE, use_text_flow=True, extra_attrs=["size", "fontname"]
            )
            words = [
                Word(
                    word["text"],
                    word["x0"],
                    word["x1"],
                    word["bottom"] - 0.22 * word["size"],
                    word["size"],
                    "bold" in word["fontname"].casefold(),
                    glued=False,
                )
                for word in found
            ]
            text = " ".join(w.text for w in words)
            parts = tuple(laid_out(words, (), number))
            yield Read(parts, (float(page.width), float(page.height)), len(text), garbled(text))
            page.close()
