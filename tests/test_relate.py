"""What texts in many wordings say of partnerships, on sentences with marked names."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.language import language_of
from pipeline.records import (
    Block,
    BlockKind,
    Document,
    Mention,
    PairClaim,
    Place,
    PlaceKind,
    RawDocument,
    Resolved,
    Sentence,
    Tagged,
)
from pipeline.relate import relate
from pipeline.resolve.dates import edtf

_MARK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")
#: Names and years that the tests need not mark.
_CITIES = re.compile(r"(?<![A-Za-z|])(Oban|Gorey|Lens|Kos|Bern)(?![A-Za-z])")
_YEARS = re.compile(r"(?<![\d|-])(?<!May )((?:19|20)\d\d)(?![\d年-])")
_KINDS: dict[str, PlaceKind] = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
#: Cases that the learned scores get wrong today; a training that mends one must say so.
UNLEARNED = pytest.mark.xfail(reason="the scores have not learned this yet", strict=True)
#: Rows below this are only candidates.
_BELIEVED = 0.5
_PREFIXES: dict[str, BlockKind] = {"# ": "heading", "* ": "item", "| ": "row"}


def resolved(source: str) -> Resolved:
    """A document from lines with marked names; "# " begins a heading, "* " an item, "| " a row."""
    text, blocks, mentions = "", [], []
    for line in filter(None, (part.strip() for part in source.splitlines())):
        line = _YEARS.sub(r"[[DATE|\1]]", _CITIES.sub(r"[[CITY|\1]]", line))
        kind: BlockKind = _PREFIXES.get(line[:2], "paragraph")
        start, position = len(text), 0
        line = line[2:] if kind in ("heading", "row") else line
        for match in _MARK.finditer(line):
            text += line[position : match.start()]
            label, name = match[1], match[2]
            value = edtf(name) if label == "DATE" else ""
            place = f"name:{name.title()}" if label in _KINDS else ""
            end = len(text) + len(name)
            mentions.append(Mention(len(text), end, label, 1.0, value, place))  # type: ignore[arg-type]
            text += name
            position = match.end()
        text += line[position:]
        blocks.append(Block(kind, start, len(text)))
        text += "\n"
    raw = RawDocument("d0", "d.txt", "text/plain", "", text, (), 0, False)
    title = text.split("\n")[0]
    document = Document(
        raw, language_of(text), title, text, array("l", range(len(text))), tuple(blocks)
    )
    sentences = tuple(Sentence(b.start, b.end, i) for i, b in enumerate(blocks))
    places = {
        m.place_id: Place(m.place_id, text[m.start : m.end], _KINDS[m.label], "")
        for m in mentions
        if m.place_id
    }
    tagged = Tagged(document, sentences, (), tuple(mentions))
    return Resolved(tagged, tuple(mentions), places, {}, {})


@dataclass(frozen=True)
class Row:
    """A partnership as a test reads it."""

    pair: frozenset[str]
    kind: str
    status: str
    start: str = ""
    end: str = ""


def row(claim: PairClaim) -> Row:
    values: dict[str, str] = {}
    for statement in claim.statements:
        if statement.field == "status" and values.get("status", "active") != "active":
            continue
        if statement.field == "status" or statement.field not in values:
            values[statement.field] = statement.value
    pair = frozenset((claim.text_a, claim.text_b))
    return Row(pair, *(values.get(k, "") for k in ("kind", "status", "start", "end")))


def claimed(document: Resolved) -> list[PairClaim]:
    return [p for p in relate(document).pairs if sure(p) >= _BELIEVED]


def sure(claim: PairClaim) -> float:
    return max(s.confidence for s in claim.statements)


def said(source: str) -> set[Row]:
    return {row(claim) for claim in claimed(resolved(source))}


def pairs(source: str) -> set[str]:
    return {" + ".join(sorted(r.pair)) for r in said(source)}


def one(source: str) -> Row:
    found = said(source)
    assert len(found) == 1, found
    return found.pop()


@pytest.mark.parametrize(
    ("text", "kind", "status", "start", "end"),
    [
        (
            "Oban and Gorey established friendship city relations in 2017.",
            "friendship",
            "active",
            "2017",
            "",
        ),
        (
            "Oban has been twinned with Gorey since 1990.",
            "twinning",
            "active",
            "1990",
            "",
        ),
        (
            "The sister-city partnership between Oban and Gorey dates from [[DATE|May 1984]].",
            "sister_city",
            "active",
            "1984-05",
            "",
        ),
        (
            "The mayors of Oban and Gorey signed a memorandum on [[DATE|3 May 2018]].",
            "cooperation_agreement",
            "active",
            "2018-05-03",
            "",
        ),
        (
            "Visitors came from Oban, a sister city of Gorey since 1998.",
            "sister_city",
            "active",
            "1998",
            "",
        ),
        (
            "Oban will become a sister city of Gorey next year.",
            "sister_city",
            "planned",
            "",
            "",
        ),
        (
            "The twinning of Oban with Gorey, concluded in 1990, lapsed in 2015.",
            "twinning",
            "ended",
            "1990",
            "2015",
        ),
        (
            "Oban put its friendship agreement with Gorey on ice in 2022.",
            "friendship",
            "suspended",
            "",
            "",
        ),
        (
            "At a ceremony in Bern, Oban and Gorey signed a sister city charter.",
            "sister_city",
            "active",
            "",
            "",
        ),
        (
            "Города Oban и Gorey породнились в 1975 году.",
            "sister_city",
            "active",
            "1975",
            "",
        ),
        (
            "Oban市与[[COUNTRY|智利]]Gorey[[DATE|2017年5月16日]]正式缔结友好城市关系。",
            "sister_city",
            "active",
            "2017-05-16",
            "",
        ),
        (
            "Oban ist seit 1971 Partnerstadt von Gorey.",
            "sister_city",
            "active",
            "1971",
            "",
        ),
        (
            "Oban est jumelée avec Gorey depuis 1964.",
            "twinning",
            "active",
            "1964",
            "",
        ),
        (
            "Oban y Gorey son ciudades hermanas desde 1999.",
            "sister_city",
            "active",
            "1999",
            "",
        ),
    ],
)
def test_a_pair_with_its_kind_status_and_dates(
    text: str, kind: str, status: str, start: str, end: str
) -> None:
    assert one(text) == Row(frozenset(("Oban", "Gorey")), kind, status, start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oban has 12 sister cities, including Gorey and Lens.", {"Gorey + Oban", "Lens + Oban"}),
        (
            "Oban became a sister city of Gorey in 2005 and of Kos in 2011.",
            {"Gorey + Oban", "Kos + Oban"},
        ),
        pytest.param(
            "Oban is a sister city of Gorey, while Lens is a sister city of Kos.",
            {"Gorey + Oban", "Kos + Lens"},
            marks=UNLEARNED,
        ),
        (
            "Oban signed a twinning charter with Gorey in Bern, attended by the mayor of Lens.",
            {"Gorey + Oban"},
        ),
        ("Friendship cities Oban and Gorey exchange students.", {"Gorey + Oban"}),
        ("Twin towns of Oban: Gorey, Lens, Kos.", {"Gorey + Oban", "Lens + Oban", "Kos + Oban"}),
        ("Oban hosted a conference of sister cities attended by Gorey, Lens and Kos.", set()),
        ("Oban voted against a twinning with Gorey.", set()),
        pytest.param(
            "Oban ended talks with Gorey on a sister city agreement.", set(), marks=UNLEARNED
        ),
        ("Companies from Oban and Gorey signed an agreement on timber.", set()),
        ("Делегация из Gorey прибыла в Oban. Два города стали побратимами.", {"Gorey + Oban"}),
        (
            "# Oban市外事办公室\n# 友好城市\n* [[COUNTRY|日本]]Gorey；\n* [[COUNTRY|法国]]Lens。",
            {"Gorey + Oban", "Lens + Oban"},
        ),
        ("# Stadt Oban\n# Unsere Partnerstädte\n* Gorey, seit 1998", {"Gorey + Oban"}),
        ("# Travel from Oban\n| City   Price\n| Gorey   20 euros\n| Lens   30 euros", set()),
    ],
)
def test_who_is_paired_with_whom(text: str, expected: set[str]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Oban has never been twinned with Gorey.",
        "Oban beat Gorey two-nil in a friendly match.",
        "The flight from Oban to Gorey takes two hours.",
        "The mayor of Oban visited Gorey and praised its harbour.",
        "If Oban were twinned with Gorey, who would pay?",
        "There are rumours that Oban is a sister city of Gorey.",
        "Is Oban twinned with Gorey?",
        "The University of Oban signed an agreement with the University of Gorey.",
        "Между городами Oban и Gorey никакого побратимства нет.",
        "Oban与Gorey并无友好城市协议。",
    ],
)
def test_what_is_no_partnership(text: str) -> None:
    assert said(text) == set()


def test_a_denial_stays_as_a_statement() -> None:
    found = relate(resolved("Oban has never been twinned with Gorey."))
    assert [(s.assertion, s.value) for s in found.denials] == [("negated", "Oban + Gorey")]


def test_a_star_pairs_the_first_with_each_and_dates_stay_with_theirs() -> None:
    text = "Oban is twinned with Gorey (1990), Lens (1995) and Kos."
    assert {(" + ".join(sorted(r.pair)), r.start) for r in said(text)} == {
        ("Gorey + Oban", "1990"),
        ("Lens + Oban", "1995"),
        ("Kos + Oban", ""),
    }


def test_clauses_keep_their_status() -> None:
    text = "Oban is twinned with Gorey since 1990; the pact with Lens was ended in 2022."
    found = {tuple(sorted(r.pair)): (r.status, r.start, r.end) for r in said(text)}
    assert found["Gorey", "Oban"] == ("active", "1990", "")


@UNLEARNED
def test_the_two_cities_are_those_named_before_and_later_news_is_added() -> None:
    text = (
        "A choir from Gorey will sing in Oban in May. "
        "The two cities became sister cities in 1967. "
        "The agreement was suspended in 2022."
    )
    assert one(text) == Row(frozenset(("Oban", "Gorey")), "sister_city", "suspended", "1967", "")


PAGE = """
# City of Oban
# Our sister cities
* Gorey, [[COUNTRY|Ireland]] (1964)
* Lens, [[COUNTRY|France]] (since 1986)
# Former partners
* Kos, [[COUNTRY|Greece]] (1990, ended 2012)
# Transport
* Bern by train
"""


@UNLEARNED
def test_lists_pair_their_entries_with_the_document_s_own_city() -> None:
    found = {tuple(sorted(r.pair)): (r.status, r.start, r.end) for r in said(PAGE)}
    assert found == {
        ("Gorey", "Oban"): ("active", "1964", ""),
        ("Lens", "Oban"): ("active", "1986", ""),
        ("Kos", "Oban"): ("ended", "1990", "2012"),
    }


def test_an_entry_may_name_its_own_city_and_several_partners() -> None:
    text = """
    # Sister cities of our towns
    Oban – Gorey ([[COUNTRY|Ireland]]) 1964; Lens ([[COUNTRY|France]]) 1986
    """
    assert {(*sorted(r.pair), r.start) for r in said(text)} == {
        ("Gorey", "Oban", "1964"),
        ("Lens", "Oban", "1986"),
    }


def test_an_agreement_in_a_list_is_of_the_kind_of_the_list() -> None:
    text = """
    # City of Oban
    # Our twin towns
    * Gorey, agreement signed in 1964
    * Lens, cooperation agreement of 1986
    """
    assert {(*sorted(r.pair), r.kind) for r in said(text)} == {
        ("Gorey", "Oban", "twinning"),
        ("Lens", "Oban", "cooperation_agreement"),
    }


def test_a_place_is_shown_as_the_document_mostly_writes_it() -> None:
    text = "[[CITY|OBAN]] is twinned with Gorey. Oban and Gorey meet twice a year; Oban pays."
    (claim,) = claimed(resolved(text))
    assert {claim.text_a, claim.text_b} == {"Oban", "Gorey"}


def test_a_table_with_two_places_in_a_row_pairs_them() -> None:
    text = """
    # Links of our members
    | Member | Counterpart | Nature | Since | State
    | Oban   Gorey ([[COUNTRY|Ireland]])   twinning   1986   running
    | Lens   Kos ([[COUNTRY|Greece]])   friendship   1990   lapsed 2012
    """
    found = {tuple(sorted(r.pair)): (r.kind, r.status, r.start) for r in said(text)}
    assert found == {
        ("Gorey", "Oban"): ("twinning", "active", "1986"),
        ("Kos", "Lens"): ("friendship", "ended", "1990"),
    }


def test_entries_under_headings_take_the_lines_below_them() -> None:
    text = """
    # Sister cities of Oban
    # City: Gorey
    Country: [[COUNTRY|Ireland]]
    Date of agreement: [[DATE|1988-09-23]]
    # City: Kos
    Date of agreement: 2002
    """
    assert {(*sorted(r.pair), r.start) for r in said(text)} == {
        ("Gorey", "Oban", "1988-09-23"),
        ("Kos", "Oban", "2002"),
    }


def test_a_country_behind_the_host_s_country_is_a_party() -> None:
    text = (
        "At the summit in Bern of [[COUNTRY|Fiji]], [[COUNTRY|Chad]] and [[COUNTRY|Peru]] "
        "declared a strategic partnership."
    )
    assert pairs(text) == {"Chad + Peru"}


def test_a_place_named_twice_stands_where_it_is_first_named() -> None:
    text = (
        "The friendship agreement established between Oban and Gorey in 2017 led to a contract "
        "between Lens and the council of Gorey."
    )
    assert pairs(text) == {"Gorey + Oban"}


def test_states_are_partners_only_where_the_text_says_so() -> None:
    strategic = "[[COUNTRY|Chad]] and [[COUNTRY|Peru]] established a strategic partnership."
    found = claimed(resolved(strategic))
    assert [c.level for c in found] == ["national"]
    assert said("[[COUNTRY|Chad]] and [[COUNTRY|Peru]] play in the same cup.") == set()


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "Oban",
                "Gorey",
                "[[REGION|Kent]]",
                "[[COUNTRY|Peru]]",
                "1990",
                "[[DATE|2010-2015]]",
                " is twinned with ",
                " and ",
                " signed a sister city agreement ",
                " lapsed in ",
                "; the latter ",
                "\n* ",
                "\n# ",
                "Partner cities: ",
                ". ",
                "结为友好城市",
                " города-побратимы ",
            ]
        ),
    ),
    max_size=25,
)


# no time limit: the first document pays for compiling the vocabulary
@settings(deadline=None)
@given(PIECES)
def test_any_text_gives_statements_that_lie_in_it(pieces: list[str]) -> None:
    document = resolved("".join(pieces))
    found = relate(document)
    for claim in found.pairs:
        assert claim.place_a != claim.place_b
        assert {s.field for s in claim.statements} >= {"kind", "status"}
        for statement in claim.statements:
            text = document.document.text
            assert text[statement.start : statement.end] == statement.sentence
            assert 0 < statement.confidence <= 1
    assert relate(document) == found
