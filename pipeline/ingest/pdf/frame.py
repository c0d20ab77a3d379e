"""Frames: from the coordinates of the file to those of a page as it is shown, upright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.records import Box

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is shown, and by how many quarters clockwise it is turned."""

    left: float
    bottom: float
    width: float
    height: float
    quarters: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Frame:
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right - left, top - bottom, page.get_rotation() // 90)

    @property
    def size(self) -> tuple[float, float]:
        return (self.width, self.height) if self.quarters % 2 == 0 else (self.height, self.width)

    def shown(self, boxes: Floats) -> Floats:
        """Boxes (left, top, right, bottom) of the file, as (x0, top, x1, bottom) of the page."""
        # the same as `shown_box`, for all glyphs at once
        left, right = boxes[:, 0] - self.left, boxes[:, 2] - self.left
        low, high = boxes[:, 3] - self.bottom, boxes[:, 1] - self.bottom
        match self.quarters:
            case 0:
                columns = (left, self.height - high, right, self.height - low)
            case 1:
                columns = (low, left, high, right)
            case 2:
                columns = (self.width - right, low, self.width - left, high)
            case _:
                columns = (
                    self.height - high,
                    self.width - right,
                    self.height - low,
                    self.width - left,
                )
        return np.stack(columns, axis=1)

    def shown_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """One box of the file as it is shown."""
        left, right = left - self.left, right - self.left
        low, high = bottom - self.bottom, top - self.bottom
        match self.quarters:
            case 0:
                return Box(left, self.height - high, right, self.height - low)
            case 1:
                return Box(low, left, high, right)
            case 2:
                return Box(self.width - right, low, self.width - left, high)
            case _:
                return Box(
                    self.height - high, self.width - right, self.height - low, self.width - left
                )


def turned(boxes: Floats, size: tuple[float, float], quarters: int) -> Floats:
    """Boxes of a page of that size, on the page that is turned clockwise by so many quarters.

    Text that is turned counter-clockwise by as many stands upright there.
    """
    x0, top, x1, bottom = boxes.T
    width, height = size
    match quarters % 4:
        case 1:
            columns = (height - bottom, x0, height - top, x1)
        case 2:
            columns = (width - x1, height - bottom, width - x0, height - top)
        case 3:
            columns = (top, width - x1, bottom, width - x0)
        case _:
            columns = (x0, top, x1, bottom)
    return np.stack(columns, axis=1)


def turned_boxes(boxes: Sequence[Box], size: tuple[float, float], quarters: int) -> list[Box]:
    """The same of `Box`es."""
    if not boxes or not quarters:
        return list(boxes)
    corners = np.array([(b.x0, b.top, b.x1, b.bottom) for b in boxes], np.float32)
    made = turned(corners, size, quarters)
    low, high = np.minimum(made[:, :2], made[:, 2:]), np.maximum(made[:, :2], made[:, 2:])
    return [Box(*box) for box in np.concatenate((low, high), axis=1).tolist()]
