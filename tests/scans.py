"""Scans made of text: pages drawn, turned, made noisy."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

DPI = 200


def printed(lines: list[str], font: Path | None = None) -> bytes:
    """A PDF page with lines of text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    name = "Times-Roman"
    if font:
        name = font.stem
        pdfmetrics.registerFont(TTFont(name, font))
    canvas.setFont(name, 12)
    for number, line in enumerate(lines):
        canvas.drawString(70, 770 - 18 * number, line)
    canvas.save()
    return file.getvalue()


def scanned(pdf: bytes, askew: float = 0.6, noise: float = 15) -> Image.Image:
    """The first page of a PDF as a scanner sees it: a little askew (degrees), grey, noisy."""
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("L")
    turned = drawn.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), np.float64)
    grey += np.random.default_rng(5).normal(0, noise, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def pixels(page: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(page.convert("RGB"))


def file_of(pages: list[Image.Image], kind: str) -> bytes:
    file = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    pages[0].save(file, kind, resolution=DPI, **more)
    return file.getvalue()
