"""Every record that one stage hands to the next: frozen, typed, declared here and nowhere else.

The way of the data::

    ingest       file           -> RawDocument   lines as the format holds them
    clean        RawDocument    -> Document      reading text, blocks, map back to page and source
    tag          Document       -> Tagged        sentences and labelled spans
    resolve      Tagged         -> Resolved      places, EDTF dates, quantities, strategies
    relate       Resolved       -> Claims        statements about partnerships and projects
    consolidate  Claims         -> Account       what one document brings to the tables
                 many Accounts  -> Findings      one partnership or project over all documents
    tables       Findings       -> files         CSV, Parquet, data package

Offsets are counts of Unicode characters. Stages after `clean` count in `Document.text` (the
reading text); `Document.published` turns a span into the offsets that the tables print.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

Label = Literal["CITY", "REGION", "COUNTRY", "DATE", "AMOUNT", "STRATEGY", "ORG", "PROJECT"]
BlockKind = Literal[
    "heading", "paragraph", "item", "row", "caption", "note", "front", "reference", "furniture"
]
Assertion = Literal["affirmed", "planned", "suspended", "ended", "negated", "reported"]
PlaceKind = Literal["city", "region", "country"]
LineRole = Literal["", "heading", "body", "item", "row", "caption", "note", "furniture"]
Span = tuple[int, int]
_START = attrgetter("start")

#: Blocks from which no fact is taken.
FACTLESS: frozenset[BlockKind] = frozenset({"front", "reference", "furniture"})
#: Blocks that are read sentence by sentence; the others are one statement each.
TOLD_IN_SENTENCES: frozenset[BlockKind] = frozenset({"paragraph", "caption", "note"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a raw document; `start`, `end` and `cells` count in `RawDocument.text`.

    role: what the format itself says the line is; empty where only its form tells (plain text).
    level: depth of a heading, or of an item in nested lists, from 1; 0 where it is not known.
    cells: of a `row`, one a column; an empty cell is a span of no length.
    table: number of the table that a row belongs to, from 1; 0 where its form tells. head: whether
    the row names the columns of the rows below it.
    joins: whether the line goes on with the block of the line before; None where its form tells.
    confidence: how sure text recognition was of the line; 1 for text that the file holds as text.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    role: LineRole = ""
    level: int = 0
    cells: tuple[Span, ...] = ()
    table: int = 0
    head: bool = False
    joins: bool | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a file that was not read, or not as it stands: it becomes a row of `checks`.

    check: one of `schema.CHECK_NAMES`. message: what, where and what to do, in one line.
    """

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as its format holds it, before any repair.

    title, date, language: what the file says of itself in fields meant for that; empty where it
    does not (date in EDTF, language in BCP 47). `keeps_offsets` is true where published offsets
    must count in the file itself (plain text); otherwise they count in the reading text. `pages`
    is 0 for formats without pages.
    """

    document_id: str
    path: str
    media_type: str
    title: str
    text: str
    lines: tuple[Line, ...]
    pages: int
    keeps_offsets: bool
    date: str = ""
    language: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be read: why, in one line that says what to do.

    address, retrieved: where it was fetched from, and the day; empty for other files.
    """

    document_id: str
    path: str
    media_type: str
    reason: str
    address: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the reading text with one role; `start` and `end` count in `Document.text`.

    cells: the columns of a `row`; an empty cell is a span of no length. level: depth of a heading.
    heads: indexes of the rows that name the columns of this one. under: indexes of the blocks that
    it stands under: headings from the outermost, then the lead-in of its list.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    cells: tuple[Span, ...] = ()
    level: int = 0
    heads: tuple[int, ...] = ()
    under: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document.

    text: the reading text (words joined over line ends, furniture gone, paragraphs unwrapped).
    origin: for each character of `text`, its offset in `raw.text`.
    blocks: in order, not overlapping.
    """

    raw: RawDocument
    language: str
    title: str
    text: str
    origin: array[int]
    blocks: tuple[Block, ...]

    @property
    def document_id(self) -> str:
        return self.raw.document_id

    def columns(self, block: Block) -> tuple[str, ...]:
        """What the rows above call the columns of a row; empty where nothing names them."""
        names: list[list[str]] = [[] for _ in block.cells] if block.heads else []
        for index in block.heads:
            cells = self.blocks[index].cells
            for column, (start, end) in zip(names, cells, strict=False):
                column.append(self.text[start:end])
        return tuple(" ".join(dict.fromkeys(filter(None, column))) for column in names)

    def confidence(self, start: int, end: int) -> float:
        """How sure text recognition was of the least sure line of a span of the reading text."""
        if not self.raw.lines or not len(self.origin):
            return 1.0
        first, last = (self._line_index(at) for at in (start, max(start, end - 1)))
        return min(line.confidence for line in self.raw.lines[first : max(first, last) + 1])

    @property
    def published_text(self) -> str:
        """The text that printed offsets count in."""
        return self.raw.text if self.raw.keeps_offsets else self.text

    def published(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `published_text` of the span `start:end` of the reading text."""
        if not self.raw.keeps_offsets or end <= start:
            return start, end
        # the lines of a cell stand apart in the file
        offsets = self.origin[start:end]
        return min(offsets), max(offsets) + 1

    def line_at(self, position: int) -> Line | None:
        """The raw line that holds a character of the reading text."""
        if not self.raw.lines or not len(self.origin):
            return None
        return self.raw.lines[self._line_index(position)]

    def _line_index(self, position: int) -> int:
        offset = self.origin[min(position, len(self.origin) - 1)]
        index = bisect_left(self.raw.lines, offset, key=attrgetter("end"))
        return min(index, len(self.raw.lines) - 1)

    def page_at(self, position: int) -> int | None:
        """1-based page of a character of the reading text; None where the format has none."""
        line = self.line_at(position)
        return line.page if line else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a table row, list item, heading) of the reading text."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Token:
    """A token with the analysis that later stages use; `head` is an index into the tokens."""

    start: int
    end: int
    lemma: str
    pos: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span of the reading text.

    value: EDTF for DATE, `number unit` for AMOUNT, identifier for STRATEGY and PROJECT.
    place_id: set by `resolve` for CITY, REGION and COUNTRY.
    serves: whether a place only says whose something is ("Paris Police Department", "Paris man").
    """

    start: int
    end: int
    label: Label
    confidence: float = 1.0
    value: str = ""
    place_id: str = ""
    serves: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document with its sentences, tokens and unresolved mentions, all in order."""

    document: Document
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]

    def text_of(self, span: Mention | Sentence | Token) -> str:
        return self.document.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of today; `place_id` is `geonames:N` where GeoNames has it."""

    place_id: str
    name: str
    kind: PlaceKind
    country: str
    admin1: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (ISO 4217, `ha`, `m2`, `%` …); `value_max` is set for ranges."""

    value: float
    unit: str
    value_max: float | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named programme or policy; `owner` is an ISO 3166-1 code or an organisation."""

    strategy_id: str
    name: str
    aliases: tuple[str, ...] = ()
    owner: str = ""
    start: str = ""
    horizon: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tagged document whose mentions point at places, dates, quantities and strategies.

    inside: places within the names of projects; seats: of offices at the top of the document;
    councils: of councils anywhere. They are no mentions of their own. serving: the mentions of
    places that only say whose something is, which are nobody's partners.
    """

    tagged: Tagged
    mentions: tuple[Mention, ...]
    places: dict[str, Place]
    quantities: dict[tuple[int, int], Quantity]
    strategies: dict[str, Strategy]
    inside: tuple[Mention, ...] = ()
    seats: tuple[Mention, ...] = ()
    councils: tuple[Mention, ...] = ()
    serving: tuple[Mention, ...] = ()

    @property
    def document(self) -> Document:
        return self.tagged.document

    @property
    def named(self) -> list[Mention]:
        """All mentions, serving ones too, in order."""
        return sorted((*self.mentions, *self.serving), key=lambda m: m.start)

    def within(self, start: int, end: int) -> Iterator[Mention]:
        """Mentions that lie inside a span of the reading text."""
        index = bisect_left(self.mentions, start, key=_START)
        while index < len(self.mentions) and self.mentions[index].start < end:
            if self.mentions[index].end <= end:
                yield self.mentions[index]
            index += 1


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in one sentence: `field` of `subject` is `value`, with its assertion.

    subject: the key of a partnership or project (or empty for a claim about the document).
    page, start, end and sentence are as published, so that the row can be traced by hand.
    """

    statement_id: str
    subject: str
    field: str
    value: str
    assertion: Assertion
    document_id: str
    page: int | None
    start: int
    end: int
    sentence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AmountClaim:
    """A quantity about a subject, backed by the statement with the same identifier."""

    statement: Statement
    what: str
    quantity: Quantity
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class PairClaim:
    """A partnership as one document states it; its key is the pair of places (and the level)."""

    key: str
    place_a: str
    place_b: str
    text_a: str
    text_b: str
    level: Literal["local", "national"]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ProjectClaim:
    """A project as one document states it; `status` is `unknown` where it leaves that open."""

    key: str
    name: str
    partnership: str
    places: tuple[str, ...]
    statements: tuple[Statement, ...]
    status: str = "unknown"


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one document says."""

    resolved: Resolved
    pairs: tuple[PairClaim, ...]
    projects: tuple[ProjectClaim, ...]
    amounts: tuple[AmountClaim, ...]
    denials: tuple[Statement, ...]
    networks: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What one document brings to the tables: `Claims` without text and analysis, small to keep.

    date: the EDTF date that the document bears. characters: length of the published text.
    mentions: rows of that table. works: mention_id -> words in the reading text of each mention
    labelled PROJECT. notices: what was not read as it stands. address, retrieved: where the file
    was fetched from, and the EDTF day; as the path, they belong to the file and not to its content.
    """

    document_id: str
    path: str
    media_type: str
    language: str
    title: str
    date: str
    pages: int
    characters: int
    places: dict[str, Place]
    strategies: tuple[Strategy, ...]
    pairs: tuple[PairClaim, ...]
    projects: tuple[ProjectClaim, ...]
    amounts: tuple[AmountClaim, ...]
    denials: tuple[Statement, ...]
    networks: tuple[Statement, ...]
    works: dict[str, str]
    mentions: tuple[dict[str, object], ...]
    notices: tuple[Notice, ...] = ()
    address: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What all documents say, as rows of plain values: table name -> rows (column -> value)."""

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
