"""A date in EDTF from its figures; below all stages."""

from __future__ import annotations

import datetime


def edtf(year: int, month: int = 0, day: int = 0) -> str:
    """`2019-05-03`, `2019-05` or `2019`: as fine as the calendar has it, 0 for what is not known.

    year: of four figures.
    """
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"
