"""The tables: the one declaration from which validation, writers, data package and docs derive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldType = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `enum` closes the set of values; `pattern` is a regular expression for strings."""

    name: str
    type: FieldType
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`column` holds a value of `table.target`, or nothing."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row is `row`; rows are sorted by `order`."""

    name: str
    row: str
    fields: tuple[Field, ...]
    key: str
    order: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]


LABELS = ("CITY", "REGION", "COUNTRY", "DATE", "AMOUNT", "STRATEGY", "ORG", "PROJECT")
ASSERTIONS = ("affirmed", "planned", "suspended", "ended", "negated", "reported")
PAIR_KINDS = (
    "sister_city",
    "friendship",
    "twinning",
    "cooperation_agreement",
    "strategic",
    "other",
)
PAIR_STATUSES = ("active", "planned", "suspended", "ended")
PROJECT_STATUSES = (
    "planned",
    "under_construction",
    "completed",
    "operating",
    "cancelled",
    "unknown",
)
CHECKED = ("partnerships", "projects", "amounts", "documents")
#: What a document's reading leaves to be said: of `Notice.check`.
NOTICE_NAMES = (
    "text_recognised",
    "recognised_layer_used",
    "page_without_text",
    "broken_encoding",
    "damaged_part",
    "hidden_text_left_out",
    "part_not_read",
)
CHECK_NAMES = (
    "end_before_start",
    "same_place_twice",
    "year_beyond_horizon",
    "start_in_future_but_active",
    "amount_negative_or_zero",
    "amount_range_reversed",
    "project_without_place",
    "country_mismatch",
    "unknown_place",
    "statements_disagree",
    *NOTICE_NAMES,
)
PLACE_KINDS = ("city", "region", "country")
_DATE = r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[~?%]?"
#: EDTF level 1 as far as the tables use it: dates, intervals, approximate and unspecified parts.
EDTF = rf"^$|^{_DATE}(/(\.\.|{_DATE})?)?$"
COUNTRY = r"^$|^[A-Z]{2}$"


def _text(name: str, description: str, **rules: object) -> Field:
    return Field(name, "string", description, **rules)  # type: ignore[arg-type]


def _probability(name: str, description: str) -> Field:
    return Field(name, "number", description, required=True, minimum=0, maximum=1)


#: Rows less sure than this stay out of partnerships and projects; their statements stay. Half is
#: where a row is likelier wrong than right. Measured on 274 annotated documents: rows said to be
#: 0.75 to 0.89 sure are right in 80 to 90 %, so that a higher bound would cost more right rows than
#: wrong ones; what lies below it is what a document denies.
LEAST = 0.55
#: No number of documents makes a row surer than this.
CEILING = 0.99
_ROW_CONFIDENCE = (
    "Probability that the row is right: documents count as independent, sentences of one document "
    "do not, and a document that also denies the row counts for little; "
    f"{CEILING} at most. A row below {LEAST} is left out, its statements are not."
)
_CONFLICTS = (
    "Fields on which statements truly disagree, with the values that lost: not dates that only "
    "differ in precision, nor a state that a later one has followed. `denied`: a document says "
    "that there is no such partnership."
)
#: How a row takes its values; the code book prints it. The code is `consolidate/best.py`.
CHOICE = (
    "A value stated outright beats one that is only `reported` (the text of an agreement beats "
    "hearsay).",
    "A value that more documents state beats one that fewer state.",
    "The more specific beats the vaguer: a day before a month before a year, a kind by name before "
    "`other`. A date absorbs what it makes precise: `2017-05-04` and `2017` do not disagree.",
    "The value of a newer document beats that of an older one (`documents.date`).",
    "Then what is stated more often and more surely; then what is stated first.",
    "Status of a partnership: in one document the later state holds, `ended` after `suspended` "
    "after `planned` after `active`. Of several documents the newest decides; where their dates "
    "are not known, the later state does, and `active` is then later than `planned`.",
)
_DOCUMENT = ForeignKey("document_id", "documents", "document_id")

DOCUMENTS = Table(
    "documents",
    "an input file, by content",
    (
        _text(
            "document_id",
            "First 16 hexadecimal digits of the file's SHA-256; of content and path where a "
            "quarantined file has the content of one that was read.",
            required=True,
            pattern=r"^[0-9a-f]{16}$",
        ),
        _text("path", "Path as given, relative to INPUT.", required=True),
        _text("copies", "Paths of other files with the same content, `; ` between."),
        _text("media_type", "Media type recognised from the content.", required=True),
        _text("language", "Main language, BCP 47; empty for a quarantined file."),
        _text("title", "Title of the document, as stated in it or in its metadata."),
        _text("date", "EDTF date that the document bears; empty where it has none.", pattern=EDTF),
        Field("pages", "integer", "Number of pages; empty for formats without pages.", minimum=1),
        Field("characters", "integer", "Length of the text that offsets count in.", minimum=0),
        _text(
            "status", "Whether the file was processed.", required=True, enum=("ok", "quarantined")
        ),
        _text("reason", "Why the file was quarantined, and what to do."),
        _text("address", "URL that `citypacts fetch` got the file from; empty for any other file."),
        _text("retrieved", "Day on which it was fetched; empty for any other file.", pattern=EDTF),
    ),
    "document_id",
    ("path", "document_id"),
)

