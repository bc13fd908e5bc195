"""Years across: what the header is, and where years are stated, and where they are not."""

from datetime import date

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import MERGE, READ, WIDE, figures, problems, reasons, wide


def test_a_wide_table_is_read_with_its_whole_path():
    [first, second] = read(xlsx(WIDE, merge=MERGE)).figures
    assert first.column == ("予算額", "H30年度")
    assert first.labels == (("制度名", "地域づくり総合交付金"),)
    assert (first.sheet, first.raw, first.kind, first.stage, first.code) == ("表", "45.5", "yen", None, None)
    assert second.column == ("予算額", "R元年度")


def test_a_table_says_where_it_stands():
    [table] = read(xlsx(WIDE, merge=MERGE)).tables
    assert (table.sheet, table.range, table.header_rows, table.label_columns) == ("表", "A4:C6", (4, 5), ("A",))
    assert table.title == "財政的支援の予算額の推移"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("平成30年度", "令和元年度"),
        ("Ｈ３０年度", "Ｒ元年度"),
        ("2018年度", "2019年度"),
        (2018, 2019),
        ("2018", "2019"),
        ("㍻30年度", "㋿元年度"),
        ("平成30年度\n（2018）", "令和元年度\n（2019）"),
        ("H30", "R1"),
    ],
)
def test_years_across_are_read_in_any_notation(first, second):
    assert figures(xlsx(wide(B5=first, C5=second), merge=MERGE)) == READ


def test_a_column_after_years_that_spread_is_of_no_year():
    rows = [
        ["市町村", "R2年度", "R3年度", None],
        [None, "予算額（千円）", "予算額（千円）", "人口（人）"],
        ["釧路市", 1, 2, 3],
    ]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2020, 2021, None]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [["制度名", "当初（千円）", "決算（千円）"], ["交付金", 2019, 2020], ["派遣", 1, 2]], id="named columns"
        ),
        pytest.param([["制度名", "予算額（千円）"], ["交付金", 2019], ["派遣", 1]], id="one column"),
        pytest.param([["制度名", "予算額（千円）"], [], ["交付金", 2019], ["派遣", 1]], id="below a blank row"),
    ],
)
def test_amounts_that_look_like_years_stay_amounts(rows):
    assert {each.fiscal_year for each in read(xlsx(rows)).figures} == {None}
    assert 2_019_000 in {each.value for each in read(xlsx(rows)).figures}


def test_an_era_stands_over_its_numbers():
    rows = [
        ["制度名", "平成", None, "令和", None],
        [None, 29, 30, "元", 2],
        ["地域づくり総合交付金（億円）", 45.1, 45.2, 45.3, 45.4],
    ]
    read_years = [each.fiscal_year for each in read(xlsx(rows, merge=["B1:C1", "D1:E1"])).figures]
    assert read_years == [2017, 2018, 2019, 2020]


@pytest.mark.parametrize("numbers", [[1, 2, 3], ["(1)", "(2)", "(3)"], ["（１）", "（２）", "（３）"], [None, 1, 2]])
def test_a_row_that_numbers_the_columns_is_header(numbers):
    rows = [["（単位：千円）"], ["市町村", "R2年度", "R3年度"], numbers, ["釧路市", 100, 200]]
    assert {cell: figure[1:] for cell, figure in figures(xlsx(rows)).items()} == {
        "B4": (2020, "千円", 100_000),
        "C4": (2021, "千円", 200_000),
    }


def test_small_counts_beside_a_name_do_not_number_the_columns():
    rows = [["（単位：件）"], ["No", "市町村", "R2年度", "R3年度"], [1, "釧路市", 2, 3], [2, "根室市", 3, 4]]
    assert len(figures(xlsx(rows))) == 4


def test_a_corner_called_fiscal_year_still_names_the_rows():
    rows = [["（単位：千円）"], ["年度", "R2", "R3"], ["交付金", 1, 2]]
    assert figures(xlsx(rows)) == {"B3": ("交付金", 2020, "千円", 1000), "C3": ("交付金", 2021, "千円", 2000)}


def test_an_era_over_its_numbers_need_not_be_merged():
    rows = [
        ["（単位：千円）"],
        ["市町村", "平成", None, "令和", None, None],
        [None, 29, 30, "元", 2, 3],
        ["釧路市", 1, 2, 3, 4, 5],
    ]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2017, 2018, 2019, 2020, 2021]


