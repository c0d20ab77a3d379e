"""Dates to EDTF level 1."""

from __future__ import annotations

import re

import dateparser

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_RANGE = re.compile(r"((?:1[5-9]|20)\d\d)\s?(?:[-–—]|to|and)\s?((?:1[5-9]|20)\d\d)$")
_HAN = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_ROUGH = re.compile(r"\b(end|beginning|middle|early|late|mid|quarter|Q[1-4])\b|底|末|初")
_SEASONS = re.compile(r"\b(spring|summer|autumn|fall|winter)\b", re.I)


def edtf(text: str) -> str:
    """EDTF of a date expression: `2017`, `2019-11`, `2023-12-05`, `2015/2020`, `2021~`, `199X`.

    Years from 1500 to 2099; empty where the expression is none of a known form.
    """
    text = " ".join(text.split())
    if match := _RANGE.search(text):
        return f"{match[1]}/{match[2]}"
    if match := _HAN.match(text):
        rough = "~" if _ROUGH.search(text) else ""
        return "-".join(p.zfill(2) for p in match.groups() if p) + rough
    year = _YEAR.search(text)
    if not year:
        return _month_and_day(text)
    if text.endswith("s"):
        return f"{year[0][:3]}X"
    if text == year[0] or _SEASONS.search(text):
        return year[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    if _ROUGH.search(text):
        return f"{year[0]}~"
    if match := _NUMERIC.match(text):
        return _numeric(match[1], match[2], match[3])
    return _parsed(text, year[0])


def _numeric(first: str, second: str, year: str) -> str:
    """Day first, unless only month first is possible."""
    day, month = (first, second) if int(second) <= 12 else (second, first)
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        return year
    return f"{year}-{int(month):02}-{int(day):02}"


def _parsed(text: str, year: str) -> str:
    text = re.sub(r"\s(года|году|г\.)$", "", text)
    moment = dateparser.parse(
        text, languages=["en", "ru"], settings={"DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "first"}
    )
    if moment is None or str(moment.year) != year:
        return year
    has_day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text.replace(year, "", 1))
    return f"{moment:%Y-%m-%d}" if has_day else f"{moment:%Y-%m}"


def _month_and_day(text: str) -> str:
    moment = dateparser.parse(text, languages=["en", "ru"])
    return f"XXXX-{moment:%m-%d}" if moment else ""
