"""JSON and JSON lines: records as the rows of a list, articles as headings and paragraphs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.ingest.assemble import Part, assemble
from pipeline.ingest.format import Format, Reading, Unreadable
from pipeline.ingest.markup.about import edtf
from pipeline.ingest.text import decode
from pipeline.records import Notice, RawDocument

#: A value that is longer is a text, no entry of a list.
_LONG = 200
#: What an article calls its title, in order.
_TITLES = ("title", "headline", "name", "heading", "subject", "label")
_ROWS, _COLUMNS, _DEPTH = 100_000, 200, 20


def _fits(content: bytes) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start not in (b"{", b"["):
        return False
    try:
        return bool(_parsed(content))
    except Unreadable:
        # a damaged one is still no text to read
        return _is_json_start(content)


def _is_json_start(content: bytes) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].replace(b" ", b"").replace(b"\n", b"")
    return start.startswith((b'{"', b'[{"', b"[[[["))


def _open(document_id: str, name: str, content: bytes, _reading: Reading) -> RawDocument:
    read = _parsed(content)
    about = read if isinstance(read, Mapping) else {}
    records, around = _found(read)
    notices = []
    if len(records) > _ROWS:
        message = f"{len(records) - _ROWS} records were not read; split the file"
        notices.append(Notice("part_not_read", message))
    columns = len(_keys(records[:_ROWS]))
    if columns > _COLUMNS:
        message = f"{columns - _COLUMNS} of {columns} keys were not read; deliver fewer"
        notices.append(Notice("part_not_read", message))
    text, lines = assemble([*_facts(around), *_parts(records[:_ROWS])])
    if not text.strip():
        raise Unreadable("holds no text; deliver it again")
    title = next((about[k] for k in _TITLES if isinstance(about.get(k), str)), "")
    date = next((about[k] for k in ("datePublished", "date") if isinstance(about.get(k), str)), "")
    return RawDocument(
        document_id=document_id,
        path=name,
        media_type=FORMAT.media_type,
        title=title,
        text=text,
        lines=lines,
        pages=0,
        keeps_offsets=False,
        date=edtf(date),
        notices=tuple(notices),
    )


def _parsed(content: bytes) -> Any:
    """What a file holds: one value, or a list of the values of its lines."""
    text = decode(content)
    try:
        return json.loads(text)
    except RecursionError:
        raise Unreadable("its values lie too deep in each other; deliver it flatter") from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise Unreadable(f"is damaged JSON ({error}); deliver it again") from None
    try:
        return [json.loads(line) for line in lines]
    except RecursionError:
        raise Unreadable("its values lie too deep in each other; deliver it flatter") from None
    except ValueError as error:
        raise Unreadable(f"is damaged JSON ({error}); deliver it again") from None


def _found(read: Any) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The records of a file as flat mappings, and what it says beside them."""
    around: dict[str, str] = {}
    for _ in range(_DEPTH):
        if isinstance(read, list):
            break
        if not isinstance(read, Mapping):
            return [], {"": str(read)}
        sizes = {key: _size(value) for key, value in read.items()}
        only = max(sizes, key=lambda key: sizes[key]) if any(sizes.values()) else None
        around |= _flat({k: v for k, v in read.items() if k != only})
        if only is None:
            return [], around
        read = read[only]
    return [_flat(record) for record in read], around


def _size(value: Any, depth: int = 0) -> int:
    """How many records a value holds, itself or in one of its keys."""
    if isinstance(value, list) and all(isinstance(v, Mapping) for v in value):
        return len(value)
    if isinstance(value, Mapping) and depth < _DEPTH:
        return max((_size(inner, depth + 1) for inner in value.values()), default=0)
    return 0


def _flat(value: Any, name: str = "", depth: int = 0) -> dict[str, str]:
    """A value as texts by the path of its keys; lists of plain values are one text."""
    if depth > _DEPTH:
        return {}
    if isinstance(value, Mapping):
        found: dict[str, str] = {}
        for key, inner in value.items():
            found |= _flat(inner, f"{name} {key}".strip(), depth + 1)
        return found
    if isinstance(value, list) and any(isinstance(v, Mapping | list) for v in value):
        found = {}
        for number, inner in enumerate(value[:_COLUMNS], start=1):
            found |= _flat(inner, f"{name} {number}".strip(), depth + 1)
        return found
    if isinstance(value, list):
        return {name: "; ".join(_said(v) for v in value[:_COLUMNS])}
    return {name: _said(value)}


def _said(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(records: Sequence[dict[str, str]]) -> Iterator[Part]:
    long = sum(any(len(v) > _LONG for v in record.values()) for record in records)
    if long * 2 >= max(len(records), 1) and records:
        for record in records:
            yield from _article(record)
        return
    keys = _keys(records)[:_COLUMNS]
    if len(keys) > 1 or (keys and keys[0]):
        yield Part("row", cells=tuple(keys), table=1, head=True)
        for record in records:
            yield Part("row", cells=tuple(record.get(key, "") for key in keys), table=1)
    else:
        for record in records:
            yield Part("item", record.get("", ""), level=1)


def _keys(records: Sequence[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(key for record in records for key in record))


def _article(record: dict[str, str]) -> Iterator[Part]:
    """A record with a long text: its title, what else it says, its paragraphs."""
    title = next((key for key in _TITLES if 0 < len(record.get(key, "")) <= _LONG), None)
    if title:
        yield Part("heading", record[title], level=1)
    yield from _facts({key: value for key, value in record.items() if key != title})


def _facts(record: dict[str, str]) -> Iterator[Part]:
    for key, value in record.items():
        if len(value) > _LONG:
            for paragraph in value.splitlines():
                if paragraph.strip():
                    yield Part("body", paragraph, joins=False)
        elif value:
            yield Part("item", f"{key}: {value}" if key else value, level=1)


FORMAT = Format("application/json", (".json", ".jsonl", ".ndjson", ".geojson"), _fits, _open)
