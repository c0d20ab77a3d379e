"""`python -m training.tagger`: train the tagger of places, organisations, strategies, projects.

A quarter of an hour on two cores; the same seed and corpus give the same weights on one machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

import spacy
from rich.progress import track
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.util import filter_spans, minibatch
from thinc.api import fix_random_seed

from pipeline.english import read
from pipeline.gazetteer.build import ensure
from pipeline.resources import load
from pipeline.tag.hints import NOTHING, hinted
from training.grammar import sentences
from training.passages import Passage, passages
from training.swap import names, swapped

CONFIG = Path(__file__).with_name("tagger.cfg")
WEIGHTS = Path(__file__).parents[1] / "pipeline" / "tag" / "model"
CORPUS = Path(__file__).parents[1] / "corpus"
_ATTRIBUTES = ("LEMMA", "TAG", "ENT_IOB", "ENT_TYPE")
#: Languages that the English model makes nothing of.
_UNREAD = ("zh", "ru", "ja")
#: Sentences of the grammar in each variant, beside the passages of the corpus.
_MADE = 1800
#: Chance that a document's hints of one source are hidden, so that neither is relied on alone.
_HIDE_MODEL = 0.15
_HIDE_NAME = 0.08


def annotated(passages: Sequence[Passage], random: Random | None) -> Iterator[Doc]:
    """Passages as the tagger sees them, with their gold spans as entities."""
    resources = load()
    analyses = read(resources.english, [p.text for p in passages if p.language not in _UNREAD])
    for passage in passages:
        analysis = next(analyses) if passage.language not in _UNREAD else None
        doc, pieces = hinted(
            resources.tagger.vocab, passage.text, passage.kind, analysis, resources.gazetteer
        )
        doc.set_ents(filter_spans(list(_gold(passage, doc, pieces))))
        if random is not None:
            _hide(doc, random)
        yield doc


def _gold(passage: Passage, doc: Doc, pieces: list[tuple[int, int]]) -> Iterator[Span]:
    for start, end, label in passage.spans:
        inside = [i for i, (a, b) in enumerate(pieces) if a < end and start < b]
        if inside:
            yield Span(doc, inside[0], inside[-1] + 1, label)


def _hide(doc: Doc, random: Random) -> None:
    if random.random() < _HIDE_MODEL:
        for token in doc:
            token.tag_ = NOTHING
    for entity in doc.ents:
        if random.random() < _HIDE_NAME:
            for token in entity:
                token.lemma_ = NOTHING


def variant(seed: int, corpus: tuple[Passage, ...]) -> bytes:
    """All passages once, with other names in them; seed 0 keeps the names."""
    random = Random(seed)
    pool = names(ensure())
    named = [swapped(p, pool, random) if seed else p for p in corpus]
    docs = annotated([*named, *sentences(_MADE, pool, random)], random)
    return DocBin(attrs=_ATTRIBUTES, docs=docs).to_bytes()


def train(variants: list[bytes], epochs: int, seed: int) -> Language:
    """A tagger from prepared variants of the corpus."""
    fix_random_seed(seed)
    random = Random(seed)
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(CONFIG), auto_fill=True)
    first = list(_examples(nlp, variants[0]))
    optimizer = nlp.initialize(lambda: first)
    for epoch in track(range(epochs), "training"):
        examples = list(_examples(nlp, variants[epoch % len(variants)]))
        random.shuffle(examples)
        optimizer.learn_rate = 0.001 * min(1.0, 2.0 * (1 - epoch / epochs))
        losses: dict[str, float] = {}
        for batch in minibatch(examples, 24):  # type: ignore[no-untyped-call]
            nlp.update(batch, drop=0.2, sgd=optimizer, losses=losses)
        print(f"epoch {epoch}: loss {losses['ner']:.0f}", flush=True)
    return nlp


def _examples(nlp: Language, data: bytes) -> Iterator[Example]:
    for doc in DocBin().from_bytes(data).get_docs(nlp.vocab):
        bare = Doc(nlp.vocab, words=[t.text for t in doc])
        for token, source in zip(bare, doc, strict=True):
            token.lemma_, token.tag_ = source.lemma_, source.tag_
        yield Example(bare, doc)


def main() -> None:
    """Train on the corpus and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--variants", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", default="", help="leave out every 5th document from this one")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    corpus = tuple(passages(CORPUS))
    if options.without:
        kept = sorted({p.document for p in corpus})
        out = set(kept[int(options.without) :: 5])
        corpus = tuple(p for p in corpus if p.document not in out)
    with ProcessPoolExecutor(2) as pool:
        variants = list(pool.map(partial(variant, corpus=corpus), range(options.variants)))
    nlp = train(variants, options.epochs, options.seed)
    nlp.to_disk(options.out)


if __name__ == "__main__":
    main()
