"""`python -m bench [COUNT]`: what reading so many documents (500) takes, as ratios in one run.

Each of them is as long as a paper. First spaCy's model alone reads the text that reaches it, on all
cores; then citypacts reads the documents, twice, with a Prefect server that runs already. Then the
memory of a run over 100 and over 1,000 short documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from bench.documents import write
from bench.model import alone
from bench.server import serving

SHORT = 200


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as environment:
        place = Path(folder)
        paths = list(write(place / "in", count))
        model = alone(paths)
        first, peak, _ = _run(place / "in", place / "out", environment)
        second, _, _ = _run(place / "in", place / "out", environment)
        memory = []
        for number in (100, 1000):
            list(write(place / str(number), number, SHORT))
            _, most, made = _run(place / str(number), place / f"out{number}", environment)
            memory.append((most, made))
    cores = os.cpu_count()
    print(f"| {count} documents, {cores} cores | |\n|---|---|")
    print(f"| spaCy's model alone | {model:.0f} s |")
    print(f"| first run | {first:.0f} s, {first / model:.2f} times as long |")
    print(f"| documents an hour | {3600 * count / first:.0f} |")
    print(f"| second run, nothing changed | {second:.1f} s |")
    print(f"| memory of the run itself | {peak} MB |")
    (small, small_tables), (large, large_tables) = memory
    print(f"| the same, 100 and 1,000 short documents | {small} MB, {large} MB |")
    print(f"| of the process that makes the tables | {small_tables} MB, {large_tables} MB |")


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


def _run(folder: Path, out: Path, environment: dict[str, str]) -> tuple[float, int, int]:
    """Seconds; MB at most of the run itself, and of the process that makes the tables."""
    command = [sys.executable, "-P", "-m", "pipeline", "run", str(folder), "--out", str(out)]
    begun = time.monotonic()
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    most = tables = 0
    while run.poll() is None:
        most = max(most, _most_memory(str(run.pid)))
        tables = max([tables, *map(_most_memory, _makers(run.pid))])
        time.sleep(0.1)
    assert run.returncode == 0
    return time.monotonic() - begun, most, tables


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
