"""The English model, with the parts of it that something asks for: names and sentences.

A model that ships a sentence recogniser finds sentences with that, in a tenth of the time of its
parser and as well. Words are then tagged by nobody, and the vectors that only tagger and parser
listen to are not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.entities import Entity, entities

_SENTENCES, _VECTORS, _ENTITIES = "senter", "tok2vec", "ner"
#: What ends a sentence, with quotes, brackets and references behind it.
_STOP = re.compile(r"[.!?…:;。！？][\"”»’')\]]*(?:\s?\[[\d,\s–-]+\]|\d{1,3})?\s*$|\n\s*$")
_LOOK_BACK = 30
_UNUSED = ("tagger", "morphologizer", "attribute_ruler", "lemmatizer")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity, from `start` to `end` in the text. before: the token before it, if any."""

    start: int
    end: int
    label: str
    words: tuple[str, ...]
    before: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the English model sees in a text.

    words: where they are, without white space; of: for each, the entity it is part of, as "B-GPE"
    or "I-GPE", empty for none. sentences: where they are.
    """

    words: tuple[Span, ...]
    of: tuple[str, ...]
    entities: tuple[Named, ...]
    sentences: tuple[Span, ...]


def load(name: str) -> Language:
    """The spaCy model of that name, which must find entities, and sentences in one way or another.

    Raises `OSError` where there is none.
    """
    english = spacy.load(name, exclude=[*_UNUSED, "parser"])
    if _SENTENCES not in english.component_names:
        return spacy.load(name, exclude=_UNUSED)
    if _SENTENCES in english.disabled:
        english.enable_pipe(_SENTENCES)
    if english.has_pipe(_VECTORS) and not english.get_pipe(_VECTORS).listening_components:  # type: ignore[attr-defined]
        english.remove_pipe(_VECTORS)
    return english


def read(english: Language, texts: Sequence[str]) -> Iterator[Analysis]:
    """What the model sees in each text."""
    if english.pipe_names[-1:] != [_ENTITIES]:
        for doc, text in zip(english.pipe(texts), texts, strict=True):
            yield _analysis(doc, text, [(e.start, e.end, e.label_) for e in doc.ents])
        return
    docs = list(english.pipe(texts, disable=[_ENTITIES]))
    if english.has_pipe(_SENTENCES):
        for doc, text in zip(docs, texts, strict=True):
            _join_sentences(doc, text)
    found = entities(english.get_pipe(_ENTITIES), docs)
    for doc, text, named in zip(docs, texts, found, strict=True):
        yield _analysis(doc, text, named)


def _join_sentences(doc: Doc, text: str) -> None:
    """Undo the ends of sentences that no full stop, bracket or break of a line marks.

    The recogniser takes references like "[5]" for beginnings.
    """
    for index, (start, begins) in enumerate(doc.to_array(["IDX", "SENT_START"]).tolist()):
        if index and begins == 1 and not _STOP.search(text[max(0, start - _LOOK_BACK) : start]):
            doc[index].is_sent_start = False


def _analysis(doc: Doc, text: str, found: Sequence[Entity]) -> Analysis:
    known = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).tolist()
    tokens = [(start, start + length) for start, length, _ in known]
    of = [""] * len(tokens)
    for first, end, label in found:
        of[first:end] = [f"B-{label}", *[f"I-{label}"] * (end - first - 1)]
    visible = [index for index, (_, _, space) in enumerate(known) if not space]
    return Analysis(
        tuple(tokens[index] for index in visible),
        tuple(of[index] for index in visible),
        tuple(_named(text, tokens, entity) for entity in found),
        tuple((s.start_char, s.end_char) for s in doc.sents),
    )


def _named(text: str, tokens: Sequence[Span], entity: Entity) -> Named:
    first, end, label = entity
    words = tuple(text[a:b] for a, b in tokens[first:end])
    before = text[slice(*tokens[first - 1])] if first else ""
    return Named(tokens[first][0], tokens[end - 1][1], label, words, before)
