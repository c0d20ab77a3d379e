"""What a document calls itself, in `documents.csv`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.clean.title import title_of
from pipeline.ingest import opened
from pipeline.records import Document, Line, RawDocument

PROSE = "The council met on Monday and spoke about the bridge, the fair and the long winter.\n"


def _cleaned(text: str, stated: str = "") -> Document:
    raw = opened(text.encode(), "page.txt")
    assert isinstance(raw, RawDocument)
    return clean(replace(raw, title=stated), lambda word: True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Friends of the port\n\n{PROSE}", "Friends of the port"),
        (f"# Friends of the port\n\n{PROSE}", "Friends of the port"),
        (f"== Friends of the port ==\n\n{PROSE}", "Friends of the port"),
        (f"Home | Town hall | Contact\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"Home › Town › Friends\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"Skip to content\n\nMenu\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"EN\n\n18+\n\n---\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"4 May 2021\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"Graz, 4 May 2021\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"https://port.example/friends\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"report_final.docx\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"PRESS RELEASE No. 14\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"Town of Eastport\n\nFriends of the port\n\n{PROSE}", "Friends of the port"),
        (f"Town of Eastport\n\n{PROSE}", "Town of Eastport"),
        (f"Title: Friends of the port\nAuthor: A. Lee\n\n{PROSE}", "Friends of the port"),
        (f'---\nlayout: post\ntitle: "Friends &amp; ports"\n---\n\n{PROSE}', "Friends & ports"),
        (f'+++\ntitle = "Friends of the port"\n+++\n\n{PROSE}', "Friends of the port"),
        ("Stadt Altenau\nStartseite » Rathaus » Partner\n\nUnsere Partnerstädte\n\n"
         "Der Rat hat am Montag über die Brücke, den Markt und den Winter gesprochen.\n",
         "Unsere Partnerstädte"),
        ("Communiqué de presse\n\nAltenau, le 4 mai 2021\n\nLe port et ses amis\n\n"
         "Le conseil a parlé lundi du pont, de la foire et du long hiver qui vient.\n",
         "Le port et ses amis"),
        ("Перейти к содержанию\n\n4 мая 2021 года\n\nДрузья порта\n\n"
         "В понедельник совет говорил о мосте, о ярмарке и о долгой зиме.\n", "Друзья порта"),
        ("您当前的位置：首页＞外事＞友城\n港口的朋友\n发布日期：2021-05-04\n"
         "　　周一，市议会讨论了桥梁、集市和漫长的冬天，并听取了港口的报告。\n", "港口的朋友"),
        (PROSE, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_title_is_the_first_line_that_may_be_one(text: str, title: str) -> None:
    raw = opened(text.encode(), "page.txt")
    found = clean(raw, lambda word: True).title if isinstance(raw, RawDocument) else ""
    assert found == title


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("The port and its friends", "The port and its friends"),
        ("Microsoft Word - The port and its friends.docx", "The port and its friends"),
        ("Microsoft Word - report_final.docx", "Harbour lists"),
        ("report_final.docx", "Harbour lists"),
        ("Layout 1", "Harbour lists"),
        ("Slide 1", "Harbour lists"),
        ("untitled", "Harbour lists"),
        ("Unbenannt-2", "Harbour lists"),
        ("PowerPoint-Präsentation", "Harbour lists"),
        ("---", "Harbour lists"),
        ("https://port.example/", "Harbour lists"),
        ("2021-05-04", "Harbour lists"),
        ("Home", "Harbour lists"),
        ("Book1", "Harbour lists"),
        ("asdf", "Harbour lists"),
        ("Harbour", "Harbour"),
    ],
)
def test_metadata_count_where_they_are_a_title(stated: str, title: str) -> None:
    assert _cleaned(f"Harbour lists\n\n{PROSE}", stated).title == title


def test_a_heading_that_the_format_tells_comes_before_what_looks_like_one() -> None:
    text = f"A banner\n{PROSE}Friends of the port\n"
    document = _cleaned(text)
    *others, last = document.raw.lines
    lines = (*others, Line(last.start, last.end, role="heading", level=1))
    told = clean(replace(document.raw, lines=lines), lambda word: True)
    assert told.title == "Friends of the port"


def test_a_file_shows_its_title(tmp_path: Path) -> None:
    from pipeline.extract import read

    path = tmp_path / "page.md"
    path.write_text(f"# Friends of the port\n\n{PROSE}", "utf-8")
    assert getattr(read(path, path.name), "title", "") == "Friends of the port"


@given(st.text(), st.text())
def test_every_document_has_a_title_of_one_line_or_none(stated: str, text: str) -> None:
    title = title_of(stated, text, ())
    assert title == title.strip()
    assert "\n" not in title
