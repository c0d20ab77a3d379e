"""Patterns of dates, amounts and project names."""

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

_NUMBER = r"\d{1,3}(?:[,\s\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"(?:\s?(?:million|billion|trillion|crore|lakh|bn|mln|млн|млрд|m)\b\.?)"
_CURRENCY_SIGN = r"(?:US\$|A\$|C\$|R\$|[$€£¥₹₽₩])"
_CODE = r"(?:USD|EUR|GBP|CNY|RUB|AUD|CAD|CHF|SEK|NOK|DKK|PLN|JPY|INR|ZAR|KZT|RMB|BYN)"
_MONEY_WORD = (
    r"(?:US\sdollars|dollars|euros?|yuan|rubles|roubles|rupees|zloty|tenge|lira|pounds|yen|"
    r"рубл\w+|доллар\w+|евро|юан\w+)"
)
_UNIT = (
    r"(?:hectares?|ha|acres?|square\s(?:kilomet(?:re|er)s?|met(?:re|er)s?|feet|miles)|sq\.?\s?(?:m|km|ft)|"
    r"km²|m²|m2|km2|kilomet(?:re|er)s?|km|miles|met(?:re|er)s|tonnes?|tons|MW|kW|GWh|га|км|кв\.\sм)"
)
_NOUN = (
    r"(?:jobs|people|students|pupils|inhabitants|residents|visitors|companies|households|members|"
    r"schools|trainees|children|workers|enterprises|delegates|participants|volunteers|apartments)"
)
AMOUNT = re.compile(
    rf"""
    (?<!\w){_CURRENCY_SIGN}\s?(?:{_NUMBER}){_SCALE}?
  | \b{_CODE}\s?(?:{_NUMBER}){_SCALE}?
  | \b(?:{_NUMBER}){_SCALE}?\s?(?:{_CODE}|{_MONEY_WORD})(?!\w)
  | \b(?:{_NUMBER})\s?(?:%|per\scent\b|percent\b|percentage\spoints)
  | \b(?:{_NUMBER}){_SCALE}?\s?{_UNIT}(?!\w)
  | \b(?:{_NUMBER}){_SCALE}?\s(?:[a-z-]+\s)?{_NOUN}\b
  | (?:{_NUMBER})(?:万|亿)?(?:亿元|万元|元|美元|欧元|公顷|亩|公里|平方米|平方公里|%|人)
    """,
    re.VERBOSE,
)

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
