"""From lines to reading text: furniture, repairs, wrapped lines, what a block stands under."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.ingest import opened
from pipeline.records import Document, Line, RawDocument, Rejected


def document(text: str) -> Document:
    raw = opened(text.encode("utf-8"), "document.txt")
    assert not isinstance(raw, Rejected), raw
    return clean(raw, lambda word: False)


def blocks(text: str) -> list[str]:
    found = document(text)
    return [found.text[b.start : b.end] for b in found.blocks]


def paged(pages: list[list[str]]) -> Document:
    """A document with pages whose format does not tell what heads and foots them."""
    text, lines = "", []
    for number, page in enumerate(pages, start=1):
        for line in page:
            lines.append(Line(len(text), len(text) + len(line), number))
            text += line + "\n"
    raw = RawDocument(
        "0" * 16, "a.pdf", "application/pdf", "", text, tuple(lines), len(pages), False
    )
    return clean(raw, lambda word: False)


def test_the_last_rows_of_a_list_on_one_page_stay() -> None:
    found = paged([["Partners of Graz", "Lyon 1990", "Partner 1994", "Partner 1995"]])
    assert "Partner 1994" in found.text
    assert "Partner 1995" in found.text


def test_running_heads_go_whatever_the_number_of_their_page() -> None:
    pages = [
        [f"Report {2019} of Graz", f"The council met and spoke of matter {word}.", f"Page {n}"]
        for n, word in enumerate(("one", "two", "three", "four"), start=3)
    ]
    found = paged(pages)
    assert "Page" not in found.text
    assert found.text.count("Report 2019 of Graz") == 1  # it heads the first page


def test_rows_at_the_same_place_of_each_page_differ_in_more_than_the_page() -> None:
    pages = [[f"Signed {1990 + 7 * n}", "Some words stand here."] for n in range(4)]
    found = paged(pages)
    assert all(f"Signed {1990 + 7 * n}" in found.text for n in range(4))


def test_the_head_of_a_table_that_returns_on_each_page_is_kept_once() -> None:
    pages = [
        ["City   Country   Since", f"Town{n}   Austria   19{n}0", f"Place{n}   Italy   19{n}1"]
        for n in range(5, 9)
    ]
    found = paged(pages)
    assert found.text.count("Country") == 1
    body = [b for b in found.blocks if "City" not in found.text[b.start : b.end]]
    assert {found.columns(b) for b in body} == {("City", "Country", "Since")}


def test_a_document_of_heads_alone_keeps_them() -> None:
    found = paged([["Graz and Pula"], ["Graz and Pula"], ["Graz and Pula"]])
    assert "Graz and Pula" in found.text


def test_form_feeds_part_the_pages_of_plain_text() -> None:
    text = "\f".join(f"TOWN OF GRAZ\nMinutes went on about item {n} again.\n" for n in "abcd")
    assert document(text).text.count("TOWN OF GRAZ") == 1


def test_a_sentence_goes_on_behind_the_foot_of_a_page() -> None:
    text = "Graz signed a pact\n\nGraz – Report      Page 3 of 12\n\nwith Pula in 1999.\n"
    assert blocks(text) == ["Graz signed a pact with Pula in 1999."]


def test_menus_go_and_what_they_say_of_the_page_stays() -> None:
    text = (
        "Skip to content\nDE | EN | FR\nHome\nContact\nImprint\nPartner towns\n\nGraz\nPula\nPécs\n"
    )
    found = document(text).text
    assert not any(word in found for word in ("Skip", "DE", "Home", "Contact", "Imprint"))
    assert all(word in found for word in ("Partner towns", "Graz", "Pula", "Pécs"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Not\u200bting\u200bham", "Nottingham"),
        ("Kar\u00adlsruhe", "Karlsruhe"),
        ("\u200eGraz\u200f", "Graz"),
        ("oﬃcial ﬁve ﬂags", "official five flags"),
        ("5\u00a0000 or 5\u202f000", "5 000 or 5 000"),
        ("１９８３年", "1983年"),
        ("in 1983³, Coburg¹ and 12 km² (see²)", "in 1983, Coburg and 12 km² (see)"),
        ("Bilbao[211] and Fez[a], in 1998[12]", "Bilbao and Fez, in 1998"),
        ("|Graz|1998|2001|", "|Graz|1998|2001|"),
        ("**Graz** and _Pula_ met", "Graz and Pula met"),
        ("می\u200cشود", "می\u200cشود"),
        ("snake_case_name * 5", "snake_case_name * 5"),
    ],
)
def test_text_is_read_as_it_looks(written: str, read: str) -> None:
    assert document(f"x {written} y.").text == f"x {read} y."


def test_wrapped_chinese_lines_are_joined_without_spaces() -> None:
    line = "北京市同二十个国家的城市建立了友好关系并在教育文化体育卫生等方面开展交流活动"
    text = f"{line}\n{line}\n{line}\n到此结束。\n"
    assert blocks(text) == [line * 3 + "到此结束。"]


def test_wrapped_korean_lines_are_joined_with_spaces() -> None:
    line = "부산광역시는 여러 나라의 도시와 자매결연 협정을 체결하고 교류를 이어 오고 있다고"
    text = f"{line}\n{line}\n{line}\n밝혔다.\n"
    assert blocks(text) == [" ".join([line, line, line, "밝혔다."])]


def test_entries_of_a_chinese_list_stay_apart() -> None:
    entries = [
        "上海市（一九九八年）",
        "布宜诺斯艾利斯市（一九八五年五月）",
        "里昂市（二〇〇一年七月签署）",
        "大阪市",
    ]
    assert blocks("\n".join(entries)) == entries


def test_items_know_their_headings_and_their_lead_in() -> None:
    text = (
        "# Graz\n\n## Partners\n\nThe town has two:\n\n- Pula\n- Pécs\n\n## Roads\n\nWide ones.\n"
    )
    found = document(text)
    under = {found.text[b.start : b.end]: b.under for b in found.blocks}
    assert under["- Pula"] == under["- Pécs"] == (0, 1, 2)
    assert under["Wide ones."] == (0, 5)
    assert [b.level for b in found.blocks if b.kind == "heading"] == [1, 2, 2]


_PARTS = ["Graz", "Pécs", "1998", "³", "\u200b", "\u00ad", "ﬁ", "[12]", "**", "_", "|", " | ", "  "]
_PARTS += [
    "\t",
    "\n",
    "\n\n",
    "\f",
    "-",
    "- ",
    "北京",
    "，",
    "+--+--+",
    "|---|",
    "City",
    ".",
    ":",
    "#",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=60).map("".join))
def test_every_character_leads_back_to_where_it_stands(text: str) -> None:
    raw = opened(text.encode("utf-8"), "document.txt")
    if isinstance(raw, Rejected):
        return
    found = clean(raw, lambda word: False, lambda name: name == "Graz")
    assert len(found.origin) == len(found.text)
    end = 0
    for block in found.blocks:
        assert end <= block.start <= block.end <= len(found.text)
        end = block.end
        for a, b in block.cells:
            assert block.start <= a <= b <= block.end
        for at in range(block.start, block.end):
            own, written = found.text[at], raw.text[found.origin[at]]
            added = own in " |" and not written.isspace()
            seen = written + unicodedata.normalize("NFKC", written)
            assert added or own in seen or own.isspace()
        assert all(index < len(found.blocks) for index in (*block.under, *block.heads))
        first, last = found.published(block.start, block.end)
        assert 0 <= first <= last <= len(raw.text)
