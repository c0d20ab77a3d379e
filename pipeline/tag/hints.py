"""What the gazetteer and the English model know of each word, as features of our own tagger.

The tagger learns from the company of a name, not from the name: so each word carries
in `lemma_` what the gazetteer holds under it, in `tag_` what the English model takes it for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.gazetteer.lookup import Candidate, Gazetteer
from pipeline.gazetteer.names import is_cjk

_TOKEN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\W_]+|[^\w\s]|_")
_MAX_TOKENS = 7
#: Names this long at most are looked up in text without word breaks.
_MAX_HAN = 9
NOTHING = "-"


def hinted(vocab: Vocab, text: str, analysis: Doc | None, gazetteer: Gazetteer) -> Doc:
    """A block's words with the hints of the gazetteer and of `analysis` (the English model's)."""
    pieces = (
        [(t.idx, t.idx + len(t)) for t in analysis if not t.is_space]
        if analysis is not None
        else [m.span() for m in _TOKEN.finditer(text)]
    )
    words = [text[a:b] for a, b in pieces]
    gaps = [
        after[0] > before[1]
        for before, after in zip(pieces, [*pieces[1:], (len(text), 0)], strict=True)
    ]
    doc = Doc(vocab, words=words, spaces=gaps)
    for token, hint in zip(doc, known(text, pieces, gazetteer), strict=True):
        token.lemma_ = hint
        token.tag_ = NOTHING
    if analysis is not None:
        for token, source in zip(doc, (t for t in analysis if not t.is_space), strict=True):
            token.tag_ = f"{source.ent_iob_}-{source.ent_type_}" if source.ent_type_ else NOTHING
            token.pos_ = source.pos_
    return doc


def starts(text: str, doc: Doc) -> list[tuple[int, int]]:
    """Offsets in `text` of the words of a hinted block (white space may differ)."""
    found, position = [], 0
    for token in doc:
        position = text.index(token.text, position)
        found.append((position, position + len(token.text)))
        position += len(token.text)
    return found


def known(text: str, pieces: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[str]:
    """For each piece what the gazetteer holds under the longest name that it is part of."""
    hints = [NOTHING] * len(pieces)
    index = 0
    while index < len(pieces):
        size, hint = _longest(text, pieces, index, gazetteer)
        for offset in range(size):
            if hint:
                hints[index + offset] = ("B-" if offset == 0 else "I-") + hint
        index += max(size, 1)
    return hints


def _longest(
    text: str, pieces: Sequence[tuple[int, int]], index: int, gazetteer: Gazetteer
) -> tuple[int, str]:
    first = text[pieces[index][0]]
    han = is_cjk(first)
    if not (han or first.isupper()):
        return 1, ""
    limit = _MAX_HAN if han else _MAX_TOKENS
    for size in range(min(limit, len(pieces) - index), 1 if han else 0, -1):
        name = text[pieces[index][0] : pieces[index + size - 1][1]]
        if "\n" in name or not (name[-1].isalnum() or name[-1] == "."):
            continue
        if found := gazetteer.candidates(name):
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
            usual = "" if main else "?"
            parts.append(f"{kind}{size if kind == 'city' else ''}{usual}")
    return "+".join(parts)
