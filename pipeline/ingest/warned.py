"""What parsers warn of while they read one file: collected, so that it is told of that file.

Python's warnings, log records, and what C libraries print on standard error.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.records import Notice

#: Words by which a parser says that it could not read a part; of the rest no reader needs to know.
_DAMAGE = re.compile(
    r"damage|corrupt|truncat|malformed|broken|premature|unreadable"
    r"|unexpected(ly)? end|(could|can) ?not (be )?(read|decode|decompress|load|open)",
    re.IGNORECASE,
)
#: What differs from run to run: addresses in memory, names of temporary files.
_CHANGING = re.compile(r"\b0x[0-9a-f]+\b|(/[^\s/'\":]+){2,}", re.IGNORECASE)
#: Of a parser's messages: so many, each so long, and no more printed than so many bytes.
_MESSAGES, _LENGTH, _PRINTED = 3, 160, 1 << 16


class _Collector(logging.Handler):
    """Takes warnings and errors of all loggers; `logging` asks for a class."""

    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.into = into

    def emit(self, record: logging.LogRecord) -> None:
        self.into.append(record.getMessage())


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect what is warned of in the block; nothing of it reaches the screen.

    The list is filled when the block ends. Only one block at a time in a process.
    """
    told: list[str] = []
    root, handler = logging.getLogger(), _Collector(told)
    root.addHandler(handler)
    try:
        with warnings.catch_warnings(record=True) as seen, _printed(told):
            warnings.simplefilter("always")
            yield told
        told += [str(w.message) for w in seen if issubclass(w.category, UserWarning)]
    finally:
        root.removeHandler(handler)


@contextmanager
def _printed(told: list[str]) -> Iterator[None]:
    """What anything prints on standard error, even a C library."""
    if sys.stderr is None:
        # closed by the caller
        yield
        return
    with tempfile.TemporaryFile() as file:
        sys.stderr.flush()
        screen = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(screen, 2)
            os.close(screen)
            file.seek(0)
            told += file.read(_PRINTED).decode("utf-8", "replace").splitlines()


def notices(told: Sequence[str]) -> tuple[Notice, ...]:
    """One notice of the parts that a parser could not read; none where it complains of less."""
    plain = (" ".join(_CHANGING.sub("...", message).split())[:_LENGTH] for message in told)
    damage = sorted({message for message in plain if _DAMAGE.search(message)})
    if not damage:
        return ()
    more = f"; and {len(damage) - _MESSAGES} more" if len(damage) > _MESSAGES else ""
    message = (
        f"a part could not be read ({'; '.join(damage[:_MESSAGES])}{more}); "
        "compare the text with the file, or deliver it again"
    )
    return (Notice("damaged_part", message),)
