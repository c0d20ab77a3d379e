"""The English model, with its rules for parts of speech read faster.

spaCy's `AttributeRuler` asks every rule of every word, a tenth of all the model's time. Here the
rules that a word with its fine-grained tag may meet at all are found once, and what depends on the
sentence is asked of them alone. Morphology and lemmas, which nothing asks for, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

_RULER, _FASTER = "attribute_ruler", "citypacts_parts_of_speech"
#: What a word has without its sentence, and what the parser gives it.
_OWN: Mapping[str, Callable[[Token], object]] = {
    "TAG": lambda token: token.tag_,
    "LOWER": lambda token: token.lower_,
    "IS_SPACE": lambda token: token.is_space,
}
_ALL = {**_OWN, "DEP": lambda token: token.dep_}


@dataclass(frozen=True, slots=True)
class _Condition:
    """A value of a word must be in `allowed`, if that is given, and not in `barred`.

    offset: of the word from the one that the rule is about.
    """

    offset: int
    attribute: str
    allowed: frozenset[object] | None
    barred: frozenset[object]

    @property
    def is_own(self) -> bool:
        return self.offset == 0 and self.attribute in _OWN

    def holds(self, doc: Doc, index: int) -> bool:
        at = index + self.offset
        if not 0 <= at < len(doc):
            return False
        value = _ALL[self.attribute](doc[at])  # type: ignore[no-untyped-call]
        return (self.allowed is None or value in self.allowed) and value not in self.barred


@dataclass(frozen=True, slots=True)
class _Rule:
    conditions: tuple[_Condition, ...]
    pos: str


def load(name: str) -> Language:
    """The spaCy model of that name.

    Raises `OSError` where there is none.
    """
    english = spacy.load(name, exclude=["lemmatizer"], disable=[_RULER])
    if _RULER in english.component_names:
        english.add_pipe(_FASTER)
    return english


@Language.factory(_FASTER, requires=["token.tag", "token.dep"], assigns=["token.pos"])
def _faster(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """A component that sets the part of speech of each word as the model's ruler would."""
    shipped = nlp.get_pipe(_RULER).patterns  # type: ignore[attr-defined]
    rules = [rule for entry in reversed(shipped) for rule in _of_entry(entry)]
    known: dict[tuple[int, int], list[_Rule]] = {}

    def tagged(doc: Doc) -> Doc:
        for index, token in enumerate(doc):
            key = token.tag, token.lower
            if key not in known:
                known[key] = list(_fitting(rules, doc, index))
            fitting = (r.pos for r in known[key] if all(c.holds(doc, index) for c in r.conditions))
            token.pos_ = next(fitting, "")
        return doc

    return tagged


def _fitting(rules: Sequence[_Rule], doc: Doc, index: int) -> Iterator[_Rule]:
    """The rules that a word meets by itself, the winning ones first, up to one that asks for no
    more."""
    for rule in rules:
        if all(c.holds(doc, index) for c in rule.conditions if c.is_own):
            rest = tuple(c for c in rule.conditions if not c.is_own)
            yield replace(rule, conditions=rest)
            if not rest:
                return


def _of_entry(entry: Mapping[str, Any]) -> Iterator[_Rule]:
    for pattern in entry["patterns"] if "POS" in entry["attrs"] else ():
        about = range(len(pattern))[entry["index"]]
        conditions = (
            _condition(place - about, attribute, asked)
            for place, word in enumerate(pattern)
            for attribute, asked in word.items()
        )
        yield _Rule(tuple(conditions), entry["attrs"]["POS"])


def _condition(offset: int, attribute: str, asked: Any) -> _Condition:
    if not isinstance(asked, dict):
        return _Condition(offset, attribute, frozenset((asked,)), frozenset())
    allowed = frozenset(asked["IN"]) if "IN" in asked else None
    return _Condition(offset, attribute, allowed, frozenset(asked.get("NOT_IN", ())))
