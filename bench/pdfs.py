"""`python -m bench.pdfs [PAGES]`: reading a report of so many pages (400), as a ratio and in MB.

The report has two columns, running heads and a ruled table on every fourth page. It is read as a
run reads it up to the lines, and then as pdfplumber alone reads words; each in its own process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.documents import document

_COLUMNS, _LEADING, _SIZE = (50, 310), 11.0, 9.0


def main(pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        write(path, pages)
        ours, memory = _measured("ingest", path)
        theirs, _ = _measured("pdfplumber", path)
    print(f"| a report of {pages} pages, one process | |\n|---|---|")
    print(f"| pages a second | {pages / ours:.0f} |")
    print(f"| times as many as pdfplumber's words alone | {theirs / ours:.1f} |")
    print(f"| memory at most | {memory} MB |")


def write(path: Path, pages: int) -> None:
    """A report of pages in two columns."""
    random = Random(7)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Times-Roman", _SIZE)
        canvas.drawString(50, 810, f"Report on the cooperation of cities   {number}")
        lines = textwrap.wrap(" ".join(document(number, 7000).split()), 52)
        for x in _COLUMNS:
            for row in range(60 if number % 4 else 40):
                canvas.drawString(x, 780 - _LEADING * row, lines.pop(0) if lines else "")
        if number % 4 == 0:
            _table(canvas, random)
        canvas.showPage()
    canvas.save()


def _table(canvas: Canvas, random: Random) -> None:
    for row in range(12):
        top = 320 - 18 * row
        for column in range(4):
            canvas.rect(50 + 120 * column, top - 18, 120, 18)
            canvas.drawString(54 + 120 * column, top - 12, str(random.randint(1950, 2020)))


def _measured(what: str, path: Path) -> tuple[float, int]:
    """Processor seconds, and MB at most, of a process that reads the file."""
    command = [sys.executable, "-m", "bench.pdfs", what, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), int(told[1])


def _read(what: str, path: Path) -> None:
    if what == "ingest":
        from pipeline.ingest import ingest

        begun = time.process_time()
        ingest(path, path.name)
    else:
        import pdfplumber

        begun = time.process_time()
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_words()
                page.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(time.process_time() - begun, memory)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _read(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
