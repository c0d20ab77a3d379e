"""Names of the world: every form in which a text may write a place finds the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gazetteer.build import ensure
from pipeline.gazetteer.cities import great_cities, largest
from pipeline.gazetteer.divisions import divisions
from pipeline.gazetteer.lookup import Gazetteer
from pipeline.gazetteer.names import key
from pipeline.gazetteer.russian import base_forms
from pipeline.gazetteer.vocabulary import vocabulary


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(ensure())


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Minsk Oblast", "Minsk Oblast", "BY"),
        ("Minsk Region", "Minsk Oblast", "BY"),
        ("Minskaya oblast", "Minsk Oblast", "BY"),
        ("Gomel region", "Gomel Oblast", "BY"),
        ("Гомельской области", "Gomel Oblast", "BY"),
        ("戈梅利州", "Gomel Oblast", "BY"),
        ("State of Bavaria", "Bavaria", "DE"),
        ("Free State of Saxony", "Saxony", "DE"),
        ("巴伐利亚", "Bavaria", "DE"),
        ("Yubei District", "Yubei District", "CN"),
        ("Yubei", "Yubei District", "CN"),
        ("渝北区", "Yubei District", "CN"),
        ("Osaka Prefecture", "Osaka Prefecture", "JP"),
        ("Osaka-fu", "Osaka Prefecture", "JP"),
        ("County Cork", "County Cork", "IE"),
        ("Province of Quebec", "Quebec", "CA"),
        ("the Autonomous Region of Madeira", "Madeira", "PT"),
        ("Guangxi Zhuang Autonomous Region", "Guangxi", "CN"),
        ("Guangxi", "Guangxi", "CN"),
        ("广西", "Guangxi", "CN"),
        ("провинции Сычуань", "Sichuan", "CN"),
        ("Île-de-France", "Île-de-France", "FR"),
        ("Ile de France", "Île-de-France", "FR"),
        ("Татарстане", "Tatarstan", "RU"),
        ("得克萨斯州", "Texas", "US"),
        ("Wielkopolska", "Greater Poland Voivodeship", "PL"),
        ("England", "England", "GB"),
        ("Rapides Parish", "Rapides Parish", "US"),
        ("Calif.", "California", "US"),
    ],
)
def test_regions_are_found_in_every_form(
    gazetteer: Gazetteer, written: str, name: str, country: str
) -> None:
    first = next(c for c in gazetteer.candidates(written) if c.place.kind == "region")
    assert (first.place.name, first.place.country) == (name, country)
    assert first.place.latitude is not None


@pytest.mark.parametrize(
    ("written", "place_id"),
    [
        ("Chongqing", "geonames:1814906"),
        ("Chongqing Municipality", "geonames:1814906"),
        ("Chungking", "geonames:1814906"),
        ("重庆市", "geonames:1814906"),
        ("Чунцине", "geonames:1814906"),
        ("古晋", "geonames:1735634"),
        ("紐約", "geonames:5128581"),
        ("罗勇", "geonames:1607017"),
        ("Peking", "geonames:1816670"),
        ("Xi'an", "geonames:1790630"),
        ("Xi’an", "geonames:1790630"),
        ("Xian", "geonames:1790630"),
        ("Шанхае", "geonames:1796236"),
        ("Минске", "geonames:625144"),
        ("Gomel", "geonames:627907"),
        ("Homiel", "geonames:627907"),
        ("Kharkov", "geonames:706483"),
        ("Lwów", "geonames:702550"),
        ("Breslau", "geonames:3081368"),
        ("Saigon", "geonames:1566083"),
        ("Constantinople", "geonames:745044"),
        ("Koenigsberg", "geonames:554234"),
        ("St. Petersburg", "geonames:498817"),
        ("Saint Petersburg", "geonames:498817"),
        ("Нижнем Новгороде", "geonames:520555"),
        ("Набережных Челнах", "geonames:523750"),
        ("Нью-Йорке", "geonames:5128581"),
        ("Уфы", "geonames:479561"),
        ("Шэньчжэнем", "geonames:1795565"),
        ("Вэйхаем", "geonames:1791673"),
    ],
)
def test_cities_are_found_in_every_form(gazetteer: Gazetteer, written: str, place_id: str) -> None:
    cities = [c.place for c in gazetteer.candidates(written) if c.place.kind == "city"]
    assert cities[0].place_id == place_id


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("UK", "GB"), ("U.S.", "US"), ("USA", "US"), ("PRC", "CN"), ("КНР", "CN"), ("中国", "CN"),
        ("Türkiye", "TR"), ("Turkey", "TR"), ("South Korea", "KR"), ("Republic of Korea", "KR"),
        ("DPRK", "KP"), ("Burma", "MM"), ("Ivory Coast", "CI"), ("Byelorussia", "BY"),
        ("Белоруссии", "BY"), ("Республики Беларусь", "BY"), ("白俄罗斯", "BY"),
        ("Соединённых Штатов Америки", "US"), ("Deutschland", "DE"), ("Macedonia", "MK"),
    ],
)  # fmt: skip
def test_countries_are_found_by_all_their_names(
    gazetteer: Gazetteer, written: str, country: str
) -> None:
    found = [c.place for c in gazetteer.candidates(written) if c.place.kind == "country"]
    assert [p.country for p in found] == [country]
    assert found[0].place_id.startswith("geonames:")
    assert found[0].latitude is not None


@pytest.mark.parametrize(
    "written", ["USSR", "us", "Central", "School District", "Naas, County", "Viana do"]
)
def test_what_is_no_place_of_today_is_no_country_or_region(
    gazetteer: Gazetteer, written: str
) -> None:
    assert not [c for c in gazetteer.candidates(written) if c.place.kind != "city"]


@pytest.mark.parametrize(
    ("city", "country", "area"),
    [
        ("Dallas", "US", "Texas"),
        ("Munich", "DE", "Bavaria"),
        ("Polotsk", "BY", "Vitebsk Oblast"),
        ("Osaka", "JP", "Osaka Prefecture"),
        ("Lyon", "FR", "Auvergne-Rhône-Alpes"),
        ("Chengdu", "CN", "Sichuan"),
        ("Glasgow", "GB", "Scotland"),
    ],
)
def test_cities_know_their_first_level_area(
    gazetteer: Gazetteer, city: str, country: str, area: str
) -> None:
    places = [c.place for c in gazetteer.candidates(city) if c.place.kind == "city"]
    assert next(p for p in places if p.country == country).admin1 == area


def test_an_area_without_a_row_lies_around_its_town(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("Kutaisi District")[0].place
    town = gazetteer.candidates("Kutaisi")[0].place
    assert (found.kind, found.country, found.latitude) == ("region", "GE", town.latitude)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Belarusian", "BY"), ("Belarusians", "BY"), ("Chinese", "CN"), ("китайской", "CN"),
        ("белорусского", "BY"), ("中方", "CN"), ("blue", ""), ("", ""),
    ],
)  # fmt: skip
def test_demonyms(gazetteer: Gazetteer, word: str, country: str) -> None:
    assert gazetteer.demonym(word) == country


@pytest.mark.parametrize(
    ("word", "state"),
    [("Nebr.", "Nebraska"), ("TX", "Texas"), ("N.C.", "North Carolina"), ("Ont.", "Ontario")],
)
def test_abbreviated_states(gazetteer: Gazetteer, word: str, state: str) -> None:
    region = gazetteer.abbreviated(word)
    assert region is not None
    assert region.place.name == state


def test_lists_name_only_what_the_sources_have() -> None:
    assert len(great_cities()) == len(vocabulary("cities"))
    assert {(key(n), c) for n, c in (w.split("/")[:2] for w in vocabulary("districts"))} <= set(
        largest()
    )
    assert set(vocabulary("regions")) <= set(divisions())
    assert set(vocabulary("abbreviations")) <= set(divisions())


@given(st.text())
def test_any_text_may_be_asked_for(gazetteer: Gazetteer, text: str) -> None:
    for candidate in gazetteer.candidates(text):
        assert candidate.place.kind in ("city", "region", "country")
    assert gazetteer.demonym(text) in ("", *(d.country for d in divisions().values()))


@given(st.text(alphabet="абвгдейклмностуь -", max_size=30))
def test_base_forms_are_few_and_new(text: str) -> None:
    forms = base_forms(text)
    assert len(forms) <= 24
    assert text.casefold() not in forms


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
