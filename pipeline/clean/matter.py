"""Front matter: the fields at the top of a text file, between `---` or `+++`."""

from __future__ import annotations

import re

_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\r?\n(.{0,8000}?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.S)


def field(raw_text: str, names: str) -> str:
    """The value of the first of the fields, a regular expression; empty where there is none."""
    matter = _MATTER.match(raw_text)
    found = re.search(rf"^(?:{names})\s*[:=]\s*(.+)$", matter[2], re.M | re.I) if matter else None
    return found[1].strip().strip("\"'") if found else ""
