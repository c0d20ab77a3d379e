"""Chinese, Japanese and Korean dates: `2019年5月4日`, `2022年第三季度`, `九十年代`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.records import Mention
from pipeline.tag.datewords import vocabulary

#: Full-width figures to ASCII, offsets kept.
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_MARK = re.compile("[年년月월日号號일]")
_DIGIT = "[〇○零一二三四五六七八九]"
_YEAR = rf"(?:(?:1[1-9]|20)\d\d|{_DIGIT}{{4}})\s?(?:年|년)"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = rf"{_SMALL}\s?(?:月|월)"
_DAY = rf"{_SMALL}\s?(?:日|号|號|일)"


def han_dates(text: str) -> Iterator[Mention]:
    """Mentions of dates written with 年, 月 and 日, in order."""
    if not _MARK.search(text):
        return
    for match in _pattern().finditer(text.translate(HALF_WIDTH)):
        yield Mention(match.start(), match.end(), "DATE", 0.98)


@cache
def _pattern() -> re.Pattern[str]:
    han = vocabulary()["han"]
    to = rf"\s?{han['to']}\s?"
    day = rf"{_MONTH}\s?{_DAY}"
    point = rf"{_YEAR}(?:\s?{day}|\s?{_MONTH}{han['month_tail']}?|{han['tail']})?"
    kinds = (
        rf"{han['decade_lead']}?(?:(?:1[5-9]|20)?\d0|[一二三四五六七八九]十)\s?(?:年代|년대)(?:初期?|末期?|中期|后期)?",
        rf"{point}{to}(?:{point}|{day}|{_MONTH}|{_DAY})",
        rf"{_YEAR}\s?{_SMALL}{to}{_MONTH}",
        rf"{_YEAR}\s?{_MONTH}\s?{_SMALL}{to}{_DAY}",
        rf"(?:1[5-9]|20)\d\d{to}{point}",
        point,
        rf"{_MONTH}\s?{_SMALL}{to}{_DAY}",
        rf"{day}(?:{to}(?:{_MONTH}\s?)?{_DAY})?",
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(f'(?:{kind})' for kind in kinds)})(?![代대])")
