"""How near a mention stands to a project: numbers that tell whether the two belong together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipeline.model import Features
from pipeline.records import Mention
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import LABEL_LINE
from pipeline.relate.works.vocabulary import refers, says

#: Counts and distances above these say no more; also where there is nothing to count to.
_MANY, _FAR = 12, 250
_KINDS = ("heading", "item", "row", "paragraph")
_TURN = re.compile(r"[.;:!?。；：]|\b(?:but|while|whereas|а|но)\b", re.I)


def is_near(reading: Reading, work: Work, mention: Mention) -> bool:
    """Whether a mention stands where the project is spoken of, or few sentences from its name."""
    if reading.part(work, mention):
        return True
    apart = reading.apart(work, reading.at(mention.start))
    return apart is not None and apart < _MANY


def link(reading: Reading, work: Work, mention: Mention) -> Features:
    """Numbers of a mention and a project that the same document names."""
    index = reading.at(mention.start)
    found = _spoken(reading, work, mention, index)
    found |= _distance(reading, work, mention, index)
    found |= _beside(reading, work, mention)
    found |= _line(reading, mention, index)
    found["works"] = min(len(reading.works), _MANY)
    return found


def _spoken(reading: Reading, work: Work, mention: Mention, index: int) -> Features:
    """How the sentence speaks of the project, and of others."""
    parts = reading.around(mention)
    rest = [w.key for w in reading.works if w.key != work.key]
    text = reading.resolved.tagged.text_of(reading.sentences[index])
    return {
        "spoken": max((p.confidence for p in parts if p.work.key == work.key), default=0.0),
        "spoken_other": max((p.confidence for p in parts if p.work.key != work.key), default=0.0),
        "short": float(index in reading.short[work.key]),
        "short_other": float(sum(index in reading.short[key] for key in rest)),
        "generic": float(refers("generic", text)),
        "everything": float(refers("everything", text)),
        "rivals": float(says("rivals", text)),
        "negated": float(says("negated", text)),
    }


def _distance(reading: Reading, work: Work, mention: Mention, index: int) -> Features:
    """Sentences and blocks to the nearest naming before and behind."""
    naming = reading.naming[work.key]
    at = bisect_right(naming, index)
    before = naming[at - 1] if at else None
    behind = naming[at] if at < len(naming) else None
    near = before if before is not None else behind
    blocks = _MANY
    if near is not None:
        blocks = abs(reading.sentences[index].block - reading.sentences[near].block)
    others = 0
    if before is not None:
        others = bisect_right(reading.every, index) - bisect_right(reading.every, before)
    return {
        "ago": float(min(_MANY, index - before)) if before is not None else _MANY + 1.0,
        "ahead": float(min(_MANY, behind - index)) if behind is not None else _MANY + 1.0,
        "blocks": float(min(_MANY, blocks)),
        "first_ago": float(min(_MANY, index - naming[0])) if naming else _MANY + 1.0,
        "others_between": float(min(_MANY, others) if before is not None else _MANY),
        "others_ever": float(len(reading.every) > len(naming)),
    }


def _beside(reading: Reading, work: Work, mention: Mention) -> Features:
    """Whether the project is the last, or the next, that the text names."""
    named = reading.named
    at = bisect_left(named, mention.start, key=lambda n: n[0])
    sentence = reading.sentences[reading.at(mention.start)]
    before = named[at - 1] if at else None
    behind = named[at] if at < len(named) and named[at][0] < sentence.end else None
    text = reading.resolved.document.text
    gaps = [
        (abs(m.start - mention.start), m)
        for m in work.mentions
        if sentence.start <= m.start < sentence.end
    ]
    gap, nearest = min(gaps, key=lambda g: g[0], default=(_FAR, None))
    low, high = sorted((nearest.start if nearest else mention.start, mention.start))
    return {
        "last_named": float(bool(before and before[1] == work.key)),
        "next_named": float(bool(behind and behind[1] == work.key)),
        "next_other": float(bool(behind and behind[1] != work.key)),
        "gap": float(min(_FAR, gap)),
        "after_name": float(bool(nearest and nearest.start < mention.start)),
        "turns": float(len(_TURN.findall(text[low:high])) if nearest else -1),
    }


def _line(reading: Reading, mention: Mention, index: int) -> Features:
    """The sort of line that a mention stands in."""
    sentence = reading.sentences[index]
    block = reading.resolved.document.blocks[sentence.block]
    text = reading.resolved.tagged.text_of(sentence)
    inside = reading.resolved.within(sentence.start, sentence.end)
    same = [m for m in inside if m.label == mention.label]
    found = {f"block_{kind}": float(block.kind == kind) for kind in _KINDS}
    return found | {
        "label_line": float(bool(LABEL_LINE.match(text))),
        "length": float(min(_FAR, len(text))),
        "offset": float(min(_FAR, mention.start - sentence.start)),
        "rank": float(min(_MANY, sum(m.start < mention.start for m in same))),
        "of_label": float(min(_MANY, len(same))),
        "early": float(sentence.block < 2),
        "place_in_document": index / max(1, len(reading.sentences)),
    }
