"""Reads quantities in running text: number, magnitude, currency or unit, or the noun it counts.

Own rules, because no library that was tried reads what our documents hold. On the 205 amounts of the
public CQE sentences (value / value and unit): price-parser 0.39 / 0.17, pint 0.19 / 0.16,
quantulum3 0.85 / 0.45 (it loses the dollar of "$ 75 million"; no Russian, no Chinese, no counts).
The names of currencies come from babel's CLDR data.

>>> [(r.value, r.codes[0]) for r in readings("It cost 2.5 million Swiss francs for 12 hectares.")]
[(2500000.0, 'CHF'), (12.0, 'ha')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.measures import numerals
from pipeline.measures.counts import counted, is_label
from pipeline.measures.vocabulary import Unit, data, land_names, prefix, signs, units

#: Counts below this are plain ("three cities").
SMALLEST_COUNT = 10
_LONGEST_FORM = 40
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_STEP = re.compile(r"[ \u00a0\u202f\u2009]?-?[ ]?[(\[{<]?")
_RATE = re.compile(r"\s?/\s?(?:h|d|day|year|s|сут|год)\b|\s?/[年日天小时]|\sper\s(?:day|hour|second)\b")
_CENTS = re.compile(r"(?:\sand)?\s(\d\d?|[a-z-]+)(?:\s(?:cents?|pence)\b|(?=\s*(?:[.,;)]|$|more\b)))", re.I)
_PERCENT_FIRST = re.compile(r"(百|千)分之([\d.]+|[零一二三四五六七八九十百点]+)")
_PERCENT_SIGN_FIRST = re.compile(r"(?<!\w)(?:yüzde\s|%)(\d+(?:[.,]\d+)?)", re.I)
_LABELLED = re.compile(r"^[-*•\s]*([^\n:|]{3,60}):\s*(\d{2,6})\s*[.;]?$", re.M)


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount at `start:end` of a text.

    codes: what its unit can be, likeliest first (ISO 4217 for money; "peso" is many); for counts the
    noun, or `1`. approximate: whether the span itself says that it is rough.
    """

    start: int
    end: int
    value: float
    codes: tuple[str, ...]
    value_max: float | None = None
    money: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what stands around it; `unit` is None where nothing measures or counts it."""

    start: int
    end: int
    value: float
    scaled: bool
    unit: Unit | None
    sign_before: bool
    match: re.Match[str]


def readings(text: str, language: str = "en") -> list[Reading]:
    """Amounts of a text, in order, not overlapping. language: BCP 47, its first part counts."""
    language = language.split("-")[0] or "en"
    found: list[Reading] = []
    last = 0
    for match in numerals.pattern(language).finditer(text):
        if match.start() < last:
            continue
        for size in range(len(match[0]), 0, -1) if match.lastgroup == "han" else (len(match[0]),):
            reading = _read(text, match, size, language, last)
            if reading:
                found.append(reading)
                last = reading.end
                break
    for reading in (*_labelled(text, language), *_shares(text, language)):
        if not any(r.start < reading.end and reading.start < r.end for r in found):
            found.append(reading)
    return sorted(found, key=lambda r: r.start)


def _read(
    text: str, match: re.Match[str], size: int, language: str, floor: int
) -> Reading | None:
    first = _number(text, match, size, language, floor)
    if first is None:
        return None
    first = _summed(text, first, language)
    joined = _range(text, first, language)
    if joined:
        return joined
    minus = _minus(text, first)
    if first.unit:
        end, extra = _minor(text, first, language)
        rough = bool(re.search("[多余几]", text[first.start : end]))
        value = (first.value + extra) * (-1 if minus else 1)
        start = first.start - minus
        return Reading(start, end, value, first.unit.codes, None, first.unit.money, rough)
    return _count(text, first, language)


def _number(
    text: str, match: re.Match[str], size: int, language: str, floor: int
) -> _Number | None:
    """A number with its currency in front or its unit behind; None where it is no number."""
    start, end = match.start(), match.start() + size
    before = prefix().search(text[max(floor, start - 8) : start])
    sign: Unit | None = signs()[before[1]] if before else None
    if sign is None and not _stands_free(text, start):
        return None
    if match.lastgroup != "words" and re.match(r"[:/]\d", text[end : end + 2]):
        return None
    if size < len(match[0]):
        value = numerals.han(match[0][:size])
    else:
        value = float(match[0]) if match[0].isdigit() and match[0].isascii() else -1.0
    unit = sign
    tail, direct = _unit_at(text, end, language) if unit is None else (end, None)
    if direct and not (direct.money and _is_magnitude(text, end)):
        if direct.codes == ("g",) and 1500 <= value <= 2099:
            return None
        unit, scaled, factor = direct, False, 1.0
        if direct.money:
            tail, factor = numerals.scale_at(text, tail, language, money=True)
    else:
        tail, factor = numerals.scale_at(text, end, language, money=sign is not None)
        if sign is None and factor == 1.0:
            tail, factor = _money_letter(text, end, language)
        if unit is None:
            tail, unit = _unit_at(text, tail, language)
            if unit is None and factor > 1 and text[tail : tail + 1] == ".":
                after, unit = _unit_at(text, tail + 1, language)
                tail = after if unit else tail
        else:
            again, repeated = _unit_at(text, tail, language)
            if repeated and repeated.money and set(repeated.codes) & set(unit.codes):
                if not re.match(r"\s?\d", text[again : again + 2]):
                    tail = again
                    shared = tuple(c for c in repeated.codes if c in unit.codes)
                    unit = replace(unit, codes=shared)
    scaled = factor != 1.0
    if unit is None and text[tail : tail + 1].isalpha() and not _HAN.match(text[tail]):
        return None
    if value < 0:
        value = numerals.value(match, language, scaled, bool(unit and unit.codes[0] in ("%", "pp")))
    if unit and not unit.money and (rate := _RATE.match(text, tail)):
        unit = replace(unit, codes=(unit.codes[0] + _rate(rate[0]),))
        tail = rate.end()
    head = max(floor, start - 8) + before.start(1) if before else start
    value = round(value * factor * (unit.factor if unit else 1.0), 6)
    return _Number(head, tail, value, scaled, unit, sign is not None, match)


def _summed(text: str, first: _Number, language: str) -> _Number:
    """«1 млрд 200 млн рублей», 3亿5000万元: a second number with a smaller magnitude adds up."""
    if first.unit or not first.scaled:
        return first
    at = first.end + (text[first.end : first.end + 1] in (" ", "\u00a0"))
    match = numerals.pattern(language).match(text, at)
    if not match or match.lastgroup != "digits" or "," in match[0] + text[first.start : at]:
        return first
    second = _number(text, match, len(match[0]), language, at)
    if second and second.scaled and second.value < first.value / 2 and not second.sign_before:
        total = first.value + second.value
        return replace(second, start=first.start, value=total, match=first.match)
    return first


def _rate(text: str) -> str:
    text = text.replace("per", "").strip(" /")
    return "/" + {"day": "d", "hour": "h", "second": "s", "сут": "d", "日": "d", "天": "d"}.get(text, text)


def _stands_free(text: str, start: int) -> bool:
    """Not inside a word, a decimal, a time, a code or a list of page numbers."""
    if not start:
        return True
    previous = text[start - 1]
    if previous.isalpha() and not _HAN.match(previous):
        return False
    if previous == "第" or (previous in ".,:/'’_" and start > 1 and text[start - 2].isdigit()):
        return False
    if previous in "-–—−":
        return start < 2 or not text[start - 2].isalnum() or bool(_HAN.match(text[start - 2]))
    return not previous.isdigit()


def _is_magnitude(text: str, position: int) -> bool:
    return bool(re.match(r"[万亿]", text[position : position + 1]))


def _money_letter(text: str, position: int, language: str) -> tuple[int, float]:
    """ "1.8M dollars", "5m euros": a lone letter is a magnitude only where a currency follows."""
    tail, factor = numerals.scale_at(text, position, language, money=True)
    if factor == 1.0:
        return position, 1.0
    _, unit = _unit_at(text, tail, language)
    return (tail, factor) if unit and unit.money else (position, 1.0)


@cache
def _lengths() -> tuple[int, ...]:
    cased, loose = units()
    return tuple(sorted({len(f) for f in (*cased, *loose) if len(f) <= _LONGEST_FORM}, reverse=True))


def _unit_at(text: str, position: int, language: str) -> tuple[int, Unit | None]:
    """End and unit of the longest form at a position, after at most a space or hyphen."""
    step = _STEP.match(text, position)
    start = step.end() if step else position
    if "-" in text[position:start] and not text[start : start + 1].isascii():
        return position, None
    if text[start : start + 1].isspace() or start >= len(text):
        return position, None
    if text[position:start].strip(" -\u00a0\u202f\u2009") == "" and (linked := re.match(r"d['’]|de\s|di\s", text[start:])):
        start += linked.end()
    cased, loose = units()
    longest = text[start : start + _LONGEST_FORM]
    folded = longest.casefold() if len(longest.casefold()) == len(longest) else longest
    for size in _lengths():
        if size > len(longest):
            continue
        unit = cased.get(longest[:size]) or loose.get(folded[:size])
        if unit and _closes(longest, size):
            end = start + size
            if text[start - 1 : start] in ("(", "[", "{", "<"):
                end += text[end : end + 1] in (")", "]", "}", ">")
            if unit.money and text[start : start + 1] in "$€£¥₹₽₺₸₴" and re.match(r"\s?\d", text[end:]):
                if not re.match(r"\s?[\d.,]+\s?" + re.escape(text[start]), text[end:]):
                    return position, None
            return end, unit
    return _with_adjective(text, position, start, language)


def _closes(text: str, size: int) -> bool:
    """Whether a form that takes the first `size` characters ends there as a word."""
    last, following = text[size - 1], text[size : size + 1]
    if _HAN.match(last):
        return not (text[:size] == "元" and following and following in "件素旦宝月")
    if not following or not last.isalpha():
        return not (last.isdigit() and following.isdigit())
    return not (following.isalnum() or following in "²³") or bool(_HAN.match(following))


def _with_adjective(
    text: str, position: int, start: int, language: str
) -> tuple[int, Unit | None]:
    """ "Namibian dollars", «намибийских долларов»: the adjective resembles the country's name."""
    word = re.compile(r"([^\W\d_]+)[ \u00a0]([^\W\d_]+)").match(text, start)
    if not word or _HAN.match(word[0]):
        return position, None
    unit = units()[1].get(word[2].casefold())
    if not unit or not unit.money or len(word[1]) < 3:
        return position, None
    if word[1].casefold() in numerals.scales(language):
        return position, None
    stem = word[1].casefold()[:4]
    for code in unit.codes:
        if any(name.startswith(stem) for name in land_names(language if language in ("ru", "en") else "en", code)):
            return word.end(), replace(unit, codes=(code,))
    if language == "ru" or word[1][0].isupper():
        return word.end(), unit
    return position, None


