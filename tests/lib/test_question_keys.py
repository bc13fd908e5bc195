import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from sumairu.lib.question_keys import QuestionKey

# As they stand in what runs and layouts kept before there was a type for them.
WRITTEN = {
    "cell:予算額!C6": ("cell", "予算額!C6", None, False),
    "unit:R4!D:千円": ("unit", "R4!D:千円", None, False),
    "name:地域づくり交付金": ("name", "地域づくり交付金", None, True),
    "indicator:yen:一覧/金額": ("indicator", "yen:一覧/金額", None, True),
    "program@sheet:予算額": ("program", "", "予算額", True),
    "hokkaido@sheet:": ("hokkaido", "", "", True),
    "name:二行\nの名前": ("name", "二行\nの名前", None, True),
    "unitofyen@column:決算!R4": ("unitofyen", "", "R4", True),
    "まったく別の文字": ("", "", None, True),
    "": ("", "", None, True),
}


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: repr(written))
def test_a_key_says_what_it_is_about(written):
    key = QuestionKey(written)
    assert (key.about, key.name, key.sheet, key.holds_for_others) == WRITTEN[written]
    assert key == written


@given(sampled_from(["name", "town", "column"]), text(), text())
def test_a_key_is_read_as_it_was_made_whatever_stands_in_a_workbook(about, name, sheet):
    of_name, of_sheet = QuestionKey.of_name(about, name), QuestionKey.of_sheet(about, sheet)
    assert (of_name.about, of_name.name, of_name.sheet) == (about, name, None)
    assert (of_sheet.about, of_sheet.name, of_sheet.sheet) == (about, "", sheet)
    assert of_sheet.in_sheet(name) == QuestionKey.of_sheet(about, name)
    of_column = QuestionKey.of_column(about, sheet, name)
    assert (of_column.about, of_column.name, of_column.sheet) == (about, "", sheet)
    assert of_column.in_sheet(name) == QuestionKey.of_column(about, name, name)
