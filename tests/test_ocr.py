"""Pages that are pictures: their text is recognised, their rows are those of the text."""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline.clean import clean
from pipeline.consolidate import consolidate
from pipeline.extract import extract, read
from pipeline.ingest import AS_NEEDED, opened
from pipeline.ingest.format import Reading
from pipeline.ingest.ocr import Recognised, recognise, tesseract
from pipeline.records import Claims, Document, RawDocument, Rejected
from pipeline.resources import load
from tests.processes import citypacts
from tests.scans import file_of, pixels, printed, scanned

ENGLISH = [
    "Graz signed a sister city agreement with Split on 4 May 1998.",
    "Both cities renewed the partnership in 2015. The Friendship Park",
    "of 3.5 hectares cost €2.4 million and was opened in October 2019.",
]
GERMAN = [
    "Die Städte Düsseldorf und Gießen grüßen ihre Partnerstädte in Übersee;",
    "die Brücke kostete 12,5 Millionen Euro und wurde 2004 eröffnet.",
]
RUSSIAN = [
    "Города Рига и Каунас подписали соглашение о сотрудничестве",
    "4 мая 1998 года. Парк дружбы стоил 2,4 млн рублей.",
]
CYRILLIC_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def in_order(words: tuple[Recognised, ...], height: float = 30) -> str:
    """Words of one column as text: those whose middles are less than a line apart are a line."""
    lines: list[list[Recognised]] = []
    for word in sorted(words, key=lambda w: w.box[1] + w.box[3]):
        last = lines[-1][0].box if lines else (0, -1e9, 0, 0)
        if word.box[1] + word.box[3] - last[1] - last[3] > height:
            lines.append([])
        lines[-1].append(word)
    return "\n".join(
        " ".join(w.text for w in sorted(line, key=lambda w: w.box[0])) for line in lines
    )


def wrong(expected: list[str], found: str) -> float:
    """Share of the characters that are not right, spaces and line ends among them."""
    text = "\n".join(expected)
    return Levenshtein.distance(text, found) / len(text)


@pytest.mark.parametrize("lines", [ENGLISH, GERMAN])
def test_words_of_a_scan_are_read_with_their_spaces(lines: list[str]) -> None:
    assert wrong(lines, in_order(recognise(pixels(scanned(printed(lines)))))) < 0.02


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_is_read_whichever_way_up_it_lies(quarters: int) -> None:
    page = np.rot90(pixels(scanned(printed(ENGLISH))), quarters)
    assert wrong(ENGLISH, in_order(recognise(page))) < 0.02


def test_lines_of_a_page_that_is_askew_come_level() -> None:
    words = recognise(pixels(scanned(printed(ENGLISH), askew=2)))
    first = [w.box for w in words if w.text in ("Graz", "sister", "agreement", "1998.")]
    assert len(first) == 4
    assert max(box[1] for box in first) - min(box[1] for box in first) < 6


def test_arithmetic_after_a_page_was_read_is_as_before() -> None:
    smallest = sys.float_info.min
    assert recognise(pixels(scanned(printed(ENGLISH[:1]))))
    assert smallest / 2 > 0


def test_where_there_is_no_text_there_are_no_words() -> None:
    assert recognise(np.full((900, 700, 3), 255, np.uint8)) == ()


@pytest.mark.skipif(
    "rus" not in tesseract.installed() or not CYRILLIC_FONT.exists(),
    reason="Tesseract with data for Russian, and a font",
)
def test_scripts_beyond_the_carried_models_are_read_by_tesseract() -> None:
    lines = [*RUSSIAN, *GERMAN]
    page = pixels(scanned(printed(lines, CYRILLIC_FONT)))
    assert wrong(lines, in_order(recognise(page))) < 0.02
    page = pixels(scanned(printed(RUSSIAN, CYRILLIC_FONT)))
    assert wrong(RUSSIAN, in_order(recognise(page))) < 0.02


@pytest.mark.skipif(not CYRILLIC_FONT.exists(), reason="a font")
def test_a_script_that_no_engine_reads_gives_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "installed", frozenset)
    assert recognise(pixels(scanned(printed(RUSSIAN, CYRILLIC_FONT)))) == ()


@cache
def scan() -> bytes:
    return file_of([scanned(printed(ENGLISH))], "PDF")


