"""A run over what an earlier run has seen: kept results, new, changed and removed documents."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import platformdirs
import pytest

from bench.documents import document, write
from tests.processes import citypacts, content

#: citypacts, telling on the screen which files it opens; readers are processes of their own.
TELLING = """
import sys

def tell(event, arguments, sys=sys):
    if event == "open" and str(arguments[0]).startswith(sys.argv[2]):
        sys.stderr.write("opened " + str(arguments[0]).rpartition("/")[2] + "\\n")

sys.addaudithook(tell)
from pipeline.cli import app
app()
"""
VERSION = "import pipeline.batch.version as v; print(v.version())"


def opened(environment: dict[str, str], folder: Path, out: Path, status: int = 0) -> set[str]:
    """The documents that a run opens, which ends with `status`."""
    command = [sys.executable, "-P", "-c", TELLING, "run", str(folder), "--out", str(out)]
    run = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == status, run.stderr
    return {line.split()[1] for line in run.stderr.splitlines() if line.startswith("opened")}


def settled() -> None:
    """Wait until a file's time stamp tells surely whether it has changed."""
    time.sleep(2.1)


@pytest.fixture
def fresh(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same user, with nothing kept."""
    cache = tmp_path / "cache" / "citypacts"
    cache.mkdir(parents=True)
    for path in platformdirs.user_cache_path("citypacts").glob("gazetteer-*.sqlite"):
        (cache / path.name).symlink_to(path)
    return environment | {"XDG_CACHE_HOME": str(cache.parent)}


def test_only_new_and_changed_documents_are_read_and_removed_ones_leave(
    environment: dict[str, str], fresh: dict[str, str], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    names = {path.name for path in write(folder, 30, 500)}
    (folder / "empty.txt").touch()
    settled()
    assert opened(environment, folder, out, 1) == names | {"empty.txt"}
    before = content(out)
    assert opened(environment, folder, out, 1) == set()
    assert content(out) == before

    (folder / "report-00003.txt").write_text(document(1003, 500), "utf-8")
    (folder / "new.txt").write_text(document(1004, 500), "utf-8")
    (folder / "report-00005.txt").unlink()
    (folder / "report-00006.txt").rename(folder / "renamed.txt")
    (folder / "empty.txt").unlink()
    settled()
    assert opened(environment, folder, out) == {"report-00003.txt", "new.txt", "renamed.txt"}
    assert b"report-00005.txt" not in (out / "documents.csv").read_bytes()
    assert citypacts(fresh, "run", folder, "--out", tmp_path / "anew").returncode == 0
    assert content(out) == content(tmp_path / "anew")


def test_tables_that_somebody_changed_are_made_again(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    list(write(folder, 3, 500))
    citypacts(environment, "run", folder, "--out", out)
    before = content(out)
    (out / "places.csv").write_text("mine")
    (out / "checks.parquet").unlink()
    assert citypacts(environment, "run", folder, "--out", out).returncode == 0
    assert content(out) == before


def test_without_a_team_s_server_an_unchanged_folder_starts_none(
    environment: dict[str, str], fresh: dict[str, str], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    list(write(folder, 2, 30))
    settled()
    assert citypacts(fresh, "run", folder, "--out", out).returncode == 0
    before = content(out)
    own = {name: value for name, value in fresh.items() if name != "PREFECT_API_URL"}
    own |= {"PREFECT_HOME": str(tmp_path / "prefect")}
    same = citypacts(own, "run", folder, "--out", out)
    assert (same.returncode, same.stderr) == (0, "nothing has changed since the last run\n")
    assert "2 of 2 documents processed" in same.stdout
    assert not (tmp_path / "prefect").exists()
    assert content(out) == before
    # a team's server is told of every run
    told = citypacts(fresh, "run", folder, "--out", out)
    assert (told.returncode, told.stderr) == (0, "")
    (out / "places.csv").write_text("")
    again = citypacts(own, "run", folder, "--out", out)
    assert (again.returncode, "nothing has changed" in again.stderr) == (0, False)
    assert content(out) == before


def test_a_word_more_in_a_vocabulary_is_another_version(tmp_path: Path) -> None:
    package = Path(__file__).parents[1] / "pipeline"
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, tmp_path / "pipeline", ignore=skipped)

    def version() -> str:
        return subprocess.run(
            [sys.executable, "-c", VERSION],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    before = version()
    assert version() == before
    with (tmp_path / "pipeline" / "tag" / "vocab" / "dates.yaml").open("a") as file:
        file.write("\n# a word more\n")
    assert version() != before
