"""Projects that a text names or clearly describes: a learned score of candidates.

"The Harbour Light Terminal, built together with …" names a project; "they met at the Harbour
Light Terminal" does not. What stands in and around a candidate are its features; where candidates
overlap, the surest stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pipeline.languages import find, says
from pipeline.model import Features, load, predict
from pipeline.records import FACTLESS, Document, Mention
from pipeline.spans import take, taken, touches
from pipeline.stems import stems
from pipeline.tag.project_names import HEADS, Candidate, candidates

#: A candidate less sure than this names no project; the same name elsewhere is this sure.
_LEAST, _REPEATED, _TRACE = 0.25, 0.7, 0.01
#: How sure a name is that stands where a document lists its projects, and facts that it needs.
_LISTED, _FACTS = 0.6, 2
_NAMES = ("CITY", "REGION", "COUNTRY", "ORG", "STRATEGY")
#: Characters before and behind a candidate, and of what follows that may tell facts of it.
_BEFORE, _BEHIND, _WINDOW, _GRID = 60, 60, 420, 60
_TOLD = (
    *("start", "completed", "opened", "stopped", "planned_work", "under_construction"),
    *("operating", "hoped", "investment", "funder", "cooperation"),
    *("status", "grant", "contribution", "beneficiaries", "jobs", "area", "term", "the_project"),
)
_CUES = ("project_before", "no_project_before")
_CUES_BEHIND = ("project_behind", "no_project_behind")
_SIDES = ("cooperation", "funder")
_SOURCES = ("slot", "lead", "quoted", "titled", "headed", "han", "tagged")
_KINDS = ("heading", "item", "row", "paragraph")
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_PAIR = re.compile(r"[^\W\d_]{3,}\s?[–—-]\s?[^\W\d_]{3,}")
_NUMBERED = re.compile(
    r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,2}|[a-h])[.)、．）]\s*"
)
_UPPER_BEFORE = re.compile(r"(?:^|\W)[A-ZА-ЯЁ][\w’'-]*[ -–]$")
_UPPER_BEHIND, _LOWER_BEHIND = re.compile(r"[ -–][A-ZА-ЯЁ]"), re.compile(r" [a-zа-яё]")
_LITTLE = re.compile(r"[ -–](?:\w+[ -])?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLOSING = ("»", "”", '"', "」", "》", "’")
_NEAR, _MANY = 3, 8
#: Blocks beside one that speaks of cooperation which are read in a document of many blocks.
_SIGHT, _SHORT = 25, 80


def projects(
    document: Document,
    others: Iterable[Mention] = (),
    likely: Sequence[Mention] = (),
    written: str = "",
) -> list[Mention]:
    """PROJECT spans of a document in text order; they do not overlap each other.

    others: spans with another label; a phrase that is just one of them is no project.
    likely: what our own tagger takes for projects. written: the text before its headings were set
    in mixed case.
    """
    found = proposed(document, others, likely)
    scene = Scene(document, others, likely, written)
    numbers = [scene.features(c) for c in found]
    near = [scene.words(c) for c in found]
    given = predict(load(__package__, "names"), numbers, near) if found else []
    shares = [share["yes"] for share in given]
    return chosen(document, list(zip(found, sure(numbers, shares), strict=True)))


def sure(numbers: Sequence[Features], shares: Sequence[float]) -> list[float]:
    """How sure candidates are; a document that lists its projects as such is believed."""
    return [
        max(share, _LISTED) if _is_listed(found) else share
        for found, share in zip(numbers, shares, strict=True)
    ]


def _is_listed(found: Features) -> bool:
    """Whether it is the cell of a column that is called "project", or the heading or numbered lead
    of an entry below a line that announces projects, of which something is told."""
    told = sum(found[f"told_{t}"] for t in _TOLD) + found["after_AMOUNT"] + found["after_DATE"]
    begins = found["numbered"] or found["block_heading"]
    entry = found["from_lead"] and found["announced"] and begins and told >= _FACTS
    return not found["no_project"] and bool(found["from_slot"] or entry)


def proposed(
    document: Document, others: Iterable[Mention], likely: Sequence[Mention]
) -> list[Candidate]:
    """All candidates of a document."""
    named = {(m.start, m.end) for m in others if m.label in _NAMES}
    found: list[Candidate] = []
    for index in _in_sight(document):
        block = document.blocks[index]
        mine = candidates(document, index)
        spans = {(c.start, c.end) for c in mine}
        found += [c for c in mine if (c.start, c.end) not in named]
        found += [
            Candidate(m.start, m.end, "tagged", index)
            for m in likely
            if block.start <= m.start and m.end <= block.end and (m.start, m.end) not in spans
        ]
    return found


def _in_sight(document: Document) -> list[int]:
    """The blocks to look at: of a long document those in sight of words of cooperation."""
    blocks, language = document.blocks, document.language
    near: Iterable[int] = range(len(blocks))
    if len(blocks) > _SHORT:
        texts = [document.text[b.start : b.end] for b in blocks]
        told = [i for i, t in enumerate(texts) if any(says(x, t, language) for x in _SIDES)]
        near = sorted({i for at in told for i in range(at - _SIGHT, at + _SIGHT + 1)})
    return [i for i in near if 0 <= i < len(blocks) and blocks[i].kind not in FACTLESS]


def chosen(
    document: Document, scored: Iterable[tuple[Candidate, float]], least: float = _LEAST
) -> list[Mention]:
    """The surest of candidates that overlap, if sure at all, and the same names elsewhere."""
    kept: list[Mention] = []
    marked = taken(len(document.text), ())
    order = sorted(scored, key=lambda f: (-f[1], f[0].start - f[0].end, f[0].start))
    likely = [f for f in order if f[1] >= _TRACE]
    for candidate, _ in likely:
        span = (candidate.start, candidate.end)
        if touches(marked, *span):
            continue
        # it may be unclear how far a name goes, but not that here is one
        alike = (p for c, p in likely if c.block == candidate.block and _alike(c, candidate))
        if (total := min(1.0, sum(alike))) >= least:
            take(marked, *span)
            kept.append(Mention(*span, "PROJECT", round(total, 4)))
    for name in sorted({document.text[m.start : m.end] for m in kept}, key=lambda n: (-len(n), n)):
        bounds = (r"(?<!\w)", r"(?!\w)") if not _HAN.search(name) else ("", "")
        for match in re.finditer(re.escape(name).join(bounds), document.text, re.I):
            if name[:1].isupper() <= match[0][:1].isupper() and not touches(marked, *match.span()):
                take(marked, *match.span())
                kept.append(Mention(*match.span(), "PROJECT", _REPEATED))
    return sorted(kept, key=lambda m: m.start)


def _ends(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return any(not text[end:].strip(' :«“"') for _, end in spans)


def _begins(text: str, language: str) -> bool:
    """Whether a noun for works follows, with no more than a word between."""
    first = [start for topic in HEADS for start, _ in find(topic, text, language)]
    return any(_LITTLE.fullmatch(text[:start]) for start in first)


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates have half of their characters in common."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return 2 * both >= max(one.end, other.end) - min(one.start, other.start)


class Scene:
    """A document with what is known of it, of which each candidate is measured."""

    def __init__(
        self,
        document: Document,
        others: Iterable[Mention],
        likely: Sequence[Mention],
        written: str,
    ) -> None:
        self.document, self.likely, self.written = document, likely, written
        self.others = sorted(others, key=lambda m: m.start)
        self.starts = [m.start for m in self.others]
        language, blocks = document.language, document.blocks
        texts = [document.text[b.start : b.end] for b in blocks]
        self.whole = {
            f"all_{topic}": float(min(_MANY, sum(says(topic, t, language) for t in texts)))
            for topic in ("cooperation", "funder", "projects_announced")
        }
        self.titled = says("cooperation", document.title, language)

    def features(self, candidate: Candidate) -> Features:
        """Numbers of a candidate."""
        text, language = self.document.text, self.document.language
        block = self.document.blocks[candidate.block]
        name = text[candidate.start : candidate.end]
        before = text[max(block.start, candidate.start - _BEFORE) : candidate.start]
        behind = text[candidate.end : min(block.end, candidate.end + _BEHIND)]
        found: dict[str, float] = {f"from_{s}": candidate.source == s for s in _SOURCES}
        found |= {f"block_{kind}": block.kind == kind for kind in _KINDS}
        found |= {t: says(t, before, language) for t in _CUES}
        found |= {t: says(t, behind, language) for t in _CUES_BEHIND}
        found |= self._of_name(name, language) | self._around(candidate) | self.whole
        called = self._column(candidate)
        return {
            key: float(value)
            for key, value in (
                found
                | {
                    "named_so": _ends(before, find("the_project", before, language)),
                    "head_next": _begins(behind, language),
                    "upper_before": _UPPER_BEFORE.search(before) is not None,
                    "upper_behind": _UPPER_BEHIND.match(behind) is not None,
                    "word_behind": _LOWER_BEHIND.match(behind) is not None,
                    "column": says("project_column", called, language),
                    "begins": candidate.start - block.start < _NEAR * 2,
                    "is_line": not before.strip() and not behind.strip(" ."),
                    "opened": before[-1:] in ("«", "“", "„", '"', "「", "《", "‘"),
                    "quote_ends": behind[:1] in _CLOSING,
                    "capitals": self.written[candidate.start : candidate.end].isupper(),
                    "titled": self.titled,
                    "size": min(len(self.document.blocks), 200),
                    "numbered": _NUMBERED.fullmatch(before) is not None,
                    "announced": self._announced(candidate),
                }
            ).items()
        }

    def _of_name(self, name: str, language: str) -> dict[str, float]:
        words = [w for w in _WORD.findall(name) if w[0].isalpha()]
        found: dict[str, float] = {}
        for topic in HEADS:
            spans = find(topic, name, language)
            found[topic] = len(spans)
            found[f"{topic}_ends"] = any(end == len(name) for _, end in spans)
            found[f"{topic}_begins"] = any(start == 0 for start, _ in spans)
        return found | {
            "words": min(len(words), 15),
            "letters": min(len(name), 120),
            "upper": sum(w[0].isupper() for w in words),
            "first_upper": name[:1].isupper(),
            "last_upper": bool(words) and words[-1][0].isupper(),
            "shouts": name.isupper(),
            "digits": any(c.isdigit() for c in name),
            "no_project": says("no_project", name, language),
            "cooperates": says("cooperation", name, language),
            "pair": _PAIR.search(name) is not None,
            "closed": name.count("(") == name.count(")"),
            "quoted": any(q in name for q in '«“„"「《'),
            "han": _HAN.search(name) is not None,
            "in_latin": language not in ("ru", "uk", "zh", "ja", "ko"),
            "in_english": language == "en",
            "times": min(_MANY, self.document.text.count(name)),
        }

    def _around(self, candidate: Candidate) -> dict[str, float]:
        """What is told behind a candidate, and which other spans lie in it and behind it."""
        document = self.document
        start = candidate.end // _GRID * _GRID
        window = document.text[start : start + _WINDOW]
        found: dict[str, float] = {f"told_{t}": says(t, window, document.language) for t in _TOLD}
        inside = list(self._within(candidate.start, candidate.end))
        after = list(self._within(candidate.end, candidate.end + _WINDOW))
        for label in (*_NAMES, "DATE", "AMOUNT"):
            found[f"in_{label}"] = sum(m.label == label for m in inside)
            found[f"after_{label}"] = min(_MANY, sum(m.label == label for m in after))
        seen = [m for m in self.likely if m.start < candidate.end and candidate.start < m.end]
        found["seen"] = any((m.start, m.end) == (candidate.start, candidate.end) for m in seen)
        found["seen_partly"] = bool(seen)
        return found

    def _within(self, start: int, end: int) -> Iterator[Mention]:
        index = bisect_left(self.starts, start)
        while index < len(self.others) and self.others[index].start < end:
            if self.others[index].end <= end:
                yield self.others[index]
            index += 1

    def _announced(self, candidate: Candidate) -> bool:
        """Whether what a block stands under announces projects."""
        document = self.document
        block = document.blocks[candidate.block]
        above = (document.blocks[i] for i in block.under)
        texts = (document.text[b.start : b.end][:_WINDOW] for b in above)
        return any(says("projects_announced", text, document.language) for text in texts)

    def _column(self, candidate: Candidate) -> str:
        block = self.document.blocks[candidate.block]
        cells = [i for i, (a, b) in enumerate(block.cells) if a <= candidate.start < b]
        names = self.document.columns(block)
        return names[cells[0]] if cells and cells[0] < len(names) else ""

    def words(self, candidate: Candidate) -> tuple[str, ...]:
        """The words of a candidate, and those beside it."""
        text, block = self.document.text, self.document.blocks[candidate.block]
        name = stems(text[candidate.start : candidate.end])
        before = stems(text[max(block.start, candidate.start - _BEFORE) : candidate.start])
        behind = stems(text[candidate.end : min(block.end, candidate.end + _BEHIND)])
        found = [f"n:{w}" for w in name]
        found += [f"n1:{w}" for w in name[:1]] + [f"n-1:{w}" for w in name[-1:]]
        found += [f"b{n}:{w}" for n, w in enumerate(reversed(before[-_NEAR:]))]
        found += [f"a{n}:{w}" for n, w in enumerate(behind[:_NEAR])]
        found += [f"b:{w}" for w in before[-_MANY:]] + [f"a:{w}" for w in behind[:_MANY]]
        return tuple(found)
