"""Rich text (RTF) by striprtf: paragraphs, and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.format import NO_TEXT, Format, Reading, Unreadable, parsing
from pipeline.ingest.heads import table
from pipeline.ingest.markup.about import edtf
from pipeline.records import RawDocument

_START = b"{\\rtf"
_TITLE = re.compile(r"{\\title\s+([^{}\\]{1,300})}")
_MADE = re.compile(r"{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_CHANGED = re.compile(r"{\\revtim\\yr(\d{4})")


def _fits(content: bytes) -> bool:
    return content.lstrip()[:5] == _START


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    from striprtf import striprtf

    reader: Any = striprtf
    source = content.decode("latin-1")
    with parsing("file of rich text"):
        plain = reader.rtf_to_text(source, errors="replace")
    text, lines = assemble(_parts(plain))
    if not text.strip():
        raise Unreadable(NO_TEXT)
    made, changed, title = (p.search(source) for p in (_MADE, _CHANGED, _TITLE))
    same_year = made and (not changed or changed[1] == made[1])
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=" ".join(title[1].split()) if title else "",
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=edtf("-".join(made.groups())) if made and same_year else "",
    )


def _parts(plain: str) -> Iterator[Part]:
    """Rows end in `|`, as striprtf writes them; what other lines are, their form tells."""
    numbers = count(1)
    for is_row, lines in groupby(plain.split("\n"), _is_row):
        if is_row:
            cells = [tuple(line.rstrip().removesuffix("|").split("|")) for line in lines]
            yield from table(cells, next(numbers))
        else:
            yield from (Part("", line, joins=False) for line in lines)


def _is_row(line: str) -> bool:
    return line.count("|") > 1 and line.rstrip().endswith("|")


FORMAT = Format("application/rtf", (".rtf",), _fits, _open)
