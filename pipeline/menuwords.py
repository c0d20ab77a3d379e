"""The words of menus, language switchers and cookie notices of web pages, in markup and in text."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.vocabulary import read

Kind = Literal["entries", "certain", "languages"]


@cache
def words(kind: Kind) -> re.Pattern[str]:
    """What is an entry of any menu, a line that is none of the text, the name of a language."""
    return re.compile("|".join(f"(?:{word})" for word in read("pipeline", "menus")[kind]), re.I)


def is_entry(words_of_link: str) -> bool:
    """Whether the words of a link lead around any site: "Contact", "Карта сайта"."""
    return bool(words("entries").fullmatch(words_of_link))
