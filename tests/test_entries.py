"""Places that lists and tables give away by their form."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.ingest import opened
from pipeline.records import RawDocument
from pipeline.resources import load
from pipeline.tag import tag

TABS = """Sister cities

No.\tCity\tCountry\tDate of signing
1\tZamora\tSpain\t2003-05-11
2\tMezőtúr\tHungary\t1998-09-02
3\tBurgos\tSpain\t2011-04-30
4\tNo city yet\tGhana\t
"""
FLAGS = """Twin towns

- France Épernay, France (1988)
- Italy Montespertoli, Tuscany, Italy
- Hungary Tata, Hungary (2001)
- Delegation from Hungary, 2003
"""
FULL_WIDTH = """国际友好城市

序号　城市　国别　结好时间
1　古晋　马来西亚　2004年5月11日
2　贾夫纳　斯里兰卡　2009年6月2日
"""
SPACED = """国际友好城市如下：

城市 国家 结好时间
下关 日本 1998年10月20日
拉彭兰塔 芬兰 2003年9月
"""
REGIONS = """Sister regions

Province | Country | Since
Córdoba | Argentina | 2001
Loja | Ecuador | 2006
"""


def labelled(text: str) -> list[tuple[str, str]]:
    resources = load()
    raw = opened(text.encode(), "page.txt")
    assert isinstance(raw, RawDocument)
    found = tag(clean(raw, resources.known), resources)
    return [(m.label, found.text_of(m)) for m in found.mentions if m.label in ("CITY", "REGION")]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        (TABS, ["Zamora", "Mezőtúr", "Burgos"]),
        (FULL_WIDTH, ["古晋", "贾夫纳"]),
        (SPACED, ["下关", "拉彭兰塔"]),
    ],
)
def test_towns_of_a_table_stand_beside_their_country(text: str, towns: list[str]) -> None:
    assert labelled(text) == [("CITY", town) for town in towns]


def test_towns_of_a_list_stand_before_their_country_or_behind_its_flag() -> None:
    assert labelled(FLAGS) == [
        ("CITY", "Épernay"),
        ("CITY", "Montespertoli"),
        ("REGION", "Tuscany"),
        ("CITY", "Tata"),
    ]


UNKNOWN = """Twin towns

- Zubrovnik, Poland (1998)
- Delegation, Hungary (2003)
- Football Club, Serbia
"""
NEW_TOWNS = """友好城市

序号　城市　国别　结好时间
1　塔尔瓦拉　印度　2016年5月20日
2　圣若泽杜斯坎普斯　巴西　2009年3月
"""


def test_a_name_that_nobody_knows_is_a_town_where_it_is_no_word() -> None:
    assert labelled(UNKNOWN) == [("CITY", "Zubrovnik")]
    assert labelled(NEW_TOWNS) == [("CITY", "塔尔瓦拉"), ("CITY", "圣若泽杜斯坎普斯")]


def test_the_head_of_a_column_says_that_its_names_are_of_areas() -> None:
    assert labelled(REGIONS) == [("REGION", "Córdoba"), ("REGION", "Loja")]


REMARKED = """Twinning charters

Member | Counterpart | Year
Soissons (id.) | Stralsund | 1989
"""


def test_a_remark_beside_a_name_in_a_cell_does_not_hide_it() -> None:
    assert labelled(REMARKED) == [("CITY", "Soissons"), ("CITY", "Stralsund")]
