"""`python -m bench.machines [CHUNKS]`: how the time of a run falls with the workers of a cluster.

Documents are read by one Dask worker and by two (a process with one thread each, started here), so
many chunks of them (4) and twice so many. The law, `start` and `shared` of which are fitted to the
four times:

    seconds = start + documents * (alone + shared / workers)

`alone` is what the run itself spends on a document to make the tables, which no worker takes from
it: the time of a run that reads nothing and has no tables yet, less that of one with nothing to do.
However many workers there are, a run makes no more than 3600 / alone documents an hour.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from bench.__main__ import prepared
from bench.documents import write
from flows.run import CHUNK

_WORKERS = (1, 2)
_CORES = 8
_MACHINES = (1, 2, 4, 8, 16, 32)


def main(chunks: int) -> None:
    count = chunks * CHUNK
    times: dict[tuple[int, int], float] = {}
    alone = 0.0
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as environment:
        own = environment | {"OMP_NUM_THREADS": "1"}
        for number in (count, 2 * count):
            list(write(Path(folder) / f"in{number}", number))
            for workers in _WORKERS:
                with _cluster(workers, own, Path(folder)) as address:
                    # the first run has a chunk or two for each worker, which loads its models
                    _run(Path(folder), "warm", 2 * CHUNK * workers, address, own)
                    seconds = _run(Path(folder), f"in{number}", number, address, own)
                    if (number, workers) == (2 * count, _WORKERS[-1]):
                        shutil.rmtree(Path(folder) / "out")
                        made, idle = (
                            _timed(Path(folder), f"in{number}", address, own) for _ in range(2)
                        )
                        alone = (made - idle) / number
                times[number, workers] = seconds
                print(f"{number} documents, {workers} workers: {seconds:.0f} s", flush=True)
    start, shared = _law(times, alone)
    print(f"seconds = {start:.1f} + documents * ({alone:.3f} + {shared:.2f} / workers)")
    print(f"| machines of {_CORES} cores | documents an hour |\n|---|---|")
    for machines in _MACHINES:
        print(f"| {machines} | {3600 / (alone + shared / (machines * _CORES)):,.0f} |")


def _law(times: dict[tuple[int, int], float], alone: float) -> tuple[float, float]:
    """Start of a run, and seconds of a document that workers share, by least squares."""
    rows = [(1.0, n / workers) for n, workers in times]
    rest = [seconds - n * alone for (n, _), seconds in times.items()]
    found, *_ = np.linalg.lstsq(np.array(rows), np.array(rest), rcond=None)
    return float(found[0]), float(found[1])


def _run(folder: Path, name: str, count: int, address: str, environment: dict[str, str]) -> float:
    """Seconds of a run that finds nothing kept."""
    source = folder / name
    if name == "warm":
        source = folder / f"warm{time.monotonic_ns()}"
        list(write(source, count, 200 + time.monotonic_ns() % 1000))
    kept = folder / "cache" / "citypacts" / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    return _timed(folder, source.name, address, environment)


def _timed(folder: Path, name: str, address: str, environment: dict[str, str]) -> float:
    """Seconds of a run."""
    source = str(folder / name)
    command = [sys.executable, "-P", "-m", "pipeline", "run", source, "--dask", address]
    begun = time.monotonic()
    subprocess.run(
        [*command, "--out", str(folder / "out")],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - begun


@contextmanager
def _cluster(workers: int, environment: dict[str, str], folder: Path) -> Iterator[str]:
    """Address of a Dask scheduler with so many workers, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    usual = ["--no-dashboard", "--local-directory", str(folder), "--nworkers", "1"]
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
    commands = [[*scheduler, "--host", "127.0.0.1", "--port", str(port)]]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, *usual]
    commands += [[*worker, "--nthreads", "1"]] * workers
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        yield address


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
