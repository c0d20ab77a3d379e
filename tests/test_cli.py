"""The command line as a user meets it: real processes, their output and exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.schema import TABLES

CITYPACTS = [sys.executable, "-P", "-c", "from pipeline.cli import app; app()"]
SENTENCE = "Chongqing has been a friendship city of Minsk Oblast since 2017."


def citypacts(
    *arguments: object, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CITYPACTS, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "100", **variables},
    )


def one_line(process: subprocess.CompletedProcess[str]) -> str:
    """The only line on stderr."""
    lines = process.stderr.splitlines()
    assert len(lines) == 1, process.stderr
    return lines[0]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "facts.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def test_help_is_fast_and_names_every_command() -> None:
    started = time.monotonic()
    process = citypacts("--help")
    assert time.monotonic() - started < 3, "0.4 s on an idle machine"
    assert process.returncode == 0
    for command in ("run", "extract", "text", "explain", "evaluate", "prepare", "Exit status"):
        assert command in process.stdout


def test_version() -> None:
    assert citypacts("--version").stdout.startswith("citypacts ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "missing"], "missing: no such file or folder"),
        (["run", "empty"], "no documents in empty"),
        (["run"], "raw: no such file or folder"),
        (["run", "facts.txt", "--out", "facts.txt"], "is a file, not a folder"),
        (["extract", "missing.pdf"], "missing.pdf: no such file"),
        (["text", "empty"], "empty: is a folder, not a file"),
    ],
)
def test_what_cannot_run_ends_with_status_2_and_one_line(
    document: Path, arguments: list[str], message: str
) -> None:
    (document.parent / "empty").mkdir()
    process = citypacts(*arguments, cwd=document.parent)
    assert process.returncode == 2
    assert message in one_line(process)


def test_a_model_that_is_not_installed_is_named(document: Path) -> None:
    process = citypacts("extract", document, CITYPACTS_SPACY_MODEL="en_core_web_huge")
    assert process.returncode == 2
    assert "en_core_web_huge: no such spaCy model" in one_line(process)


def test_a_bad_option_ends_with_status_2() -> None:
    assert citypacts("run", "--colour").returncode == 2


def test_text_prints_what_offsets_count_in(document: Path) -> None:
    process = citypacts("text", document)
    assert (process.returncode, process.stdout) == (0, SENTENCE + "\n")


def test_text_keeps_line_ends(document: Path) -> None:
    document.write_bytes(b"Minsk\r\nand Chongqing\r\n")
    process = subprocess.run([*CITYPACTS, "text", document], capture_output=True, check=True)
    assert process.stdout == b"Minsk\r\nand Chongqing\r\n"


@pytest.mark.parametrize("command", ["text", "extract"])
def test_an_unreadable_file_ends_with_status_1_and_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "empty.pdf").touch()
    process = citypacts(command, tmp_path / "empty.pdf")
    assert process.returncode == 1
    assert one_line(process).startswith("quarantined: empty.pdf: ")


def test_extract_prints_readable_tables(document: Path) -> None:
    process = citypacts("extract", document)
    assert process.returncode == 0, process.stderr
    assert "documents (1)" in process.stdout
    assert "facts.txt" in process.stdout


def test_extract_prints_all_tables_as_json(document: Path) -> None:
    process = citypacts("extract", document, "--json")
    tables = json.loads(process.stdout)
    assert list(tables) == [table.name for table in TABLES]
    assert tables["documents"][0]["path"] == "facts.txt"


def test_extract_does_not_import_prefect(document: Path) -> None:
    code = (
        "import sys\n"
        "from pipeline.cli import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "assert 'spacy' in sys.modules\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('prefect', 'flows')]\n"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", code, "extract", document],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
