"""Numerals: digits in any grouping, fractions, number words, Han numerals, magnitudes."""

from __future__ import annotations

import re
from functools import cache

from pipeline.measures.vocabulary import data

_GAP = " \u00a0\u202f\u2009"
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?"
    rf"|\d{{1,3}}(?:[{_GAP}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\d{1,3}\.\d{3},\d+"
    r"|\d+[ ]\d/\d(?![\d/])|\d/\d(?![\d/])|\d+[½¼¾⅓⅔]|[½¼¾⅓⅔]"
    r"|\d+[.,]\d+|\d+"
)
#: Languages that write decimals with a point.
POINT = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi", "ar", "fa"})
#: Languages that group thousands with a point ("3.000 millones").
_POINT_GROUPS = frozenset(
    ["de", "es", "pt", "it", "nl", "tr", "id", "da", "ro", "hr", "sr", "sl", "el", "vi", "ca", "is"]
)


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Numerals of a language; groups `digits`, `half`, `words`, `han`."""
    words = data("numerals")["words"].get(language, {})
    parts = [rf"(?P<digits>{DIGITS})"]
    if words:
        names = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        scales = "|".join(("hundred", "thousand", "million", "billion", "trillion"))
        more = (
            rf"(?:[\s-]+(?:and\s+)?(?:(?:{names})\b|(?:{scales})\b))*" if language == "en" else ""
        )
        some = rf"|a\s(?:{scales}|dozen)\b" if language == "en" else ""
        parts.append(rf"(?P<words>\b(?:{names})\b(?![-\s]and\sa\shalf){more}{some})")
    if language == "en":
        names = "|".join(words)
        parts.insert(
            0,
            rf"(?P<half>\b(?:(?:{names})(?:\sand\sa\shalf|-and-a-half)|half\sa|half\sof\sa|half(?=\s(?:million|billion))"
            r"|(?:a\s)?quarter(?:\sof)?(?:\sa)?(?=\s(?:million|billion))"
            r"|three\squarters(?:\sof)?(?:\sa)?(?=\s(?:million|billion)))(?=\s))",
        )
    if language == "ru":
        parts.insert(0, r"(?P<half>\bпол(?=-?(?:миллион|миллиард|тысяч)))")
    parts.append(
        r"(?P<han>(?<![第数几上])[〇零一二三四五六七八九十两][〇零一二三四五六七八九十百千万亿两]*)"
    )
    return re.compile("|".join(parts), re.I)


def value(match: re.Match[str], language: str, scaled: bool, share: bool) -> float:
    """The number of a match of `pattern`; scaled: a magnitude follows, share: a per cent."""
    kind = match.lastgroup
    text = match[0]
    if kind == "digits":
        return digits(text, language, scaled, share)
    if kind == "half":
        return _half(text, language)
    return han(text) if kind == "han" else spelled(text, language)


def digits(text: str, language: str = "en", scaled: bool = False, share: bool = False) -> float:
    """The number that digits write; a lone separator before three digits is read as the language
    reads it, except that a magnitude or a percentage makes it a decimal one."""
    if text[-1] in _FRACTIONS:
        return float(text[:-1] or 0) + _FRACTIONS[text[-1]]
    if "/" in text:
        whole, _, rest = text.rpartition(" ")
        above, below = rest.split("/")
        return float(whole or 0) + (int(above) / int(below) if int(below) else 0.0)
    text = re.sub(rf"[{_GAP}'’]", "", text)
    if text.count(",") and text.count("."):
        decimal = max(",", ".", key=text.rfind)
        return float(text.replace("," if decimal == "." else ".", "").replace(decimal, "."))
    for mark in ",.":
        if text.count(mark) > 1:
            return float(text.replace(mark, ""))
        if mark in text:
            return float(
                text.replace(mark, "" if _groups(text, mark, language, scaled, share) else ".")
            )
    return float(text)


def _groups(text: str, mark: str, language: str, scaled: bool, share: bool) -> bool:
    whole, _, rest = text.partition(mark)
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return False
    native = language in (POINT if mark == "," else _POINT_GROUPS)
    if scaled or share:
        return native
    return native or rest.endswith("00")


def _half(text: str, language: str) -> float:
    words = text.casefold().replace("-", " ").split()
    first: float = data("numerals")["words"].get(language, {}).get(words[0], 0)
    if "quarter" in words:
        return 0.25
    return 0.75 if "quarters" in words else first + 0.5


def spelled(text: str, language: str) -> float:
    """The number that words write: "two hundred and ten thousand" -> 210000."""
    known = data("numerals")["words"].get(language, {})
    total, current = 0.0, 0.0
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        factor = scales(language).get(word)
        if word in known:
            current += float(known[word])
        elif factor == 100:
            current = (current or 1) * 100
        elif factor:
            total, current = total + (current or 1) * factor, 0.0
    return total + current


@cache
def scales(language: str) -> dict[str, float]:
    """Casefolded magnitude words -> factor. Languages without an own list read them as English."""
    own = data("numerals")["scales"]
    chosen = own.get(language, {}) | ({} if language in ("de", "es", "da", "sv") else own["en"])
    return {form: float(factor) for form, factor in {**own["any"], **chosen}.items()}


_AFTER = re.compile(r"[ \u00a0\u202f\u2009-]?([^\W\d_]{1,30})(\.(?=\s?[\w(,;—–]|$))?")


def scale_at(text: str, position: int, language: str, money: bool) -> tuple[int, float]:
    """End and factor of the magnitudes at a position; the position and 1 for none.

    "lakh crore" is a product. A lone "m", "M" or "k" counts beside money only.
    """
    end, factor = position, 1.0
    while True:
        if han := _han_scale().match(text, end):
            end, factor = han.end(), factor * float(data("numerals")["han_scales"][han[1]])
            continue
        found = _AFTER.match(text, end)
        if not found:
            return end, factor
        word = found[1].casefold()
        size = scales(language).get(word)
        if word in ("m", "k", "b"):
            size = {"m": 1e6, "k": 1e3, "b": 1e9}[word] if money else None
        if size is None or (size < 1e3 and end > position):
            return end, factor
        short = len(word) <= 4 and word[-1] not in "aeiouаеиоу"
        end = found.end(2) if short and found[2] and not word.isascii() else found.end(1)
        factor *= size


@cache
def _han_scale() -> re.Pattern[str]:
    forms = "|".join(data("numerals")["han_scales"])
    return re.compile(rf"[多余几]?({forms})(?!米|克|瓦|伏)[多余]?")


def han(text: str) -> float:
    """The number that Han numerals write: 三百二十 -> 320, 一九八〇 -> 1980."""
    ones = data("numerals")["han_digits"]
    if not any(c in "十百千万亿" for c in text):
        return float("".join(str(ones[c]) for c in text))
    total, section, digit = 0, 0, 0
    for character in text:
        if character in ones:
            digit = ones[character]
        elif character in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * {"万": 10**4, "亿": 10**8}[character]
            section = digit = 0
    return float(total + section + digit)
