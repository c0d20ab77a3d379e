"""What the results of a document depend on besides its content."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline import MODEL_VARIABLE
from pipeline.ingest.ocr import tesseract

_PACKAGE = Path(__file__).parents[1]
_NO_PART = frozenset({"__pycache__", "batch", "evaluate", "explain", "fetch"})


@cache
def version() -> str:
    """16 hex digits over code, vocabularies and weights of `pipeline`, and what it stands on."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _files(_PACKAGE):
        digest.update(str(path.relative_to(_PACKAGE)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for line in _installed():
        digest.update(line.encode())
    # what is installed beside Python reads scans
    digest.update(" ".join(sorted(tesseract.installed())).encode())
    model = os.environ.get(MODEL_VARIABLE, "")
    digest.update(model.encode())
    if Path(model).is_dir() and model:
        for path in _files(Path(model)):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in _NO_PART:
            yield from _files(path)
        elif path.is_file():
            yield path


def _installed() -> Iterator[str]:
    """`NAME-VERSION.dist-info` of all that is installed, which costs less than asking for some."""
    for folder in sys.path:
        yield from sorted(path.name for path in Path(folder).glob("*.dist-info"))
