"""Places as the rules of English, Russian and Chinese see them: one of the views that are scored.

The rules were written on news and papers in these languages, where they are nearly always right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.english import Analysis
from pipeline.records import Document, Label, Mention
from pipeline.resources import Resources
from pipeline.spans import take, taken, touches
from pipeline.tag.company import Company, company
from pipeline.tag.consistent import consistent
from pipeline.tag.decide import decide
from pipeline.tag.evident import evident
from pipeline.tag.placewords import words
from pipeline.tag.services import services

_PLACES: tuple[Label, ...] = ("REGION", "CITY", "COUNTRY")
#: Languages whose letters the English model reads, without a word to say about their names.
_FOREIGN = frozenset(("de", "fr", "es", "it", "pt", "pl", "nl", "cs", "sv", "da", "fi", "hu", "ro"))
Blocks = Mapping[int, Sequence[Mention]]


def ruled(
    document: Document,
    analyses: Mapping[int, Analysis | None],
    views: tuple[Blocks, Blocks],
    named: tuple[Sequence[Mention], Sequence[Mention]],
    resources: Resources,
) -> list[Mention]:
    """The places that the rules see, in order; none touches another.

    views: of the tagger and of the form of lists, for each block, offsets in the block. named: what
    is already named otherwise (dates, amounts, strategies), and the seats of offices.
    """
    of_tagger, forms = views
    others, seats = named
    around = company(document, analyses)
    found = [
        _shift(m, document.blocks[index].start)
        for index, analysis in analyses.items()
        for m in _of_block(document, index, analysis, (of_tagger, forms), around, resources)
    ]
    settled = _settled(found, others, len(document.text))
    settled += [s for s in seats if _is_free(s, settled)]
    own_names = {document.text[s.start : s.end] for s in seats}
    spans = [(document.blocks[i].start, document.blocks[i].end) for i in analyses]
    every = consistent(
        document.text, [*settled, *others], resources.gazetteer, spans, around, own_names
    )
    wide = words("wide_areas")
    return [m for m in every if m.label in _PLACES and document.text[m.start : m.end] not in wide]


def _of_block(
    document: Document,
    index: int,
    analysis: Analysis | None,
    views: tuple[Blocks, Blocks],
    around: Company,
    resources: Resources,
) -> Iterator[Mention]:
    block = document.blocks[index]
    text = document.text[block.start : block.end]
    of_tagger, forms = views
    # the English model takes any noun of a German sentence for a name
    trusted = None if document.language in _FOREIGN else analysis
    plain = list(forms[index])
    if analysis is not None:
        plain += [m for m in evident(text, resources.gazetteer) if _is_free(m, plain)]
    every = decide(text, of_tagger[index], plain, trusted, resources, around)
    decided = [m for m in every if m.label in _PLACES]
    yield from decided
    if trusted is not None:
        served = services(text, resources.gazetteer, resources.known, around)
        yield from (m for m in served if _is_free(m, decided))


def _settled(found: Sequence[Mention], others: Collection[Mention], size: int) -> list[Mention]:
    known = taken(size)
    for m in others:
        take(known, m.start, m.end)
    kept = []
    for m in sorted(found, key=lambda m: (_PLACES.index(m.label), m.start - m.end, m.start)):
        if not touches(known, m.start, m.end):
            take(known, m.start, m.end)
            kept.append(m)
    return kept


def _is_free(mention: Mention, others: Sequence[Mention]) -> bool:
    return not any(mention.start < m.end and m.start < mention.end for m in others)


def _shift(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)
