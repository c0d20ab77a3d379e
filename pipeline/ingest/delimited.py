"""Lists as text: CSV and TSV. Offsets count in the file, so cells stand as they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.heads import headed, titled
from pipeline.ingest.text import decode, fits
from pipeline.records import Line, RawDocument, Span

_DELIMITERS = ";\t,|"
#: So many records decide on the delimiter and on the row that names the columns.
_SAMPLE = 200
#: No list has more columns.
_COLUMNS = 500
#: From this share of the records on that have the usual number of columns, it is a list.
_ALIKE = 0.5

Record = list[Span]


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    text = decode(content)
    records = list(_records(text, delimiter(text)))
    if not records:
        raise Unreadable("the list is empty; deliver it again")
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title="",
        text=text,
        lines=tuple(_lines(text, records)),
        pages=0,
        keeps_offsets=True,
    )


def delimiter(text: str) -> str:
    """What parts the columns: the mark that most records have equally often."""
    best, most = ",", (0.0, 0)
    for mark in _DELIMITERS:
        widths = [len(record) for record in islice(_records(text, mark), _SAMPLE)]
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            continue
        width, times = counts.most_common(1)[0]
        share = times / len(widths)
        # titles and remarks have other widths; between marks that fit alike, more columns win
        if share >= _ALIKE and (round(share, 1), width) > most:
            best, most = mark, (round(share, 1), width)
    return best


def _records(text: str, mark: str) -> Iterator[Record]:
    """Where the cells of each record stand, quotes left out; records without content as well."""
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[ ]*(?=[{mark}\r\n]|\Z)|([^{mark}\r\n]*)')
    position, record = 0, Record()
    while position < len(text):
        found = cell.match(text, position)
        assert found is not None
        if len(record) < _COLUMNS:
            record.append(_stripped(text, found.span(1) if found[1] is not None else found.span(2)))
        position = found.end()
        if text[position : position + 1] == mark:
            position += 1
            if position < len(text):
                continue
            record.append((position, position))
        position += 2 if text[position : position + 2] == "\r\n" else 1
        yield record
        record = Record()


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str, records: list[Record]) -> Iterator[Line]:
    filled = [r for r in records if any(start < end for start, end in r)]
    words = [tuple(text[start:end] for start, end in r) for r in filled[:_SAMPLE]]
    title = titled(words)
    named = title + headed(words[title:])
    for index, record in enumerate(filled):
        start, end = record[0][0], record[-1][1]
        if index < title:
            start, end = next(span for span in record if span[0] < span[1])
            yield Line(start, end, role="caption" if index else "heading", level=0 if index else 1)
        else:
            head = title <= index < named
            line = Line(start, max(start, end), role="row", cells=tuple(record), table=1)
            yield replace(line, head=head)


FORMAT = Format("text/csv", (".csv", ".tsv", ".tab"), lambda _: False, _open, fits)
