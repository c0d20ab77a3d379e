"""Link what several documents say of one project.

Three steps: documents that share a word of a name are compared (`_candidates`), each pair gets a
score from 0 to 100 (`likeness`, lowered by places that do not fit), and pairs that reach `ENOUGH`
are joined, the likest first, to connected components. Two projects that one document keeps apart
are never joined.

General record linkage (splink, recordlinkage) compares letters and joins "Tram Line 3" with "Tram
Line 4": `python -m bench.linkage` has the numbers.

A project's identifier is made of the name and the first place that its earliest document gives it
(by the date that a document bears; undated documents come last, in the order of document_id).
A newer document therefore never changes an identifier; an older one does, where it names the
project otherwise. No names are kept from run to run, so nothing more lasting can be had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from pipeline.consolidate.names import alike, core, words
from pipeline.records import Account, Place, ProjectClaim, Statement
from pipeline.relate.statements import digest

#: The score from which two claims are of one project.
ENOUGH = 85.0
#: A word that more claims than this share leads to no comparison.
_COMMON = 60
#: What a place in common adds, and what names that say little lose without one.
_SHARED_PLACE = 10.0
_LITTLE_SAID = 20.0

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Work:
    """A project as one document has it; `key` is (document_id, the document's own key)."""

    key: Key
    claim: ProjectClaim
    date: str
    places: frozenset[str]
    areas: frozenset[tuple[str, str]]
    countries: frozenset[str]

    @property
    def age(self) -> tuple[str, Key]:
        """Sorts the earliest first, the undated last."""
        return self.date or "9999", self.key


def linked(claims: Sequence[Account]) -> list[Account]:
    """The claims with one key a project over all documents, in statements and amounts as well."""
    works = [_work(c, w) for c in claims for w in c.projects]
    keys = identifiers(works)
    return [_renamed(c, keys) for c in claims]


def identifiers(works: Sequence[Work]) -> dict[Key, str]:
    """The project_id of each document's project."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(works)))
    whole = {i: {works[i].key[0]} for i in range(len(works))}
    edges = sorted(_edges(works), key=lambda e: (-e[0], works[e[1]].key, works[e[2]].key))
    for _, a, b in edges:
        # both sets are shared by all members of their component
        if whole[a] is not whole[b] and not whole[a] & whole[b]:
            graph.add_edge(a, b)
            joined = whole[a] | whole[b]
            for node in nx.node_connected_component(graph, a):
                whole[node] = joined
    parts = [sorted((works[i] for i in p), key=_age) for p in nx.connected_components(graph)]
    found: dict[Key, str] = {}
    used: set[str] = set()
    for part in sorted(parts, key=lambda p: p[0].age):
        name = _identifier(part[0])
        if name in used:
            name = "j-" + digest(name, *part[0].key)
        used.add(name)
        found |= {work.key: name for work in part}
    return found


def score(a: Work, b: Work) -> float:
    """How surely two claims of different documents are of one project, 0 to 100."""
    if a.countries and b.countries and not a.countries & b.countries:
        return 0.0
    pair = {a.claim.partnership, b.claim.partnership} - {""}
    near = bool(a.places & b.places or a.areas & b.areas)
    if len(pair) == 2 and not near:
        return 0.0
    likeness, telling = alike(a.claim.name, b.claim.name)
    if near or (len(pair) == 1 and a.claim.partnership == b.claim.partnership):
        return min(100.0, likeness + _SHARED_PLACE * (likeness > 0))
    return max(0.0, likeness - (0 if telling else _LITTLE_SAID))


def _work(claims: Account, claim: ProjectClaim) -> Work:
    known = claims.places
    where = [known[p] for p in claim.places if p in known]
    countries = {p.country for p in where if p.country}
    countries |= {s.value for s in claim.statements if s.field == "countries"}
    return Work(
        (claims.document_id, claim.key),
        claim,
        claims.date,
        frozenset(p.place_id for p in where if p.kind != "country"),
        frozenset(_areas(where)),
        frozenset(countries),
    )


def _areas(places: Sequence[Place]) -> Iterator[tuple[str, str]]:
    """Areas below the state that places lie in or are."""
    for place in places:
        if place.kind != "country" and place.admin1:
            yield place.country, place.admin1
        if place.kind == "region":
            yield place.country, place.name


def _edges(works: Sequence[Work]) -> Iterator[tuple[float, int, int]]:
    for a, b in _candidates(works):
        if (found := score(works[a], works[b])) >= ENOUGH:
            yield found, a, b


def _candidates(works: Sequence[Work]) -> list[tuple[int, int]]:
    """Pairs of different documents whose names share a word, or are the same but for case."""
    blocks: dict[str, list[int]] = {}
    for index, work in enumerate(works):
        keys = {w[:4] if len(w) > 4 else w for w in words(work.claim.name)}
        for key in {core(work.claim.name), *keys}:
            blocks.setdefault(key, []).append(index)
    pairs = {
        (a, b)
        for key, members in blocks.items()
        if len(members) <= _COMMON or " " in key
        for n, a in enumerate(members)
        for b in members[n + 1 :]
        if works[a].key[0] != works[b].key[0]
    }
    return sorted(pairs)


def _age(work: Work) -> tuple[str, Key]:
    return work.age


def _identifier(work: Work) -> str:
    return "j-" + digest(core(work.claim.name), *work.claim.places[:1])


def named(words_used: str, works: Sequence[ProjectClaim]) -> str:
    """The key of the project, of those of a document, that a mention names; else empty."""
    best = max(works, key=lambda w: alike(words_used, w.name)[0], default=None)
    return best.key if best and alike(words_used, best.name)[0] >= ENOUGH else ""


def _renamed(claims: Account, keys: Mapping[Key, str]) -> Account:
    document = claims.document_id

    def told(statement: Statement) -> Statement:
        subject = keys.get((document, statement.subject), statement.subject)
        return replace(statement, subject=subject)

    works = tuple(
        replace(w, key=keys[document, w.key], statements=tuple(map(told, w.statements)))
        for w in claims.projects
    )
    amounts = tuple(replace(a, statement=told(a.statement)) for a in claims.amounts)
    return replace(claims, projects=works, amounts=amounts)
