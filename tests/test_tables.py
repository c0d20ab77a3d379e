"""Tables: one form of the rows, the rules of the declaration, whole sets on the disk."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Findings
from pipeline.schema import DOCUMENTS, MENTIONS, TABLES
from pipeline.tables import publish
from pipeline.tables.check import check_table
from pipeline.tables.codebook import codebook
from pipeline.tables.lock import HeldError, hold
from pipeline.tables.rows import TableError, cell, normalise
from pipeline.tables.write import write
from tests.processes import DYING

ROOT = Path(__file__).parent.parent
ONE, TWO = "0123456789abcdef", "fedcba9876543210"


def findings() -> Findings:
    """Two documents, a place, a statement with an amount; cells that are hard on CSV."""
    document = {"media_type": "text/plain", "status": "ok", "characters": 40}
    place = {"place_id": "geonames:1814906", "name": "Chongqing", "kind": "city", "country": "CN"}
    statement = {"statement_id": "s1", "field": "area", "assertion": "affirmed", "sentence": "607"}
    amount = {"amount_id": "a1", "what": "area", "unit": "ha", "approximate": True, "value": 607.0}
    source = {"document_id": ONE}
    span = {"start": 0, "end": 3, "confidence": 1}
    return Findings(
        {
            "documents": [
                document | {"document_id": TWO, "path": "b.txt"},
                document | {"document_id": ONE, "path": "a.txt", "title": 'two\r\nlines, "重庆"'},
            ],
            "places": [place | {"latitude": 29.56278, "longitude": 106.55278}],
            "statements": [source | span | statement],
            "amounts": [source | amount | {"statement_id": "s1", "as_of": "2021~"}],
        }
    )


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    with hold(folder):
        write(findings(), folder)
    return folder


def test_csv_and_parquet_hold_the_same_rows(out: Path) -> None:
    for table in TABLES:
        parquet = pq.read_table(out / f"{table.name}.parquet").to_pylist()
        with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows == [{name: cell(v) for name, v in row.items()} for row in parquet]


def test_csv_is_rfc_4180(out: Path) -> None:
    assert (out / "documents.csv").read_bytes().decode().split("\r\n", 1) == [
        "document_id,path,copies,media_type,language,title,date,pages,characters,status,"
        "reason,address,retrieved",
        f'{ONE},a.txt,,text/plain,,"two\r\nlines, ""重庆""",,,40,ok,,,\r\n'
        f"{TWO},b.txt,,text/plain,,,,,40,ok,,,\r\n",
    ]
    assert b",area,607,,true,ha,2021~," in (out / "amounts.csv").read_bytes()


def test_frictionless_accepts_the_package(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert {task.name for task in report.tasks} == {table.name for table in TABLES}


def test_same_rows_give_the_same_bytes_and_other_files_stay(out: Path) -> None:
    (out / ".gitkeep").touch()
    (out / "mine").mkdir()
    (out / "mine" / "notes.md").write_text("mine")
    before = written(out)
    turned = Findings({name: rows[::-1] for name, rows in findings().rows.items()})
    with hold(out):
        write(turned, out)
    assert written(out) == before
    assert (out / "mine" / "notes.md").read_text() == "mine"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("documents", {"status": "fine"}, "documents.status"),
        ("documents", {"path": ""}, "documents.path"),
        ("documents", {"document_id": "zz"}, "documents.document_id"),
        ("documents", {"document_id": TWO}, "documents.document_id"),
        ("documents", {"pages": 0}, "documents.pages"),
        ("documents", {"pages": "3"}, "documents.pages"),
        ("documents", {"colour": "red"}, "unknown column colour"),
        ("places", {"latitude": 91.0}, "places.latitude"),
        ("places", {"latitude": float("nan")}, "places.latitude"),
        ("amounts", {"as_of": "in 2021"}, "amounts.as_of"),
        ("amounts", {"statement_id": "s9"}, "amounts.statement_id: not in statements"),
        ("statements", {"subject_id": "p-9"}, "statements.subject_id: neither partnership nor"),
        ("statements", {"document_id": "0" * 16}, "statements.document_id: not in documents"),
    ],
)
def test_broken_rows_are_refused_and_nothing_changes(
    out: Path, table: str, change: dict[str, object], message: str
) -> None:
    before, broken = written(out), findings()
    broken.rows[table][-1].update(change)
    with hold(out), pytest.raises(TableError, match=message):
        write(broken, out)
    assert written(out) == before


