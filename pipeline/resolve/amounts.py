"""Amounts to a number and a unit."""

from __future__ import annotations

import re

from pipeline.records import Quantity

_NUMBER = re.compile(r"\d{1,3}(?:[,\s\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")
_SCALES = (
    (r"^\s?(trillion)\b", 1e12),
    (r"^\s?(billion|bn|млрд)\b", 1e9),
    (r"^\s?(million|mln|млн|m)\b(?!²)", 1e6),
    (r"^\s?crore\b", 1e7),
    (r"^\s?lakh\b", 1e5),
    (r"^亿", 1e8),
    (r"^万", 1e4),
)
#: Tried in order; the first that is found in the text gives the unit.
_UNITS = (
    (r"US\$|USD|US dollars|美元|доллар", "USD"),
    (r"A\$|AUD", "AUD"),
    (r"C\$|CAD", "CAD"),
    (r"R\$", "BRL"),
    (r"€|EUR|euro|欧元|евро", "EUR"),
    (r"£|GBP|pounds", "GBP"),
    (r"₹|INR|rupees", "INR"),
    (r"₽|RUB|ro?ubles|рубл", "RUB"),
    (r"₩", "KRW"),
    (r"CNY|RMB|yuan|юан|元", "CNY"),
    (r"¥|JPY|\byen\b", "JPY"),
    (r"zloty|PLN", "PLN"),
    (r"tenge|KZT", "KZT"),
    (r"lira", "TRY"),
    (r"\b(CHF|SEK|NOK|DKK|ZAR|BYN)\b", ""),
    (r"\$|dollars", "USD"),
    (r"percentage points", "pp"),
    (r"%|per ?cent", "%"),
    (r"square kilomet|km²|km2|平方公里", "km2"),
    (r"square met|sq\.? ?m|m²|m2|кв\. м|平方米", "m2"),
    (r"square feet|sq\.? ?ft", "sq ft"),
    (r"hectare|\bha\b|公顷|\bга\b", "ha"),
    (r"acre", "acre"),
    (r"亩", "mu"),
    (r"kilomet|\bkm\b|公里|\bкм\b", "km"),
    (r"miles", "mi"),
    (r"\bmet(re|er)s", "m"),
    (r"tonnes?|tons", "t"),
    (r"\b(MW|kW|GWh)\b", ""),
)


def quantity(text: str) -> Quantity | None:
    """Number (in base units of money, else as stated) and unit of an amount; None for neither."""
    text = " ".join(text.split())
    number = _NUMBER.search(text)
    if not number:
        return None
    value = _value(number[0])
    rest = text[number.end() :]
    for pattern, factor in _SCALES:
        if match := re.match(pattern, rest):
            value, rest = value * factor, rest[match.end() :]
            break
    value = round(value, 6)
    for pattern, unit in _UNITS:
        if match := re.search(pattern, text):
            return Quantity(value, unit or match[1])
    return Quantity(value, rest.split()[-1] if rest.split() else "1")


def written(found: Quantity) -> str:
    """`5900000000 USD`, `8.7 %`, ranges `3000000/5000000 EUR`."""
    numbers = [n for n in (found.value, found.value_max) if n is not None]
    return "/".join(f"{n:.12g}" if n >= 1e12 else f"{n:.15g}" for n in numbers) + f" {found.unit}"


def _value(number: str) -> float:
    digits = re.sub(r"[\s\u00a0]", "", number)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    return float(digits.replace(",", "."))
