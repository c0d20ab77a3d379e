"""One table over several documents."""

from __future__ import annotations

from pathlib import Path

from pipeline.consolidate import consolidate
from pipeline.extract import extract
from pipeline.records import Rejected
from pipeline.resources import load


def documents(*paths: Path) -> list[dict[str, object]]:
    found = [extract(path, path.name, load()) for path in paths]
    read = [f for f in found if not isinstance(f, Rejected)]
    return consolidate(read, [f for f in found if isinstance(f, Rejected)]).rows["documents"]


def test_copies_of_a_file_are_one_row_that_names_them_all(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_text("Gomel and Hefei exchanged pupils, and both liked it very much.", "utf-8")
    [row] = documents(second, first)
    assert (row["path"], row["copies"]) == ("a.txt", "b.txt")
    assert [row] == documents(first, second)


def test_two_empty_files_are_both_accounted_for(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).touch()
    [row] = documents(tmp_path / "one.txt", tmp_path / "two.txt")
    assert (row["status"], row["path"], row["copies"]) == ("quarantined", "one.txt", "two.txt")
