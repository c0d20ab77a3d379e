"""The main language of a text, in `documents.csv`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.clean.language import language_of
from pipeline.extract import read
from pipeline.ingest import opened
from pipeline.records import RawDocument


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The two towns have been twinned since the mayors met at the fair."),
        ("de", "Die beiden Städte sind seit der Messe miteinander befreundet."),
        ("fr", "Les deux villes sont jumelées depuis la foire de printemps."),
        ("es", "Las dos ciudades están hermanadas desde la feria de primavera."),
        ("pt", "As duas cidades estão geminadas desde a feira da primavera."),
        ("it", "Le due città sono gemellate dalla fiera di primavera."),
        ("nl", "De twee steden hebben sinds de beurs een stedenband met elkaar."),
        ("pl", "Oba miasta są partnerskie od czasu wiosennych targów."),
        ("cs", "Obě města jsou partnerská od doby jarního veletrhu."),
        ("sk", "Obe mestá sú partnerské od času jarného veľtrhu."),
        ("hu", "A két város a tavaszi vásár óta testvérváros."),
        ("ro", "Cele două orașe sunt înfrățite de la târgul de primăvară."),
        ("sv", "De två städerna har varit vänorter sedan mässan på våren."),
        ("fi", "Kaupungit ovat olleet ystävyyskaupunkeja kevään messuista lähtien."),
        ("tr", "İki kent ilkbahar fuarından bu yana kardeş şehir olarak anılıyor."),
        ("ru", "Оба города дружат с весенней ярмарки, и это давно не новость."),
        ("uk", "Обидва міста дружать від весняного ярмарку, і це вже не новина."),
        ("be", "Абодва гарады сябруюць ад вясновага кірмашу, і гэта ўжо не навіна."),
        ("bg", "Двата града са побратимени от пролетния панаир и това не е новина."),
        ("sr", "Два града су побратимљени од пролећног вашара и то није вест."),
        ("mk", "Двата града се збратимени од пролетниот панаѓур и тоа не е вест."),
        ("el", "Οι δύο πόλεις είναι αδελφοποιημένες από την ανοιξιάτικη έκθεση."),
        ("ar", "المدينتان متوأمتان منذ معرض الربيع في العام الماضي."),
        ("fa", "این دو شهر از زمان نمایشگاه بهار با هم خواهرخوانده هستند."),
        ("ur", "یہ دونوں شہر بہار کے میلے سے جڑواں شہر ہیں۔"),
        ("he", "שתי הערים תאומות מאז יריד האביב."),
        ("ko", "두 도시는 봄 박람회 이후 자매도시이다."),
        ("ja", "両市は春の見本市のあと姉妹都市になった。"),
        ("zh", "两市在春季博览会后结为友好城市。"),
        ("ka", "ორი ქალაქი დამეგობრებულია გაზაფხულის ბაზრობიდან."),
        ("hi", "दोनों नगर वसंत के मेले के बाद से मित्र हैं और यह पुरानी बात है।"),
        ("und", "1984 – 2019, 17 %"),
    ],
)
def test_the_language_of_a_sentence(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Hermanamientos\nHamburgo (Alemania)\nLyon (Francia)\nGraz (Austria)"),
        ("pl", "Lyon, Francja, 1971\nGraz, Austria, 1980\nOsaka, Japonia, 1992"),
        ("en", "Osaka, Japan\nLyon, France\nGraz, Austria\nBergen, Norway"),
        ("nl", "Stedenbanden\nHamburg\nLyon\nKraków\nNovi Sad\nOsaka\nSan Diego"),
        ("en", "SISTER CITIES OF THE PORT\nHAMBURG\nLYON\nVALENCIA\nGRAZ"),
        ("ru", "Города-побратимы\nГамбург (Hamburg)\nЛион (Lyon)\nКраков (Kraków)"),
        ("ja", "姉妹都市　大阪府堺市　愛知県豊田市　山形県米沢市"),
    ],
)
def test_names_of_towns_say_nothing_about_the_language_of_a_list(language: str, text: str) -> None:
    assert language_of(text) == language


def test_a_long_text_is_judged_as_a_whole() -> None:
    preface = "A word from the mayor to all guests of the town. " * 60
    assert (
        language_of(preface + "Die Stadt und der Landkreis sind seit langem befreundet. " * 600)
        == "de"
    )


def test_what_a_file_claims_helps_where_the_text_leaves_it_open() -> None:
    names = "Hamburg, Lyon, Graz"
    assert language_of(names, "sv-SE") == "sv"
    assert language_of("The two towns have been twinned since the fair in May.", "sv") == "en"
    assert language_of("两市结为友好城市", "en") == "zh"
    raw = opened((names + "\n").encode(), "list.txt")
    assert isinstance(raw, RawDocument)
    assert clean(replace(raw, language="da"), lambda word: False).language == "da"


@given(st.text(), st.sampled_from(["", "en", "pt-BR", "zh_Hant", "xx"]))
def test_every_text_has_a_language(text: str, claim: str) -> None:
    found = language_of(text, claim)
    assert found == "und" or (found.isalpha() and len(found) == 2)
    assert found == language_of(text, claim)


def test_a_file_shows_its_language(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Vennskapsbyer\n\nGraz, Østerrike\nLyon, Frankrike\n", "utf-8")
    document = read(path, path.name)
    assert getattr(document, "language", "") == "nb"
