"""The date that a document bears, in `documents.csv` and for what it calls future."""

from __future__ import annotations

from dataclasses import replace
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
        ("The quay\n\nIt was opened in 1998.\n\nPublished on 4 May 2021", "2021-05-04"),
        ("The quay\n\nLast updated: 2021-05-04T10:15:00+00:00\n\nIt opened in 1998.", "2021-05-04"),
        ("Der Kai\n\nStand: 04.05.2021\n\nEr wurde 1998 eröffnet und ist sehr lang.", "2021-05-04"),
        ("Le quai\n\nIl a été ouvert en 1998 et il est très long.\n\nMis à jour le 4 mai 2021",
         "2021-05-04"),
        ("El muelle\n\nFecha de publicación: 04/05/2021\n\nEl muelle es largo.", "2021-05-04"),
        ("Nabrzeże\n\nNabrzeże jest długie.\n\nOpublikowała: A. Nowak, 2021-05-04", "2021-05-04"),
        ("Причал\n\nОпубликовано 04.05.21\n\nПричал открыли в 1998 году.", "2021-05-04"),
        ("Причал\n\nОпубліковано: 04.05.2021, 14:05 | Переглядів: 3\n\nЦе довгий причал.",
         "2021-05-04"),
        ("码头\n\n发布日期:2021-05-04 10:00\n\n1998年5月4日码头启用。", "2021-05-04"),
        ("码头\n\n时间：2021-05-04　　编辑：李　　浏览：7次\n\n1998年5月4日码头启用。",
         "2021-05-04"),
        ("姉妹都市\n\n市には次の姉妹都市がある。(更新日:令和3年5月4日)\n\n平成10年5月4日 提携",
         "2021-05-04"),
        ("---\ntitle: The quay\ndate: 2021-05-04 10:15:00 Z\n---\n\nIt opened in 1998.",
         "2021-05-04"),
        ("MINUTES of the meeting of the council of 4 May 2021, town hall\n\nPresent: all.",
         "2021-05-04"),
        ("10:15, 4 мая 2021 года\n\nОткрыли причал\n\nОткрыли в 2019 году.", "2021-05-04"),
        ("Bridge\n\nPublished: 4 May 2021\n\nMill\n\nPublished: 9 May 2021", "2021-05"),
        ("Partner towns\n\nLyon, agreement of 4 May 1998\nGraz, charter of 8 June 2001", ""),
        ("Partner towns\n\nLyon (France)\n4 May 1998\n\nGraz (Austria)\n8 June 2001", ""),
        ("Miasta partnerskie\n\nLyon (Francja) – umowa z 4 maja 1998 roku\nGraz – 2001", ""),
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


def test_what_the_file_states_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("GRAZ, 4 May 2021 – The council met on Monday.\n", "utf-8", newline="")
    document = read(path, path.name)
    assert isinstance(document, Document)
    told = replace(document, raw=replace(document.raw, date="2021-05-06"))
    assert document_date(resolve(tag(told, load()), load())) == "2021-05-06"
