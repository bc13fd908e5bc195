import pytest

from support.comparison import differences
from tests.factories import make_edition, make_program, make_window

pytestmark = pytest.mark.django_db


def rows(before, after):
    program = make_program()
    editions = (
        make_edition(program=program, fiscal_year=2020, **before),
        make_edition(program=program, fiscal_year=2021, **after),
    )
    return [(row.label, row.word, row.is_change) for row in differences(*editions)]


@pytest.mark.parametrize(
    ("before", "after", "word", "is_change"),
    [
        pytest.param("2分の1以内", "2分の1以内", "同じ", False, id="same"),
        pytest.param("2分の1以内", "3分の1以内", "ちがう", True, id="changed"),
        pytest.param("", "3分の1以内", "前の年度が不明", False, id="not known before"),
        pytest.param("2分の1以内", "", "今回の記載なし", False, id="not said now"),
    ],
)
def test_only_what_both_years_say_can_differ(before, after, word, is_change):
    assert rows({"rate": before}, {"rate": after}) == [("支援の割合", word, is_change)]


def test_what_neither_year_says_is_no_row():
    assert rows({}, {}) == []


def test_windows_of_everywhere_stand_side_by_side():
    program = make_program()
    before, after = (make_edition(program=program, fiscal_year=year) for year in (2020, 2021))
    make_window(edition=after, applicant="group")
    (row,) = differences(before, after)
    assert row.after == "団体：2021年4月1日（木）から5月31日（月）まで"
    assert row.before == ""
