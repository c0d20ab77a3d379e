"""The whole run through Prefect, in processes of their own with a home of their own."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest

from pipeline.schema import TABLES
from pipeline.tables.lock import hold
from tests.processes import children, citypacts, content, started, until

FACTS = "Chongqing has been a friendship city of Minsk Oblast since 2017."


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two readable documents, one in a folder below, and an empty one."""
    folder = tmp_path_factory.mktemp("in")
    (folder / "facts.txt").write_text(FACTS, encoding="utf-8")
    (folder / "below").mkdir()
    (folder / "below" / "more.txt").write_text("Minsk is the capital of Belarus.", "utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def first(
    alone: dict[str, str], inputs: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The first run of all: its process and its output folder."""
    out = tmp_path_factory.mktemp("first") / "out"
    return citypacts(alone, "run", inputs, "--out", out), out


def test_quarantine_is_told_and_the_others_are_done(
    first: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    process, out = first
    assert process.returncode == 1, process.stderr
    assert process.stderr.splitlines() == [
        "quarantined: empty.txt: the file is empty; deliver it again"
    ]
    assert "2 of 3 documents processed, 1 quarantined" in process.stdout
    assert str(out / "partnerships.csv") in process.stdout
    rows = (out / "documents.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["below/more.txt", "empty.txt", "facts.txt"]


def test_tables_are_complete_and_valid(
    first: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, out = first
    names = {f"{table.name}.{end}" for table in TABLES for end in ("csv", "parquet")}
    assert set(content(out)) == names | {"datapackage.json"}
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])


def test_a_second_run_gives_the_same_bytes(
    first: tuple[subprocess.CompletedProcess[str], Path],
    environment: dict[str, str],
    inputs: Path,
) -> None:
    _, out = first
    before = content(out)
    assert citypacts(environment, "run", inputs, "--out", out).returncode == 1
    assert content(out) == before


def test_one_readable_document_ends_with_status_0(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    process = citypacts(environment, "run", inputs / "facts.txt", "--out", tmp_path / "out")
    assert (process.returncode, process.stderr) == (0, "")
    assert "1 of 1 documents processed" in process.stdout


def test_prefect_keeps_the_run_in_our_home(
    first: tuple[subprocess.CompletedProcess[str], Path], alone: dict[str, str]
) -> None:
    home = Path(alone["XDG_CACHE_HOME"]) / "citypacts" / "prefect"
    with sqlite3.connect(home / "prefect.db") as database:
        messages = {row[0] for row in database.execute("select message from flow_run_state")}
        tasks = {row[0] for row in database.execute("select name from task_run")}
    database.close()
    assert "completed, 1 quarantined" in messages
    assert tasks >= {"list inputs", "extract 1 to 3", "make tables"}


def test_a_held_folder_ends_with_status_2(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    with hold(tmp_path / "out"):
        process = citypacts(environment, "run", inputs, "--out", tmp_path / "out")
    assert process.returncode == 2
    assert "held by another run" in process.stderr
    assert len(process.stderr.splitlines()) == 1


def test_a_killed_run_takes_its_server_along(
    alone: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    log = Path(alone["XDG_CACHE_HOME"]) / "citypacts" / "prefect" / "server.log"
    log.unlink(missing_ok=True)
    process = started(alone, "run", inputs, "--out", out)
    until(log.exists)
    servers = children(process.pid)
    assert servers or sys.platform != "linux"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until(lambda: not any(Path(f"/proc/{server}").exists() for server in servers))
    with hold(out):
        pass
