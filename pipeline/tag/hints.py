"""What the gazetteer and dictionaries know of each word, as features of our own tagger.

The tagger learns from the company of a name, not from the name. So each word carries in `lemma_`
what the gazetteer holds under it, in `tag_` what the English model, or the dictionary of its
language, takes it for. The first word of all says what kind of block it is: a row, an item …
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.english import Analysis
from pipeline.gazetteer.forms import typed
from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.gazetteer.names import is_cjk
from pipeline.tag.morphology import chinese, russian

_TOKEN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\W_]+|[^\w\s]|_")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MAX_TOKENS = 7
#: Names this long at most are looked up in text without word breaks.
_MAX_HAN = 9
NOTHING = "-"
Piece = tuple[int, int]


def hinted(
    vocab: Vocab, text: str, kind: str, analysis: Analysis | None, gazetteer: Gazetteer
) -> tuple[Doc, list[Piece]]:
    """A block as the tagger sees it, and the offsets in `text` of each of its words.

    kind: the block's. analysis: the English model's of this text, if it is a language of its kind.
    """
    if analysis is not None and analysis.words:
        pieces = list(analysis.words)
        tags = [entity or NOTHING for entity in analysis.of]
    else:
        pieces = [m.span() for m in _TOKEN.finditer(text)]
        tags = _dictionary(text, pieces)
    doc = Doc(
        vocab,
        words=[f"<{kind}>", *(text[a:b] for a, b in pieces)],
        lemmas=[NOTHING, *known(text, pieces, gazetteer)],
        tags=[NOTHING, *tags],
    )
    return doc, [(0, 0), *pieces]


def _dictionary(text: str, pieces: Sequence[Piece]) -> list[str]:
    if is_cjk(text):
        tags = chinese(text)
        # the segmenter may drop white space at the edges; without alignment there is no hint
        return [tags[a] if len(tags) == len(text) else NOTHING for a, _ in pieces]
    return [russian(text[a:b]) if _CYRILLIC.match(text[a:b]) else NOTHING for a, b in pieces]


def known(text: str, pieces: Sequence[Piece], gazetteer: Gazetteer) -> list[str]:
    """For each piece what the gazetteer holds under the longest name that it is part of."""
    hints = [NOTHING] * len(pieces)
    index = 0
    while index < len(pieces):
        size, hint = _longest(text, pieces, index, gazetteer)
        for offset in range(size):
            if hint:
                hints[index + offset] = ("B-" if offset == 0 else "I-") + hint
        index += size
    return hints


def _longest(
    text: str, pieces: Sequence[Piece], index: int, gazetteer: Gazetteer
) -> tuple[int, str]:
    first = text[pieces[index][0]]
    han = is_cjk(first)
    if not (han or first.isupper()):
        return 1, ""
    limit = min(_MAX_HAN if han else _MAX_TOKENS, len(pieces) - index)
    for size in range(limit, 1 if han else 0, -1):
        name = text[pieces[index][0] : pieces[index + size - 1][1]]
        if "\n" in name or not (name[-1].isalnum() or name[-1] == "."):
            continue
        found = gazetteer.candidates(name)
        # "Porto said" is no Port Said
        if found and not (size > 1 and name.split()[-1].islower() and typed(name) is None):
            return size, describe(found)
    return 1, ""


def describe(found: Sequence[Candidate]) -> str:
    """Kinds and size of what a name may mean: `city5`, `country`, `city4+region`."""
    parts = []
    for kind in ("country", "city", "region"):
        sizes = [(c.main, c.population) for c in found if c.place.kind == kind]
        if sizes:
            main, population = max(sizes)
            size = len(str(population // 1000)) if population >= 1000 else 0
            parts.append(f"{kind}{size if kind == 'city' else ''}{'' if main else '?'}")
    return "+".join(parts)