def _range(text: str, first: _Number, language: str) -> Reading | None:
    """ "$3–5 million", "70 to 95 per cent", "between 3 and 5 million euros"."""
    position = first.end
    lead = text[max(0, first.start - 12) : first.start].casefold().split()
    links = [str(link) for link in data("numerals")["ranges"]]
    if lead and lead[-1] in data("numerals")["ranges_after"]:
        links.append(f" {data('numerals')['ranges_after'][lead[-1]]} ")
    for link in links:
        found = re.match(rf"[ \u00a0]?{re.escape(link)}[ \u00a0]?" if link.strip() == link else link, text[position:])
        if not found:
            continue
        at = position + found.end()
        cover = prefix_at(text, at)
        match = numerals.pattern(language).match(text, at + cover)
        second = match and _number(text[: match.end() + 60], match, len(match[0]), language, at)
        # a link other than a dash needs no free stand; the dash before it is the range's own
        if match and second is None:
            padded = text[:at].rstrip("-–—~") + " " * (at - len(text[:at].rstrip("-–—~"))) + text[at:]
            match = numerals.pattern(language).match(padded, at + cover)
            second = match and _number(padded, match, len(match[0]), language, at)
        if second:
            return _join(text, first, second, bool(lead) and lead[-1] in ("from", "с", "от", "von", "de"), language)
    return None


