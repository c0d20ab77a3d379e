"""Date expressions: years, months, days and ranges of them."""

from __future__ import annotations

import re

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?"
)
_RU_MONTHS = "январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_YEAR = r"(?:1[5-9]|20)\d\d"
DATE = re.compile(
    rf"""
    \b(?:the\s)?(?<!\w)(?:end|beginning|middle)\sof\s{_YEAR}\b
  | \b(?:early|late|mid)[-\s]{_YEAR}\b
  | \b(?:spring|summer|autumn|fall|winter)\s(?:of\s)?{_YEAR}\b
  | \b(?:first|second|third|fourth)\squarter\sof\s{_YEAR}\b | \bQ[1-4]\s{_YEAR}\b
  | \b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS}),?\s{_YEAR}\b
  | \b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?,\s{_YEAR}\b
  | \b(?:{_MONTHS})\s(?:of\s)?{_YEAR}\b
  | \b\d{{1,2}}\s(?:{_RU_MONTHS})\w*\s{_YEAR}(?:\sгода?|\sг\.)?
  | \b(?:{_RU_MONTHS})\w*\s{_YEAR}(?:\s(?:года?|году)|\sг\.)?
  | {_YEAR}年\d{{1,2}}月\d{{1,2}}日 | {_YEAR}年\d{{1,2}}月 | {_YEAR}年(?:年?底|末|初)?
  | \b\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}\b | \b{_YEAR}-\d\d-\d\d\b
  | \b{_YEAR}\s?(?:[-–—]|to|and)\s?{_YEAR}\b
  | \b{_YEAR}s\b
  | (?<![\d.,$€£¥-])\b{_YEAR}\b(?![.,]?\d|-\w|\s(?:hectares|people|students|km|jobs|million))
  | \b\d{{1,2}}\s(?:{_MONTHS})\b
    """,
    re.VERBOSE,
)
