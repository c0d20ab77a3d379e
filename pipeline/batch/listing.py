"""The documents under the inputs: files, folders, or URLs of any file system that fsspec knows.

A ZIP archive is a folder: each file in it is a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.batch import past
from pipeline.batch.chunk import File
from pipeline.batch.content import opened
from pipeline.fetch.manifest import Source, sources
from pipeline.ingest import archive, documents, is_hidden
from pipeline.ingest.format import Unreadable
from pipeline.tables.publish import PACKAGE, SET
from pipeline.tables.remote import is_url


def listed(inputs: Sequence[str]) -> list[File]:
    """Documents with their names relative to the input, sorted by name; each file once."""
    local = documents([Path(given) for given in inputs if not is_url(given)])
    folders = sorted({path.parent for path, _ in local})
    made = {folder for folder in folders if _holds_tables(folder)}
    local = [
        (path, name) for path, name in local if path.parent not in made or path.name not in SET
    ]
    fetched = {folder: _fetched(folder) for folder in folders}
    found = {
        str(path): File(str(path), name, past.state(path), fetched[path.parent].get(path.name))
        for path, name in local
    }
    for url in filter(is_url, inputs):
        for file in _remote(url):
            found.setdefault(file.source, file)
    every = [inner for file in found.values() for inner in _within(file)]
    return sorted(every, key=lambda file: (file.name, file.source))


def _holds_tables(folder: Path) -> bool:
    """Whether a folder is one that a run wrote its tables into: they are no documents."""
    if not (folder / PACKAGE).is_file():
        return False
    try:
        read = json.loads((folder / PACKAGE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.get("name") == "citypacts"


def _within(file: File) -> Iterator[File]:
    """The files of an archive; the file itself where it is none, or cannot be gone into."""
    paths: list[str] = []
    if archive.is_named(file.name):
        try:
            with opened(file.source) as content:
                paths = archive.members(content)
        except (Unreadable, OSError):
            # whoever reads it will say why
            paths = []
    if not paths:
        yield file
    for path in paths:
        name = archive.shown(path)
        if name and not is_hidden(name.split("/")):
            source = f"{file.source}{archive.INSIDE}{path}"
            yield replace(file, source=source, name=f"{file.name}/{name}")


def _fetched(folder: Path) -> dict[str, Source]:
    """Name of a file -> where it was fetched from; what was recorded last counts."""
    return {source.file: source for source in sources(folder)}


def _remote(url: str) -> Iterator[File]:
    """Raises `FileNotFoundError` where there is neither file nor folder."""
    import fsspec

    files, root = fsspec.url_to_fs(url)
    found = files.find(root, detail=True)
    if not found:
        raise FileNotFoundError(2, "no such file or folder", url)
    for path in found:
        name = PurePosixPath(path).relative_to(root).as_posix() if path != root else ""
        if not is_hidden(PurePosixPath(name).parts):
            name = name or PurePosixPath(path).name
            yield File(files.unstrip_protocol(path), name, str(files.ukey(path)))
