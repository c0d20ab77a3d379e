"""Pictures of pages: PNG, JPEG, WebP, and TIFF of many pages.

Each page becomes one of a PDF without text, and is read as a scan that came as PDF.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from pipeline.ingest import pdf
from pipeline.ingest.format import Format, Reading, Unreadable, parsing
from pipeline.records import RawDocument

#: An A3 page at 600 dpi has 70 million pixels.
_MOST_PIXELS, _MOST_PAGES = 100_000_000, 1000
#: A longer side than this many pixels adds nothing to recognition.
_LONGEST = 5000
#: PDF points of a pixel: at 200 dpi, at which a page of A4 has 1654 by 2339 pixels.
_POINTS = 72 / 200
#: Of JPEG, in which pages go into the PDF: nothing that recognition would see is lost.
_QUALITY = 95


def _open(
    media_type: str, document_id: str, name: str, content: bytes, reading: Reading
) -> RawDocument:
    if reading.ocr == "never":
        raise Unreadable("is a picture; allow recognition of its text with --ocr auto")
    with parsing("picture"):
        try:
            with Image.open(io.BytesIO(content)) as picture:
                scan = _scan(_pages(picture))
        except Image.DecompressionBombError:
            reason = f"is too large; save it with {_LONGEST} pixels on its longer side"
            raise Unreadable(reason) from None
    raw = pdf.FORMAT.open(document_id, name, scan, Reading("always"))
    return replace(raw, media_type=media_type)


def _pages(picture: Image.Image) -> Iterator[Image.Image]:
    """The pages of a picture, upright, on white, no larger than recognition asks for.

    Of other formats than TIFF the first frame is the page; the others move.
    """
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number and picture.format != "TIFF":
            break
        if number == _MOST_PAGES:
            raise Unreadable(f"has more than {_MOST_PAGES} pages; split it")
        if frame.width * frame.height > _MOST_PIXELS:
            size = f"{frame.width} by {frame.height} pixels"
            raise Unreadable(f"has a page of {size}; save it with {_LONGEST} on its longer side")
        page = ImageOps.exif_transpose(frame)
        if page.has_transparency_data:
            page = page.convert("RGBA")
            page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
        page = page.convert("RGB")
        page.thumbnail((_LONGEST, _LONGEST))
        yield page


def _scan(pages: Iterator[Image.Image]) -> bytes:
    """A PDF of pictures."""
    document, made = pypdfium2.PdfDocument.new(), io.BytesIO()
    for picture in pages:
        width, height = (size * _POINTS for size in picture.size)
        drawn, page = pypdfium2.PdfImage.new(document), document.new_page(width, height)
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=_QUALITY)
        drawn.load_jpeg(file, inline=True)
        drawn.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(drawn)
        page.gen_content()
        page.close()
    document.save(made)
    return made.getvalue()


def _begins(*with_: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(with_)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _format(media_type: str, suffixes: tuple[str, ...], fits: Callable[[bytes], bool]) -> Format:
    return Format(media_type, suffixes, fits, partial(_open, media_type))


FORMATS = (
    _format("image/png", (".png",), _begins(b"\x89PNG\r\n\x1a\n")),
    _format("image/jpeg", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
    _format("image/tiff", (".tif", ".tiff"), _begins(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    _format("image/webp", (".webp",), _is_webp),
)
