"""PDFs of the layouts that readers meet, typeset by reportlab for the tests."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE = "Times-Roman", 9.0
#: A word of more letters is broken at the end of a line where it does not fit.
LONG = 7

Paint = Callable[[Canvas], None]


def pdf(path: Path, *pages: Paint, size: tuple[float, float] = A4, title: str = "") -> Path:
    """A file of pages, each painted by a function."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    if title:
        canvas.setTitle(title)
    for paint in pages:
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return path


def broken(text: str, width: float, size: float = SIZE, font: str = FONT) -> Iterator[str]:
    """Lines of a width in points; long words are hyphenated."""
    line = ""
    words = text.split()
    while words:
        word = words.pop(0)
        tried = f"{line} {word}".strip()
        if stringWidth(tried, font, size) <= width:
            line = tried
            continue
        room = [
            cut
            for cut in range(3, len(word) - 2)
            if word.isalpha()
            and len(word) > LONG
            and stringWidth(f"{line} {word[:cut]}-", font, size) <= width
        ]
        if room:
            yield f"{line} {word[: room[-1]]}-".strip()
            line, words = "", [word[room[-1] :], *words]
        else:
            yield line
            line = word
    if line:
        yield line


def column(
    canvas: Canvas,
    lines: Sequence[str],
    x: float,
    top: float,
    width: float = 0.0,
    size: float = SIZE,
    font: str = FONT,
    leading: float = 1.2,
) -> float:
    """Lines from the top down; justified to the width, if one is given. Returns where they end."""
    y = top
    for index, line in enumerate(lines):
        text = canvas.beginText(x, y)
        text.setFont(font, size)
        gaps = line.count(" ")
        if width and gaps and index + 1 < len(lines):
            text.setWordSpace((width - stringWidth(line, font, size)) / gaps)
        text.textOut(line)
        canvas.drawText(text)
        y -= leading * size
    return y


def columns(text: str, count: int, height: int = 40, size: float = SIZE) -> Paint:
    """A page of so many justified columns of so many lines; one paragraph."""
    gutter = 1.3 * size
    width = (A4[0] - 80 - (count - 1) * gutter) / count

    def paint(canvas: Canvas) -> None:
        lines = list(broken(text, width, size))
        for index, part in enumerate(_batched(lines, height)):
            column(canvas, part, 40 + index * (width + gutter), A4[1] - 80, width, size)

    return paint


def _batched(lines: Sequence[str], count: int) -> list[Sequence[str]]:
    return [lines[start : start + count] for start in range(0, len(lines), count)]


def scan(source: Path, path: Path, dpi: int = 200) -> Path:
    """The same pages as pictures alone."""
    return pdf(path, *(picture(image) for image in images(source, dpi)))


def images(source: Path, dpi: int = 200) -> list[io.BytesIO]:
    made = []
    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            file = io.BytesIO()
            page.render(scale=dpi / 72).to_pil().convert("L").save(file, "JPEG", quality=80)
            made.append(file)
    return made


def picture(image: io.BytesIO, before: Paint | None = None, after: Paint | None = None) -> Paint:
    """A page that is a picture; what is painted before it lies behind it."""
    from reportlab.lib.utils import ImageReader

    def paint(canvas: Canvas) -> None:
        if before:
            before(canvas)
        canvas.drawImage(ImageReader(image), 0, 0, *A4)
        if after:
            after(canvas)

    return paint


def table(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float],
    top: float,
    rules: bool,
    step: float = 18.0,
) -> None:
    """Rows of cells at x positions (one more than columns); with rules between them or none.

    A cell of several lines has them parted by line ends, and its row is as much higher.
    """
    y = top
    for row in rows:
        lines = max(cell.count("\n") + 1 for cell in row)
        for x, cell in zip(xs, row, strict=False):
            for index, line in enumerate(cell.split("\n")):
                canvas.setFont(FONT, SIZE)
                canvas.drawString(x + 3, y - 12 - 11 * index, line)
        below = y - step - 11 * (lines - 1)
        if rules:
            for x, right in itertools.pairwise(xs):
                canvas.rect(x, below, right - x, y - below)
        y = below
