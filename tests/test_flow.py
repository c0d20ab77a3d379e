"""The whole run through Prefect, in processes of its own with a home of its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import frictionless
import pytest

from pipeline.schema import TABLES
from pipeline.tables.lock import hold

CITYPACTS = [sys.executable, "-P", "-c", "from pipeline.cli import app; app()"]
FACTS = "Chongqing has been a friendship city of Minsk Oblast since 2017."


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment of a user with a fresh home for Prefect."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two readable documents, one in a folder below, and an empty one."""
    folder = tmp_path_factory.mktemp("in")
    (folder / "facts.txt").write_text(FACTS, encoding="utf-8")
    (folder / "below").mkdir()
    (folder / "below" / "more.txt").write_text("Minsk is the capital of Belarus.", "utf-8")
    (folder / "empty.txt").touch()
    return folder


def run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CITYPACTS, "run", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment,
    )


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def first(
    environment: dict[str, str], inputs: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The first run of all: its process and its output folder."""
    out = tmp_path_factory.mktemp("first") / "out"
    return run(environment, inputs, "--out", out), out


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
    assert run(environment, inputs, "--out", out).returncode == 1
    assert content(out) == before


def test_one_readable_document_ends_with_status_0(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    process = run(environment, inputs / "facts.txt", "--out", tmp_path / "out")
    assert (process.returncode, process.stderr) == (0, "")
    assert "1 of 1 documents processed" in process.stdout


def test_prefect_keeps_the_run_in_our_home(
    first: tuple[subprocess.CompletedProcess[str], Path], environment: dict[str, str]
) -> None:
    with sqlite3.connect(Path(environment["PREFECT_HOME"]) / "prefect.db") as database:
        messages = {row[0] for row in database.execute("select message from flow_run_state")}
        tasks = {row[0] for row in database.execute("select name from task_run")}
    database.close()
    assert "completed, 1 quarantined" in messages
    assert tasks >= {"list inputs", "extract 1 to 3", "consolidate", "write tables"}


def test_a_held_folder_ends_with_status_2(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    with hold(tmp_path / "out"):
        process = run(environment, inputs, "--out", tmp_path / "out")
    assert process.returncode == 2
    assert "held by another run" in process.stderr
    assert len(process.stderr.splitlines()) == 1


def test_a_killed_run_takes_its_server_along(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    log = Path(environment["PREFECT_HOME"]) / "server.log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        [*CITYPACTS, "run", inputs, "--out", out],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _until(log.exists)
    servers = _children(process.pid)
    assert servers or sys.platform != "linux"
    process.send_signal(signal.SIGKILL)
    process.wait()
    _until(lambda: not any(Path(f"/proc/{server}").exists() for server in servers))
    with hold(out):
        pass


def _children(parent: int) -> list[int]:
    """Processes started by `parent`, where the system tells (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _until(holds: Callable[[], bool], limit_s: float = 30) -> None:
    end = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < end, f"not within {limit_s} s"
        time.sleep(0.1)
