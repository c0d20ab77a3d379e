"""Figures: what a page shows besides text, in the order it is drawn: rules, images, areas."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.pdf.frame import Frame
from pipeline.records import Box

#: A page of more objects is a drawing: what comes later in it is not looked at.
_MOST_OBJECTS = 60_000
#: Forms within forms, at most.
_DEEPEST = 4
#: A rule is no thicker, in points; an area is no smaller.
_RULE, _AREA = 2.5, 4.0
#: A path of no more points is a line or a box; of more, so many are looked at on a page.
_PLAIN, _MOST_POINTS = 6, 20_000
#: Paths that clip an object, and points of each, at most.
_MOST_CLIPS = 16
_WHITE = 248
#: Ways of drawing text that leave ink.
_INKED = (
    raw.FPDF_TEXTRENDERMODE_FILL,
    raw.FPDF_TEXTRENDERMODE_STROKE,
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
)

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image or a filled area. order: when it is drawn. opaque: it hides what is below."""

    box: Box
    order: int
    is_image: bool
    opaque: bool
    white: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """rules: thin lines, sides of boxes too. shades: sides of filled areas without an outline.

    drawn: when an object, by its address, is drawn last. faint: addresses of text that may leave no
    ink, or white.
    """

    rules: tuple[Box, ...]
    shades: tuple[Box, ...]
    figures: tuple[Figure, ...]
    drawn: dict[int, int]
    faint: frozenset[int] = frozenset()

    @property
    def images(self) -> list[Figure]:
        return [f for f in self.figures if f.is_image]


def figures(page: pdfium.PdfPage) -> Figures:
    """Rules, images and areas of a page as it is shown."""
    frame = Frame.of(page)
    rules: list[Box] = []
    shades: list[Box] = []
    found: list[Figure] = []
    drawn: dict[int, int] = {}
    faint: set[int] = set()
    points = _MOST_POINTS
    texts: dict[tuple[int, ...], list[int]] = {}
    for order, (item, kind, matrix) in enumerate(_objects(page.raw, _SAME, 0)):
        address = ctypes.cast(item, ctypes.c_void_p).value or 0
        drawn[address] = order
        if kind == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetBounds(item, *_EDGES):
            same = texts.setdefault(tuple(round(2 * edge.value) for edge in _EDGES), [])
            same.append(address)
            if raw.FPDFTextObj_GetTextRenderMode(item) not in _INKED or _is_faint(item):
                faint.add(address)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        box = _box(item, matrix, frame)
        if box is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.append(Figure(box, order, True, not raw.FPDFPageObj_HasTransparency(item)))
        else:
            count = raw.FPDFPath_CountSegments(item)
            if _PLAIN < count <= points:
                points -= count
                rules += _strokes(item, count, matrix, frame)
            elif count <= _PLAIN:
                (shades if _is_shade(item, box) else rules).extend(_sides(box))
            if min(box.x1 - box.x0, box.bottom - box.top) > _AREA:
                clipped = _clipped(item, box, frame) if matrix is _SAME else box
                found += _filled(item, clipped, order)
    # pdfium has the glyphs of text that is painted again at its place only once
    for same in texts.values():
        drawn |= dict.fromkeys(same, drawn[same[-1]])
    return Figures(tuple(rules), tuple(shades), tuple(found), drawn, frozenset(faint))


def _is_faint(item: raw.FPDF_PAGEOBJECT) -> bool:
    colour = colour_of(item)
    return colour is not None and (not colour[3] or is_white(colour))


def _objects(
    holder: object, matrix: Matrix, depth: int
) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int, Matrix]]:
    count = raw.FPDFFormObj_CountObjects if depth else raw.FPDFPage_CountObjects
    get = raw.FPDFFormObj_GetObject if depth else raw.FPDFPage_GetObject
    for index in range(min(count(holder), _MOST_OBJECTS)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        yield item, kind, matrix
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, own)
            inner = (own.a, own.b, own.c, own.d, own.e, own.f)
            yield from _objects(item, _after(inner, matrix), depth + 1)


def _after(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )


_EDGES = tuple(ctypes.c_float() for _ in range(4))


