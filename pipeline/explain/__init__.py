"""Explain: the whole story of a partnership or project, from the written tables.

::

    find    the rows that an identifier or a name means
    story   each value of a row, the statements for and against it, and why it won
    show    the same for a terminal
"""

from __future__ import annotations

from pathlib import Path

from pipeline.explain.find import Found, find, nearest
from pipeline.explain.story import Story, story
from pipeline.tables.read import Cells, read

__all__ = ["NAMES", "Found", "Story", "find", "nearest", "story", "tables"]

NAMES = ("documents", "partnerships", "projects", "statements", "amounts", "checks")


def tables(folder: Path) -> dict[str, list[Cells]]:
    """The tables that a story is made of."""
    return read(folder, NAMES)
