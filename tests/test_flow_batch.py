"""Many documents in one run: both cores, limits for each document, what breaks is set aside."""

from __future__ import annotations

import csv
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.documents import document, write
from pipeline.batch.readers import cores
from tests.processes import CITYPACTS, citypacts, most_memory, processor_s, readers, started, until

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and limits as Linux has them")


def documents(out: Path) -> dict[str, str]:
    """path -> reason, empty for documents that were read."""
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: row["reason"] for row in csv.DictReader(file)}


def test_a_document_that_takes_too_long_is_set_aside_and_the_rest_is_done(
    environment: dict[str, str], tmp_path: Path
) -> None:
    small = list(write(tmp_path / "in", 40, 300))
    (tmp_path / "in" / "a-long-one.txt").write_text(document(0, 900_000), "utf-8")
    out = tmp_path / "out"
    run = citypacts(environment, "run", tmp_path / "in", "--out", out, "--time-limit", 5)
    assert run.returncode == 1, run.stderr
    reason = "takes more than 5 processor seconds; split it, or allow more with --time-limit"
    assert run.stderr.splitlines() == [f"quarantined: a-long-one.txt: {reason}"]
    assert documents(out) == {"a-long-one.txt": reason} | {path.name: "" for path in small}


@linux
def test_a_document_that_takes_too_much_memory_is_set_aside(
    environment: dict[str, str], tmp_path: Path
) -> None:
    small = list(write(tmp_path / "in", 3, 2_000))
    (tmp_path / "in" / "a-large-one.txt").write_text(document(0, 900_000), "utf-8")
    out = tmp_path / "out"
    run = citypacts(environment, "run", tmp_path / "in", "--out", out, "--memory-limit", 150)
    assert run.returncode == 1, run.stderr
    reason = "needs more than 150 MB of memory; split it, or allow more with --memory-limit"
    assert documents(out) == {"a-large-one.txt": reason} | {path.name: "" for path in small}


@linux
def test_all_cores_read_and_a_process_that_dies_is_replaced(
    environment: dict[str, str], tmp_path: Path
) -> None:
    list(write(tmp_path / "in", 40, 6_000))
    run = started(environment, "run", tmp_path / "in", "--out", tmp_path / "out")
    until(lambda: len(readers(run.pid)) == cores())
    os.kill(readers(run.pid)[0], signal.SIGKILL)
    _, errors = run.communicate()
    # the document that it was reading is read once more
    assert run.returncode == 0, errors
    assert set(documents(tmp_path / "out").values()) == {""}


@linux
def test_a_document_whose_process_dies_again_and_again_is_set_aside(
    environment: dict[str, str], tmp_path: Path
) -> None:
    list(write(tmp_path / "in", 1, 900_000))
    run = started(environment, "run", tmp_path / "in", "--out", tmp_path / "out")
    until(lambda: readers(run.pid))
    first = readers(run.pid)
    os.kill(first[0], signal.SIGKILL)
    until(lambda: set(readers(run.pid)) - set(first))
    os.kill(readers(run.pid)[0], signal.SIGKILL)
    run.communicate()
    assert run.returncode == 1
    assert "2 times with SIGKILL" in documents(tmp_path / "out")["report-00001.txt"]


@linux
def test_the_run_itself_stays_small(environment: dict[str, str], tmp_path: Path) -> None:
    peaks = []
    for count in (20, 120):
        list(write(tmp_path / str(count), count, 300))
        out = tmp_path / f"out{count}"
        run = started(environment, "run", tmp_path / str(count), "--out", out)
        peak = 0
        while run.poll() is None:
            peak = most_memory(run.pid) or peak
            time.sleep(0.1)
        assert run.returncode == 0, run.communicate()[1]
        peaks.append(peak)
    assert peaks[1] < 1.1 * peaks[0]


def test_the_screen_shows_how_far_it_is(environment: dict[str, str], tmp_path: Path) -> None:
    list(write(tmp_path / "in", 30, 3_000))
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [*CITYPACTS, "run", tmp_path / "in", "--out", tmp_path / "out"],
        env=environment | {"TERM": "xterm", "COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    assert run.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"\d+/30 \d+\.\d/s 0:00:\d\d left", plain)


@linux
def test_a_reading_process_that_does_nothing_does_not_hold_the_run(
    environment: dict[str, str], tmp_path: Path
) -> None:
    list(write(tmp_path / "in", 1, 900_000))
    out = tmp_path / "out"
    run = started(environment, "run", tmp_path / "in", "--out", out, "--time-limit", 2)
    until(lambda: any(processor_s(reader) > 0.5 for reader in readers(run.pid)))
    os.kill(readers(run.pid)[0], signal.SIGSTOP)
    _, errors = run.communicate()
    assert run.returncode == 1, errors
    assert "takes more than 20 s by the clock" in documents(out)["report-00001.txt"]