MENTIONS = Table(
    "mentions",
    "a tagged span",
    (
        _text("mention_id", "Identifier: document, start, end and label.", required=True),
        _text("document_id", "Document of the span.", required=True),
        Field("page", "integer", "Page, from 1; empty for formats without pages.", minimum=1),
        Field("start", "integer", "First character, counted from 0.", required=True, minimum=0),
        Field("end", "integer", "One past the last character.", required=True, minimum=1),
        _text("text", "Exactly the characters from start to end.", required=True),
        _text(
            "label",
            "What the span names. A place is named also where only its own service or citizen is "
            "(Paris Police Department, Paris man), but not where a university, council, company or "
            "society bears its name: that is an ORG.",
            required=True,
            enum=LABELS,
        ),
        _text(
            "value",
            "DATE: EDTF; AMOUNT: number and unit; STRATEGY: strategy_id; PROJECT: project_id.",
        ),
        _text("place_id", "Resolved place of a CITY, REGION or COUNTRY."),
        _probability("confidence", "Probability that span and label are right, from 0 to 1."),
    ),
    "mention_id",
    ("document_id", "start", "end", "label"),
    (_DOCUMENT, ForeignKey("place_id", "places", "place_id")),
)

PLACES = Table(
    "places",
    "a resolved place",
    (
        _text(
            "place_id",
            "geonames:N, iso3166-2:CODE for regions, or name:KEY for a place no gazetteer has.",
            required=True,
        ),
        _text("name", "English name.", required=True),
        _text(
            "kind",
            "Populated place, administrative area or state.",
            required=True,
            enum=PLACE_KINDS,
        ),
        _text("country", "ISO 3166-1 alpha-2 code; empty where unknown.", pattern=COUNTRY),
        _text("admin1", "First-level administrative area (English name)."),
        Field("latitude", "number", "Degrees north, WGS 84.", minimum=-90, maximum=90),
        Field("longitude", "number", "Degrees east, WGS 84.", minimum=-180, maximum=180),
    ),
    "place_id",
    ("place_id",),
)

PARTNERSHIPS = Table(
    "partnerships",
    "a relationship between two places, over all documents",
    (
        _text("partnership_id", "Identifier made of the two places and the level.", required=True),
        _text("place_a", "English name of the first place.", required=True),
        _text("place_b", "English name of the second place.", required=True),
        _text("place_a_id", "place_id of the first place.", required=True),
        _text("place_b_id", "place_id of the second place.", required=True),
        _text("place_a_text", "First place as a text wrote it.", required=True),
        _text("place_b_text", "Second place as a text wrote it.", required=True),
        _text("country_a", "ISO 3166-1 alpha-2 of the first place.", pattern=COUNTRY),
        _text("country_b", "ISO 3166-1 alpha-2 of the second place.", pattern=COUNTRY),
        _text(
            "level",
            "national where both places are countries, else local.",
            required=True,
            enum=("local", "national"),
        ),
        _text("kind", "Kind of relationship.", required=True, enum=PAIR_KINDS),
        _text("status", "How the text states it.", required=True, enum=PAIR_STATUSES),
        _text("start", "EDTF date from which it holds, as precise as stated.", pattern=EDTF),
        _text("end", "EDTF date at which it ended.", pattern=EDTF),
        _probability("confidence", _ROW_CONFIDENCE),
        Field("documents", "integer", "How many documents state it.", required=True, minimum=1),
        _text("conflicts", _CONFLICTS),
    ),
    "partnership_id",
    ("partnership_id",),
    (
        ForeignKey("place_a_id", "places", "place_id"),
        ForeignKey("place_b_id", "places", "place_id"),
    ),
)

