"""Numbers that look like amounts and people and are none, and units, codes and years in the words of many offices."""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import figures, reasons


@pytest.mark.parametrize(
    "name",
    [
        "1人当たり所得（千円）",
        "１世帯あたり人員（人）",
        "人口10万人対医師数（人）",
        "人口千対出生（人）",
        "人口密度（人）",
        "可住地面積１km2当たり人口【人】",
        "性比",
        "職員一人当たり人口（人）",
    ],
)
def test_what_is_divided_is_no_amount_and_no_people(name):
    content = xlsx([["令和4年度"], ["市町村", "人口（人）", name], ["釧路市", 165_000, 5], ["根室市", 24_000, 6]])
    assert list(figures(content)) == ["B3", "B4"]
    assert list(reasons(content)) == ["C3", "C4"]


@pytest.mark.parametrize(
    "name", ["子育て手当（千円）", "割当額（千円）", "密度補正後の額（千円）", "日当たり改善（千円）"]
)
def test_what_only_sounds_divided_is_an_amount(name):
    assert list(figures(xlsx([["令和4年度"], ["市町村", name], ["釧路市", 165_000]]))) == ["B3"]


def test_a_table_of_what_is_divided_has_no_figures():
    content = xlsx([["令和4年度 市町村別１人当たり医療費（円）"], ["市町村", "医療費"], ["釧路市", 365_000]])
    assert figures(content) == {}
    assert "一つ当たり" in reasons(content)["B3"]


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("1,000円", 7_000),
        ("1000円", 7_000),
        ("100万円", 7_000_000),
        ("単位：10円", 70),
        ("10億円", 7_000_000_000),
        ("単位：1,000円", 7_000),
        ("単位：１００万円", 7_000_000),
        ("金額単位：千円", 7_000),
        ("thousand yen", 7_000),
        ("Unit: million yen", 7_000_000),
    ],
)
def test_a_unit_may_have_its_size_in_digits_or_in_english(unit, value):
    over_column = xlsx([["令和4年度"], ["市町村", f"決算額（{unit}）"], ["釧路市", 7]])
    over_table = xlsx([["令和4年度"], [None, f"（{unit}）"], ["市町村", "決算額"], ["釧路市", 7]])
    assert [[each.value for each in read(content).figures] for content in (over_column, over_table)] == [[value]] * 2


@pytest.mark.parametrize(
    ("unit", "value"), [("1,000人", 7_000), ("100人", 700), ("10万人", 700_000), ("１万人", 70_000)]
)
def test_people_are_counted_so_too(unit, value):
    content = xlsx([["令和4年度"], ["市町村", f"入込客数（{unit}）"], ["釧路市", 7]])
    assert [each.value for each in read(content).figures] == [value]


@pytest.mark.parametrize("header", ["地域コード", "コード", "code", "area code", "団体コード"])
def test_a_code_is_no_name(header):
    rows = [
        [header, "市町村", "人口（人）"],
        ["01202", "函館市", 251],
        ["01203", "小樽市", 111],
        ["01209", "夕張市", 7],
    ]
    assert [(each.code, each.label) for each in read(xlsx(rows)).figures] == [
        ("012025", "函館市"),
        ("012033", "小樽市"),
        ("012092", "夕張市"),
    ]


def test_english_headers_are_read():
    rows = [["year", "city", "amount (thousand yen)"], [2022, "Kushiro", 7], [2023, "Kushiro", 8]]
    assert [(each.calendar_year, each.label, each.value) for each in read(xlsx(rows)).figures] == [
        (2022, "Kushiro", 7_000),
        (2023, "Kushiro", 8_000),
    ]


def test_numbers_that_count_the_rows_are_no_figures():
    rows = [["#property", "市町村", "人口（人）"], ["1", "函館市", 251], ["2", "小樽市", 111], ["3", "夕張市", 7]]
    assert list(figures(xlsx(rows))) == ["C2", "C3", "C4"]


def test_numbers_of_a_month_are_left_out_as_such():
    rows = [["年", "月", "市町村", "人数（人）"], [2023, 1, "釧路市", 7], [2023, 2, "釧路市", 8]]
    assert figures(xlsx(rows)) == {}
    assert [reason.startswith("月ごと") for reason in reasons(xlsx(rows)).values()] == [True, True]


def test_a_total_is_held_against_parts_of_its_own_year():
    rows = [
        ["令和2年度（単位：人）"],
        ["市町村", "総数", "男", "女", "2015年の人口"],
        ["釧路市", 30, 10, 20, 40],
        ["根室市", 50, 20, 30, 60],
    ]
    assert read(xlsx(rows)).remarks == ()
    rows[2][1] = 31
    assert [each.cell for each in read(xlsx(rows)).remarks] == ["B3"]


def test_ratios_add_up_to_nothing():
    rows = [["令和2年度"], ["年齢", "男（人）", "性比"], ["総数", 30, 90.5], ["若者", 10, 88], ["老人", 20, 77]]
    assert read(xlsx(rows)).remarks == ()


def test_a_total_of_a_year_adds_the_rows_of_that_year():
    rows = [["年度", "市町村", "人口（人）"], ["R2", "合計", 30], ["R2", "釧路市", 10], ["R2", "根室市", 20]]
    rows += [["R3", "合計", 50], ["R3", "釧路市", 20], ["R3", "根室市", 30]]
    assert read(xlsx(rows)).remarks == ()


