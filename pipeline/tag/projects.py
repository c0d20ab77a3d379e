"""Projects that a text names or clearly describes."""

from __future__ import annotations

import re

_PROJECT_NOUN = (
    r"(?:Industrial\sPark|Science\sPark|Technology\sPark|Hub|Centre|Center|Town|Village|Campus|Zone|Terminal|"
    r"Logistics\sPark|Agropark|Technopark|School|Market\sHall|Garden|Line)"
)
PROJECT = re.compile(
    rf"""
    \b[A-Z]\w+[-\s][Ss]tyle[-\s][Tt]own(?:\s[Pp]roject)?
  | \b[A-Z]\w+[-–][A-Z]\w+(?:\s[A-Z][\w'-]+)*\s{_PROJECT_NOUN}\b
  | \bJoint(?:\s[A-Z][\w'-]+)+\b
    """,
    re.VERBOSE,
)
