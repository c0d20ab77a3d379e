"""Pairs of places that sentences state as partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.records import Mention, Resolved, Sentence, Statement
from pipeline.relate.clauses import Clause, clauses, split
from pipeline.relate.cues import Cue, denied, imagined, kinds, status, words
from pipeline.relate.evidence import Evidence
from pipeline.relate.sides import Side, sides
from pipeline.relate.statements import state
from pipeline.relate.when import nearest, start_and_end, told

_JOINED = re.compile(
    r"^\s*[\")）]?\s*(?:,|，|、|,? (?:and|or|as well as|und|et|y|e|i|и|oraz) (?:the |of )?(?:[\w-]+ ){0,6}|"
    r"和|与|同|跟|及)\s*(?:the |the state of |the city of |the mayor of )?$",
    re.I,
)
_DASHED = re.compile(r"^\s?[–—-]\s?$")
_TOWARDS = re.compile(
    r"\b(?:with|to|of|from|with the|between|между|с|со|с городом|mit|avec|con|com|z|ze)\s"
    r"(?:(?:the|its|our|a|an) )?(?:[\w'’-]+ ){0,7}$|(?:[与和跟]|同(?![场时日年期样意]))[^，。、；\s]{0,6}$",
    re.I,
)
_WITH = re.compile(
    r"\b(?:with|to|с|со|mit|avec|con|com|z|ze) (?:the )?(?:[\w-]+ ){0,5}$|(?:[与和跟]|同(?![场时日年期样意]))[^，。、；\s]{0,4}$",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:between|между|zwischen|entre|tra|fra|pomi[eę]dzy|mi[eę]dzy)\b[^.;]{0,40}$", re.I
)
#: A place this near to the start of a sentence is what it speaks of.
_LEADING = 20
_ITS = re.compile(r"\b(?:its|their|(?:which )?it (?:has|had|is|was)|her)\b|\bего\b", re.I)
_RETRACTED = re.compile(
    r"^\W*(?:it|they|this|that|we|none of this)? ?(?:is|are|was|were|has|have|did|does|do) not\W*(?:$|true|so\b)|^\W*not so\b"
    r"|^\W*(?:it|they|we) (?:is|are|was|were|has|have|did|does|do)(?: not|n['’]t)\W*$",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:our|ours|we|us)\b|\bнаш|\bмы\b|我们", re.I)
_WITH_PLACE = re.compile(r"\b(?:with|to|с) (?:\w+ ){0,4}#|[与和同][^，。、；\s]{0,4}#|^\W*#")
_ONE_WITH = re.compile(
    r"\b(?:the|that) (?:one|ones|accord|agreement|pact|tie|link|charter|twinning|friendship|treaty|arrangement|relationship|partnership|memorandum|deal) (?:[\w-]+ ){0,3}?(?:with|between|of)\b",
    re.I,
)


@dataclass(slots=True)
class Discourse:
    """What a reader remembers from sentence to sentence."""

    owner: Mention | None
    last: list[Evidence] = field(default_factory=list)
    named: list[Side] = field(default_factory=list)
    subject: Mention | None = None
    age: int = 0
    block: int = -1
    refused: bool = False
    leads: bool = False
    paired: set[str] = field(default_factory=set)

    @property
    def own(self) -> Side | None:
        return self.owner and Side(self.owner, self.owner.start, self.owner.end, False)

    @property
    def is_partner_page(self) -> bool:
        """Whether the document lists the partners of its own place."""
        return self.owner is not None and self.owner.place_id in self.paired

    def prefers_subject(self, clause: Clause) -> bool:
        """Whether a bare "with X" goes on about the place of the sentence before."""
        if self.block != clause.sentence.block or self.owner is None or not self.leads:
            return False
        return self.owner.place_id not in self.paired


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
        if after and _RETRACTED.match(resolved.tagged.text_of(after)):
            continue
        here = sides(resolved, sentence.start, sentence.end)
        memory.refused = False
        if not resolved.document.text[sentence.start : sentence.end].rstrip().endswith(("?", "？")):
            found = list(_in_sentence(resolved, sentence, memory))
            yield from found
            news = [e for e in found if e.kind]
            if news:
                memory.last, memory.age = news, 0
                memory.paired |= {i for e in news for i in e.pair}
        memory.age += 1
        local = [s for s in here if not s.is_country]
        memory.block = sentence.block
        if local:
            memory.named = [] if memory.refused else local
            subject = next((s for s in local if not s.host), local[0])
            memory.subject = subject.mention
            memory.leads = not subject.host and subject.start - sentence.start < _LEADING


def denials(resolved: Resolved, sentences: Sequence[Sentence]) -> list[Statement]:
    """Sentences that deny a partnership of two places: statements without a row."""
    found = []
    for sentence in sentences:
        for clause in clauses(resolved, sentence):
            if not kinds(clause.text) or not denied(clause.text):
                continue
            parties = _unique([s for s in sides(resolved, clause.start, clause.end)])
            if len(parties) == 2:
                value = " + ".join(resolved.places[s.place_id].name for s in parties)
                claim = ("", "partnership", value)
                found.append(state(resolved, sentence, claim, "negated", 0.6))
    return found


def _in_sentence(resolved: Resolved, sentence: Sentence, memory: Discourse) -> Iterator[Evidence]:
    previous: list[Cue] = []
    mine: list[Evidence] = []
    for clause in clauses(resolved, sentence):
        cues = kinds(clause.text)
        inherited = False
        if not cues and previous and _WITH_PLACE.search(clause.text):
            cues = [Cue(0, 0, previous[-1].kind, previous[-1].strong)]
            inherited = True
        elif not cues and memory.last and _ONE_WITH.search(clause.text):
            cues = [Cue(0, 0, memory.last[-1].kind, True)]
        if denied(clause.text) or imagined(clause.text):
            if cues and not inherited:
                previous, memory.named, memory.refused = cues, [], True
            continue
        found = list(_in_clause(resolved, clause, cues, memory)) if cues else []
        if not found:
            found = list(_added(resolved, clause, mine or memory.last, memory))
        yield from found
        mine = [e for e in found if e.kind] or mine
        previous = cues or previous


def _in_clause(
    resolved: Resolved, clause: Clause, cues: list[Cue], memory: Discourse
) -> Iterator[Evidence]:
    everyone = sides(resolved, clause.start, clause.end)
    parties = _unique([s for s in everyone if not s.host and not s.is_country])
    national = _unique([s for s in everyone if not s.host and s.is_country])
    shifted = [replace(c, start=c.start + clause.start, end=c.end + clause.start) for c in cues]
    if all(c.kind == "strategic" for c in cues) and not parties:
        if len(national) == 2:
            yield _evidence(resolved, clause, (national[0], national[1]), shifted[0], 0.85, True)
        return
    if len(parties) == 1 and len(national) == 1 and parties[0].mention.label == "REGION":
        parties = sorted([*parties, *national], key=lambda s: s.start)
    pairs = _pairs(resolved, clause, parties, shifted, memory)
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
    now = status(clause.text, cue.start - clause.start)
    whole = (clause.start, clause.end)
    window = window or whole
    start, end = start_and_end(resolved, window, now, cue.start, listed=window != whole)
    if window != whole and not start and not end and now != "active":
        start, end = start_and_end(resolved, (clause.start, clause.end), now, cue.start)
    if not start and now == "active" and words("signings").search(clause.text):
        start = told(resolved, clause.start, clause.end)
    a, b = pair[0].mention, pair[1].mention
    level = "national" if national else "local"
    return Evidence(a, b, cue.kind, now, start, end, clause.sentence, confidence, level)  # type: ignore[arg-type]


def _pairs(
    resolved: Resolved,
    clause: Clause,
    parties: list[Side],
    cues: list[Cue],
    memory: Discourse,
) -> list[tuple[Side, Side, float]]:
    """Pairs of a clause: two joined places, one with each of many, or one with the document's own."""
    text = resolved.document.text
    strong = any(c.strong for c in cues)
    if len(parties) > 1:
        for a, b in zip(parties, parties[1:], strict=False):
            if _BETWEEN.search(text[max(clause.start, a.start - 60) : a.start]):
                return [(a, b, 0.95)]
    groups = _groups(text, parties)
    if len(parties) == 1 and _twice(resolved, clause, parties[0]):
        return []
    if not groups:
        return _two_named(clause, memory)
    if len(groups) == 1:
        group = groups[0]
        lead = text[max(clause.start, group[0].start - 45) : group[0].start]
        towards = bool(_WITH.search(lead))
        headed = text[group[-1].end : group[-1].end + 3].lstrip(" )").startswith((":", "："))
        if (
            len(group) == 2
            and not towards
            and (strong or headed or words("acts").search(clause.text))
        ):
            return [(group[0], group[1], 0.9)]
        if len(group) == 2 and not towards and not _FIRST_PERSON.search(clause.text):
            return []
        other = _other(clause, group, memory, towards)
        if other is None and _leads(clause, group, strong) and memory.is_partner_page:
            other = memory.own
            towards = True
        if other is None or (not strong and not towards and len(group) == 1):
            return []
        return [(other, side, 0.8) for side in group if side.place_id != other.place_id]
    anchor = groups[0]
    if len(anchor) == 2 and (strong or words("acts").search(clause.text)):
        gap = text[anchor[1].end : groups[1][0].start]
        lead = text[max(clause.start, anchor[0].start - 45) : anchor[0].start]
        if not _WITH.search(lead) and not _WITH.search(gap):
            return [(anchor[0], anchor[1], 0.8)]
    if len(anchor) != 1:
        return []
    found: list[tuple[Side, Side, float]] = []
    last = anchor[0].end
    for group in groups[1:]:
        gap = text[last : group[0].start]
        cued = any(last <= c.start < group[0].start for c in cues)
        follows = any(group[-1].end <= c.start < group[-1].end + 60 for c in cues)
        linked = _TOWARDS.search(gap) or _DASHED.match(gap) or (strong and (cued or follows))
        if linked and len(gap) < 160:
            found += [(anchor[0], side, 0.85 if strong else 0.8) for side in group]
            last = group[-1].end
        else:
            break
    return found


