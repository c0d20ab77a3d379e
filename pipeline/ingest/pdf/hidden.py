"""Which text a reader of the page does not see, and which of it is the text layer of a scan."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
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
#: Of more figures on a page the largest count.
_MOST_FIGURES = 500
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
    covered, backed = _layers(found, shown)
    sights = tuple(
        _sight(run, found.size, drawn, hidden, dark)
        for run, hidden, dark in zip(found.runs, covered, backed, strict=True)
    )
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


def _layers(found: Glyphs, shown: Figures) -> tuple[list[bool], list[bool]]:
    """Of each run whether something opaque is drawn over it, or something dark under it."""
    figures = sorted(shown.figures, key=lambda f: _area(f.box))[-_MOST_FIGURES:]
    if not figures or not found.runs:
        return [False] * len(found.runs), [False] * len(found.runs)
    x, y = np.array([run.middle for run in found.runs]).T[:, :, None]
    order = np.array([shown.drawn.get(run.object, -1) for run in found.runs])[:, None]
    boxes = np.array([(f.box.x0, f.box.top, f.box.x1, f.box.bottom) for f in figures]).T
    holds = (boxes[0] <= x) & (x <= boxes[2]) & (boxes[1] <= y) & (y <= boxes[3])
    later = np.array([f.order for f in figures]) > order
    opaque = np.array([f.opaque for f in figures])
    dark = np.array([f.is_image or not f.white for f in figures])
    over = (holds & later & opaque & (order >= 0)).any(axis=1)
    under = (holds & ~(later & (order >= 0)) & dark).any(axis=1)
    return over.tolist(), under.tolist()


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _sight(
    run: Run, size: tuple[float, float], drawn: dict[int, Drawn], covered: bool, backed: bool
) -> Sight:
    """covered: by something opaque. backed: by something dark."""
    x, y = run.middle
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return "outside"
    if run.size < _SPECK:
        return "pale"
    if covered:
        return "behind"
    mode, colour = drawn.get(run.object) or drawn.setdefault(run.object, _drawn(run.object))
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return "invisible"
    stroked = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    if colour and not stroked:
        if colour[3] == 0:
            return "invisible"
        if is_white(colour) and not backed:
            return "pale"
    return "seen"


def _drawn(address: int) -> Drawn:
    """How a text object is drawn, and its colour."""
    if not address:
        return raw.FPDF_TEXTRENDERMODE_FILL, None
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    return raw.FPDFTextObj_GetTextRenderMode(item), colour_of(item)
