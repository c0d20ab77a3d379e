"""Which namesake a place is: sentences with the answer written behind each place.

`[[CITY|Paris|US/Texas]]` is a mention of that label that must be resolved to that country and
first-level area; without an area, the country is enough.
"""

from __future__ import annotations

import re
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gazetteer.build import ensure
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.records import Document, Label, Mention, RawDocument, Tagged
from pipeline.resolve.places import choose

_MARK = re.compile(r"\[\[(CITY|REGION|COUNTRY)\|([^|\]]+)(?:\|([^\]]*))?\]\]")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(ensure())


def _tagged(text: str, mentions: list[Mention]) -> Tagged:
    raw = RawDocument("0" * 16, "a.txt", "text/plain", "", text, (), 0, True)
    document = Document(raw, "en", "", text, array("L", range(len(text))), ())
    return Tagged(document, (), (), tuple(mentions))


def _parsed(marked: str) -> tuple[Tagged, list[str]]:
    text, mentions, wanted, last = "", [], [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        label: Label = match[1]  # type: ignore[assignment]
        mentions.append(Mention(len(text), len(text) + len(match[2]), label))
        text += match[2]
        wanted.append(match[3] or "")
        last = match.end()
    return _tagged(text + marked[last:], mentions), wanted


LOCAL = [
    "The Oregon State Patrol said that the truck left [[CITY|Salem|US/Oregon]] at noon.",
    "Officers of the Ada County Sheriff's Office live in [[CITY|Eagle|US/Idaho]].",
    "The road from [[CITY|Dallas]] to [[CITY|Sherman]] and [[CITY|Paris|US/Texas]] is closed.",
    "[[CITY|Paris|US/Texas]], [[REGION|Texas]], has a tower of its own.",
    "Its sister city is [[CITY|Lima|US/Ohio]], Ohio.",
    "A bus left [[CITY|Lincoln|US/Nebraska]], Nebr., at noon.",
    "Guests came from [[CITY|Perth|AU]] ([[COUNTRY|Australia]]) and [[CITY|Dundee|GB/Scotland]].",
    "A bridge links [[CITY|Perth|GB/Scotland]] and [[CITY|Dundee|GB/Scotland]].",
    "[[CITY|London|CA/Ontario]], [[CITY|Woodstock|CA/Ontario]] and [[CITY|Kitchener|CA/Ontario]] "
    "asked [[REGION|Ontario|CA/Ontario]] for a rail line.",
    "[[CITY|Atlanta]] and [[CITY|Savannah|US/Georgia]] are the pride of [[COUNTRY|Georgia|US]].",
    "The mayor of [[CITY|Brest|FR]] in [[COUNTRY|France]] thanked her guests.",
    "The Belarusian city of [[CITY|Brest|BY]] signed first.",
    "Делегация белорусского города [[CITY|Бреста|BY]] посетила завод.",
    "[[COUNTRY|白俄罗斯]][[CITY|布列斯特|BY]]市长发言。",
    "* [[CITY|Marburg|DE]], [[COUNTRY|Germany]] (1971)\n* [[CITY|Kraljevo|RS]], [[COUNTRY|Serbia]]",
    "[[CITY|Toledo|ES]], [[COUNTRY|Spain]], and [[CITY|Toledo|US/Ohio]], [[REGION|Ohio]], met.",
    "[[COUNTRY|Finland]]: [[CITY|Lahti|FI]]\n[[COUNTRY|Canada]]: [[CITY|Hamilton|CA/Ontario]]",
    "[[CITY|Cambridge|US/Massachusetts]] and [[CITY|Boston|US/Massachusetts]], "
    "[[REGION|Mass.|US/Massachusetts]], share a river.",
]

WORLD = [
    "The mayor of [[CITY|Paris|FR]] spoke.",
    "[[CITY|Paris|FR]], [[CITY|London|GB/England]] and [[CITY|Berlin|DE]] founded a network.",
    "A delegation from the [[COUNTRY|United States]] visited [[CITY|Athens|GR]].",
    "[[COUNTRY|Belarus]] and [[COUNTRY|Georgia|GE]] signed, [[COUNTRY|Armenia]] did not.",
    "[[CITY|Atlanta|US/Georgia]] and [[CITY|Tbilisi|GE]], capital of [[COUNTRY|Georgia|GE]], met.",
    "[[CITY|Minsk|BY]] and [[CITY|Chongqing|CN]] are sister cities.",
    "[[CITY|Chicago|US/Illinois]] is twinned with [[CITY|Moscow|RU]], [[CITY|Warsaw|PL]], "
    "[[CITY|Athens|GR]] and [[CITY|Birmingham|GB/England]].",
    "[[CITY|Dallas|US/Texas]] and [[CITY|Saint Petersburg|RU]] exchange students.",
    "Flights join [[CITY|Houston|US/Texas]], [[CITY|Lagos|NG]] and [[CITY|Sydney|AU]].",
    "[[CITY|Guangzhou|CN]] signed with [[CITY|Vancouver|CA]] and [[CITY|Los Angeles|US]].",
    "В [[CITY|Москве|RU]] и [[CITY|Париже|FR]] открыли выставки.",
    "[[CITY|上海|CN]]与[[CITY|汉堡|DE]]结为友好城市。",
]


@pytest.mark.parametrize("marked", LOCAL + WORLD)
def test_the_right_namesake(gazetteer: Gazetteer, marked: str) -> None:
    tagged, wanted = _parsed(marked)
    chosen = choose(tagged, gazetteer)
    for index, answer in enumerate(wanted):
        place = chosen[index]
        country, _, area = answer.partition("/")
        assert not country or place.country == country, (
            place,
            tagged.text_of(tagged.mentions[index]),
        )
        assert not area or place.admin1 == area, place


def test_a_municipality_is_one_place_with_its_city(gazetteer: Gazetteer) -> None:
    tagged, _ = _parsed("[[REGION|Chongqing Municipality]] lies around [[CITY|Chongqing]].")
    assert len({place.place_id for place in choose(tagged, gazetteer).values()}) == 1


def test_an_oblast_is_not_its_city(gazetteer: Gazetteer) -> None:
    tagged, _ = _parsed("[[REGION|Minsk Oblast]] lies around [[CITY|Minsk]].")
    assert len({place.place_id for place in choose(tagged, gazetteer).values()}) == 2


def test_a_name_has_one_sense_in_a_document(gazetteer: Gazetteer) -> None:
    tagged, _ = _parsed(
        "[[CITY|Lima]], Ohio, is small. [[CITY|Lima]] has a river. So [[CITY|Lima]]."
    )
    assert {place.admin1 for place in choose(tagged, gazetteer).values()} == {"Ohio"}


def test_unknown_names_keep_a_stable_identifier(gazetteer: Gazetteer) -> None:
    tagged, _ = _parsed("Then [[CITY|Qzxwv Hjklm]] and [[CITY|Qzxwv Hjklm]] again.")
    chosen = choose(tagged, gazetteer)
    assert {place.place_id for place in chosen.values()} == {"name:qzxwv-hjklm"}


def test_an_unknown_place_is_in_the_country_named_beside_it(gazetteer: Gazetteer) -> None:
    tagged, _ = _parsed("Its partner is [[CITY|Qzxwvstadt]] ([[COUNTRY|Germany]]).")
    assert choose(tagged, gazetteer)[0].country == "DE"


@given(st.text(min_size=1), st.sampled_from(["CITY", "REGION", "COUNTRY"]), st.data())
def test_every_mention_gets_a_place(
    gazetteer: Gazetteer, text: str, label: Label, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    tagged = _tagged(text, [Mention(start, end, label)])
    assert set(choose(tagged, gazetteer)) == {0}