def _twice(resolved: Resolved, clause: Clause, party: Side) -> bool:
    """Namesakes that could not be told apart: no pair is to be had from them."""
    everyone = sides(resolved, clause.start, clause.end)
    return sum(s.place_id == party.place_id for s in everyone) > 1


def _groups(text: str, parties: list[Side]) -> list[list[Side]]:
    groups: list[list[Side]] = []
    for side in parties:
        if groups:
            between = re.sub(r"\([^)]*\)|（[^）]*）", "", text[groups[-1][-1].end : side.start])
            if len(between) < 75 and (_JOINED.match(between) or _DASHED.match(between)):
                groups[-1].append(side)
                continue
        groups.append([side])
    return groups


def _two_named(clause: Clause, memory: Discourse) -> list[tuple[Side, Side, float]]:
    """ "The two cities became twins": the two that were named just before."""
    named = _unique(memory.named)
    if words("pairs_named").search(clause.text) and len(named) == 2:
        return [(named[0], named[1], 0.8)]
    return []


def _other(clause: Clause, group: list[Side], memory: Discourse, towards: bool) -> Side | None:
    """The party that a clause leaves unsaid."""
    ids = {s.place_id for s in group}
    chosen: Mention | None = None
    first = _FIRST_PERSON.search(clause.text)
    if (
        not first
        and _ITS.search(clause.text)
        and memory.subject
        and memory.subject.place_id not in ids
    ):
        chosen = memory.subject
    elif towards and not first and memory.prefers_subject(clause) and memory.subject:
        chosen = memory.subject
    elif memory.owner and (towards or words("selves").search(clause.text)):
        chosen = memory.owner
    if chosen is None or chosen.place_id in ids:
        return None
    return Side(chosen, chosen.start, chosen.end, False)


def _leads(clause: Clause, group: list[Side], strong: bool) -> bool:
    """ "X (Y) signed an agreement in 2007": the clause begins with the one place that it names."""
    return group[0].start - clause.start < 4 and (
        strong or re.search(r"\b(?:signed|concluded|came|joined)\b", clause.text) is not None
    )


def _added(
    resolved: Resolved, clause: Clause, last: list[Evidence], memory: Discourse
) -> Iterator[Evidence]:
    """What a later clause adds to a pair: a date, an end."""
    if (
        not last
        or memory.age > 2
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
    if now == "active" and (last[-1].start or not start):
        return
    if not words("acts").search(clause.text) and now == "active":
        return
    if now == "planned" and last[-1].status == "active" and last[-1].start:
        return
    one = last[-1]
    start = "" if one.start else start
    yield replace(
        one, kind="", status=now, start=start, end=end, sentence=clause.sentence, confidence=0.75
    )


def _unique(parties: list[Side]) -> list[Side]:
    return list({s.place_id: s for s in reversed(parties)}.values())[::-1]
