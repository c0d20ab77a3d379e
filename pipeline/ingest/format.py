"""What a file format is, and how files are to be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pipeline.records import RawDocument

#: Which pages have their text recognised: those that need it, all, or none.
Ocr = Literal["auto", "always", "never"]


class Unreadable(Exception):  # noqa: N818 - it describes a file, no fault of the program
    """A file that cannot be opened; the message says what is wrong and what to do."""


def printable(name: str) -> str:
    """The name of a file on one line, in characters that UTF-8 has, however it is called."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


#: Why a file is not read whose parser finds no text in it.
NO_TEXT = "holds no text (pictures alone?); run text recognition on it first"


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Tell whatever a parser raises as damage of the file: it may break anywhere.

    what: the kind of file, "Word file". Raises `Unreadable`; a lack of memory stays what it is.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(f"is a damaged {what} ({type(error).__name__}); save it again") from None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read, as its user asks."""

    ocr: Ocr = "auto"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how to recognise its content and how to open it.

    open: (document_id, name, content, reading) -> RawDocument; raises `Unreadable`. allows: whether
    content may be of this format if the file is named by one of its suffixes, where content alone
    does not tell (a list with commas may be a text); None where it does.
    """

    media_type: str
    suffixes: tuple[str, ...]
    fits: Callable[[bytes], bool]
    open: Callable[[str, str, bytes, Reading], RawDocument]
    allows: Callable[[bytes], bool] | None = None
