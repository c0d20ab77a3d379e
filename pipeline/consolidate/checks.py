"""What a person should look at before relying on the tables: in finished rows, in documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from pipeline.consolidate.best import later
from pipeline.consolidate.plain import Row
from pipeline.records import Notice
from pipeline.relate.statements import digest

Rows = Mapping[str, Sequence[Row]]
#: What was read after all, if less surely; all else is a warning.
_GRAVE = {"text_recognised": "note", "recognised_layer_used": "note"}
#: (table, row_id, check, message)
Warned = tuple[str, str, str, str]

#: Years outside of these are more likely misread than meant.
EARLIEST, LATEST = "1800", "2100"
_KEYS = {"partnerships": "partnership_id", "projects": "project_id"}
_DATES = ("start", "end", "expected_end", "agreed")


def checks(rows: Rows, notices: Mapping[str, Sequence[Notice]]) -> list[Row]:
    """Rows of the table `checks`, one a warning. notices: by document_id."""
    warned = [warning for rule in _RULES for warning in rule(rows)]
    warned += [
        ("documents", document_id, notice.check, notice.message)
        for document_id, found in notices.items()
        for notice in found
    ]
    return [_row(*warning) for warning in warned]


def _row(table: str, row_id: str, check: str, message: str) -> Row:
    return {
        "check_id": "c-" + digest(table, row_id, check, message),
        "severity": _GRAVE.get(check, "warning"),
        "table": table,
        "row_id": row_id,
        "check": check,
        "message": message,
    }


def _subjects(rows: Rows) -> Iterator[tuple[str, str, Row]]:
    for table, key in _KEYS.items():
        for row in rows[table]:
            yield table, str(row[key]), row


def _ends(rows: Rows) -> Iterator[Warned]:
    for table, row_id, row in _subjects(rows):
        start = str(row["start"])
        for name in ("end", "expected_end"):
            end = str(row.get(name) or "")
            if later(start, end):
                message = f"{name} {end} lies before start {start}"
                yield table, row_id, "end_before_start", message


def _same_places(rows: Rows) -> Iterator[Warned]:
    for row in rows["partnerships"]:
        a, b = ((row[f"place_{x}"], row[f"country_{x}"]) for x in "ab")
        if a == b or row["place_a_id"] == row["place_b_id"]:
            message = f"both places are {row['place_a']}"
            yield "partnerships", str(row["partnership_id"]), "same_place_twice", message


def _years(rows: Rows) -> Iterator[Warned]:
    for table, row_id, row in _subjects(rows):
        for name in _DATES:
            date = str(row.get(name) or "")
            year = date[:4]
            if year.isdigit() and not EARLIEST <= year <= LATEST:
                message = f"{name} {date} is not within {EARLIEST} to {LATEST}"
                yield table, row_id, "year_beyond_horizon", message


def _futures(rows: Rows) -> Iterator[Warned]:
    """A start after the newest document that tells of it, and yet in force."""
    dated = {row["document_id"]: str(row.get("date") or "") for row in rows["documents"]}
    newest: dict[object, str] = {}
    for s in rows["statements"]:
        date = dated.get(s["document_id"], "")
        # one document without a date may be newer than all others
        known = newest.setdefault(s["subject_id"], date)
        newest[s["subject_id"]] = max(known, date) if known and date else ""
    for table, row_id, row in _subjects(rows):
        start, told = str(row["start"]), newest.get(row_id, "")
        begun = row["status"] in ("active", "operating", "completed", "under_construction")
        if begun and later(start, told):
            message = f"{row['status']}, but start {start} lies after the document's date {told}"
            yield table, row_id, "start_in_future_but_active", message


def _amounts(rows: Rows) -> Iterator[Warned]:
    for row in rows["amounts"]:
        value, most = cast(float, row["value"]), cast("float | None", row["value_max"])
        what = f"{row['what']} {value:g} {row['unit']}"
        if value <= 0 and row["what"] != "growth":
            yield "amounts", str(row["amount_id"]), "amount_negative_or_zero", what
        if most is not None and most < value:
            message = f"{what} is more than its upper bound {most:g}"
            yield "amounts", str(row["amount_id"]), "amount_range_reversed", message


def _placeless(rows: Rows) -> Iterator[Warned]:
    for row in rows["projects"]:
        if not row["places"] and not row["partnership_id"]:
            message = f"no place is stated for {row['name']}"
            yield "projects", str(row["project_id"]), "project_without_place", message


def _countries(rows: Rows) -> Iterator[Warned]:
    pairs = {row["partnership_id"]: row for row in rows["partnerships"]}
    for row in rows["projects"]:
        pair = pairs.get(row["partnership_id"])
        mine = set(filter(None, str(row["countries"]).split("; ")))
        if not pair or not mine or not pair["country_a"] or not pair["country_b"]:
            continue
        if not mine & {pair["country_a"], pair["country_b"]}:
            message = (
                f"countries {row['countries']}, but its partnership joins "
                f"{pair['country_a']} and {pair['country_b']}"
            )
            yield "projects", str(row["project_id"]), "country_mismatch", message


def _unresolved(rows: Rows) -> Iterator[Warned]:
    for row in rows["partnerships"]:
        for x in "ab":
            if not row[f"country_{x}"]:
                message = f"{row[f'place_{x}']} is in no gazetteer, its country is unknown"
                yield "partnerships", str(row["partnership_id"]), "unknown_place", message


def _conflicting(rows: Rows) -> Iterator[Warned]:
    for table, row_id, row in _subjects(rows):
        if row["conflicts"]:
            yield table, row_id, "statements_disagree", str(row["conflicts"])


_RULES: tuple[Callable[[Rows], Iterator[Warned]], ...] = (
    _ends,
    _same_places,
    _years,
    _futures,
    _amounts,
    _placeless,
    _countries,
    _unresolved,
    _conflicting,
)
