"""Glyphs: the characters of a page as pdfium has them, upright, with what hides them.

Coordinates are PDF points of the page as it is shown, origin at the top left, y downwards. Text
that is turned is given in the coordinates of a page that is turned with it, so that all later
steps see lines that run from left to right; `Glyphs.turn` says by how many quarters.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.ingest.pdf.frame import Floats, Frame, turned

Codes = NDArray[np.uint32]

#: A page of more glyphs is no page to be read (a map, a drawing of letters).
MOST_GLYPHS = 200_000
#: What pdfium sets for a hyphen at the end of a line, and for glyphs that it has no character of.
_SOFT_HYPHEN = 0x00AD
_HYPHENS = (0x02, 0xFFFE, _SOFT_HYPHEN)
_UNKNOWN = (0x00, 0xFFFD, 0xFFFF)
_SPACES = np.array([0x09, 0x0A, 0x0D, 0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000])
_BOLD = 600
#: The turn of glyphs that are off all quarters by more than so many degrees.
SLANTED = 4
_SLANT = 20
#: From so many glyphs one below the other on, text runs from top to bottom.
_VERTICAL_RUN = 4
#: A word has no gap of so much of its height, nor a step back of so much.
_JUMP, _JUMP_BACK = 0.3, 1.5
#: A glyph lower than so much of the one beside it is a dash or a stop.
_FLAT = 0.4
#: The same glyph again within this part of its size is printed over itself to look bold.
_OVERPRINT = 0.12


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one size that follow one another without a space.

    start, stop: their indexes. turn: by how many quarters counter-clockwise they are turned.
    x0, x1, baseline: where they stand, upright. middle: x and y on the page as it is shown. size:
    of the type, in points. object: address of the page object.
    """

    start: int
    stop: int
    turn: int
    x0: float
    x1: float
    baseline: float
    middle: tuple[float, float]
    size: float
    object: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters in the order of the file.

    codes: Unicode; 0 where the file does not say which. boxes: (x0, top, x1, bottom) by the height
    of the font, not of the glyph. space: whether it is white space. size: width and height of the
    page as it is shown.
    """

    codes: Codes
    boxes: Floats
    space: NDArray[np.bool_]
    runs: tuple[Run, ...]
    size: tuple[float, float]


def glyphs(page: pdfium.PdfPage, faint: frozenset[int]) -> Glyphs:
    """The characters of a page; none where the page has no text.

    faint: addresses of text objects that may not be seen; their glyphs are runs of their own.
    """
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MOST_GLYPHS)
        handle = ctypes.cast(text.raw, ctypes.c_void_p).value or 0
        codes = np.fromiter((_UNICODE(handle, i) for i in range(count)), np.uint32, count)
        boxes = np.zeros((count, 4), np.float32)
        address = boxes.ctypes.data
        for index in range(count):
            _LOOSE_BOX(handle, index, address + 16 * index)
        codes[np.isin(codes, _UNKNOWN)] = 0
        codes[np.isin(codes, _HYPHENS)] = _SOFT_HYPHEN
        space = np.isin(codes, _SPACES)
        frame = Frame.of(page)
        shown = frame.shown(boxes)
        turns = _turns(handle, shown, codes, space, frame)
        upright = _upright(shown, turns, frame.size)
        _heighten(upright, space)
        parting = (space, turns, _faint(handle, space, faint))
        runs = tuple(_runs(handle, shown, upright, parting, frame))
        return Glyphs(codes, upright, space, runs, frame.size)
    finally:
        text.close()


def _faint(handle: int, space: NDArray[np.bool_], faint: frozenset[int]) -> NDArray[np.bool_]:
    """Which glyphs are of the text objects that may not be seen."""
    found = np.zeros(len(space), np.bool_)
    for index in np.flatnonzero(~space).tolist() if faint else ():
        found[index] = (_OBJECT(handle, index) or 0) in faint
    return found


def _turns(
    handle: int, boxes: Floats, codes: Codes, space: NDArray[np.bool_], frame: Frame
) -> NDArray[np.int8]:
    """By how many quarters each glyph is turned; vertical writing counts as turned by three.

    What stands across the page (a watermark, names below a chart) is `SLANTED`.
    """
    turns = np.zeros(len(codes), np.int8)
    matrix = raw.FS_MATRIX()
    address = ctypes.addressof(matrix)
    before = np.concatenate(([True], space[:-1]))
    starts = np.flatnonzero(~space & before)
    for start, stop in zip(starts, [*starts[1:], len(codes)], strict=False):
        _MATRIX(handle, int(start), address)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        quarters = degrees / 90 - frame.quarters
        slanted = abs(quarters - round(quarters)) * 90 > _SLANT
        turns[start:stop] = SLANTED if slanted else round(quarters) % 4
    turns[_vertical(boxes, codes, space) & (turns == 0)] = 3
    return turns


def _vertical(boxes: Floats, codes: Codes, space: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Glyphs of East Asian text that runs from top to bottom."""
    found = np.zeros(len(codes), np.bool_)
    seen = np.flatnonzero(~space)
    if len(seen) < _VERTICAL_RUN or not np.any(codes[seen] >= 0x2E80):
        return found
    x, top = boxes[seen, 0], boxes[seen, 1]
    wide = np.maximum(boxes[seen, 2] - x, 1)
    across, down = np.abs(np.diff(x)), np.diff(top)
    east = (codes[seen[:-1]] >= 0x2E80) & (codes[seen[1:]] >= 0x2E80)
    below = east & (across < 0.3 * wide[:-1]) & (down > 0.5 * wide[:-1]) & (down < 2 * wide[:-1])
    begins = np.flatnonzero(below & ~np.concatenate(([False], below[:-1])))
    ends = np.flatnonzero(below & ~np.concatenate((below[1:], [False]))) + 2
    for begin, end in zip(begins, ends, strict=True):
        if end - begin >= _VERTICAL_RUN:
            found[seen[begin] : seen[end - 1] + 1] = True
    return found


