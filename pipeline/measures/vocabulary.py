"""The vocabulary of quantities: our own files, and the names of currencies in CLDR (babel)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from pipeline.vocabulary import read

#: Forms up to this length match in their own case only ("m" is a metre, "M" is not).
_CASED_LENGTH = 3
#: Languages whose names of currencies begin with the noun ("pesos argentinos").
_NOUN_FIRST = {"fr", "es", "pt", "it", "pl"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a form stands for: codes, likeliest first; `factor` turns the number into that unit."""

    codes: tuple[str, ...]
    money: bool = False
    factor: float = 1.0


@cache
def data(name: str) -> dict[str, Any]:
    """A file of `vocab/` by its stem."""
    loaded: dict[str, Any] = read("pipeline.measures", name)
    return loaded


@cache
def units() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Forms after a number: those that keep their case, and the rest casefolded."""
    cased: dict[str, Unit] = {}
    loose: dict[str, Unit] = {}

    def add(form: str, unit: Unit, merge: bool = False) -> None:
        short = len(form) <= _CASED_LENGTH or any(c.isupper() for c in form[1:])
        target, key = (cased, form) if short else (loose, form.casefold())
        known = target.get(key)
        if known and known.money and unit.money and unit.codes[0] not in known.codes and merge:
            unit = Unit(_ordered((*known.codes, *unit.codes)), money=True)
        elif known:
            return
        target[key] = unit

    for code, forms in data("units").items():
        for form in forms:
            add(form, Unit((code,)))
    money = data("currencies")
    for code, forms in money["after"].items():
        for form in forms:
            add(form, Unit((code,), money=True), merge=True)
    for code, forms in money["cents"].items():
        for form in forms:
            add(form, Unit((code,), money=True, factor=0.01))
    for code in currencies():
        add(code, Unit((code,), money=True))
        for prefix, factor in (("M", 1e6), ("k", 1e3)):
            cased.setdefault(prefix + code, Unit((code,), money=True, factor=factor))
    nouns: dict[str, dict[str, None]] = {}
    for language in money["languages"]:
        for code in currencies():
            for name in _names(language, code):
                add(name, Unit((code,), money=True))
                nouns.setdefault(_noun(name, language), {})[code] = None
    for noun, codes in nouns.items():
        if noun not in money["ignore"] and len(noun) > 2 - (not noun.isascii()):
            unit = Unit(_ordered([*_own(cased, loose, noun), *codes]), money=True)
            (cased if noun in cased else loose)[noun] = unit
    return cased, loose


def _own(cased: dict[str, Unit], loose: dict[str, Unit], form: str) -> tuple[str, ...]:
    known = cased.get(form) or loose.get(form)
    return known.codes if known and known.money else ()


@cache
def currencies() -> tuple[str, ...]:
    """ISO 4217 codes in use today, and the last ones before the euro."""
    today = {
        code
        for entries in get_global("territory_currencies").values()
        for code, _, end, tender in entries
        if tender and (end is None or end[0] >= 1999)
    }
    return tuple(sorted(today))


@cache
def countries_of() -> dict[str, tuple[str, ...]]:
    """Currency -> the territories (ISO 3166-1) where it is tender today."""
    where: dict[str, list[str]] = {}
    for territory, entries in sorted(get_global("territory_currencies").items()):
        for code, _, end, tender in entries:
            if tender and end is None:
                where.setdefault(code, []).append(territory)
    return {code: tuple(found) for code, found in where.items()}


def _names(language: str, code: str) -> Iterable[str]:
    names = (get_currency_name(code, count=n, locale=language) for n in (None, 1, 2, 5, 1.5))
    return dict.fromkeys(n for n in names if n != code and "(" not in n)


def _noun(name: str, language: str) -> str:
    """ "Kazakhstani tenges" -> "tenges"; Han names lose the country in front."""
    if language.startswith("zh"):
        for country in _territories(language):
            if name.startswith(country):
                return name[len(country) :]
        return name
    words = name.replace("-", " ").casefold().split()
    last = name.split()[-1]
    first = language in _NOUN_FIRST or last.isupper()
    # «доллары Намибии», but «белорусские рубли»
    first = first or (language in ("ru", "uk") and last[0].isupper())
    return words[0] if first else words[-1]


@cache
def _territories(language: str) -> tuple[str, ...]:
    return tuple(sorted(Locale.parse(language).territories.values(), key=len, reverse=True))


@cache
def land_names(language: str, code: str) -> tuple[str, ...]:
    """Casefolded names of the countries that use a currency."""
    names = Locale.parse(language).territories
    return tuple(names[c].casefold() for c in countries_of().get(code, ()) if c in names)


def _ordered(codes: Iterable[str]) -> tuple[str, ...]:
    preferred = data("currencies")["prefer"]
    found = dict.fromkeys(codes)
    return (*(c for c in preferred if c in found), *(c for c in found if c not in preferred))


@cache
def prefix() -> re.Pattern[str]:
    """A currency in front of a number, at the end of a text; group 1 is the form."""
    forms = sorted(signs(), key=len, reverse=True)
    return re.compile(
        rf"(?:(?<![^\W\d_])|(?<=[\u4e00-\u9fff]))({'|'.join(map(re.escape, forms))})"
        r"[ \u00a0\u202f]?$"
    )


@cache
def signs() -> dict[str, Unit]:
    """Currency forms in front of a number."""
    found: dict[str, Unit] = {}
    for code, forms in data("currencies")["before"].items():
        for form in forms:
            known = found[form].codes if form in found else ()
            found[form] = Unit(_ordered((*known, code)), money=True)
    for code in currencies():
        found.setdefault(code, Unit((code,), money=True))
        found.setdefault("M" + code, Unit((code,), money=True, factor=1e6))
    for code in ("usd", "eur", "gbp", "dollar"):
        found[code] = Unit(("USD" if code == "dollar" else code.upper(),), money=True)
    return found
