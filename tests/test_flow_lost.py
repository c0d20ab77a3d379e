"""Nothing is lost: killed at any moment, a full disk, two runs at once."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bench.documents import document, write
from tests.processes import citypacts, content, descendants, readers, started, until

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and mounts as Linux has them")
#: `make bench` kills more often.
KILLS = int(os.environ.get("CITYPACTS_TEST_KILLS", "8"))


def whole(out: Path) -> bool:
    """Whether the tables are of one run: each file is the one that the data package describes."""
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    return all(
        resource["hash"].removeprefix("sha256:")
        == hashlib.sha256((out / resource["path"]).read_bytes()).hexdigest()
        for resource in package["resources"]
    )


def gone(processes: set[int]) -> bool:
    return not any(Path(f"/proc/{process}").exists() for process in processes)


@linux
def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder, out, chance = tmp_path / "in", tmp_path / "out", random.Random(7)
    list(write(folder, 12, 2_000))
    begun = time.monotonic()
    assert citypacts(environment, "run", folder, "--out", out).returncode == 0
    usual = time.monotonic() - begun
    for number in range(KILLS):
        (folder / f"more-{number}.txt").write_text(document(100 + number, 2_000), "utf-8")
        (folder / f"report-{number + 1:05}.txt").unlink(missing_ok=True)
        run = started(environment, "run", folder, "--out", out)
        time.sleep(chance.uniform(0, usual))
        # mostly the run itself, at times a process that works for it
        below = descendants(run.pid)
        victim = chance.choice([run.pid, run.pid, *below])
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        run.communicate()
        until(lambda left=set(below): gone(left))  # type: ignore[misc]
        assert whole(out)
    assert citypacts(environment, "run", folder, "--out", out).returncode == 0
    assert citypacts(environment, "run", folder, "--out", tmp_path / "anew").returncode == 0
    assert content(out) == content(tmp_path / "anew")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anew", "in", "out"]


@linux
def test_the_next_run_goes_on_where_the_killed_one_stopped(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for number in range(60):
        (tmp_path / "in").mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(document(5_000 + number, 3_000), "utf-8")
    kept = Path(environment["XDG_CACHE_HOME"]) / "citypacts" / "kept"

    def results() -> dict[Path, int]:
        return {path: path.stat().st_ino for path in kept.rglob("[0-9a-f]*") if path.is_file()}

    earlier = results()
    run = started(environment, "run", folder, "--out", out)
    until(lambda: len(results()) > len(earlier) + 10)
    run.kill()
    run.communicate()
    until(lambda: not readers(run.pid))
    assert not list(out.glob("*.csv"))
    done = results()
    assert len(done) < len(earlier) + 60
    assert citypacts(environment, "run", folder, "--out", out).returncode == 0
    after = results()
    assert len(after) == len(earlier) + 60
    assert all(after[path] == inode for path, inode in done.items())


def test_of_two_runs_into_one_folder_one_waits_for_no_one(
    environment: dict[str, str], tmp_path: Path
) -> None:
    list(write(tmp_path / "in", 10, 4_000))
    both = [started(environment, "run", tmp_path / "in", "--out", tmp_path / "out") for _ in "12"]
    errors = [run.communicate()[1] for run in both]
    assert sorted(run.returncode for run in both) == [0, 2]
    assert sum("is held by another run" in error for error in errors) == 1
    assert whole(tmp_path / "out")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_tables(
    environment: dict[str, str], tmp_path: Path, small: Path
) -> None:
    folder, out = tmp_path / "in", small / "out"
    list(write(folder, 2, 1_000))
    assert citypacts(environment, "run", folder, "--out", out).returncode == 0
    before = content(out)
    list(write(folder, 12, 9_000))
    run = citypacts(environment, "run", folder, "--out", out)
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].endswith("No space left on device")
    assert len(run.stderr.splitlines()) == 1
    assert content(out) == before


def test_a_full_disk_for_kept_results_ends_the_run_with_one_line(
    environment: dict[str, str], tmp_path: Path, small: Path
) -> None:
    folder, cache = tmp_path / "in", small / "cache"
    list(write(folder, 30, 9_000))
    usual = Path(environment["XDG_CACHE_HOME"]) / "citypacts"
    (cache / "citypacts").mkdir(parents=True)
    for path in usual.glob("gazetteer-*.sqlite"):
        (cache / "citypacts" / path.name).symlink_to(path)
    run = citypacts(
        environment | {"XDG_CACHE_HOME": str(cache)}, "run", folder, "--out", tmp_path / "out"
    )
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "No space left on device" in run.stderr
    assert not list((tmp_path / "out").glob("*.csv"))
