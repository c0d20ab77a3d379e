"""Pages of the web: what is text of the page, what it is, and what the page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingested import read, refused, told

NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='de'><head>{head}</head><body>{body}</body></html>"


def test_headings_paragraphs_and_lists_stay_in_order() -> None:
    body = """<h1>Twin towns</h1><p>Two of them are <b>near</b> us.</p>
        <ul><li>Lublin<ul><li>since 1992</li></ul></li><li><a href="x">Vilnius</a> (1994)</li></ul>
        <h2>Friends</h2>Kharkiv, and <em>Aarhus</em>.<blockquote>So it was said.</blockquote>"""
    assert told(read(page(body), "a.html")) == [
        "heading1: Twin towns",
        "body: Two of them are near us.",
        "item1: Lublin",
        "item2: since 1992",
        "item1: Vilnius (1994)",
        "heading2: Friends",
        "body: Kharkiv, and Aarhus.",
        "body: So it was said.",
    ]


def test_merged_cells_of_a_table_are_repeated() -> None:
    body = """<table><caption>Our partners</caption>
        <thead><tr><th>Town<th>Country<th>Since</tr></thead>
        <tr><td>Lublin<td rowspan=2>Poland<td>1992<tr><td>Gdynia<td>1993
        <tr><td colspan=2>Luxembourg<td>1994</table>"""
    raw = read(page(body), "a.html")
    assert told(raw) == [
        "caption: Our partners",
        ("TOWN", "COUNTRY", "SINCE"),
        ("Lublin", "Poland", "1992"),
        ("Gdynia", "Poland", "1993"),
        ("Luxembourg", "Luxembourg", "1994"),
    ]
    assert {line.table for line in raw.lines} == {0, 1}


def test_a_group_over_all_columns_is_a_cell_of_each_of_its_rows() -> None:
    body = """<table><tr><th>Town<th>Since<tr><td colspan=2>Poland<tr><td>Lublin<td>1992
        <tr><td colspan=2>Denmark<tr><td>Aarhus<td>1999
        <tr><td colspan=2>All of them were agreed by the council, most after long years.</table>"""
    assert told(read(page(body), "a.html")) == [
        ("", "TOWN", "SINCE"),
        ("Poland", "Lublin", "1992"),
        ("Denmark", "Aarhus", "1999"),
        "note: All of them were agreed by the council, most after long years.",
    ]


def test_the_columns_of_a_table_without_head_are_named_by_its_first_row() -> None:
    body = "<table><tr><td>Stadt<td>Land<tr><td>Lublin<td>Polen<tr><td>Gent<td>Belgien</table>"
    assert told(read(page(body), "a.html"))[0] == ("STADT", "LAND")
    body = "<table><tr><td>Lublin<td>Polen<tr><td>Gdynia<td>Polen<tr><td>Gent<td>Belgien</table>"
    assert told(read(page(body), "a.html"))[0] == ("Lublin", "Polen")


def test_a_table_that_places_parts_of_the_page_is_no_table() -> None:
    body = """<table><tr><td><h2>News</h2><p>A choir came from Lublin.</p></td>
        <td><table><tr><th>Town<th>Since<tr><td>Gdynia<td>1993</table></td></tr></table>"""
    assert told(read(page(body), "a.html")) == [
        "heading2: News",
        "body: A choir came from Lublin.",
        ("TOWN", "SINCE"),
        ("Gdynia", "1993"),
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a = 'Lublin is twinned with Aarhus';</script>",
        "<style>p { content: 'Lublin' }</style>",
        "<!-- Lublin -->",
        "<template><p>Lublin</p></template>",
        "<noscript>Lublin</noscript>",
        "<p hidden>Lublin</p>",
        "<p style='color: red; display: none'>Lublin</p>",
        "<span aria-hidden='true'>Lublin</span>",
        "<nav><ul><li>Lublin</li></ul></nav>",
        "<div role='navigation'>Lublin</div>",
        "<div class='cookie-banner'>Lublin</div>",
        "<ul id='main-menu'><li>Lublin</li></ul>",
        "<header><a href='/'>Lublin</a></header>",
        "<footer>Lublin</footer>",
        "<form><select><option>Lublin</option></select><button>Lublin</button></form>",
        "<svg><text>Lublin</text></svg>",
    ],
)
def test_what_is_no_text_of_the_page_is_left_out(unseen: str) -> None:
    raw = read(page(f"<p>Gdynia is a port.</p>{unseen}<p>Aarhus is another.</p>"), "a.html")
    assert raw.text == "Gdynia is a port.\nAarhus is another."


def test_a_page_that_is_nothing_but_links_to_towns_is_kept() -> None:
    links = "".join(f"<a href='{town}'>{town}</a>" for town in ("Lublin", "Gdynia", "Aarhus"))
    assert read(page(f"<h1>Twin towns</h1><div>{links}</div>"), "a.html").text.splitlines() == [
        "Twin towns",
        "Lublin",
        "Gdynia",
        "Aarhus",
    ]


def links(*words: str) -> str:
    return "<ul>" + "".join(f"<li><a href='x'>{word}</a></li>" for word in words) + "</ul>"


def test_a_menu_is_told_from_a_list_of_partners() -> None:
    top, bottom = (
        links("Town hall", "Events in Gent"),
        "<p><a>Imprint</a> | <a>Trips to Riga</a></p>",
    )
    body = f"{top}<h1>Twin towns</h1>{links('Lublin', 'Aarhus')}<p>So far.</p>{bottom}"
    assert read(page(body), "a.html").text.splitlines() == [
        "Twin towns",
        "Lublin",
        "Aarhus",
        "So far.",
    ]


def test_cards_are_rows() -> None:
    cards = "".join(
        f"<div class='card'><h3>{town}</h3><p>{land}</p><span>{year}</span></div>"
        for town, land, year in (("Lublin", "Poland", "1992"), ("Aarhus", "Denmark", "1999"))
    )
    assert told(read(page(f"<section>{cards}</section>"), "a.html")) == [
        ("Lublin", "Poland", "1992"),
        ("Aarhus", "Denmark", "1999"),
    ]


def test_sections_that_tell_more_than_a_card_are_none() -> None:
    told_ = told(
        read(
            page(
                "<div><h2>Lublin</h2><p>The towns signed in 1992.</p></div>"
                "<div><h2>Aarhus</h2><p>The towns signed in 1999.</p></div>"
            ),
            "a.html",
        )
    )
    assert told_[:2] == ["heading2: Lublin", "body: The towns signed in 1992."]


def test_definitions_and_lines_that_the_page_breaks() -> None:
    body = "<dl><dt>Lublin<dd>Poland, 1992<dt>Aarhus<dd>Denmark</dl><p>Gent<br>Belgium<br>1980</p>"
    assert told(read(page(body), "a.html")) == [
        "item1: Lublin: Poland, 1992",
        "item1: Aarhus: Denmark",
        "body: Gent",
        "body: Belgium",
        "body: 1980",
    ]


def test_notes_and_their_marks() -> None:
    body = """<p>Twinned in 1992<sup><a href="#n1">[1]</a></sup> on the 5<sup>th</sup> of May.</p>
        <ol><li id="n1"><p>By the council. <a href="#r1">↑</a></p></li></ol>"""
    assert told(read(page(body), "a.html")) == [
        "body: Twinned in 1992 on the 5th of May.",
        "note: By the council.",
    ]


def test_the_main_text_is_what_the_page_marks_as_such() -> None:
    body = "<div><h1>Twin towns</h1></div><p>Tickets</p><main><p>Lublin</p></main><p>Offers</p>"
    assert told(read(page(body), "a.html")) == ["heading1: Twin towns", "body: Lublin"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Twin towns | City of Ulm</title>", "Twin towns"),
        ("<title>City of Ulm</title>", "City of Ulm"),
        ("<title>x</title><meta property='og:title' content='All twin towns'>", "All twin towns"),
        ("", "Twin towns"),
    ],
)
def test_title(head: str, title: str) -> None:
    assert read(page("<h1>Twin towns</h1><p>Lublin</p>", head), "a.html").title == title


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (
            "<meta property='article:published_time' content='2019-03-05T10:00:00+01:00'>",
            "2019-03-05",
        ),
        ("<meta name='DC.date.issued' content='2019-03'>", "2019-03"),
        (
            "<script type='application/ld+json'>{'a': 1</script><script type='application/ld+json'>"
            '{"@graph": [{"@type": "NewsArticle", "datePublished": "2019-03-05"}]}</script>',
            "2019-03-05",
        ),
        ("<meta name='date' content='yesterday'>", ""),
        ("<meta name='date' content='2019-13-05'>", ""),
        ("", ""),
    ],
)
def test_only_a_date_that_is_stated(head: str, date: str) -> None:
    raw = read(page("<p>Signed on 5 May 1992</p>", head), "a.html")
    assert (raw.date, raw.language) == (date, "de")


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1251", "<meta charset='windows-1251'>"),
        ("cp1251", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"),
        ("koi8-r", "<meta charset=koi8-r>"),
    ],
)
def test_character_sets(encoding: str, head: str) -> None:
    content = page("<p>Города-побратимы Минска</p>", head).encode(encoding)
    assert read(content, "a.html").text == "Города-побратимы Минска"


def test_a_page_without_text_is_refused() -> None:
    assert "no text" in refused(page("<script>load()</script>"), "a.html")


@given(st.lists(st.lists(NAMES, min_size=2, max_size=4), min_size=1, max_size=6))
def test_no_cell_of_a_table_is_lost(rows: list[list[str]]) -> None:
    body = "".join("<tr>" + "".join(f"<th>{c}" for c in row) + "</tr>" for row in rows)
    raw = read(page(f"<table>{body}</table>"), "a.html")
    width = max(map(len, rows))
    cells = [[raw.text[start:end] for start, end in line.cells] for line in raw.lines]
    assert cells == [row + [""] * (width - len(row)) for row in rows]
