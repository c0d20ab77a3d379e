"""Flows that a team leaves running: on a schedule, as documents come, on a server of its own."""

from __future__ import annotations

import itertools
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.processes import CITYPACTS, citypacts, started, until

FACTS = "Chongqing has been a friendship city of Minsk Oblast since 2017."
ROOT = Path(__file__).parents[1]
PREFECT = [sys.executable, "-P", "-m", "prefect"]


def ask(api: str, path: str, body: object = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(api + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def runs(api: str) -> list[dict[str, Any]]:
    """All runs of flows that have begun or ended, in the order of their times."""
    begun = ["PENDING", "RUNNING", "COMPLETED", "CANCELLED", "FAILED", "CRASHED"]
    asked = {"limit": 200, "flow_runs": {"state": {"type": {"any_": begun}}}}
    found = ask(api, "/flow_runs/filter", asked)
    return sorted(found, key=lambda run: str(run["expected_start_time"]))


def completed(api: str) -> list[dict[str, Any]]:
    return [run for run in runs(api) if run["state_type"] == "COMPLETED"]


def skipped(api: str) -> list[dict[str, Any]]:
    return [run for run in runs(api) if run["state_type"] == "CANCELLED"]


@pytest.fixture
def own(alone: Mapping[str, str], tmp_path: Path) -> dict[str, str]:
    """Environment of a user without a server, with a free port for one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_API_PORT": str(port)}
    return dict(alone) | home


@contextmanager
def serving(environment: Mapping[str, str], *arguments: object) -> Iterator[str]:
    """`citypacts serve`; yields the address of its API when its deployment is there."""
    process = started(dict(environment), "serve", *arguments)
    api = f"http://127.0.0.1:{environment['PREFECT_SERVER_API_PORT']}/api"

    def served() -> bool:
        assert process.poll() is None, process.communicate()[1]
        try:
            ask(api, "/deployments/name/citypacts/citypacts")
        except OSError:
            return False
        return True

    try:
        until(served, 180)
        yield api
    finally:
        process.send_signal(signal.SIGINT)
        # not until its output ends: a run that goes on when it is killed has it too
        process.wait(timeout=120)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def test_an_interval_makes_runs_one_at_a_time(own: dict[str, str], tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "facts.txt").write_text(FACTS, "utf-8")
    with serving(own, folder, "--out", out, "--interval", 2) as api:
        until(lambda: len(completed(api)) >= 2 and bool(skipped(api)), 240)
        done = sorted((run["start_time"], run["end_time"]) for run in completed(api))
        left = skipped(api)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(done))
    # what falls due while a run goes on is skipped, and says so
    assert {run["state_name"] for run in left} == {"Cancelled"}
    assert (out / "partnerships.csv").exists()


def test_what_falls_due_while_nothing_is_served_is_not_made_up_for(
    own: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "facts.txt").write_text(FACTS, "utf-8")
    served = (folder, "--out", tmp_path / "out", "--interval", 3)
    with serving(own, *served) as api:
        until(lambda: bool(completed(api)), 240)
    away = datetime.now(UTC) + timedelta(seconds=3)
    time.sleep(15)
    back = datetime.now(UTC)
    with serving(own, *served) as api:
        before = len(completed(api))
        until(lambda: len(completed(api)) > before, 240)
        due = [datetime.fromisoformat(run["expected_start_time"]) for run in completed(api)]
    assert not [moment for moment in due if away < moment < back]


def test_a_cron_expression_counts_in_its_time_zone(own: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "facts.txt").write_text(FACTS, "utf-8")
    zone = ("--cron", "0 6 1 1 *", "--timezone", "Asia/Tokyo")
    with serving(own, folder, "--out", tmp_path / "out", *zone) as api:
        planned = ask(api, "/deployments/name/citypacts/citypacts")["schedules"]
        coming = {"limit": 1, "sort": "NEXT_SCHEDULED_START_TIME_ASC"}
        until(lambda: bool(ask(api, "/flow_runs/filter", coming)), 60)
        next_up = ask(api, "/flow_runs/filter", coming)
    assert [s["schedule"]["timezone"] for s in planned] == ["Asia/Tokyo"]
    # six in the morning in Tokyo
    assert next_up[0]["next_scheduled_start_time"].partition("T")[2].startswith("21:00:00")


def test_documents_are_taken_as_they_come(own: dict[str, str], tmp_path: Path) -> None:
    folder, table = tmp_path / "in", tmp_path / "out" / "documents.csv"
    folder.mkdir()
    with serving(own, folder, "--out", tmp_path / "out", "--watch") as api:
        (folder / "first.txt").write_text(FACTS, "utf-8")
        until(lambda: table.exists() and b"first.txt" in table.read_bytes(), 120)
        # while the run goes on that the next one has to wait for
        (folder / "second.txt").write_text("Graz is a sister city of Split.", "utf-8")
        time.sleep(2.5)
        (folder / "third.txt").write_text("Lyon is a sister city of Leipzig.", "utf-8")
        until(lambda: table.exists() and b"third.txt" in table.read_bytes(), 120)
        assert b"second.txt" in table.read_bytes()
        until(lambda: {run["state_name"] for run in runs(api)} <= {"Completed", "Failed"})
        assert all("new documents" in run["tags"] for run in completed(api))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say when to run"),
        (["--cron", "0 6 * * *", "--interval", "60"], "say when to run"),
        (["--cron", "at six"], "'at six' is no cron expression"),
        (["--cron", "0 6 * * *", "--timezone", "Minsk"], "Minsk: no such time zone"),
    ],
)
def test_a_schedule_that_is_none_ends_with_status_2(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    run = citypacts(environment, "serve", tmp_path, *arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told(own: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", int(own["PREFECT_SERVER_API_PORT"]))):
        run = citypacts(own, "serve", tmp_path, "--interval", "60")
    assert run.returncode == 2
    assert "PREFECT_SERVER_API_PORT" in run.stderr


def test_a_server_of_a_team_runs_the_deployments_of_prefect_yaml(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "facts.txt").write_text(FACTS, "utf-8")
    shutil.copy(ROOT / "prefect.yaml", tmp_path)
    (tmp_path / "flows").symlink_to(ROOT / "flows")
    place = {"cwd": tmp_path, "env": environment | {"PWD": str(tmp_path)}}
    for arguments in (
        ["work-pool", "create", "citypacts", "--type", "process"],
        ["--no-prompt", "deploy", "--all"],
        ["deployment", "run", "citypacts/by-hand"],
        ["worker", "start", "--pool", "citypacts", "--run-once"],
    ):
        done = subprocess.run([*PREFECT, *arguments], capture_output=True, text=True, **place)
        assert done.returncode == 0, done.stdout + done.stderr
    api = environment["PREFECT_API_URL"]
    daily = ask(api, "/deployments/name/citypacts/daily")
    assert daily["schedules"][0]["schedule"]["cron"] == "0 6 * * *"
    assert (tmp_path / "processed" / "partnerships.csv").exists()


def test_the_command_is_in_the_help() -> None:
    shown = subprocess.run([*CITYPACTS, "serve", "--help"], capture_output=True, text=True)
    for option in ("--cron", "--interval", "--timezone", "--watch"):
        assert option in shown.stdout
