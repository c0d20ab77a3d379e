"""Folders and archives: every file is accounted for, by what it holds and not by its name."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.batch.content import content_of
from pipeline.batch.listing import listed
from pipeline.ingest import ingest
from pipeline.ingest.format import Unreadable
from pipeline.records import Rejected
from tests.ingested import read, refused
from tests.processes import citypacts

TEXT = "Ulm has been twinned with Lublin since 1992."


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


def names(*inputs: Path) -> list[str]:
    return [file.name for file in listed([str(given) for given in inputs])]


def test_every_file_of_a_folder_is_a_document_but_hidden_ones(tmp_path: Path) -> None:
    for name in ("a.txt", "b.xyz", "noname", "sub/c.py", ".git/d.txt", "sub/.e", "~$f.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert names(tmp_path) == ["a.txt", "b.xyz", "noname", "sub/c.py"]


def test_any_name_can_be_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT, "utf-8")
    (tmp_path / "a\nb.txt").write_text(TEXT, "utf-8")
    assert names(tmp_path) == ["a\ufffdb.txt", "caf\ufffd.txt"]
    missing = ingest(tmp_path / os.fsdecode(b"\xe9.txt"), os.fsdecode(b"\xe9.txt"))
    assert isinstance(missing, Rejected)
    assert missing.path == "\ufffd.txt"


def test_a_name_in_an_archive_may_be_longer_than_that_of_a_file(tmp_path: Path) -> None:
    long = "n" * 5000 + ".txt"
    (tmp_path / "a.zip").write_bytes(zipped({long: TEXT, "x\ny.txt": TEXT}))
    found = listed([str(tmp_path)])
    assert [file.name for file in found] == [f"a.zip/{long}", "a.zip/x\ufffdy.txt"]
    assert [content_of(file.source).decode() for file in found] == [TEXT, TEXT]


def test_the_tables_of_a_run_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name, content in (
        ("a.txt", TEXT),
        ("checks.csv", "town,since\nUlm,1992"),
        ("out/checks.csv", "check_id,severity\nc-1,warning"),
        ("out/datapackage.json", '{"name": "citypacts"}'),
        ("out/notes.txt", TEXT),
    ):
        (tmp_path / name).write_text(content, "utf-8")
    assert names(tmp_path) == ["a.txt", "checks.csv", "out/notes.txt"]


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.docx", "a", "a.csv.bak"])
def test_a_name_does_not_make_a_format(name: str) -> None:
    assert read(TEXT, name).media_type == "text/plain"
    assert read(f"<!doctype html><p>{TEXT}", name).media_type == "text/html"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"import os\n", "a.py", "program code"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt", "picture"),
        (b"OggS" + bytes(50), "a.ogg", "sound"),
        (b"\x7fELF" + bytes(50), "a", "program"),
        (b"\x1f\x8b\x08" + bytes(50), "a.csv.gz", "unpack"),
        (bytes(range(256)), "a.bin", "no known format"),
        (b"PK\x03\x04" + bytes(50), "a.zip", "damaged ZIP archive"),
        (zipped({}), "a.zip", "empty ZIP archive"),
        (zipped({"a.txt": TEXT}), "a.txt", "name it .zip"),
        (zipped({"[Content_Types].xml": TEXT}), "a.zip", "office file"),
    ],
)
def test_what_is_no_document_is_named_for_what_it_is(
    content: bytes, name: str, reason: str
) -> None:
    assert reason in refused(content, name)


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    inner = zipped({"c.txt": "inner", ".hidden": "x"})
    deepest = zipped({"d.zip": zipped({"e.txt": "too deep"})})
    (tmp_path / "a.zip").write_bytes(
        zipped({"b.txt": TEXT, "x/y.html": "page", "i.zip": inner, "j.zip": deepest, "x/": b""})
    )
    found = {file.name: file for file in listed([str(tmp_path)])}
    assert list(found) == [
        "a.zip/b.txt",
        "a.zip/i.zip/c.txt",
        "a.zip/j.zip/d.zip",
        "a.zip/x/y.html",
    ]
    assert content_of(found["a.zip/b.txt"].source) == TEXT.encode()
    assert content_of(found["a.zip/i.zip/c.txt"].source) == b"inner"
    # an archive as input itself
    assert names(tmp_path / "a.zip") == list(found)


def test_no_path_in_an_archive_leaves_it(tmp_path: Path) -> None:
    paths = ["../../x.txt", "/etc/y.txt", "C:\\z.txt", "..\\w.txt", "./v.txt"]
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(paths, TEXT)))
    assert names(tmp_path) == [
        f"a.zip/{n}" for n in ("etc/y.txt", "v.txt", "w.txt", "x.txt", "z.txt")
    ]
    assert {content_of(file.source) for file in listed([str(tmp_path)])} == {TEXT.encode()}


def test_an_archive_that_is_a_bomb_or_locked_says_so(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": bytes(300_000_000)})
    assert "unpacks to 286 MB" in refused(bomb, "a.zip")
    many = zipped({f"{number}.txt": "" for number in range(20_001)})
    assert "20001 files" in refused(many, "a.zip")
    locked = bytearray(zipped({"a.txt": TEXT}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    (tmp_path / "a.zip").write_bytes(locked)
    [file] = listed([str(tmp_path)])
    with pytest.raises(Unreadable, match="password"):
        content_of(file.source)


def test_a_folder_whose_name_looks_like_an_archive(tmp_path: Path) -> None:
    folder = tmp_path / "a.zip!"
    folder.mkdir()
    (folder / "b.txt").write_text(TEXT, "utf-8")
    [file] = listed([str(tmp_path)])
    assert content_of(file.source) == TEXT.encode()


def test_a_run_over_a_mixed_folder(tmp_path: Path) -> None:
    given, out = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    locked = bytearray(zipped({"l.txt": TEXT + " "}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    (given / "locked.zip").write_bytes(locked)
    (given / "a.zip").write_bytes(zipped({"b.txt": TEXT, "i.zip": zipped({"c.md": "# Ulm"})}))
    (given / "d.pdf").write_text(f"<html><body><p>{TEXT}</p></body></html>", "utf-8")
    (given / "e.py").write_text("import os\n", "utf-8")
    first = citypacts(dict(os.environ), "run", given, "--out", out)
    assert first.returncode == 1, first.stderr
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["path"]: (row["status"], row["media_type"]) for row in csv.DictReader(file)}
    assert rows == {
        "a.zip/b.txt": ("ok", "text/plain"),
        "a.zip/i.zip/c.md": ("ok", "text/plain"),
        "d.pdf": ("ok", "text/html"),
        "e.py": ("quarantined", "application/octet-stream"),
        "locked.zip/l.txt": ("quarantined", "application/octet-stream"),
    }
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    citypacts(dict(os.environ), "run", given, "--out", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
