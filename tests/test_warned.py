"""What parsers warn of is told of the file that they read, and never printed."""

from __future__ import annotations

import logging
import os
import warnings

import pytest

from pipeline.ingest.warned import collected, notices


def test_all_ways_to_warn_are_collected_and_none_is_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with collected() as told:
        logging.getLogger("some.parser").warning("xref is %s", "broken")
        warnings.warn("page 3 cannot be read", UserWarning, stacklevel=1)
        os.write(2, b"a C library: premature end of data\n")
    assert len(told) == 3
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (["Data is corrupted at 0x7f33a0"], "Data is corrupted at ..."),
        (["/tmp/x1y2/a.tif: file truncated"], "...: file truncated"),
        (["unexpected end of stream"] * 3, "(unexpected end of stream)"),
        (["Unknown extension is not supported and will be removed"], ""),
    ],
)
def test_only_damage_is_told_and_the_same_from_run_to_run(told: list[str], named: str) -> None:
    found = notices(told)
    assert [notice.check for notice in found] == (["damaged_part"] if named else [])
    assert all(named in notice.message for notice in found)


def test_many_complaints_make_one_line() -> None:
    (notice,) = notices([f"object {number}\nis damaged" for number in range(50)])
    assert "\n" not in notice.message
    assert "47 more" in notice.message
