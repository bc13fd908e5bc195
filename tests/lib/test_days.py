from datetime import date

import pytest

from sumairu.lib.days import day_name, full_day, period


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 4, 1), "4月1日（水）", id="Wednesday"),
        pytest.param(date(2024, 2, 29), "2月29日（木）", id="leap day"),
        pytest.param(date(2026, 11, 29), "11月29日（日）", id="Sunday"),
    ],
)
def test_a_day_has_its_weekday(day, name):
    assert day_name(day) == name
    assert full_day(day) == f"{day.year}年{name}"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param(date(2026, 4, 1), date(2026, 4, 30), "4月1日（水）から4月30日（木）まで", id="this year"),
        pytest.param(
            date(2026, 4, 1), date(2027, 3, 31), "4月1日（水）から2027年3月31日（水）まで", id="into the next"
        ),
        pytest.param(
            date(2025, 4, 1), date(2026, 3, 31), "2025年4月1日（火）から2026年3月31日（火）まで", id="from the last"
        ),
        pytest.param(None, date(2026, 4, 30), "4月30日（木）まで", id="no first day"),
        pytest.param(date(2027, 4, 1), None, "2027年4月1日（木）から", id="no last day"),
        pytest.param(None, None, "通年", id="neither"),
    ],
)
def test_a_period_names_a_year_where_it_changes(first, last, words):
    assert period(first, last, 2026) == words
