"""Runs of citypacts as processes, and what the system tells of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: A shell starts what runs behind it deaf to Ctrl-C, and so would its tests be.
_HEAR = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
#: For scripts: functions that kill their process when they have been called `count` times.
DYING = """
import os
def dying(function):
    def call(*arguments, **named):
        global count
        count -= 1
        if count < 0:
            os.kill(os.getpid(), 9)
        return function(*arguments, **named)
    return call
"""
CITYPACTS = [sys.executable, "-P", "-c", f"{_HEAR}; from pipeline.cli import app; app()"]


def citypacts(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CITYPACTS, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment,
    )


def started(environment: dict[str, str], *arguments: object) -> subprocess.Popen[str]:
    """A run that goes on; its output is kept."""
    return subprocess.Popen(
        [*CITYPACTS, *map(str, arguments)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def children(parent: int) -> list[int]:
    """Processes started by `parent`, where the system tells (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def descendants(parent: int) -> list[int]:
    """Children, their children, and so on."""
    found = children(parent)
    return found + [process for child in found for process in descendants(child)]


def readers(run: int) -> list[int]:
    """The reading processes of a run: forked by a server process of Python's."""
    return [
        reader
        for child in children(run)
        if b"forkserver" in _command(child)
        for reader in children(child)
    ]


def most_memory(process: int) -> int:
    """The most memory that a process has had so far, in kB; 0 where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def processor_s(process: int) -> float:
    """Seconds of processor time that a process has taken; 0 where it has ended."""
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def until(holds: Callable[[], object], limit_s: float = 120) -> None:
    end = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < end, f"not within {limit_s} s"
        time.sleep(0.05)
