"""`python -m bench [COUNT]`: what reading so many documents (500) takes, as ratios in one run.

Each of them is as long as a paper, and names as many places. First spaCy's model alone, whole as it
is shipped, reads the text that reaches it, on all cores; then citypacts reads the documents, twice,
with a Prefect server that runs already. The same for as many documents that name twice as many
places. Then the memory of a run over 100 and over 1,000 short documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from bench.documents import write
from bench.model import alone
from bench.server import serving

SHORT = 200


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as environment:
        place = Path(folder)
        papers = _compared(place / "papers", count, environment)
        dense = _compared(place / "dense", count, environment, dense=True)
        memory = []
        for number in (100, 1000):
            list(write(place / str(number), number, SHORT))
            memory.append(_run(place / str(number), place / f"out{number}", environment))
    print(f"| {count} papers, {os.cpu_count()} cores | |\n|---|---|")
    print(f"| spaCy's model alone | {papers.model:.0f} s |")
    print(f"| first run | {papers.first.seconds:.0f} s, {papers.ratio:.2f} times as long |")
    print(f"| documents an hour | {3600 * count / papers.first.seconds:.0f} |")
    print(f"| second run, nothing changed | {papers.second.seconds:.1f} s |")
    print(f"| {count} with twice as many places | {dense.ratio:.2f} times as long |")
    print(f"| memory of the run itself | {papers.first.memory} MB |")
    small, large = memory
    print(f"| the same, 100 and 1,000 short documents | {small.memory} MB, {large.memory} MB |")
    print(f"| of the process that makes the tables | {small.tables} MB, {large.tables} MB |")


@dataclass(frozen=True, slots=True)
class Run:
    """seconds; memory, tables: MB at most of the run itself, and of what makes the tables."""

    seconds: float
    memory: int
    tables: int


@dataclass(frozen=True, slots=True)
class Compared:
    """model: seconds that spaCy's model alone takes for the documents of the two runs."""

    model: float
    first: Run
    second: Run

    @property
    def ratio(self) -> float:
        return self.first.seconds / self.model


def _compared(
    place: Path, count: int, environment: dict[str, str], dense: bool = False
) -> Compared:
    paths = list(write(place / "in", count, dense=dense))
    model = alone(paths)
    first, second = (_run(place / "in", place / "out", environment) for _ in range(2))
    return Compared(model, first, second)


@contextmanager
def prepared(folder: Path) -> Iterator[dict[str, str]]:
    """Environment with a Prefect server, and a cache that holds nothing but the place names."""
    cache = folder / "cache" / "citypacts"
    cache.mkdir(parents=True)
    for path in platformdirs.user_cache_path("citypacts").glob("gazetteer-*.sqlite"):
        (cache / path.name).symlink_to(path)
    own = os.environ | {"XDG_CACHE_HOME": str(cache.parent), "PREFECT_HOME": str(folder / "home")}
    own.pop("PREFECT_API_URL", None)
    with serving(own) as api:
        yield own | {"PREFECT_API_URL": api}


def _run(folder: Path, out: Path, environment: dict[str, str]) -> Run:
    command = [sys.executable, "-P", "-m", "pipeline", "run", str(folder), "--out", str(out)]
    begun = time.monotonic()
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    most = tables = 0
    while run.poll() is None:
        most = max(most, _most_memory(str(run.pid)))
        tables = max([tables, *map(_most_memory, _makers(run.pid))])
        time.sleep(0.1)
    assert run.returncode == 0
    return Run(time.monotonic() - begun, most, tables)


def _makers(run: int) -> list[str]:
    children = Path(f"/proc/{run}/task/{run}/children")
    try:
        found = children.read_text().split()
        return [c for c in found if b"batch.finish" in Path(f"/proc/{c}/cmdline").read_bytes()]
    except OSError:
        return []


def _most_memory(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(n.split()[1]) // 1024 for n in lines if n.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
