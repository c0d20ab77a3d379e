"""Which places of a clause are partners of each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.records import Resolved
from pipeline.relate.clauses import Clause, masked
from pipeline.relate.cues import Cue, words
from pipeline.relate.discourse import FIRST_PERSON, Discourse, other, two_named
from pipeline.relate.sides import Side, sides

JOINED = re.compile(
    r"^\s*[\")）]?\s*(?:,|，|、|,? (?:and|or|as well as|und|et|y|e|i|и|oraz) "
    r"(?:the |of )?(?:[\w-]+ ){0,6}\(?|, (?:[\w-]+ ){1,3}\(|"
    r"和|与|同|跟|及)\s*(?:the |the state of |the city of |the mayor of )?$",
    re.I,
)
DASHED = re.compile(r"^\s?[–—-]\s?$")
TOWARDS = re.compile(
    r"\b(?:with|to|of|from|with the|between|между|с|со|с городом|mit|avec|con|com|z|ze)\s"
    r"(?:(?:the|its|our|a|an) )?(?:[\w'’-]+ ){0,7}$|"
    r"(?:[与和跟]|同(?![场时日年期样意]))[^，。、；\s]{0,6}$",
    re.I,
)
WITH = re.compile(
    r"\b(?:with|to|с|со|mit|avec|con|com|z|ze) (?:the )?(?:[\w-]+ ){0,5}$|"
    r"(?:[与和跟]|同(?![场时日年期样意]))[^，。、；\s]{0,4}$",
    re.I,
)
#: "Its sister cities are X and Y": not a pair of X and Y.
OWN_LIST = re.compile(
    r"^\W*(?:twinned|paired|partnered|friends) with ?[:–—][^#.;]{0,8}$|"
    r"\b(?:cities|towns|partners|twins|regions|побратимы|города-побратимы|партн[её]ры)\b"
    r"[^#.;]{0,12}(?:\b(?:are|were|include|now include|have been)\b|[–—:])[^#.;]{0,15}$|"
    r"城市(?:有|是|包括)[^#]{0,3}$",
    re.I,
)
#: "With X in 1990 and Y in 1995": between one partner and the next.
_NEXT = re.compile(
    r"^[)\s]*(?:,? ?\(?(?:in|since|from|as of|on|с|в)? ?[\w ]{0,14}\d{4}[\w年月日.]*\)?)?\s*"
    r"(?:,|, and|and|и|、|和)\s*(?:also |then |later )?$",
    re.I,
)
BETWEEN = re.compile(
    r"\b(?:between|между|zwischen|entre|tra|fra|pomi[eę]dzy|mi[eę]dzy)\b[^.;]{0,40}$", re.I
)


def pairs_of(
    resolved: Resolved,
    clause: Clause,
    parties: list[Side],
    cues: Sequence[Cue],
    memory: Discourse,
) -> list[tuple[Side, Side, float]]:
    """Pairs of a clause: two joined places, one with each of many, one with the owner."""
    text = resolved.document.text
    strong = any(c.strong for c in cues)
    if len(parties) > 1:
        for a, b in itertools.pairwise(parties):
            if BETWEEN.search(text[max(clause.start, a.start - 60) : a.start]):
                return [(a, b, 0.95)]
    groups = _groups(text, parties)
    if len(parties) == 1 and _twice(resolved, clause, parties[0]):
        return []
    if not groups:
        return two_named(clause, memory)
    if len(groups) == 1:
        group = groups[0]
        lead = text[max(clause.start, group[0].start - 45) : group[0].start]
        towards = bool(WITH.search(lead))
        if strong and OWN_LIST.search(masked(resolved, clause.start, group[0].start)):
            if memory.own and memory.own.place_id not in {s.place_id for s in group}:
                return [(memory.own, s, 0.8) for s in group]
            if "," in text[group[0].end : group[-1].start]:
                return []
        headed = text[group[-1].end : group[-1].end + 3].lstrip(" )").startswith((":", "："))
        if (
            len(group) == 2
            and not towards
            and (strong or headed or words("acts").search(clause.text))
        ):
            return [(group[0], group[1], 0.9)]
        if len(group) == 2 and not towards and not FIRST_PERSON.search(clause.text):
            return []
        partner = other(clause, group, memory, towards)
        if partner is None and _leads(clause, group, strong) and memory.is_partner_page:
            partner = memory.own
            towards = True
        if partner is None or (not strong and not towards and len(group) == 1):
            return []
        return [(partner, side, 0.8) for side in group if side.place_id != partner.place_id]
    anchor = groups[0]
    if len(anchor) == 2 and (strong or words("acts").search(clause.text)):
        gap = text[anchor[1].end : groups[1][0].start]
        lead = text[max(clause.start, anchor[0].start - 45) : anchor[0].start]
        if not WITH.search(lead) and not WITH.search(gap):
            return [(anchor[0], anchor[1], 0.8)]
    if len(anchor) != 1:
        return []
    found: list[tuple[Side, Side, float]] = []
    last = anchor[0].end
    for group in groups[1:]:
        gap = text[last : group[0].start]
        cued = any(last <= c.start < group[0].start for c in cues)
        follows = any(group[-1].end <= c.start < group[-1].end + 60 for c in cues)
        linked = TOWARDS.search(gap) or DASHED.match(gap) or (strong and (cued or follows))
        linked = linked or bool(found and _NEXT.match(gap))
        if linked and len(gap) < 160:
            found += [(anchor[0], side, 0.85 if strong else 0.8) for side in group]
            last = group[-1].end
        else:
            break
    return found


def _leads(clause: Clause, group: list[Side], strong: bool) -> bool:
    """ "X (Y) signed an agreement in 2007": the clause begins with the one place that it names."""
    return group[0].start - clause.start < 4 and (
        strong or re.search(r"\b(?:signed|concluded|came|joined)\b", clause.text) is not None
    )


def _twice(resolved: Resolved, clause: Clause, party: Side) -> bool:
    """Namesakes that could not be told apart: no pair is to be had from them."""
    everyone = sides(resolved, clause.start, clause.end)
    return sum(s.place_id == party.place_id for s in everyone) > 1


def _groups(text: str, parties: list[Side]) -> list[list[Side]]:
    groups: list[list[Side]] = []
    for side in parties:
        if groups:
            between = re.sub(r"\([^)]*\)|（[^）]*）", "", text[groups[-1][-1].end : side.start])
            if len(between) < 75 and (JOINED.match(between) or DASHED.match(between)):
                groups[-1].append(side)
                continue
        groups.append([side])
    return groups