def test_numbers_beside_a_label_merged_into_the_header_are_header():
    rows = [["（単位：人）"], ["市町村", "人口", None], [None, 2015, 2020], ["釧路市", 174742, 165077]]
    assert [each.cell for each in read(xlsx(rows, merge=["A2:A3", "B2:C2"])).figures] == ["B4", "C4"]


def test_a_forecast_in_the_title_is_none_of_the_stages():
    content = xlsx([["令和3年度（見込み）"], [], ["市町村", "予算額（千円）"], ["釧路市", 1]])
    assert figures(content) == {}
    assert "段階" in reasons(content)["B4"]


def test_a_number_under_an_era_may_say_年度():
    rows = [["制度名", "平成", None], [None, "29年度", "30年度"], ["交付金（億円）", 1, 2]]
    assert [each.fiscal_year for each in read(xlsx(rows, merge=["B1:C1"])).figures] == [2017, 2018]


def test_years_written_once_over_two_columns_without_merging_name_both():
    rows = [
        [None, None, None, None, "（単位：千円、件）"],
        ["団体名", "平成20年度", None, "平成21年度", None],
        [],
        [None, "金額", "件数", "金額", "件数"],
        ["札幌市", 397800.697, 385, 62908.27999999999, 200],
    ]
    assert figures(xlsx(rows)) == {
        "B5": ("札幌市", 2008, "千円", 397_800_697),
        "C5": ("札幌市", 2008, "件", 385),
        "D5": ("札幌市", 2009, "千円", 62_908_280),
        "E5": ("札幌市", 2009, "件", 200),
    }


def test_a_year_in_the_title_holds_where_the_table_states_none():
    rows = [["令和３年度　支援制度の予算額"], [], ["制度名", "予算額（千円）"], ["交付金", 4550]]
    assert figures(xlsx(rows)) == {"B4": ("交付金", 2021, "千円", 4_550_000)}


def test_a_year_in_the_name_of_the_sheet_holds_too():
    assert figures(xlsx([["制度名", "予算額（千円）"], ["交付金", 4550]], name="R3"))["B2"][1] == 2021


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("予算額", "表", id="none stated"),
        pytest.param("平成28～30年度の予算額", "表", id="a range"),
        pytest.param("令和３年度と令和２年度の予算額", "表", id="two stated"),
        pytest.param("令和３年度の予算額", "R2", id="title and sheet differ"),
        pytest.param("３年度の予算額", "表", id="no era"),
    ],
)
def test_a_year_that_is_not_stated_is_none(title, name):
    rows = [[title], [], ["制度名", "予算額（千円）"], ["交付金", 4550]]
    assert figures(xlsx(rows, name=name))["B4"][1] is None


def test_a_title_s_year_is_not_that_of_a_column_beside_columns_of_years():
    rows = [["令和３年度の概要"], [], ["制度名", "R3年度（千円）", "人口（人）"], ["釧路市", 10, 165000]]
    assert figures(xlsx(rows)) == {"B4": ("釧路市", 2021, "千円", 10_000), "C4": ("釧路市", None, "人", 165_000)}


@pytest.mark.parametrize(
    "years",
    [
        pytest.param(["平成29年度", "30年度", "令和元年度", "2年度"], id="texts"),
        pytest.param(["平成29", 30, "令和元", 2], id="numbers"),
        pytest.param(["H29", "30", "R元", "2"], id="letters"),
    ],
)
def test_an_era_named_once_holds_for_the_years_that_follow(years):
    rows = [["（単位：千円）"], ["市町村", *years], ["釧路市", 1, 2, 3, 4]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2017, 2018, 2019, 2020]


def test_a_row_of_figures_that_begins_with_a_year_is_no_header():
    rows = [["年度", "実績（件）", None], ["平成29年度", 30, 31], ["平成30年度", 5, 6]]
    assert {each.cell: each.fiscal_year for each in read(xlsx(rows, merge=["B1:C1"])).figures} == {
        "B2": 2017,
        "C2": 2017,
        "B3": 2018,
        "C3": 2018,
    }


