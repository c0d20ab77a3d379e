"""Scripts that the carried models cannot read, and Tesseract's data for their languages."""

from __future__ import annotations

#: Script, as Tesseract calls it -> languages by BCP 47 -> data of Tesseract.
_SCRIPTS = {
    "Cyrillic": {"ru": "rus", "uk": "ukr", "be": "bel", "bg": "bul", "sr": "srp", "mk": "mkd"}
    | {"kk": "kaz", "ky": "kir", "mn": "mon", "tg": "tgk", "tt": "tat"},
    "Korean": {"ko": "kor"},
    "Arabic": {"ar": "ara", "fa": "fas", "ur": "urd"},
    "Hebrew": {"he": "heb"},
    "Thai": {"th": "tha"},
    "Devanagari": {"hi": "hin", "ne": "nep", "mr": "mar"},
    "Bengali": {"bn": "ben"},
    "Georgian": {"ka": "kat"},
    "Armenian": {"hy": "hye"},
}
#: Tesseract's name for Korean writing.
_ALIASES = {"Hangul": "Korean"}


def script_of(language: str) -> str:
    """The script of a language that the carried models cannot read; empty for others."""
    short = language.split("-")[0].lower()
    return next((script for script, known in _SCRIPTS.items() if short in known), "")


def data_of(script: str, installed: frozenset[str]) -> tuple[str, ...]:
    """Which of the installed data of Tesseract serve a script, the commonest language first."""
    known = _SCRIPTS.get(_ALIASES.get(script, script), {})
    return tuple(data for data in known.values() if data in installed)


def served(installed: frozenset[str]) -> tuple[str, ...]:
    """The scripts beyond the carried models that installed data serve."""
    return tuple(script for script in _SCRIPTS if data_of(script, installed))
