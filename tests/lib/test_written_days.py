from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.written_days import FIRST, LAST, Unreadable, era_day, read_day

APRIL = date(2027, 4, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2027/4/1",
        "2027-4-1",
        "2027-04-01",
        "2027.4.1",
        "20270401",
        "2027年4月1日",
        "２０２７年４月１日",
        "２０２７／０４／０１",
        "2027−4−1",
        "西暦2027年4月1日",
        "R9.4.1",
        "r9/4/1",
        "R9-04-01",
        "Ｒ９．４．１",
        "令和9年4月1日",
        "令和９年４月１日",
        "令和 9年 4月 1日",
        "㋿9年4月1日",
        "令和九年四月一日",
        "二〇二七年四月一日",
        "令和9・4・1",
        "　2027/4/1　",
        "令和9年4月1日（木）",
        "2027年4月1日(木曜日)",
        "令和9年（2027年）4月1日",
        "2027(令和9)年4月1日",
        "2027-04-01 00:00:00",
        "2027/4/1 0:00",
        date(2027, 4, 1),
        datetime(2027, 4, 1),  # noqa: DTZ001 (as a cell of a workbook has it)
    ],
)
def test_a_day_is_read_as_people_write_it(written):
    assert read_day(written) == APRIL


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("2028/2/29", date(2028, 2, 29)),
        ("令和十二年十二月三十一日", date(2030, 12, 31)),
    ],
)
def test_an_era_is_read_to_its_first_and_last_day(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("08/04/01", "2008年4月1日・令和8年4月1日・平成8年4月1日・2001年8月4日・2001年4月8日のどれか"),
        ("12/1/26", "どれか"),
        ("9.4.1", "令和9年4月1日"),
        ("9年4月1日", "2009年4月1日・令和9年4月1日・平成9年4月1日のどれか"),
        ("27-04-01", "どれか"),
        ("270401", "どれか"),
        ("99/99/99", "どの年か"),
        ("4/1/2027", "どれが月でどれが日か"),
        ("13/4/2027", "どれが月でどれが日か"),
        ("4/1", "年がありません"),
        ("4月1日", "年がありません"),
        ("2027年4月", "月か日がありません"),
        ("2027/4", "月か日がありません"),
        ("令和9年度", "月か日がありません"),
        ("令和元年", "月か日がありません"),
        ("平成40年4月1日", "平成は平成31年4月30日（火）まで"),
        ("平成31年5月1日", "令和元年5月1日（水）"),
        ("令和元年4月30日", "平成31年4月30日（火）"),
        ("昭和64年1月8日", "平成元年1月8日（日）"),
        ("令和0年4月1日", "元年"),
        ("2027/2/29", "2027年2月は28日まで"),
        ("令和9年4月31日", "2027年4月は30日まで"),
        ("2027/13/1", "月は1から12まで"),
        ("2027/0/1", "月は1から12まで"),
        ("2027/4/0", "30日まで"),
        ("令和9年4月1日（金）", "曜日が合いません。2027年4月1日（木）です"),
        ("令和9年(2026)4月1日", "合いません"),
        ("2207/4/1", "1926年から2099年まで"),
        ("0000/4/1", "年"),
        ("2027/4/1 17:00", "時刻"),
        ("2027/4/1 0", "読めません"),
        ("46478", "読めません"),
        (46478, "書式"),
        (46478.0, "書式"),
        (datetime(2027, 4, 1, 17), "時刻"),  # noqa: DTZ001
        ("あした", "読めません"),
        ("2027/4/1〜2027/5/31", "読めません"),
        ("十十年四月一日", "年がありません"),
        ("", "読めません"),
    ],
)
def test_what_is_no_single_day_is_refused_with_what_to_write(written, reason):
    with pytest.raises(Unreadable, match=reason):
        read_day(written)


def test_a_day_is_said_with_its_era_and_weekday():
    assert era_day(APRIL) == "令和9年4月1日（木）"
    assert era_day(date(1926, 12, 24)) == "1926年12月24日（金）"


@given(st.dates(date(1926, 12, 25), date(LAST, 12, 31)))
def test_what_is_said_of_a_day_is_read_as_that_day(day):
    assert read_day(era_day(day)) == read_day(day.isoformat()) == read_day(f"{day:%Y/%m/%d}") == day


@given(st.text(max_size=20) | st.text("0123456789年月日/.-RHS令和元 （木）:T", max_size=14))
def test_anything_else_is_a_day_or_a_refusal(text):
    with suppress(Unreadable):
        assert FIRST <= read_day(text).year <= LAST


def test_two_digits_never_name_a_year():
    """08/04/01 was once read as a day of 2001, and public at once."""
    for offset in range(0, 366 * 5, 7):
        day = date(2024, 1, 1) + timedelta(days=offset)
        for written in (f"{day:%y/%m/%d}", f"{day:%m/%d/%y}", f"{day:%d/%m/%y}", f"{day:%y.%m.%d}", f"{day:%m/%d/%Y}"):
            with pytest.raises(Unreadable):
                read_day(written)


def test_a_long_text_is_refused_before_it_is_looked_at():
    with pytest.raises(Unreadable) as refused:
        read_day("T" * 5_000)
    assert len(str(refused.value)) < 150
