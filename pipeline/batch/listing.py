"""The documents under the inputs: files, folders, or URLs of any file system that fsspec knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.batch import past
from pipeline.batch.chunk import File
from pipeline.fetch.manifest import Source, sources
from pipeline.ingest import documents, suffix_of
from pipeline.tables.remote import is_url


def listed(inputs: Sequence[str]) -> list[File]:
    """Documents with their names relative to the input, sorted by name; each file once."""
    local = documents([Path(given) for given in inputs if not is_url(given)])
    fetched = {folder: _fetched(folder) for folder in {path.parent for path, _ in local}}
    found = {
        str(path): File(str(path), name, past.state(path), fetched[path.parent].get(path.name))
        for path, name in local
    }
    for url in filter(is_url, inputs):
        for file in _remote(url):
            found.setdefault(file.source, file)
    return sorted(found.values(), key=lambda file: (file.name, file.source))


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
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if not name or (suffix_of(name) and not hidden):
            name = name or PurePosixPath(path).name
            yield File(files.unstrip_protocol(path), name, str(files.ukey(path)))
