"""The date that a document bears, in `documents.csv` and for what it calls future."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import read
from pipeline.records import Document
from pipeline.relate.dateline import document_date
from pipeline.resolve import resolve
from pipeline.resources import load
from pipeline.tag import tag


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("GRAZ, 4 May 2021 – The council met on Monday.\n\nIt meets again.", "2021-05-04"),
        ("Harbour News | 4 May 2021\n\nA new quay\n\nIt opened in 2019.", "2021-05-04"),
        ("THE HARBOUR POST        Saturday, May 4, 1963\n\nThe quay was opened.", "1963-05-04"),
        ("Words by Mayor Ann Lee at the lunch for the guests in the great hall of the old mill, "
         "Graz, 4 May 2021\n\nFriends, sit down.", "2021-05-04"),
        ("Новости | 4 мая 2021 года\n\nОткрыли причал\n\nОткрыли в 2019 году.", "2021-05-04"),
        ("格拉茨市外事简报\n\n2021年第5期\n\n一、旧友\n\n1998年5月4日两市结好。", "2021"),
        ("Journal of Harbours, vol. 12, no. 3 (2016)\n\nQuays of the north\n\nIn 1998 all began.",
         "2016"),
        ("Port of Graz\n\nAnnual report 2019\n\nThe quay was opened on 4 May 2018.", "2019"),
        ("The quay\n\nOn 4 May 1998 the two cities signed the first of many agreements.", ""),
        ("The quay\n\nGround-breaking | 4 May 2019\nOpening | 8 June 2021", ""),
        ("格拉茨与佩奇\n\n格拉茨与佩奇相距不远。1998年5月4日两市结好。", ""),
    ],
)  # fmt: skip
def test_the_date_of_a_document(tmp_path: Path, text: str, date: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text + "\n", "utf-8", newline="")
    document = read(path, path.name)
    assert isinstance(document, Document)
    assert document_date(resolve(tag(document, load()), load())) == date