PROJECTS = Table(
    "projects",
    "a cooperation project, over all documents",
    (
        _text(
            "project_id",
            "Identifier made of the name and the first place in the earliest document.",
            required=True,
        ),
        _text("name", "Name that most documents give it, or a clear description.", required=True),
        _text("partnership_id", "Partnership that it belongs to; empty if none is stated."),
        _text("status", "State of the works.", required=True, enum=PROJECT_STATUSES),
        _text("start", "EDTF date of launch or start of construction.", pattern=EDTF),
        _text("end", "EDTF date of completion or closure.", pattern=EDTF),
        _text("expected_end", "EDTF date at which completion is expected.", pattern=EDTF),
        _text("places", "Names of places, separated by semicolons."),
        _text("countries", "ISO 3166-1 alpha-2 codes, separated by semicolons."),
        _text("strategies", "Canonical names of strategies served, separated by semicolons."),
        _text("fields", "Fields of cooperation, separated by semicolons."),
        _probability("confidence", _ROW_CONFIDENCE),
        Field("documents", "integer", "How many documents state it.", required=True, minimum=1),
        _text("agreed", "EDTF date of the agreement behind it.", pattern=EDTF),
        _text("conflicts", _CONFLICTS),
    ),
    "project_id",
    ("project_id",),
    (ForeignKey("partnership_id", "partnerships", "partnership_id"),),
)

AMOUNTS = Table(
    "amounts",
    "a quantity about a subject",
    (
        _text("amount_id", "Identifier: statement and quantity.", required=True),
        _text("subject_id", "A project_id or partnership_id; empty if about neither row."),
        _text(
            "what", "What is measured: investment, trade, area, floor_area, growth …", required=True
        ),
        Field("value", "number", "Number in the unit; lower bound of a range.", required=True),
        Field("value_max", "number", "Upper bound of a range."),
        Field("approximate", "boolean", "True for nearly, about, more than …", required=True),
        _text("unit", "ISO 4217 code, ha, m2, km, %, 1 or a counted noun.", required=True),
        _text("as_of", "EDTF date that the amount holds for.", pattern=EDTF),
        _text("document_id", "Document that states it.", required=True),
        _text("statement_id", "Statement behind it.", required=True),
    ),
    "amount_id",
    ("document_id", "amount_id"),
    (_DOCUMENT, ForeignKey("statement_id", "statements", "statement_id")),
)

STRATEGIES = Table(
    "strategies",
    "a named programme or policy",
    (
        _text("strategy_id", "Identifier.", required=True),
        _text("name", "Canonical name.", required=True),
        _text("aliases", "Other names and acronyms, separated by semicolons."),
        _text("owner", "ISO 3166-1 alpha-2 code or organisation."),
        _text("start", "EDTF date at which it was proposed or began.", pattern=EDTF),
        _text("horizon", "EDTF date that it reaches to.", pattern=EDTF),
    ),
    "strategy_id",
    ("strategy_id",),
)

STATEMENTS = Table(
    "statements",
    "one claim in one sentence of one document",
    (
        _text(
            "statement_id",
            "Identifier: document, sentence, subject, field and value.",
            required=True,
        ),
        _text(
            "subject_id",
            "partnership_id or project_id; empty for a claim about neither, for a denial, and "
            "where the row was not sure enough.",
        ),
        _text("about", "The two places or the project in words, also where there is no row."),
        _text(
            "field",
            "Column of the subject that the claim is about; `partnership` of a denial; `network` "
            "of towns that belong to one, which makes no two of them partners and so no row.",
            required=True,
        ),
        _text("value", "Value claimed."),
        _text("assertion", "How the sentence states it.", required=True, enum=ASSERTIONS),
        _text("document_id", "Document that states it.", required=True),
        Field("page", "integer", "Page, from 1; empty for formats without pages.", minimum=1),
        Field("start", "integer", "First character of the sentence.", required=True, minimum=0),
        Field("end", "integer", "One past its last character.", required=True, minimum=1),
        _text("sentence", "The sentence, exactly the characters from start to end.", required=True),
        _probability("confidence", "Probability that the claim is right, from 0 to 1."),
    ),
    "statement_id",
    ("document_id", "start", "statement_id"),
    (_DOCUMENT,),
)

CHECKS = Table(
    "checks",
    "a warning about a row of another table, or what was not read of a document as it stands",
    (
        _text("check_id", "Identifier: table, row, check and message.", required=True),
        _text("severity", "How grave it is.", required=True, enum=("warning", "note")),
        _text("table", "Table of the row.", required=True, enum=CHECKED),
        _text("row_id", "Key of the row in its table.", required=True),
        _text("check", "What was found.", required=True, enum=CHECK_NAMES),
        _text("message", "The values that gave rise to it.", required=True),
    ),
    "check_id",
    ("table", "row_id", "check", "check_id"),
)

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    MENTIONS,
    PLACES,
    PARTNERSHIPS,
    PROJECTS,
    AMOUNTS,
    STRATEGIES,
    STATEMENTS,
    CHECKS,
)
