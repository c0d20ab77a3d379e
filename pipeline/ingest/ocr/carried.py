"""RapidOCR by the models that come with its package: Latin, Greek, Chinese, Japanese.

Its parts are used one by one: whole, it turns denormal numbers into a tenfold time of the detector
(`_session`), and fetches a model from the network that it does not find.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import fmean
from typing import Any
from unicodedata import east_asian_width

from pipeline.ingest.ocr.lines import Found, Image, Level, Recognised, cut

_FINDING, _READING = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
#: Of a model. More of them read a page no faster.
_THREADS = 2
#: The page is made so large (pixels of its longer side) to find its lines.
_FIND_AT = 1280
#: What the model reads: lines of this height in pixels. Made narrower by this factor they are read
#: faster, and as well.
_HEIGHT, _SQUEEZE = 48, 0.85
#: Width of a Chinese character in a line that is cut so, in pixels; others have half of it.
_WIDE = 26.0
#: Characters of a known script cover nearly all of their line, others come back as blanks.
COVERED = 0.4
_LONG_HEIGHTS = 5
#: A gap of this many heights between two characters parts words, whatever was read between.
_GAP_HEIGHTS = 1.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read.

    confidences, centres: of each character; where it stands, as a fraction of the line's width.
    coverage: how much of the width the characters need.
    """

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]
    coverage: float

    @property
    def confidence(self) -> float:
        return fmean(self.confidences) if self.confidences else 0.0


def find(image: Image) -> list[Found]:
    """The lines of text in a picture, as they lie."""
    boxes = _apart(lambda: _finder()(image).boxes)
    return [] if boxes is None else [_found(box) for box in boxes]


def read(image: Image, found: Found) -> Line:
    """A line of a picture, read."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    piece = cut(image, found, _HEIGHT, _SQUEEZE)
    told = _apart(lambda: _reader()(TextRecInput(img=[piece], return_word_box=True)))
    text, info = told.txts[0], told.word_results[0]
    steps = [step for word in info.word_cols for step in word]
    at = iter((step + 0.5) / info.line_txt_len for step in steps)
    # blanks have no place of their own
    centres = tuple(0.0 if character.isspace() else next(at) for character in text)
    width = sum(
        _WIDE if east_asian_width(c) in "WF" else _WIDE / 2 for c in text if not c.isspace()
    )
    return Line(text, tuple(info.confs), centres, width / piece.shape[1])


def is_strange(found: Found, line: Line) -> bool:
    """Whether a line is in a script that the models do not know; short ones are not judged."""
    return line.coverage < COVERED and found.width > _LONG_HEIGHTS * found.height


def words(found: Found, line: Line, level: Level) -> list[Recognised]:
    """The words of a line that was read, with their boxes on the page put level."""
    gap = _GAP_HEIGHTS * found.height / max(found.width, 1.0)
    parts: list[list[int]] = []
    for at, character in enumerate(line.text):
        if character.isspace():
            continue
        goes_on = parts and parts[-1][-1] == at - 1
        if goes_on and line.centres[at] - line.centres[at - 1] < gap:
            parts[-1].append(at)
        else:
            parts.append([at])
    return [_word(found, line, level, part) for part in parts]


def _word(found: Found, line: Line, level: Level, part: list[int]) -> Recognised:
    first, last = line.centres[part[0]], line.centres[part[-1]]
    text = "".join(line.text[at] for at in part)
    wide = (
        found.height / max(found.width, 1.0) * (1.0 if east_asian_width(text[0]) in "WF" else 0.5)
    )
    half = (last - first) / (len(part) - 1) / 2 if len(part) > 1 else wide / 2
    piece = found.part(max(0.0, first - half), min(1.0, last + half))
    sure = fmean(line.confidences[at] for at in part)
    return Recognised(text, level.box(piece), round(sure, 3))


def _found(box: Any) -> Found:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return Found((a, b, c, d))


def _apart(of: Callable[[], Any]) -> Any:
    """What a call gives, made in the engine's own thread.

    A session that takes denormal numbers for zero sets its thread's arithmetic so, for good.
    """
    return _thread().submit(of).result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "recognition")


@cache
def _finder() -> Any:
    from rapidocr.ch_ppocr_det import TextDetector

    settings = _settings().Det
    settings.limit_type, settings.limit_side_len = "max", _FIND_AT
    settings.session = _session(_FINDING)
    return TextDetector(settings)


@cache
def _reader() -> Any:
    from rapidocr.ch_ppocr_rec import TextRecognizer

    settings = _settings().Rec
    # of pictures for show, which are not made
    settings.font_path = None
    settings.session = _session(_READING)
    return TextRecognizer(settings)


def _settings() -> Any:
    """As the package has them, open for sessions."""
    from omegaconf import OmegaConf
    from rapidocr.main import DEFAULT_CFG_PATH
    from rapidocr.utils.parse_parameters import ParseParams

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    opened = OmegaConf.create({}, flags={"allow_objects": True})
    return OmegaConf.merge(opened, ParseParams.load(DEFAULT_CFG_PATH))


def _session(model: str) -> Any:
    """A model of the package."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    # the other core may have a page of its own
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # tiny numbers, of which a blank page is full, take the detector ten times as long
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    path = files("rapidocr") / "models" / model
    return onnxruntime.InferenceSession(
        path.read_bytes(), options, providers=["CPUExecutionProvider"]
    )
