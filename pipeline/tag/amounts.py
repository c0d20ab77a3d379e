"""Amounts: money, areas, lengths, capacities, counts with a unit, percentages."""

from __future__ import annotations

import re

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
