"""Evidence of partnerships from sentences, read in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.records import Mention, Resolved, Sentence, Statement
from pipeline.relate.clauses import Clause, clauses, masked, split
from pipeline.relate.cues import BRACKETED, Cue, denied, imagined, kinds, status, words
from pipeline.relate.discourse import Discourse, unique
from pipeline.relate.evidence import Evidence
from pipeline.relate.pairs import pairs_of
from pipeline.relate.sides import Side, sides
from pipeline.relate.statements import state
from pipeline.relate.when import nearest, start_and_end, told

#: A pair is spoken of for so many sentences.
_MEMORY = 2
#: A place this near to the start of a sentence is what it speaks of.
_LEADING = 20
_WITH_PLACE = re.compile(r"\b(?:with|to|с) (?:\w+ ){0,4}#|[与和同][^，。、；\s]{0,4}#|^\W*#")
_ONE_WITH = re.compile(
    r"\b(?:the|that) (?:one|ones|accord|agreement|pact|tie|link|charter|twinning|"
    r"friendship|treaty|arrangement|relationship|partnership|memorandum|deal|contract|bond) "
    r"(?:[\w-]+ ){0,3}?(?:with|between|of)\b|^\W*(?:those|the ones) with\b",
    re.I,
)


def stated(
    resolved: Resolved,
    sentences: Sequence[Sentence],
    owner: Mention | None,
    lists: Sequence[Evidence] = (),
) -> Iterator[Evidence]:
    """Evidence of the sentences of a document, in order. lists: what its lists say."""
    memory = Discourse(owner, paired={i for e in lists for i in e.pair})
    blocks = resolved.document.blocks
    whole = [s for s in sentences if blocks[s.block].kind != "row"]
    parts = [part for s in whole for part in split(resolved, s)]
    for sentence, after in zip(parts, [*parts[1:], None], strict=False):
        if after and words("retractions").match(resolved.tagged.text_of(after)):
            continue
        here = sides(resolved, sentence.start, sentence.end)
        memory.refused = False
        if memory.block != sentence.block:
            memory.announced = None
        asked = resolved.tagged.text_of(sentence).rstrip().endswith(("?", "？"))
        if (here or memory.named or memory.age <= _MEMORY) and not asked:
            found = list(_in_sentence(resolved, sentence, memory))
            yield from found
            news = [e for e in found if e.kind]
            memory.announced = _announcing(resolved, sentence) or memory.announced
            if news:
                memory.last, memory.age = news, 0
                memory.paired |= {i for e in news for i in e.pair}
        memory.age += 1
        local = [s for s in here if not s.is_country]
        memory.block = sentence.block
        if not local and memory.age > _MEMORY:
            memory.named = []
        if local:
            memory.named = [] if memory.refused else local
            subject = next((s for s in local if not s.host), local[0])
            memory.subject = subject.mention
            memory.leads = not subject.host and subject.start - sentence.start < _LEADING


def denials(resolved: Resolved, sentences: Sequence[Sentence]) -> list[Statement]:
    """Sentences that deny a partnership of two places: statements without a row."""
    found = []
    for sentence in sentences:
        if len(sides(resolved, sentence.start, sentence.end)) < 2:
            continue
        for clause in clauses(resolved, sentence):
            if not kinds(clause.text) or not denied(clause.text):
                continue
            parties = unique(sides(resolved, clause.start, clause.end))
            if len(parties) == 2:
                value = " + ".join(resolved.places[s.place_id].name for s in parties)
                claim = ("", "partnership", value)
                found.append(state(resolved, sentence, claim, "negated", 0.6))
    return found


def _in_sentence(resolved: Resolved, sentence: Sentence, memory: Discourse) -> Iterator[Evidence]:
    previous: Sequence[Cue] = ()
    mine: list[Evidence] = []
    awaited = False
    for clause in clauses(resolved, sentence):
        cues: Sequence[Cue] = kinds(clause.text)
        inherited = False
        if not cues and previous and _WITH_PLACE.search(clause.text):
            cues = [Cue(0, 0, previous[-1].kind, previous[-1].strong)]
            inherited = True
        elif not cues and memory.last and _ONE_WITH.search(clause.text):
            cues = [Cue(0, 0, memory.last[-1].kind, True)]
        awaited = awaited or bool(memory.announced and words("in_turn").search(clause.text))
        if not cues and not mine and not awaited and (not memory.last or memory.age > _MEMORY):
            continue
        if denied(clause.text) or imagined(clause.text):
            if cues and not inherited:
                previous, memory.named, memory.refused = cues, [], True
            continue
        found = list(_in_clause(resolved, clause, cues, memory)) if cues else []
        if not found and awaited and memory.announced:
            found = list(_in_turn(resolved, clause, *memory.announced))
        if not found:
            found = list(_added(resolved, clause, mine or memory.last, memory))
        yield from found
        mine = [e for e in found if e.kind] or mine
        previous = cues or previous


def _in_turn(resolved: Resolved, clause: Clause, host: Side, cue: Cue) -> Iterator[Evidence]:
    """ "The first was A, in 1987. B followed in 1994, C in 2006": partners announced before."""
    named = unique([s for s in sides(resolved, clause.start, clause.end) if not s.is_country])
    named = [s for s in named if s.place_id != host.place_id and not s.host]
    for side, after in zip(named, [*named[1:], None], strict=False):
        window = (side.end, after.start if after else clause.end)
        here = replace(cue, start=clause.start, end=clause.start)
        yield _evidence(resolved, clause, (host, side), here, 0.8, False, window)


def _announcing(resolved: Resolved, sentence: Sentence) -> tuple[Side, Cue] | None:
    """ "A has three sister cities": the place, and what its partners are."""
    text = masked(resolved, sentence.start, sentence.end)
    cues = [c for c in kinds(text) if c.strong]
    named = unique([s for s in sides(resolved, sentence.start, sentence.end) if not s.is_country])
    told = words("announced").search(text)
    if len(named) != 1 or not cues or not told or denied(text):
        return None
    return named[0], cues[0]


def _in_clause(
    resolved: Resolved, clause: Clause, cues: Sequence[Cue], memory: Discourse
) -> Iterator[Evidence]:
    everyone = sides(resolved, clause.start, clause.end)
    parties = unique([s for s in everyone if not s.host and not s.is_country])
    national = unique([s for s in everyone if not s.host and s.is_country])
    shifted = [replace(c, start=c.start + clause.start, end=c.end + clause.start) for c in cues]
    if all(c.kind == "strategic" for c in cues) and not parties:
        if len(national) == 2:
            yield _evidence(resolved, clause, (national[0], national[1]), shifted[0], 0.85, True)
        return
    if len(parties) == 1 and len(national) == 1 and parties[0].mention.label == "REGION":
        parties = sorted([*parties, *national], key=lambda s: s.start)
    local = unique([s for s in everyone if not s.is_country])
    theirs = words("pairs_named").search(clause.text) or words("anniversaries").search(clause.text)
    if len(parties) < 2 and len(local) == 2 and theirs:
        parties = local
    pairs = pairs_of(resolved, clause, parties, shifted, memory)
    many = len(pairs) > 1
    for index, (a, b, confidence) in enumerate(pairs):
        floor = pairs[index - 1][1].end if index else clause.start
        cue = nearest(shifted, b.start, floor)
        window = (clause.start, clause.end)
        if many:
            window = (b.end, pairs[index + 1][1].start if index + 1 < len(pairs) else clause.end)
        yield _evidence(resolved, clause, (a, b), cue, confidence, False, window)


def _evidence(
    resolved: Resolved,
    clause: Clause,
    pair: tuple[Side, Side],
    cue: Cue,
    confidence: float,
    national: bool,
    window: tuple[int, int] | None = None,
) -> Evidence:
    whole = (clause.start, clause.end)
    window = window or whole
    now = status(_own_brackets(clause, window), cue.start - clause.start)
    start, end = start_and_end(resolved, window, now, cue.start, listed=window != whole)
    if window != whole and not start and not end and now != "active":
        start, end = start_and_end(resolved, (clause.start, clause.end), now, cue.start)
    if window != whole and not start and now == "active":
        start = _of_all(resolved, clause, pair)
    if not start and now == "active" and words("signings").search(clause.text):
        start = told(resolved, clause.start, clause.end)
    a, b = pair[0].mention, pair[1].mention
    level = "national" if national else "local"
    return Evidence(a, b, cue.kind, now, start, end, clause.sentence, confidence, level)  # type: ignore[arg-type]


def _of_all(resolved: Resolved, clause: Clause, pair: tuple[Side, Side]) -> str:
    """The date of a whole series, if it begins with its only one: "In 1965 A twinned with B, C"."""
    told = [m for m in resolved.within(clause.start, clause.end) if m.label == "DATE"]
    first = min(side.start for side in pair)
    lead = clause.text[: told[0].start - clause.start].strip() if told else ""
    alone = len(told) == 1 and told[0].end <= first and lead.casefold() in ("in", "on", "since")
    return told[0].value if alone and "/" not in told[0].value else ""


def _own_brackets(clause: Clause, window: tuple[int, int]) -> str:
    """The text of a clause without what stands in brackets behind other partners of a series."""
    own = range(window[0] - clause.start, window[1] - clause.start)
    return BRACKETED.sub(
        lambda m: m[0] if m.start() in own else " " * len(m[0]),
        clause.text,
    )


def _added(
    resolved: Resolved, clause: Clause, last: list[Evidence], memory: Discourse
) -> Iterator[Evidence]:
    """What a later clause adds to a pair: a date, an end."""
    if (
        not last
        or memory.age > _MEMORY
        or not (words("anaphors").search(clause.text) or words("latter").search(clause.text))
    ):
        return
    here = {s.place_id for s in sides(resolved, clause.start, clause.end) if not s.host}
    local = {i for i in here if resolved.places[i].kind != "country"}
    if words("latter").search(clause.text):
        last = last[-1:]
    if len({e.pair for e in last}) > 1 or not local <= last[-1].pair:
        return
    now = status(clause.text)
    start, end = start_and_end(resolved, (clause.start, clause.end), now, clause.start)
    named = next((c.kind for c in kinds(clause.text) if c.strong), "")
    kind = named if last[-1].kind in ("other", "bare") and not local else ""
    if now == "active" and not kind and (last[-1].start or not start):
        return
    if not words("acts").search(clause.text) and now == "active":
        return
    if now == "planned" and last[-1].status == "active" and last[-1].start:
        return
    one = last[-1]
    start = "" if one.start else start
    yield replace(
        one, kind=kind, status=now, start=start, end=end, sentence=clause.sentence, confidence=0.75
    )