def rows(folder: Path, name: str, content: bytes) -> dict[str, list[dict[str, object]]]:
    (folder / name).write_bytes(content)
    claims = extract(folder / name, name, load())
    assert isinstance(claims, Claims), claims
    return consolidate([claims], []).rows


def test_the_rows_of_a_scan_are_those_of_its_text_but_less_sure(tmp_path: Path) -> None:
    typed = rows(tmp_path, "typed.pdf", printed(ENGLISH))
    seen = rows(tmp_path, "seen.pdf", scan())
    pair, same = typed["partnerships"][0], seen["partnerships"][0]
    assert {n: v for n, v in pair.items() if n != "confidence"} == {
        n: v for n, v in same.items() if n != "confidence"
    }
    for table in ("statements", "mentions"):
        sure, less = (fmean(float(str(r["confidence"])) for r in t[table]) for t in (typed, seen))
        assert less < sure


def test_what_was_recognised_is_told_in_the_checks(tmp_path: Path) -> None:
    checks = rows(tmp_path, "seen.pdf", scan())["checks"]
    told = [row for row in checks if row["table"] == "documents"]
    assert [row["check"] for row in told] == ["text_recognised"]


def cleaned(raw: RawDocument | Rejected) -> Document:
    assert isinstance(raw, RawDocument), raw
    return clean(raw, lambda _: True)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg")])
def test_pictures_are_documents(kind: str, name: str) -> None:
    document = cleaned(opened(file_of([scanned(printed(ENGLISH))], kind), name))
    assert document.raw.media_type == f"image/{kind.lower()}"
    assert "Graz signed a sister city agreement with Split on 4 May 1998." in document.text


def test_a_tiff_has_its_pages(tmp_path: Path) -> None:
    pages = [scanned(printed(lines)) for lines in (ENGLISH, GERMAN)]
    (tmp_path / "a.tif").write_bytes(file_of(pages, "TIFF"))
    document = read(tmp_path / "a.tif", "a.tif")
    assert isinstance(document, Document)
    assert document.raw.pages == 2
    assert [document.page_at(document.text.index(w)) for w in ("Split", "Gießen")] == [1, 2]


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0"]), st.binary(max_size=200))
def test_damaged_pictures_are_told(magic: bytes, rest: bytes) -> None:
    found = opened(magic + rest, "a")
    assert isinstance(found, Rejected)
    assert "picture" in found.reason


def test_a_picture_cut_short_is_told_and_nothing_else_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = file_of([scanned(printed(ENGLISH))], "TIFF")
    assert isinstance(opened(whole[: len(whole) // 2], "a.tif"), Rejected)
    assert capfd.readouterr().err == ""


def test_a_picture_is_not_read_where_recognition_is_turned_off() -> None:
    picture = file_of([Image.new("L", (300, 300), 255)], "PNG")
    found = opened(picture, "a.png", Reading("never"))
    assert isinstance(found, Rejected)
    assert "--ocr auto" in found.reason
    assert isinstance(opened(picture, "a.png", AS_NEEDED), Rejected)


def test_a_run_with_another_setting_reads_anew(environment: dict[str, str], tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scan())
    (folder / "typed.pdf").write_bytes(printed(ENGLISH))

    def pairs(*options: str) -> tuple[int, int]:
        run = citypacts(environment, "run", folder, "--out", out, *options)
        with (out / "statements.csv").open(encoding="utf-8", newline="") as file:
            said = {row["document_id"] for row in csv.DictReader(file)}
        return run.returncode, len(said)

    assert pairs("--ocr", "never") == (1, 1)
    assert pairs() == (0, 2)
    assert pairs("--ocr", "never") == (1, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_recognition_keeps_within_the_memory_of_a_document(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    # not what another test has read, which is kept
    other = file_of([scanned(printed(GERMAN))], "PDF")
    (tmp_path / "in" / "scan.pdf").write_bytes(other)
    options = ("--out", tmp_path / "out", "--memory-limit", 300)
    run = citypacts(environment, "run", tmp_path / "in", *options)
    reason = "needs more than 300 MB of memory; split it, or allow more with --memory-limit"
    assert run.stderr.splitlines() == [f"quarantined: scan.pdf: {reason}"]
