"""Lines of text in a picture: cut out, turned, put level."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Point = tuple[float, float]
#: (x0, top, x1, bottom) in pixels.
PixelBox = tuple[float, float, float, float]
#: A line is taller than wide from this ratio: it stands upright or runs down the page.
_TALL = 1.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word of a picture. box: (x0, top, x1, bottom) in pixels. confidence: from 0 to 1."""

    text: str
    box: PixelBox
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """Where a line of text lies: its corners from the top left one clockwise, in pixels."""

    corners: tuple[Point, Point, Point, Point]

    @property
    def width(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[0], self.corners[3])

    def part(self, start: float, end: float) -> Found:
        """The part between two fractions of its width."""
        left, right, below, bottom = self.corners
        return Found(
            (
                _between(left, right, start),
                _between(left, right, end),
                _between(bottom, below, end),
                _between(bottom, below, start),
            )
        )


@dataclass(frozen=True, slots=True)
class Level:
    """How far a page is askew. centre: the point about which it is turned; angle in radians."""

    centre: Point
    angle: float

    @classmethod
    def of(cls, page: Image, found: list[Found]) -> Level:
        """As the longer half of the lines has it."""
        longer = sorted(found, key=lambda line: line.width)[len(found) // 2 :]
        height, width = page.shape[:2]
        return cls((width / 2, height / 2), median(_angle(line) for line in longer))

    def box(self, found: Found) -> PixelBox:
        """The box of a piece of a line on the page put level."""
        turned = [self._turned(corner) for corner in found.corners]
        tops, bottoms = sorted(y for _, y in turned)[:2], sorted(y for _, y in turned)[2:]
        return (
            min(x for x, _ in turned),
            sum(tops) / 2,
            max(x for x, _ in turned),
            sum(bottoms) / 2,
        )

    def straight(self, page: Image) -> Image:
        """The page itself put level."""
        import cv2

        height, width = page.shape[:2]
        turn = cv2.getRotationMatrix2D(self.centre, math.degrees(self.angle), 1.0)
        made: Any = cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(made, np.uint8)

    def _turned(self, point: Point) -> Point:
        x, y = point[0] - self.centre[0], point[1] - self.centre[1]
        cos, sin = math.cos(-self.angle), math.sin(-self.angle)
        return self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos


def lies_in(inner: PixelBox, outer: PixelBox) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def sideways(found: list[Found]) -> bool:
    """Whether most of the text runs up or down the page."""
    tall = sum(f.width * f.height for f in found if f.height > _TALL * f.width)
    return tall > sum(f.width * f.height for f in found) / 2


def scaled(image: Image, factor: float) -> Image:
    """The picture made smaller."""
    import cv2

    if factor >= 1:
        return image
    made: Any = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(made, np.uint8)


def cut(image: Image, found: Found, height: int, squeeze: float) -> Image:
    """A line alone, `height` pixels high, its width in proportion times `squeeze`."""
    import cv2

    width = max(8, round(found.width * squeeze * height / max(found.height, 1)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    change = cv2.getPerspectiveTransform(np.array(found.corners, np.float32), corners)
    made: Any = cv2.warpPerspective(
        image, change, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(made, np.uint8)


def _angle(line: Found) -> float:
    (x0, y0), (x1, y1) = line.corners[:2]
    return math.atan2(y1 - y0, x1 - x0)


def _between(a: Point, b: Point, fraction: float) -> Point:
    return a[0] + (b[0] - a[0]) * fraction, a[1] + (b[1] - a[1]) * fraction
