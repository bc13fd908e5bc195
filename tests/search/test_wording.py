import pytest

from sumairu.search.wording import MOST_WAYS, all_ways, ways_to_say
from tests.factories import make_synonym

pytestmark = pytest.mark.django_db


@pytest.fixture
def deer():
    for word in ("鹿", "シカ", "エゾシカ"):
        make_synonym(word)


def texts(word):
    return [way.text for way in ways_to_say(word)]


@pytest.mark.parametrize("word", ["鹿", "しか", "ｼｶ", "エゾシカ", "えぞしか"])
@pytest.mark.usefixtures("deer")
def test_words_that_mean_the_same_find_one_another(word):
    assert set(texts(word)) == {"鹿", "シカ", "エゾシカ"}


@pytest.mark.usefixtures("deer")
def test_what_was_typed_comes_first_and_the_others_say_why():
    typed, *others = ways_to_say("しか")
    assert (typed.text, typed.shown, typed.how) == ("シカ", "しか", "")
    assert {(way.shown, way.how) for way in others} == {("鹿", "の言いかえ"), ("エゾシカ", "の言いかえ")}


@pytest.mark.usefixtures("deer")
def test_a_part_of_a_longer_word_stands_for_nothing_else():
    assert texts("鹿肉") == ["鹿肉"]


def test_a_word_alone_in_its_group_stands_for_itself():
    make_synonym("鹿")
    assert texts("鹿") == ["鹿"]


def test_a_year_is_said_in_all_its_names():
    assert texts("R3")[0] == "r3"
    assert {"令和3年", "2021"} <= set(texts("R3"))


def test_a_long_group_is_cut():
    for number in range(MOST_WAYS + 5):
        make_synonym(f"言葉{number}")
    assert len(texts("言葉1")) == MOST_WAYS


@pytest.mark.usefixtures("deer")
def test_eight_words_ask_as_often_as_one(django_assert_num_queries):
    with django_assert_num_queries(1):
        ways_to_say("鹿")
    with django_assert_num_queries(1):
        all_ways(["鹿", "観光", "2021", "移住", "補助金", "シカ", "別海", "羅臼"])
