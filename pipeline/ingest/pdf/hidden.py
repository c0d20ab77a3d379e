"""Which text a reader of the page does not see, and which of it is the text layer of a scan."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pypdfium2.raw as raw

from pipeline.ingest.pdf.figures import Figures, colour_of, is_white
from pipeline.ingest.pdf.glyphs import Glyphs, Run
from pipeline.records import Box

#: How a text object is drawn (`FPDF_TEXTRENDERMODE_…`), and its colour.
Drawn = tuple[int, tuple[int, int, int, int] | None]
Sight = Literal["seen", "invisible", "behind", "outside", "pale"]

#: Type of this size in points is a speck.
_SPECK = 1.5
#: From this share of the page on an image is a scan of it.
SCAN = 0.5
#: A text layer has so many runs at least, and the text beside it no more than this share of them.
_LAYER, _BESIDE = 8, 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """sights: of each run. layer: whether what is invisible is the text layer of a scan."""

    sights: tuple[Sight, ...]
    layer: bool

    def hides(self, index: int) -> bool:
        sight = self.sights[index]
        return sight != "seen" and not (self.layer and sight in ("invisible", "behind"))


def seen(found: Glyphs, shown: Figures) -> Seen:
    """What a reader sees of the runs of a page."""
    drawn: dict[int, Drawn] = {}
    sights = tuple(_sight(run, found, shown, drawn) for run in found.runs)
    counts = Counter(sights)
    hidden = counts["invisible"] + counts["behind"]
    layer = (
        hidden >= _LAYER
        and counts["seen"] <= _BESIDE * hidden
        and scanned(shown, found.size) >= SCAN
    )
    return Seen(sights, layer)


def scanned(shown: Figures, size: tuple[float, float]) -> float:
    """Share of the page that images cover."""
    area = max(size[0] * size[1], 1.0)
    covered = 0.0
    for image in shown.images:
        wide = min(image.box.x1, size[0]) - max(image.box.x0, 0)
        high = min(image.box.bottom, size[1]) - max(image.box.top, 0)
        covered += max(wide, 0) * max(high, 0)
    return min(covered / area, 1.0)


def _sight(run: Run, found: Glyphs, shown: Figures, drawn: dict[int, Drawn]) -> Sight:
    x, y = run.middle
    if not (0 <= x <= found.size[0] and 0 <= y <= found.size[1]):
        return "outside"
    if run.size < _SPECK:
        return "pale"
    mode, colour = drawn.get(run.object) or drawn.setdefault(run.object, _drawn(run.object))
    order = shown.drawn.get(run.object, -1)
    around = [f for f in shown.figures if _holds(f.box, x, y)] if shown.figures else []
    if order >= 0 and any(f.opaque and f.order > order for f in around):
        return "behind"
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return "invisible"
    stroked = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    if colour and not stroked:
        if colour[3] == 0:
            return "invisible"
        dark = any(f.is_image or not f.white for f in around if f.order < order or order < 0)
        if is_white(colour) and not dark:
            return "pale"
    return "seen"


def _drawn(address: int) -> Drawn:
    """How a text object is drawn, and its colour."""
    if not address:
        return raw.FPDF_TEXTRENDERMODE_FILL, None
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    return raw.FPDFTextObj_GetTextRenderMode(item), colour_of(item)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