def _upright(boxes: Floats, turns: NDArray[np.int8], size: tuple[float, float]) -> Floats:
    made = boxes.copy()
    for quarter in (1, 2, 3):
        mine = turns == quarter
        if mine.any():
            made[mine] = turned(boxes[mine], size, quarter)
    return made


def _runs(
    handle: int,
    shown: Floats,
    upright: Floats,
    parting: tuple[NDArray[np.bool_], NDArray[np.int8], NDArray[np.bool_]],
    frame: Frame,
) -> Iterator[Run]:
    """parting: of each glyph whether it is space, how it is turned, and whether it is faint."""
    turns = parting[1]
    bounds = np.array(list(_bounds(upright, *parting)), np.intp).reshape(-1, 2)
    if not len(bounds):
        return
    starts = bounds[:, 0]
    sizes, weights, objects, origins = _type(handle, starts)
    turn = turns[starts]
    baseline = _upright(frame.shown(origins), turn, frame.size)[:, 1]
    boxes = _around(upright, bounds)
    height = boxes[:, 3] - boxes[:, 1]
    sizes = _plausible(sizes, height)
    inside = (baseline >= boxes[:, 1]) & (baseline <= boxes[:, 3] + 1)
    baseline = np.where(inside, baseline, boxes[:, 3] - 0.2 * height)
    seen = _around(shown, bounds)
    middles = zip(
        ((seen[:, 0] + seen[:, 2]) / 2).tolist(),
        ((seen[:, 1] + seen[:, 3]) / 2).tolist(),
        strict=True,
    )
    rows = zip(
        *bounds.T.tolist(),
        turn.tolist(),
        boxes[:, 0].tolist(),
        boxes[:, 2].tolist(),
        baseline.tolist(),
        middles,
        sizes.tolist(),
        objects,
        weights,
        strict=True,
    )
    yield from itertools.starmap(Run, rows)


def _heighten(boxes: Floats, space: NDArray[np.bool_]) -> None:
    """Give dashes and stops of fonts that hold nothing else the height of the glyph beside them."""
    height = boxes[:, 3] - boxes[:, 1]
    for step in (1, -1):
        beside = np.roll(np.arange(len(boxes)), step)
        low = (height < _FLAT * height[beside]) & ~space & ~space[beside]
        low &= (boxes[:, 1] >= boxes[beside, 1]) & (boxes[:, 3] <= boxes[beside, 3])
        low &= np.abs(boxes[:, 0] - boxes[beside, 2]) < 2 * height[beside]
        boxes[low, 1], boxes[low, 3] = boxes[beside[low], 1], boxes[beside[low], 3]
        height = boxes[:, 3] - boxes[:, 1]


def _plausible(sizes: NDArray[np.float64], height: Floats) -> NDArray[np.float64]:
    """Sizes of type in points, where the file's do not go with the height of the font."""
    large, small = sizes > 3 * height, sizes < 0.3 * height
    sound = sizes[~large & ~small]
    usual = float(np.median(sound)) if len(sound) else 0.0
    return np.where(large & (usual > 0), usual, np.where(large | small, 0.75 * height, sizes))