def _box(item: raw.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame) -> Box | None:
    if not raw.FPDFPageObj_GetBounds(item, *_EDGES):
        return None
    left, bottom, right, top = (edge.value for edge in _EDGES)
    if matrix is not _SAME:
        a, b, c, d, e, f = matrix
        corners = [(x, y) for x in (left, right) for y in (bottom, top)]
        across = [a * x + c * y + e for x, y in corners]
        up = [b * x + d * y + f for x, y in corners]
        left, bottom, right, top = min(across), min(up), max(across), max(up)
    return frame.shown_box(left, bottom, right, top)


def _clipped(item: raw.FPDF_PAGEOBJECT, box: Box, frame: Frame) -> Box:
    """The part of a box that the page's program lets be painted: that of a row, of a cell."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    for path in range(min(raw.FPDFClipPath_CountPaths(clip), _MOST_CLIPS) if clip else 0):
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        points = [
            _point(raw.FPDFClipPath_GetPathSegment(clip, path, index))
            for index in range(min(count, _MOST_CLIPS))
        ]
        if points and count <= _MOST_CLIPS:
            across, up = zip(*points, strict=True)
            hole = frame.shown_box(min(across), min(up), max(across), max(up))
            box = Box(
                max(box.x0, hole.x0),
                max(box.top, hole.top),
                min(box.x1, hole.x1),
                min(box.bottom, hole.bottom),
            )
    return box


def _point(segment: raw.FPDF_PATHSEGMENT) -> tuple[float, float]:
    raw.FPDFPathSegment_GetPoint(segment, *_EDGES[:2])
    return _EDGES[0].value, _EDGES[1].value


def _strokes(item: raw.FPDF_PAGEOBJECT, count: int, matrix: Matrix, frame: Frame) -> Iterator[Box]:
    """Rules that a program has put into one path, as all lines of a table."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    a, b, c, d, e, f = _after((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    stroke: list[tuple[float, float]] = []
    for index in range(count + 1):
        segment = raw.FPDFPath_GetPathSegment(item, index) if index < count else None
        kind = raw.FPDFPathSegment_GetType(segment) if segment else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if 2 <= len(stroke) <= _PLAIN:
                across, up = zip(*stroke, strict=True)
                box = frame.shown_box(min(across), min(up), max(across), max(up))
                yield from _sides(box)
            stroke = []
        if segment:
            x, y = _point(segment)
            stroke.append((a * x + c * y + e, b * x + d * y + f))
            if kind == raw.FPDF_SEGMENT_BEZIERTO:
                stroke += [(x, y)] * _PLAIN


def _sides(box: Box) -> list[Box]:
    """A thin path as a rule, the sides of a box as four."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if min(wide, high) <= _RULE:
        return [box] if max(wide, high) > _AREA else []
    return [
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    ]


def _is_shade(item: raw.FPDF_PAGEOBJECT, box: Box) -> bool:
    """Whether a box is filled and has no outline."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    thick = min(box.x1 - box.x0, box.bottom - box.top) > _RULE
    return thick and bool(raw.FPDFPath_GetDrawMode(item, mode, stroked)) and not stroked.value


def _filled(item: raw.FPDF_PAGEOBJECT, box: Box, order: int) -> list[Figure]:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    colour = colour_of(item)
    if not mode.value or colour is None or not colour[3]:
        return []
    # an outline of curves does not cover all of its box
    plain = raw.FPDFPath_CountSegments(item) <= _PLAIN
    opaque = plain and colour[3] == 255 and not raw.FPDFPageObj_HasTransparency(item)
    return [Figure(box, order, False, opaque, min(colour[:3]) >= _WHITE)]


_CHANNELS = tuple(ctypes.c_uint() for _ in range(4))


def colour_of(item: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int, int] | None:
    """Red, green, blue and opacity (0 to 255) that an object is filled with."""
    if not raw.FPDFPageObj_GetFillColor(item, *_CHANNELS):
        return None
    red, green, blue, alpha = (channel.value for channel in _CHANNELS)
    return red, green, blue, alpha


def is_white(colour: tuple[int, int, int, int]) -> bool:
    return min(colour[:3]) >= _WHITE