@pytest.mark.parametrize(
    "header", ["令和2年", "人口（R2.10.1現在）", "令和2年国勢調査人口", date(2020, 10, 1)], ids=["a year", "a day", "a census", "a date"]
)  # fmt: skip
def test_a_title_s_year_is_not_that_of_a_column_of_another_time(header):
    rows = [["令和3年度　市町村の概要"], [], ["市町村", header, "交付額（千円）"], ["釧路市", 165000, 10]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [None, 2021]


def test_days_under_the_word_for_fiscal_years_are_years_where_both_agree():
    rows = [
        ["（単位：千円）"],
        ["市町村", "年度", None, None],
        [None, date(2021, 4, 1), date(2022, 1, 1), date(2022, 4, 1)],
    ]
    content = xlsx([*rows, ["釧路市", 1, 2, 3]], merge=["A2:A3", "B2:D2"])
    assert [each.fiscal_year for each in read(content).figures] == [2021, None, 2022]


@pytest.mark.parametrize("code", ['[$-411]ggge"年度";@', 'yyyy"年度"'])
def test_a_date_shown_as_a_fiscal_year_is_one_where_both_agree(code):
    rows = [["（単位：千円）"], ["市町村", date(2021, 4, 1), date(2022, 1, 1), date(2022, 4, 1)], ["釧路市", 1, 2, 3]]
    content = xlsx(rows, formats={"B2": code, "C2": code, "D2": code})
    assert [each.fiscal_year for each in read(content).figures] == [2021, None, 2022]


def test_a_date_in_any_format_is_no_number():
    rows = [
        ["制度名", "予算額（千円）", "交付決定日"],
        ["交付金", 10, date(2021, 4, 1)],
        ["派遣", date(2021, 4, 1), None],
    ]
    code = '[$-411]ggge"年"m"月"d"日"'
    content = xlsx(rows, formats={"B3": code, "C2": code})
    assert list(figures(content)) == ["B2"]
    assert "日付" in problems(content)["B3"]


def test_a_year_may_stand_in_the_line_under_the_title():
    rows = [["市町村別交付額"], ["（令和3年度・当初）"], [None, "（単位：千円）"], ["市町村", "交付額"], ["釧路市", 1]]
    [figure] = read(xlsx(rows)).figures
    assert (figure.fiscal_year, figure.stage) == (2021, "当初")


def test_a_title_of_a_calendar_year_too_says_of_nothing_of_which_it_is():
    def years_under(title):
        return [
            each.fiscal_year for each in read(xlsx([[title], ["市町村", "人口（人）"], ["釧路市", 165000]])).figures
        ]

    assert years_under("平成29年住民基本台帳人口、平成28年度人口動態") == [None]
    assert (
        years_under("令和3年度の状況（令和4年公表）") == years_under("令和3年度　令和2年国勢調査人口による") == [2021]
    )
    assert years_under("令和3年度　平成30年北海道胆振東部地震の復興事業") == [2021]


@pytest.mark.parametrize("first", [[], ["№"]], ids=["named first", "numbered first"])
def test_a_row_that_names_the_parts_of_one_group_alone_is_header(first):
    rows = [
        ["市町村", "消防費", "土木費", None, "教育費", "商工費"],
        [None, None, "道路費", "河川費", None, None],
        [None, "人口", "面積", "延長", "人口", "人口"],
    ]
    rows = [["令和3年度（単位：千円）"], *([*[None] * len(first), *row] for row in rows)]
    rows += [[*range(n, n + len(first)), f"{n}町", *[n * 1_000 + i for i in range(5)]] for n in (1, 2)]
    found = {each.column: (each.label, each.fiscal_year, each.value) for each in read(xlsx(rows)).figures[:5]}
    assert found["土木費", "河川費", "延長"] == ("1町", 2021, 1_002_000)
    assert found["消防費", "人口"] == ("1町", 2021, 1_000_000)


@pytest.mark.parametrize("suffix", ["", "末", "決算額", "\n（千円）"])
def test_a_year_without_its_era_is_not_the_title_s_unless_it_is_called_so(suffix):
    across = [
        ["令和3年度の状況（千円）"],
        ["市町村", f"元年度{suffix}", f"２年度{suffix}", f"３年度{suffix}"],
        ["釧路市", 1, 2, 3],
    ]
    assert [each.fiscal_year for each in read(xlsx(across)).figures] == [None, None, 2021]
    down = [["令和13年度の状況（千円）"], ["事業", "金額"], ["3年度繰越", 1], ["13年度", 2], ["第3次計画（10年間）", 3]]
    assert [each.fiscal_year for each in read(xlsx(down)).figures] == [None, 2031, 2031]


@pytest.mark.parametrize("title", ["国勢調査人口の推移", "職員数（各年4月1日現在）"])
def test_years_of_which_a_day_is_meant_are_no_fiscal_years(title):
    def years_of(*names):
        rows = [[title], ["（単位：人）"], ["市町村", "平成", None, "令和"], [None, *names], ["釧路市", 3, 2, 1]]
        return [each.fiscal_year for each in read(xlsx(rows, merge=["B3:C3"])).figures]

    assert years_of(22, 27, 2) == [None, None, None]
    assert years_of("22年度", "27年度", "2年度") == [2010, 2015, 2020]


def test_names_across_are_whose_the_figures_are_where_rows_have_none():
    rows = [[None, "予算額（千円）", None], ["年度", "釧路市", "根室市"], ["R2", 1, 2], ["R3", 3, 4]]
    found = read(xlsx(rows, merge=["B1:C1"])).figures
    assert [(each.label, each.labels, each.fiscal_year) for each in found[:2]] == [
        ("釧路市", (("", "釧路市"),), 2020),
        ("根室市", (("", "根室市"),), 2020),
    ]
    measures = [["年度", "予算額（千円）", "決算額（千円）"], ["R2", 1, 2], ["R3", 3, 4]]
    assert [each.label for each in read(xlsx(measures)).figures] == ["R2", "R2", "R3", "R3"]


def test_the_year_of_a_book_is_not_that_of_its_figures():
    rows = [["令和4年度版　市町村要覧"], ["市町村", "職員数（人）"], ["釧路市", 100]]
    assert figures(xlsx(rows))["B3"] == ("釧路市", None, "人", 100)


def test_titles_that_disagree_settle_nothing():
    def read_under(*titles):
        rows = [*([title] for title in titles), ["事業", "予算額（千円）"], ["道路", 100]]
        return read(xlsx(rows))

    [figure] = read_under("令和4年度予算", "（令和3年度継続分）").figures
    assert figure.fiscal_year is None
    for titles in (["令和4年度当初予算", "令和4年度最終予算"], ["令和3年度補正・令和4年度当初予算"]):
        [left_out] = read_under(*titles).skipped
        assert "どの段階の額か" in left_out.reason


def test_columns_of_texts_amid_the_figures_leave_the_header_whole():
    rows = [["令和3年度実績"], ["団体コード", "市町村", "問１", None, "問２", None]]
    rows += [[None, None, "受入額（円）", "方法", "公表", "費用（円）"]]
    rows += [["012068", "釧路市", 100, "広報誌", "○", 5], ["012238", "根室市", 200, "窓口", "○", 6]]
    found = read(xlsx(rows)).figures
    assert [each.column for each in found[:2]] == [("問１", "受入額（円）"), ("問２", "費用（円）")]
    assert {(each.fiscal_year, each.unit) for each in found} == {(2021, "円")}


@pytest.mark.parametrize("merge", [[], ["C2:D2"]], ids=["spread", "merged"])
def test_a_year_over_a_text_amid_the_figures_is_that_of_what_is_beside_it(merge):
    rows = [["令和3年度（千円）"], ["市町村", "補助額", "令和2年度", None], [None, None, "方法", "費用"]]
    rows += [["釧路市", 1, "広報誌", 2], ["根室市", 3, "窓口", 4]]
    assert [each.fiscal_year for each in read(xlsx(rows, merge=merge)).figures[:2]] == [None, 2020 if merge else None]
    assert problems(xlsx(rows, merge=merge)) == {}


def test_a_title_of_last_year_has_no_year_by_the_sheet_s_name():
    rows = [["前年度の実績"], [], ["市町村", "交付額（千円）"], ["釧路市", 1]]
    assert figures(xlsx(rows, name="R3"))["B4"][1] is None


def test_a_mark_may_name_a_column_without_making_its_row_one_of_figures():
    rows = [["（単位：千円）"], ["－", "R2年度", "R3年度", "x"], ["釧路市", 1, 2, 3]]
    assert [figure[:2] for figure in figures(xlsx(rows)).values()] == [("釧路市", 2020), ("釧路市", 2021)]


def test_a_census_in_a_header_leaves_the_title_s_year_to_the_others():
    rows = [["令和3年度　普通交付税"], ["団体名", "R2国調人口（人）", "交付額（千円）"], ["札幌市", 1973395, 100]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [None, 2021]
