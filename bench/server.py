"""A Prefect server that runs beside what is measured or tested, as a team may have one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SERVER = """
import os, sys
from flows.server import serving
with serving() as wait:
    wait()
    print(os.environ["PREFECT_API_URL"], flush=True)
    sys.stdin.read()
"""


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[str]:
    """A server in that environment, until the block ends; yields the address of its API."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVER],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.communicate()