def prefix_at(text: str, position: int) -> int:
    """Length of a currency sign that stands at a position, 0 for none."""
    for size in range(8, 0, -1):
        piece = text[position : position + size]
        if len(piece) == size and (found := prefix().search(piece)) and found.start() == 0:
            return size if text[position + size : position + size + 1].isdigit() else 0
    return 0


def _join(text: str, first: _Number, second: _Number, moved: bool, language: str) -> Reading | None:
    unit, low = second.unit or first.unit, first.value
    both = bool(first.unit and second.unit)
    if both and (moved or not first.sign_before or first.unit != second.unit):
        if not (first.unit and second.unit and first.unit.codes == second.unit.codes) or moved:
            return None
        if first.unit.codes[0] in ("%", "pp") and text[first.end : first.end + 1] not in "-–—~～至":
            return None
    if first.unit and not second.unit and not first.sign_before:
        return None
    if second.scaled and not first.scaled and low < second.value:
        size = second.value
        factor = 10.0 ** (3 * int((len(str(int(size))) - 1) // 3)) if size >= 1000 else 1.0
        own = numerals.scale_at(text, second.match.end(), language, money=True)[1]
        low = low * (own if own != 1.0 else factor) if low * own <= size else low
    elif unit and unit.factor != 1.0 and not first.unit:
        low *= unit.factor
    if low >= second.value or (_is_year(first) and not first.unit):
        return None
    if unit is None:
        if second.value < SMALLEST_COUNT or is_label(text, first.start):
            return None
        noun = counted(text, second.end, language, second.value)
        if noun is None:
            return None
        return Reading(first.start, noun[0], low, (noun[1],), second.value)
    return Reading(first.start, second.end, round(low, 6), unit.codes, second.value, unit.money)


def _is_year(number: _Number) -> bool:
    return number.match[0].isdigit() and 1500 <= number.value <= 2099 and not number.scaled


def _minus(text: str, number: _Number) -> int:
    """1 where a minus sign belongs to the number, else 0."""
    start = number.start
    if start == 0 or text[start - 1] not in "-−" or number.unit is None:
        return 0
    return int(start == 1 or text[start - 2] in " \u00a0(")


def _minor(text: str, number: _Number, language: str) -> tuple[int, float]:
    """ "3 dollars 50 cents": end and hundredths."""
    if not (number.unit and number.unit.money) or number.scaled or language != "en":
        return number.end, 0.0
    found = _CENTS.match(text, number.end)
    if not found or text[number.end - 1] in ",.":
        return number.end, 0.0
    cents = float(found[1]) if found[1].isdigit() else numerals.spelled(found[1].replace("-", " "), "en")
    return (found.end(), cents / 100) if 0 < cents < 100 else (number.end, 0.0)


def _count(text: str, number: _Number, language: str) -> Reading | None:
    """A count with its noun, or a bare number that is grouped or has a magnitude."""
    kind, written = number.match.lastgroup, number.match[0]
    grouped = kind == "digits" and re.fullmatch(r"\d{1,3}(?:,\d{3})+", written)
    firm = bool(grouped) or number.scaled
    if number.value < SMALLEST_COUNT or (not firm and is_label(text, number.start)):
        return None
    whole = number.scaled or number.value == int(number.value)
    noun = counted(text, number.end, language, number.value) if whole else None
    if noun and not _is_dated(text, number):
        rough = bool(re.search("[多余几]", text[number.start : noun[0]]))
        return Reading(number.start, noun[0], number.value, (noun[1],), None, False, rough)
    if grouped or number.scaled:
        if re.match(r"[-\w]|[年月日号]", text[number.end : number.end + 1]) and not _HAN.match(text[number.end]):
            return None
        if _timed(text[number.end :]):
            return None
        return Reading(number.start, number.end, number.value, ("1",))
    return None


def _is_dated(text: str, number: _Number) -> bool:
    """Whether a count that could be a year is one: "in 2019 students came", "the 2020 Games"."""
    if not _is_year(number) or _HAN.match(text[number.end : number.end + 1]):
        return False
    if number.value >= 1900 and number.value % 100:
        return not re.match(r"\s[а-яё]", text[number.end : number.end + 2])
    lead = re.search(r"([^\W\d_]+)\W{0,2}$", text[max(0, number.start - 15) : number.start])
    return bool(lead and lead[1].casefold() in data("counted")["year_leads"])


def _timed(rest: str) -> bool:
    """Whether a length of time follows: "1,200 years"."""
    return bool(re.match(r"[\s-]?(?:years?|months?|weeks?|days?|hours?|minutes?|лет|дней|часов|年|天|小时)", rest))


def _labelled(text: str, language: str) -> Iterator[Reading]:
    """ "Jobs: 780": a number after the noun that it counts, alone on its line."""
    for match in _LABELLED.finditer(text):
        words = match[1].split()
        for start in range(len(words)):
            noun = counted(" " + " ".join(words[start : start + 2]).casefold(), 0, language)
            if noun:
                yield Reading(match.start(2), match.end(2), float(match[2]), (noun[1],))
                break


def _shares(text: str, language: str) -> Iterator[Reading]:
    """百分之八点五: the share before the number."""
    for match in _PERCENT_SIGN_FIRST.finditer(text) if language == "tr" else ():
        yield Reading(match.start(), match.end(), numerals.digits(match[1], "tr"), ("%",))
    for match in _PERCENT_FIRST.finditer(text):
        whole, _, rest = match[2].partition("点")
        number = float(whole) if whole.replace(".", "", 1).isascii() and whole else numerals.han(whole or "零")
        decimals = "".join(str(int(numerals.han(c))) for c in rest)
        value = float(f"{number:.0f}.{decimals}") if decimals else number
        yield Reading(match.start(), match.end(), value, ("%" if match[1] == "百" else "‰",))
