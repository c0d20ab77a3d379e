"""Amounts: sentences with the answer written inside, as `[span = value unit]`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.measures.read import readings
from pipeline.records import Claims
from pipeline.resolve.amounts import is_approximate, quantity, written
from pipeline.resources import load
from pipeline.tag.amounts import amounts

_MARK = re.compile(r"\[([^=\[\]]+) = ([^\]]+)\]")

SENTENCES = [
    # money
    ("en", "The quay cost [US$2.3 bn = 2300000000 USD] and [€1.48 mn = 1480000 EUR] of repairs."),
    ("en", "They lent [30 million yuan = 30000000 CNY], or [GBP 3m = 3000000 GBP]."),
    ("en", "It pays [1,500 Belarusian rubles = 1500 BYN] or [900 Swiss francs = 900 CHF] a head."),
    ("en", "A budget of [₹12 crore = 120000000 INR]; the rest, [Rs 5 lakh = 500000 INR], is late."),
    (
        "en",
        "It is [two million euros = 2000000 EUR] or [half a million dollars = 500000 USD].",
    ),
    ("en", "About [one and a half billion euros = 1500000000 EUR] went to roads."),
    ("en", "A museum gave [R$ 740,000 = 740000 BRL], [HK$5m = 5000000 HKD] and [A$14 = 14 AUD]."),
    ("en", "Wages rose to [200,000 Namibian dollars = 200000 NAD]."),
    (
        "ru",
        "Завод обойдётся в [1,8 млрд рублей = 1800000000 RUB], из них [20 тыс. евро = 20000 EUR].",
    ),
    ("ru", "Дали [десять миллионов тенге = 10000000 KZT] и [850 намибийских долларов = 850 NAD]."),
    ("zh", "总投资[36亿元 = 3600000000 CNY]，其中外资[1.7亿美元 = 170000000 USD]。"),
    ("zh", "开价[90万阿里亚里 = 900000 MGA]，还到[3万多卢布 = 30000 RUB]。"),
    ("de", "Das Bad kostet [2,5 Mio. Euro = 2500000 EUR], der Steg [1.200.000 € = 1200000 EUR]."),
    ("fr", "Le quai a coûté [deux millions d'euros = 2000000 EUR]."),
    ("es", "Costó [3.000 millones de pesos = 3000000000 MXN] en total."),
    ("pl", "Dotacja wynosi [200 tys. złotych = 200000 PLN]."),
    # ranges and changes
    ("en", "Costs of [$3–5 million = 3000000/5000000 USD] are likely."),
    ("en", "Between [3 and 5 million euros = 3000000/5000000 EUR] will be needed."),
    ("en", "The park grows by [10 to 15 per cent = 10/15 %] on [10 to 15 ha = 10/15 ha]."),
    ("en", "The share rose from [4% = 4 %] to [35% = 35 %]."),
    ("ru", "Нужно от [3 до 5 млн евро = 3000000/5000000 EUR]."),
    ("zh", "需要[3至5亿元 = 300000000/500000000 CNY]。"),
    # measures
    (
        "en",
        "A [64-metre = 64 m] bridge, [60 000 m² = 60000 m2] of roof, [2,500 TEU = 2500 TEU] a day.",
    ),
    ("en", "The kiln dries [420 tonnes per day = 420 t/d]; a line of [35 kV = 35 kV] feeds it."),
    ("en", "Prices fell by [0.4 percentage points = 0.4 pp] at [-5 °C = -5 °C]."),
    (
        "ru",
        "Площадь [6,4 тыс. кв. м = 6400 m2], мощность [120 МВт = 120 MW], рост [5 % = 5 %].",
    ),
    ("zh", "占地[100公顷 = 100 ha]，增长[百分之八点五 = 8.5 %]，提高[0.7个百分点 = 0.7 pp]。"),
    ("tr", "Ticaret [yüzde 8,7 = 8.7 %] arttı."),
    # counts
    ("en", "It made [350 permanent jobs = 350 jobs] in a [500-seat = 500 seats] hall."),
    (
        "en",
        "[Forty-one teachers = 41 teachers] met [25 young Kenyan researchers = 25 researchers].",
    ),
    (
        "en",
        "Some [3.3 million passengers = 3300000 passengers] came, above [40,000 = 40000 1] a day.",
    ),
    ("en", "Jobs: [780 = 780 jobs]"),
    ("ru", "Создано [2 400 рабочих мест = 2400 jobs], приехали [44 ученика = 44 pupils]."),
    ("zh", "提供[1200个就业岗位 = 1200 jobs]，[三百名学生 = 300 students]参加。"),
    ("de", "Es entstehen [1.200 Arbeitsplätze = 1200 jobs]."),
    # what is no amount
    ("en", "Three cities, both sides and two delegations of the 12 sister cities met."),
    ("en", "In 2019 students of 45 years came on 12 May for 10 years and 30 days, at 10.30."),
    (
        "en",
        "Article 5, page 12 shows, Resolution 88 members, room 15 guests, Apollo 13 astronauts.",
    ),
    (
        "en",
        "Call +375 17 220 55 11, postal code 220030; the score was 3:1, ISO-9001, COVID-19 cases.",
    ),
    (
        "ru",
        "В 2016 году, 12 лет назад, 17 ноября 2021 г., статья 12 договора; 12 городов-побратимов.",
    ),
    ("zh", "第12期，2019年5月12日，10周年，3个月，两个城市，“一带一路”，七八个。"),
]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_sentences(language: str, sentence: str) -> None:
    text = _MARK.sub(lambda m: m[1], sentence)
    found = list(amounts(text, language))
    assert [text[a:b] for a, b in found] == [m[1] for m in _MARK.finditer(sentence)]
    values = [quantity(text[a:b], language, before=text[:a]) for a, b in found]
    assert [written(v) for v in values if v] == [m[2] for m in _MARK.finditer(sentence)]


def test_a_bare_noun_of_money_means_the_currency_of_the_nearest_country() -> None:
    found = quantity("58 million pesos", near=("AR", "MX"))
    assert found is not None
    assert written(found) == "58000000 ARS"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("worth nearly ", ""),
        ("costs more than ", ""),
        ("a total of some ", ""),
        ("стоит около ", ""),
        ("总投资约", ""),
        ("kostet rund ", ""),
        ("", "左右"),
        ("", " or so"),
    ],
)
def test_rough_amounts(before: str, after: str) -> None:
    assert is_approximate(before, after)


@pytest.mark.parametrize("before", ["worth ", "a handsome ", "cost of ", "в городе "])
def test_exact_amounts(before: str) -> None:
    assert not is_approximate(before, " in all")


def test_a_word_inside_the_amount_makes_it_rough() -> None:
    found = quantity("20多名工人", "zh")
    assert found is not None
    assert found.approximate


_PIECES = [
    "12",
    "1,200",
    "3.5",
    " ",
    "-",
    "–",
    "$",
    "€",
    "million",
    "млн",
    "万",
    "元",
    "三百",
    "百分之",
]
_PIECES += [
    "%",
    "people",
    "and",
    "half a",
    "руб.",
    "to",
    "от",
    "до",
    "个",
    "½",
    "1/0",
    ".",
    "\n",
    "第",
]
_TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)


@given(_TEXTS, st.sampled_from(["en", "ru", "zh", "de", "tr", ""]))
def test_readings_lie_in_the_text_and_do_not_overlap(text: str, language: str) -> None:
    last = 0
    for reading in readings(text, language):
        assert last <= reading.start < reading.end <= len(text)
        last = reading.end


@given(
    st.integers(min_value=10, max_value=10**12), st.sampled_from(["EUR", "KZT", "ha", "km", "%"])
)
def test_what_is_written_reads_back(number: int, unit: str) -> None:
    found = quantity(f"{number:,} {unit}")
    assert found is not None
    assert written(found) == f"{number} {unit}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Its cost, first set at 7.5 million euros, has risen to 8.9 million.", "8900000 EUR"),
        ("A fund of $5 million came. It served some 3 million.", "3000000 1"),
    ],
)
def test_a_sum_that_rises_keeps_its_currency(tmp_path: Path, text: str, value: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text + "\n", "utf-8")
    claims = extract(path, path.name, load())
    assert isinstance(claims, Claims)
    found = [m.value for m in claims.resolved.mentions if m.label == "AMOUNT"]
    assert found[-1] == value
