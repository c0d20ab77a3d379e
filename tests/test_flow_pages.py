"""What Prefect's pages show of a run, asked of its server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.processes import citypacts
from tests.test_flow_serve import ask

FACTS = "Chongqing has been a friendship city of Minsk Oblast since 2017."


def test_a_run_tells_how_it_went_and_what_changed(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder, out = tmp_path / "letters", tmp_path / "tables"
    folder.mkdir()
    (folder / "facts.txt").write_text(FACTS, "utf-8")
    (folder / "empty.txt").touch()
    citypacts(environment, "run", folder, "--out", out)
    (folder / "facts.txt").unlink()
    (folder / "other.txt").write_text("Graz has been a sister city of Split since 1998.", "utf-8")
    citypacts(environment, "run", folder, "--out", out)
    api = environment["PREFECT_API_URL"]
    runs = [r for r in ask(api, "/flow_runs/filter", {}) if r["name"] == "letters to tables"]
    last = max(runs, key=lambda run: str(run["start_time"]))
    assert len(runs) == 2
    assert last["state"]["message"] == "completed, 1 quarantined"
    assert last["tags"] == ["command line"]
    assert artifact(api, last, "documents-read") == 100
    counts = {row["table"]: row for row in artifact(api, last, "changes")}
    assert counts["documents"] == {"table": "documents", "new": 1, "changed": 0, "gone": 1}
    rows = [(r["change"], r["table"], r["row"]) for r in artifact(api, last, "changed-rows")]
    assert ("gone", "partnerships", "Chongqing + Minsk Oblast") in rows
    assert ("new", "partnerships", "Graz + Split") in rows
    assert ("gone", "documents", "facts.txt") in rows
    assert out.as_uri() in artifact(api, last, "tables")


def artifact(api: str, run: dict[str, Any], key: str) -> Any:
    """The content of an artifact of a run."""
    asked = {"flow_runs": {"id": {"any_": [run["id"]]}}, "artifacts": {"key": {"any_": [key]}}}
    data = ask(api, "/artifacts/filter", asked)[0]["data"]
    return json.loads(data) if isinstance(data, str) and data.startswith("[{") else data