def test_names_may_stand_far_above_the_row_of_units():
    rows = [["令和4年度"], ["市町村", "歳入", "歳出"], [], [], [None, "千円", "千円"], ["釧路市", 7, 8]]
    assert [(each.column, each.value) for each in read(xlsx(rows)).figures] == [(("歳入",), 7_000), (("歳出",), 8_000)]


@pytest.mark.parametrize(("numbers", "word"), [((1, 1), None), ((2021, 2020), "年度")], ids=["an index", "years"])
def test_numbers_between_names_are_part_of_the_header(numbers, word):
    rows = [
        ["コード", None, "A1", "A2"],
        [None, word, *numbers],
        ["コード", "市町村", "人口", "世帯数"],
        ["012068", "釧路市", 7, 8],
    ]
    found = read(xlsx(rows)).figures
    assert [(each.cell, each.column[-1]) for each in found] == [("C4", "人口"), ("D4", "世帯数")]
    assert [each.fiscal_year for each in found] == (list(numbers) if word else [None, None])


def test_what_is_said_of_the_file_is_no_table():
    rows = [
        ["公開日：", "2025年06月20日"],
        ["調査年：", 2020100000, "2020年度"],
        [],
        ["市町村", "人口（人）"],
        ["釧路市", 7],
    ]
    assert [(each.cell, each.fiscal_year) for each in read(xlsx(rows)).figures] == [("B5", 2020)]


def test_units_may_stand_in_the_row_that_names_the_labels():
    rows = [["令和4年度の調査"], ["（注）回答のあった市町村の数値"], [None, None, "事業費", None, "利用者"]]
    rows += [[None, None, "令和4年度", None, "令和4年度"], [None, None, "当初", "決算", "計画"]]
    rows += [["市町村コード", "市町村名", "（千円）", "（千円）", "（人）"], ["012068", "釧路市", 10, 20, 3]]
    found = {each.cell: (each.label, each.code, each.fiscal_year, each.value) for each in read(xlsx(rows)).figures}
    assert found["C7"] == ("釧路市", "012068", 2022, 10_000)
    assert found["D7"] == ("釧路市", "012068", 2022, 20_000)


def test_a_year_in_a_row_over_codes_is_of_all_columns():
    rows = [["都道府県コード", "調査年：", "令和2年"], ["地域コード", "地域", "人口", "外国人人口"]]
    rows += [[None, None, "人", "人"], ["01202", "函館市", 251, 11], ["01203", "小樽市", 111, 4]]
    assert {each.calendar_year for each in read(xlsx(rows)).figures} == {2020}


def test_a_title_over_the_names_of_the_left_one_of_two_tables_states_its_unit():
    rows = [["表1　普通交付税（千円）", None, None, "表2　特別交付税（百万円）"], ["市町村", "R3", "R4"] * 2]
    rows += [["釧路市", 1, 2] * 2]
    assert [each.value for each in read(xlsx(rows)).figures] == [1_000, 2_000, 1_000_000, 2_000_000]


def test_blank_rows_may_lie_around_a_unit_for_all():
    rows = [
        ["令和5年度"],
        [],
        ["派遣先", "職種", "人数"],
        [],
        [None, None, "（人）"],
        [],
        ["釧路町", "土木", 2],
        ["標茶町", "保健", "調整中"],
    ]
    content = xlsx(rows)
    assert [(each.label, each.value) for each in read(content).figures] == [("釧路町 土木", 2)]
    assert list(reasons(content)) == ["C8"]


def test_columns_of_the_same_years_in_two_ways_state_them():
    rows = [["西暦", "和暦", "人口（人）"], [2018, "平成30年", 15], [2019, "令和元年", 14]]
    assert [each.calendar_year for each in read(xlsx(rows)).figures] == [2018, 2019]


@pytest.mark.parametrize("header", ["年", "西暦", "暦年", "調査年"])
def test_bare_years_in_a_row_of_years_are_of_the_calendar(header):
    content = xlsx([["人口（人）"], [header, 2019, 2020], ["釧路市", 168_000, 165_000], ["根室市", 25_000, 24_600]])
    found = read(content).figures
    assert [(each.cell, each.fiscal_year, each.calendar_year) for each in found[:2]] == [
        ("B3", None, 2019),
        ("C3", None, 2020),
    ]


def test_bare_years_in_a_row_of_fiscal_years_are_such():
    content = xlsx([["派遣者数（人）"], ["年度", 2019, 2020], ["釧路市", 1, 2], ["根室市", 3, 4]])
    assert [each.fiscal_year for each in read(content).figures] == [2019, 2020, 2019, 2020]


@pytest.mark.parametrize(("header", "numbers"), [("番号", (1, 2, 3)), ("年齢", (20, 21, 25)), ("号", (5, 6, 7))])
def test_numbers_name_the_rows_where_nothing_else_does(header, numbers):
    rows = [[number, 10 * number] for number in numbers]
    found = read(xlsx([["令和4年度"], [header, "金額（千円）"], *rows])).figures
    assert [(each.label, each.value) for each in found] == [(str(number), 10_000 * number) for number in numbers]


@pytest.mark.parametrize(("header", "numbers"), [("職員数", (1, 2, 3)), ("番地", (3, 1, 2)), ("級", (1, 2.5, 3))])
def test_amounts_and_numbers_in_no_order_name_no_row(header, numbers):
    rows = [[number, 10] for number in numbers]
    assert not read(xlsx([["令和4年度"], [header, "金額（千円）"], *rows])).figures