def test_an_empty_run_still_writes_every_table(tmp_path: Path) -> None:
    with hold(tmp_path / "out"):
        assert set(write(Findings(), tmp_path / "out").values()) == {0}
    assert frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_have_no_noise(number: float) -> None:
    text = cell(number)
    assert float(text) == pytest.approx(number, rel=1e-14)
    assert "e" not in text
    assert not text.endswith((".0", "."))


@pytest.mark.parametrize(
    ("value", "text"),
    [(607.0, "607"), (0.1 + 0.2, "0.3"), (5.9e9, "5900000000"), (True, "true"), (None, "")],
)
def test_cells(value: float | None, text: str) -> None:
    assert cell(value) == text


@given(st.lists(st.tuples(st.sampled_from([ONE, TWO]), st.integers(0, 99)), unique=True))
def test_order_does_not_depend_on_the_way_rows_arrive(spans: list[tuple[str, int]]) -> None:
    rows: list[dict[str, object]] = [
        {
            "mention_id": f"{document}-{start}",
            "document_id": document,
            "start": start,
            "end": start + 1,
            "text": "x",
            "label": "CITY",
            "confidence": 1,
        }
        for document, start in spans
    ]
    ordered = normalise(MENTIONS, rows)
    assert ordered == normalise(MENTIONS, rows[::-1])
    assert [row["start"] for row in ordered] == [start for _, start in sorted(spans)]
    check_table(MENTIONS, ordered)


def test_missing_is_none() -> None:
    row = normalise(DOCUMENTS, [{"document_id": ONE, "title": ""}])[0]
    assert row["title"] is None
    assert list(row) == DOCUMENTS.columns


def test_lock_is_exclusive_and_leaves_nothing(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(HeldError, match="held by another run"), hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_lock_holds_while_the_folder_is_exchanged(out: Path) -> None:
    with hold(out):
        write(findings(), out)
        with pytest.raises(HeldError), hold(out):
            pass


def test_a_folder_that_somebody_stands_in_keeps_its_identity(out: Path) -> None:
    before = out.stat().st_ino
    child = subprocess.Popen([sys.executable, "-c", "input()"], cwd=out, stdin=subprocess.PIPE)
    try:
        with hold(out):
            write(findings(), out)
        assert out.stat().st_ino == before or sys.platform != "linux"
    finally:
        child.communicate(b"\n")


KILLED = f"""{DYING}
import sys
from pathlib import Path
from pipeline.tables import publish
from pipeline.tables.lock import hold

out, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if name == "no exchange":
    def refuse(one, other):
        raise OSError("no exchange")
    publish._exchange = refuse

for function in ("rename", "replace", "unlink", "rmdir", "hardlink_to"):
    setattr(Path, function, dying(getattr(Path, function)))
publish._exchange = dying(publish._exchange)
with hold(out), publish.replacing(out) as stage:
    for file in sorted(publish.SET):
        (stage / file).write_text("new")
"""


@pytest.mark.parametrize("exchange", ["exchange", "no exchange"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 10, 19, 20, 21, 22, 23, 99])
def test_a_run_killed_at_any_step_leaves_a_whole_set(
    tmp_path: Path, exchange: str, count: int
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in publish.SET:
        (out / name).write_text("old")
    (out / "notes.md").write_text("mine")
    subprocess.run([sys.executable, "-c", KILLED, out, exchange, str(count)], check=False)
    if exchange == "exchange":
        assert len({(out / name).read_text() for name in publish.SET}) == 1
    with hold(out):
        publish.recover(out)
    assert len({(out / name).read_text() for name in publish.SET}) == 1
    assert {path.name for path in out.iterdir()} == publish.SET | {"notes.md"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_code_book_is_current() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == codebook(), "make docs"