def _type(
    handle: int, starts: NDArray[np.intp]
) -> tuple[NDArray[np.float64], list[bool], list[int], Floats]:
    """Size in points, boldness, page object and origin (as a box) of glyphs."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    address, at_x, at_y = map(ctypes.addressof, (matrix, x, y))
    # all glyphs of a page object are of one size and weight
    known: dict[int, tuple[float, bool]] = {}
    objects = [_OBJECT(handle, start) or 0 for start in starts.tolist()]
    origins = []
    for start, item in zip(starts.tolist(), objects, strict=True):
        if item not in known or not item:
            _MATRIX(handle, start, address)
            size = _FONT_SIZE(handle, start) * math.hypot(matrix.c, matrix.d)
            known[item] = size, _WEIGHT(handle, start) >= _BOLD
        _ORIGIN(handle, start, at_x, at_y)
        origins.append((x.value, y.value, x.value, y.value))
    sizes = np.array([known[item][0] for item in objects])
    weights = [known[item][1] for item in objects]
    return sizes, weights, objects, np.array(origins, np.float32)


def _around(boxes: Floats, bounds: NDArray[np.intp]) -> Floats:
    """The box around the glyphs of each run."""
    padded = np.concatenate((boxes, boxes[-1:]))
    low = np.minimum.reduceat(padded, bounds.ravel())[::2]
    high = np.maximum.reduceat(padded, bounds.ravel())[::2]
    return np.concatenate((low[:, :2], high[:, 2:]), axis=1)


def _bounds(
    boxes: Floats, space: NDArray[np.bool_], turns: NDArray[np.int8], faint: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Where runs start and stop: at spaces, jumps, and changes of size."""
    seen = np.flatnonzero(~space)
    if not len(seen):
        return
    x0, top, x1, bottom = boxes[seen].T
    height = np.maximum(bottom - top, 0.5)
    least = np.minimum(height[1:], height[:-1])
    gap = x0[1:] - x1[:-1]
    parted = np.diff(seen) > 1
    parted |= (np.diff(turns[seen]) != 0) | (np.diff(faint[seen].astype(np.int8)) != 0)
    parted |= np.abs(np.diff(height)) > 0.12 * least
    parted |= np.abs(np.diff(bottom)) > 0.12 * least
    parted |= (gap > _JUMP * least) & (x1[:-1] - x0[1:] < least)
    parted |= x1[1:] < x0[:-1] - _JUMP_BACK * least
    cuts = [0, *(np.flatnonzero(parted) + 1), len(seen)]
    for first, last in itertools.pairwise(cuts):
        yield int(seen[first]), int(seen[last - 1]) + 1


def overprinted(found: Glyphs, hidden: Callable[[int], bool]) -> NDArray[np.bool_]:
    """Which glyphs are printed over the same again (to look bold, or as a shadow).

    Of a run either the glyphs that it doubles itself, or all of it where it doubles another. What
    is printed over a run that is not seen is what a reader sees.
    """
    shown = ~found.space
    for index, run in enumerate(found.runs):
        if hidden(index):
            shown[run.start : run.stop] = False
    first = _doubled(found, shown)
    again = np.zeros(len(found.codes), np.bool_)
    for run in found.runs if np.any(first >= 0) else ():
        mine = first[run.start : run.stop]
        within = mine >= run.start
        if 2 * np.count_nonzero((mine >= 0) & ~within) > run.stop - run.start:
            again[run.start : run.stop] = True
        else:
            again[run.start : run.stop] = within
    return again


def _doubled(found: Glyphs, shown: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Of each glyph the index of the one that it is printed over; -1 where it is not."""
    doubled = np.full(len(found.codes), -1, np.intp)
    if not len(found.codes):
        return doubled
    x, y = found.boxes[:, 0], found.boxes[:, 1]
    near = np.maximum(found.boxes[:, 3] - y, 1) * _OVERPRINT
    order = np.lexsort((x, np.round(y / 2), found.codes))
    order = order[shown[order]]
    first, second = order[:-1], order[1:]
    same = (
        (found.codes[first] == found.codes[second])
        & (np.abs(x[first] - x[second]) < near[first])
        & (np.abs(y[first] - y[second]) < near[first])
        # one glyph that stands for two letters (a ligature) has the same box twice
        & ((np.abs(first - second) > 1) | np.any(found.boxes[first] != found.boxes[second], axis=1))
    )
    doubled[np.maximum(first, second)[same]] = np.minimum(first, second)[same]
    return doubled


def _prototype(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium that takes addresses as numbers: half the time of ctypes' own way."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    called: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return called


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_UNICODE = _prototype(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_LOOSE_BOX = _prototype(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_OBJECT = _prototype(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_MATRIX = _prototype(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_FONT_SIZE = _prototype(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_ORIGIN = _prototype(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_WEIGHT = _prototype(raw.FPDFText_GetFontWeight, _INT, _POINTER, _INT)
