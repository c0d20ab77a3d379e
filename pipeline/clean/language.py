"""The main language of a text.

The script decides where it has one language only. Else three things speak, each in the unit of the
classifier (log-likelihood): the classifier, over words in small letters where there are enough of
them, since names of towns say nothing; small words and names of countries; letters that a language
lacks. What the file claims counts as much as a few words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.vocabulary import read

#: Longer texts are judged by so many pieces of so many characters, spread evenly over them.
_PIECES, _PIECE = 16, 500
_HAN, _KANA = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u3040-\u30ff]")
#: Han characters of Japanese alone; a list of towns may have no kana.
_JAPANESE, _OF_JAPANESE = re.compile("[県済広駅込畑辻働峠沢竜浜塩黒]"), 5
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'‌][^\W\d_]+)*")
#: Addresses, tags and entities, whose words are of no language.
#: Each begins where a word does, so that a long one is gone through once.
_MACHINE = re.compile(
    r"https?://\S+|www\.\S+|(?<![^\s>(])[^\s@]++@\S+|</?\w[^<>]*>|&\w+;"
    r"|(?<!\w)\w++\.(?:jpe?g|png|html?)\b"
)
#: Share of Han characters among the letters from which a text is Chinese (or Japanese).
_HAN_SHARE, _KANA_SHARE = 0.25, 0.1
#: With fewer words in small letters than these, names count too.
_FEW_WORDS = 12
#: With fewer known words than these, names of countries are looked at.
_FEW_KNOWN = 12
#: What a known word, a letter that a language lacks, a claim, and being usual weigh.
_OF_WORD, _OF_LETTER, _OF_CLAIM, _OF_USUAL = 20.0, 20.0, 30.0, 10.0
#: Names stand in Latin letters in texts of every script.
_OF_LATIN = 0.5
#: py3langid's codes where CLDR has others.
_MODEL_CODE = {"nb": "no"}
_CLDR_CODE = {"tl": "fil"}


def language_of(text: str, claim: str = "") -> str:
    """BCP 47 tag of the main language; `und` for a text without letters.

    claim: what the file says of itself (`pt-BR`); it helps where the text leaves the language open.
    """
    sample = _sample(_MACHINE.sub(" ", text)) or _sample(text)
    letters = len(_LETTER.findall(sample))
    if not letters:
        return "und"
    if eastern := _eastern(sample, letters):
        return eastern
    counts = {name: len(found.findall(sample)) for name, found in _scripts().items()}
    counts["Latin"] = int(_OF_LATIN * counts["Latin"]) or min(counts["Latin"], 1)
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return "und"
    return _among(sample, script, claim) if script in _data("languages") else script


def _eastern(sample: str, letters: int) -> str:
    """`zh` or `ja` for a text with Han characters or kana enough; else empty."""
    kana = len(_KANA.findall(sample))
    if len(_HAN.findall(sample)) + kana < _HAN_SHARE * letters:
        return ""
    japanese = kana + _OF_JAPANESE * len(_JAPANESE.findall(sample))
    return "ja" if japanese > _KANA_SHARE * letters else "zh"


def _sample(text: str) -> str:
    if len(text) <= _PIECES * _PIECE:
        return text if text.strip() else ""
    step = len(text) // _PIECES
    return "\n".join(text[at : at + _PIECE] for at in range(0, step * _PIECES, step))


def _among(sample: str, script: str, claim: str) -> str:
    """The likeliest language of a script."""
    words = _WORD.findall(sample)
    if sum(w.isupper() for w in words) > len(words) / 2:
        words = [w.lower() for w in words]
    small = [w for w in words if w.islower()] if script in ("Latin", "Cyrillic") else words
    told = small if len(small) >= _FEW_WORDS else words
    claimed = claim.replace("_", "-").partition("-")[0].lower()
    evidence = (
        _classified(script, " ".join(told)),
        _worded(script, {w.lower() for w in words}),
        _spelt(script, set("".join(told).lower())),
        dict.fromkeys(_data("alphabets")["usual"].get(script, ()), _OF_USUAL),
        {claimed: _OF_CLAIM},
    )
    scores = {code: sum(e.get(code, 0.0) for e in evidence) for code in evidence[0]}
    return max(scores, key=lambda code: (scores[code], code))


def _classified(script: str, text: str) -> dict[str, float]:
    known = dict(_classifier(script).rank(text))
    return {code: known[_MODEL_CODE.get(code, code)] for code in _data("languages")[script]}


def _worded(script: str, words: set[str]) -> dict[str, float]:
    """What the known words among `words` weigh; names of countries where these are few."""
    table = _words(script)
    known = table.keys() & words
    if len(known) < _FEW_KNOWN:
        table = _names(script)
        known = table.keys() & words
    scores: dict[str, float] = {}
    for word in sorted(known):
        for code in table[word]:
            scores[code] = scores.get(code, 0.0) + _OF_WORD / len(table[word])
    return scores


def _spelt(script: str, letters: set[str]) -> dict[str, float]:
    """What the letters that a language lacks weigh against it."""
    alphabets: dict[str, str] = _data("alphabets")["letters"].get(script, {})
    told = {letter for alphabet in alphabets.values() for letter in alphabet} & letters
    return {
        code: -_OF_LETTER * sum(letter not in alphabet for letter in told)
        for code, alphabet in alphabets.items()
    }


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    data = _data("alphabets")
    return {name: re.compile(f"[{r}]") for name, r in {**data["shared"], **data["alone"]}.items()}


@cache
def _classifier(script: str) -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages([_MODEL_CODE.get(code, code) for code in _data("languages")[script]])
    return model


@cache
def _words(script: str) -> dict[str, tuple[str, ...]]:
    """Known words of a script, each with the languages that have it."""
    return _turned({code: line.split() for code, line in _data("languages")[script].items()})


@cache
def _names(script: str) -> dict[str, tuple[str, ...]]:
    """The same, with names of countries of one word."""
    data = _data("languages")[script]
    return _turned({code: [*line.split(), *_countries(code)] for code, line in data.items()})


def _countries(code: str) -> list[str]:
    try:
        territories = Locale(_CLDR_CODE.get(code, code)).territories
    except UnknownLocaleError:
        return []
    return [name.lower() for key, name in territories.items() if key.isalpha() and " " not in name]


def _turned(words: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for code, each in words.items():
        for word in each:
            found.setdefault(word, {})[code] = None
    return {word: tuple(codes) for word, codes in found.items()}


def _data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = read("pipeline.clean", name)
    return loaded
