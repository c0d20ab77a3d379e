"""The tables that ship are what a run makes of the documents that ship."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_processed_is_what_a_run_makes(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "pipeline", "run", str(ROOT / "raw"), "--out", str(tmp_path)]
    subprocess.run(run, check=True, cwd=ROOT, capture_output=True)
    shipped = sorted(p for p in (ROOT / "processed").iterdir() if not p.name.startswith("."))
    assert len(shipped) > 8
    for path in shipped:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
