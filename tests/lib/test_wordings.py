from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.folding import fold
from sumairu.lib.wareki import FIRST, LAST, era_name, gregorian_name
from sumairu.lib.wordings import wordings, year_wordings


def says(text, word):
    """Is `word` found in `text`, as an index finds it?"""
    return any(wording in fold(text) for wording in wordings(word))


SAME_YEAR = ["令和3", "令和3年度", "令和３年度", "令和3年", "㋿3", "R3", "Ｒ３年度", "2021", "２０２１年度"]
SAME_YEAR_IN_KANJI = ["令和三", "令和三年", "令和三年度", "二〇二一年度"]


@pytest.mark.parametrize("word", [*SAME_YEAR, *SAME_YEAR_IN_KANJI])
@pytest.mark.parametrize(
    "text",
    [
        "令和３年度の取組",
        "令和3（2021）年度",
        "R3年度予算",
        "2021年度",
        "２０２１年４月",
        "kushiro-2021-1",
        "令和三年度",
    ],
)
def test_a_year_is_found_however_it_is_written(word, text):
    assert says(text, word)


@pytest.mark.parametrize("word", ["令和3", "2021", "令和3年度"])
@pytest.mark.parametrize(
    "text", ["2050年（令和32年）", "令和30年度", "令和三十年", "令和十三年度", "平成3年度", "3年度", "2020年度"]
)
def test_another_year_is_not(word, text):
    assert not says(text, word)


def test_of_two_eras_in_a_year_each_finds_the_other():
    assert says("平成31年度予算", "令和元年度")
    assert says("令和元年度", "H31")
    assert says("2019年度", "令和1年")


def test_a_letter_may_mean_something_else():
    assert says("H3ロケット", "H3")
    assert not says("H3ロケット", "平成3年")


@given(st.integers(FIRST, LAST))
def test_every_year_is_found_by_each_of_its_names(year):
    for asked, written in combinations([era_name(year), gregorian_name(year), str(year)], 2):
        assert says(written if written != str(year) else f"{written}年", asked)
        assert set(year_wordings(asked)) == set(year_wordings(written))


@pytest.mark.parametrize("word", ["012068", "０１２０６８", "01206", "12068"])
def test_a_code_is_found_with_and_without_its_check_digit(word):
    assert says("団体コード 012068", word)
    assert says("01206 釧路市", word)


@pytest.mark.parametrize("word", ["45億8000万円", "45億8,000万円", "８０００万", "8，000万", "8000"])
@pytest.mark.parametrize("text", ["予算額 45億8,000万円", "予算額４５億８０００万円"])
def test_a_number_is_found_with_and_without_its_commas(word, text):
    assert says(text, word)


@pytest.mark.parametrize("word", ["kushiro-2021-1", "1.2345", "0123", "32人"])
def test_what_is_no_long_number_has_no_commas(word):
    assert wordings(word) == [fold(word)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("廣域観光", "広域観光"),
        ("広域", "廣域"),
        ("澤", "沢"),
        ("龍", "竜"),
        ("﨑", "崎"),
        ("國", "国"),
        ("辻󠄀", "辻"),
        ("ｴｿﾞｼｶ", "えぞしか"),
        ("サポ-ト", "サポート"),
        ("ｋｕｓｈｉｒｏ－２０２１－１", "kushiro-2021-1"),
        ("コンピューター", "コンピュータ"),
        ("コンピュータ", "コンピューター"),
    ],
)
def test_a_word_is_found_in_other_letters(word, text):
    assert says(text, word)


@pytest.mark.parametrize("word", ["", "　", "シカ", "鹿", "3", "R", "令和", "令和100年", "-", "ー"])
def test_what_is_no_year_and_no_code_stays_as_it_is(word):
    assert wordings(word) == [fold(word)]
