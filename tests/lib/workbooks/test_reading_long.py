"""One figure in a row, and the stages of a budget."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumairu.lib.workbooks.figures import Reading
from sumairu.lib.workbooks.reading import read
from tests.exhaustive import ALL
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import figures, problems, reasons, stages

HEADERS = ("年度（西暦）", "年度（和暦）", "制度番号", "制度名", "振興局", "段階", "補正", "予算額（円）")
RECORD = (2021, "令和3年度", "chiiki", "地域づくり総合交付金", "釧路総合振興局", "補正後", "２月補正", 1_234_000)


@settings(deadline=None, max_examples=30 if ALL else 10)
@given(st.permutations(range(8)))
def test_a_long_table_is_read_with_its_columns_in_any_order(order):
    rows = [[HEADERS[i] for i in order], [RECORD[i] for i in order]]
    [figure] = read(xlsx(rows)).figures
    named = {HEADERS[i]: RECORD[i] for i in order if HEADERS[i] in ("制度番号", "制度名", "振興局")}
    assert dict(figure.labels) == named
    assert figure.label == " ".join(named.values())
    assert (figure.fiscal_year, figure.stage, figure.supplement) == (2021, "補正後", "2月補正")
    assert (figure.value, figure.unit, figure.kind) == (1_234_000, "円", "yen")


def test_two_kinds_of_values_stand_side_by_side_under_one_header():
    rows = [
        ["年度", "制度名", "実績", None],
        [None, None, "予算額（億円）", "派遣者数（人）"],
        ["H30年度", "交付金", 45.5, 38],
        ["R元年度", "交付金", 45.8, 33],
    ]
    content = xlsx(rows, merge=["A1:A2", "B1:B2", "C1:D1"])
    assert figures(content) == {
        "C3": ("交付金", 2018, "億円", 4_550_000_000),
        "D3": ("交付金", 2018, "人", 38),
        "C4": ("交付金", 2019, "億円", 4_580_000_000),
        "D4": ("交付金", 2019, "人", 33),
    }
    assert read(content).figures[0].column == ("実績", "予算額（億円）")


@pytest.mark.parametrize("first", [2018, "平成30年度", "H30"])
def test_years_down_need_no_header_and_name_their_rows(first):
    rows = [[None, "予算額（億円）"], [first, 45.5], [2019, 45.8]]
    assert figures(xlsx(rows)) == {
        "B2": (str(first), 2018, "億円", 4_550_000_000),
        "B3": ("2019", 2019, "億円", 4_580_000_000),
    }


@pytest.mark.parametrize(
    ("header", "years", "labels"),
    [
        ("年度", ["平成30年度", "元", "2", "合計"], ["平成30年度", "令和元年度", "令和2年度", "合計"]),
        ("年", [2015, 2020], ["2015", "2020"]),
        ("年次", ["平成27年", "令和2年", "総数"], ["平成27年", "令和2年", "総数"]),
    ],
)
def test_years_are_the_labels_of_rows_that_nothing_else_names(header, years, labels):
    reading = read(xlsx([[header, "人口（人）"], *([year, 5] for year in years)]))
    assert [each.label for each in (*reading.figures, *reading.skipped)] == labels
    assert all(each.fiscal_year or each.calendar_year for each in reading.figures)


def test_a_year_is_no_label_of_a_row_whose_name_is_blank_among_named_ones():
    rows = [["年度", "制度名", "予算額（億円）"], ["R2", None, 1], ["R3", "交付金", 2]]
    assert [each.label for each in read(xlsx(rows)).figures] == ["", "交付金"]


def test_columns_of_years_that_disagree_are_a_problem():
    rows = [HEADERS, (2020, *RECORD[1:]), RECORD]
    content = xlsx(rows)
    assert list(figures(content)) == ["H3"]
    assert "2020年度、2021年度" in problems(content)["H2"]


def test_a_year_in_the_row_that_is_not_the_column_s_is_a_problem():
    rows = [["年度", "制度名", "R3年度（千円）"], [2020, "交付金", 10]]
    assert "食い違って" in problems(xlsx(rows))["C2"]


def test_a_year_column_without_an_era_gives_no_year():
    rows = [["年度", "制度名", "予算額（千円）"], [3, "交付金", 10]]
    assert figures(xlsx(rows)) == {"C2": ("交付金", None, "千円", 10_000)}


def test_a_column_may_hold_the_unit():
    rows = [["年度", "区分", "単位", "数値"], [2021, "予算額", "億円", 45.8], [2021, "派遣者数", "人", 32]]
    assert figures(xlsx(rows)) == {"D2": ("予算額", 2021, "億円", 4_580_000_000), "D3": ("派遣者数", 2021, "人", 32)}


@pytest.mark.parametrize(
    ("stage", "supplement", "says"),
    [("仮", None, "段階「仮」"), ("補正", "２月補正", "段階「補正」"), (None, "２月補正", "段階（")],
)
def test_a_stage_that_is_none_of_the_four_is_a_problem(stage, supplement, says):
    rows = [HEADERS, (*RECORD[:5], stage, supplement, 100)]
    assert says in problems(xlsx(rows))["H2"]


def test_the_code_of_a_municipality_is_kept_apart_from_its_name():
    rows = [["団体コード", "市町村名", "R3年度（千円）"], ["012068", "釧路市", 10], ["012238", "根室市", 20]]
    assert [(each.code, each.label) for each in read(xlsx(rows)).figures] == [
        ("012068", "釧路市"),
        ("012238", "根室市"),
    ]


def test_what_stands_amid_the_figures_is_said_of_rows_that_have_names():
    rows = [["市町村", "受入額（円）", "公表", "方法", "費用（円）"]]
    rows += [[f"{n}町", 10_000, "○", "広報誌" if n > 1 else None, 500] for n in range(4)]
    read_of = read(xlsx(rows)).figures
    assert [each.label for each in read_of[::2]] == ["0町", "1町", "2町", "3町"]
    assert [each.beside for each in read_of[::2]] == [(), (), (("方法", "広報誌"),), (("方法", "広報誌"),)]
    assert Reading.from_json(read(xlsx(rows)).to_json()).figures == read_of


@pytest.mark.parametrize("header", ["区分", None])
def test_what_sorts_the_rows_is_beside_their_names_only_where_those_tell_them_apart(header):
    def read_of(*names):
        rows = [["市町村", header, "R3年度（千円）"]]
        return read(xlsx(rows + [[name, sort, 10] for name, sort in zip(names, "市町町町", strict=True)])).figures

    assert [each.label for each in read_of(*"釧根白弟")] == ["釧", "根", "白", "弟"]
    assert {each.beside for each in read_of(*"釧根白弟")} == {((header or "", "市"),), ((header or "", "町"),)}
    assert [each.label for each in read_of(*"釧根白白")] == ["釧 市", "根 町", "白 町", "白 町"]


def test_codes_that_lost_their_zero_are_read_too():
    rows = [["団体コード", "市町村名", "R3年度（千円）"], [12068, "釧路市", 10], [12238, "根室市", 20]]
    assert [each.code for each in read(xlsx(rows)).figures] == ["012068", "012238"]


def test_numbering_and_remarks_are_neither_names_nor_figures():
    rows = [["No.", "制度名", "R3年度（千円）", "備考"], [1, "交付金", 10, "新規"], [2, "派遣", 20, None]]
    assert figures(xlsx(rows)) == {"C2": ("交付金", 2021, "千円", 10_000), "C3": ("派遣", 2021, "千円", 20_000)}


def test_labels_merged_down_name_every_row():
    rows = [["制度名", "振興局", "R3年度（千円）"], ["交付金", "釧路", 1], [None, "根室", 2]]
    labels = [each.label for each in read(xlsx(rows, merge=["A2:A3"])).figures]
    assert labels == ["交付金 釧路", "交付金 根室"]


def test_a_blank_label_that_is_not_merged_is_not_filled_from_above():
    rows = [["振興局", "制度名", "R3年度（千円）"], ["釧路", "交付金", 1], [None, "交付金", 10]]
    assert [each.label for each in read(xlsx(rows)).figures] == ["釧路 交付金", "交付金"]


def test_stages_across_are_read_with_their_supplements():
    rows = [
        ["制度名", "令和3年度（千円）", None, None, None],
        [None, "当初", "６月補正後", "最終予算", "決算"],
        ["交付金", 1, 2, 3, 4],
    ]
    assert stages(xlsx(rows, merge=["A1:A2", "B1:E1"])) == {
        "B3": ("当初", None),
        "C3": ("補正後", "6月補正"),
        "D3": ("最終", None),
        "E3": ("決算", None),
    }


def test_a_stage_in_the_title_holds_where_the_table_states_none():
    rows = [["令和3年度当初予算"], [], ["制度名", "予算額（千円）"], ["交付金", 1]]
    assert stages(xlsx(rows)) == {"B4": ("当初", None)}


@pytest.mark.parametrize("header", ["２月補正", "補正額", "決算見込額", "当初予算と決算", "要求額"])
def test_a_column_of_no_certain_stage_is_left_out(header):
    content = xlsx([["制度名", "R3年度当初（千円）", f"R3年度{header}（千円）"], ["交付金", 1, 2]])
    assert list(figures(content)) == ["B2"]
    assert "段階" in reasons(content)["C2"]


def test_a_row_of_another_stage_than_its_column_is_a_problem():
    rows = [["制度名", "段階", "R3年度当初（千円）"], ["交付金", "決算", 1]]
    assert "段階が食い違って" in problems(xlsx(rows))["C2"]


@pytest.mark.parametrize("header", ["区分", "予算の種類"])
def test_a_column_of_stages_is_known_by_what_it_holds(header):
    rows = [
        ["制度名", header, "R3年度（千円）"],
        ["交付金", "当初予算", 1],
        ["交付金", "２月補正後", 2],
        ["交付金", "決算額", 3],
    ]
    content = xlsx(rows)
    assert list(stages(content).values()) == [("当初", None), ("補正後", "2月補正"), ("決算", None)]
    assert {each.label for each in read(content).figures} == {"交付金"}


def test_a_row_of_a_supplement_alone_is_a_problem_there_too():
    rows = [["制度名", "区分", "R3年度（千円）"], ["交付金", "当初予算", 1], ["交付金", "２月補正", 2]]
    assert "段階「２月補正」" in problems(xlsx(rows))["C3"]


def test_years_down_may_name_their_era_once():
    rows = [["年度", "交付金（千円）", "派遣（千円）"], ["平成30年度", 1, 2], ["元", 3, 4], [2, 5, 6]]
    assert {each.cell: each.fiscal_year for each in read(xlsx(rows)).figures} == {
        **dict.fromkeys(["B2", "C2"], 2018),
        **dict.fromkeys(["B3", "C3"], 2019),
        **dict.fromkeys(["B4", "C4"], 2020),
    }


def test_a_column_of_days_called_fiscal_year_is_one_where_both_agree():
    rows = [["年度", "予算額（千円）"], [date(2021, 4, 1), 1], [date(2022, 1, 1), 2]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2021, None]


@pytest.mark.parametrize("header", ["年", "区分"])
def test_calendar_years_down_are_no_fiscal_years(header):
    rows = [["令和3年度　概要"], [], [header, "人口（人）"], ["令和2年", 1], ["令和3年", 2]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [None, None]


def test_numbers_of_calendar_years_are_no_figures():
    rows = [["年", "制度名", "予算額（千円）"], [2020, "交付金", 1], [2021, "交付金", 2]]
    assert figures(xlsx(rows)) == {"C2": ("交付金", None, "千円", 1000), "C3": ("交付金", None, "千円", 2000)}


def test_a_row_named_by_a_year_and_a_measure_is_of_that_year():
    rows = [["区分", "釧路市", "根室市"], ["R3予算額（千円）", 1, 2], ["R3派遣者数（人）", 3, 4]]
    assert [(each.fiscal_year, each.value) for each in read(xlsx(rows)).figures] == [
        (2021, 1000),
        (2021, 2000),
        (2021, 3),
        (2021, 4),
    ]


def test_a_row_of_last_year_is_left_out_where_the_year_is_not_named():
    content = xlsx(
        [["令和3年度"], ["制度名", "予算額（千円）"], ["交付金", 10], ["（参考）前年度", 9], ["前年度繰越金", 3]]
    )
    assert list(figures(content)) == ["B3", "B5"]
    assert "何年度" in reasons(content)["B4"]


def test_what_is_said_of_each_row_is_no_part_of_its_name():
    rows = [
        ["制度名", "担当課", "R3年度（千円）", "補助率", "事業内容", "電話"],
        ["交付金", "地域政策課", 10, "1/2", "施設の整備", 123456],
        ["派遣", "市町村課", 20, "2/3", "職員の派遣", 123457],
    ]
    assert [each.label for each in read(xlsx(rows)).figures] == ["交付金", "派遣"]


def test_what_is_said_names_the_rows_where_nothing_else_does():
    assert [each.label for each in read(xlsx([["事業内容", "R3年度（千円）"], ["施設の整備", 10]])).figures] == [
        "施設の整備"
    ]


def test_what_there_was_before_a_supplement_is_of_no_certain_stage():
    content = xlsx(
        [["制度名", "現計予算額（千円）", "２月補正額（千円）", "補正後の額（千円）"], ["交付金", 10, 2, 12]]
    )
    assert stages(content) == {"D2": ("補正後", None)}
    assert set(reasons(content)) == {"B2", "C2"}


def test_fiscal_years_in_a_column_of_years_are_what_they_say():
    rows = [["年", "予算額（千円）"], ["令和2年度", 1], ["R3", 2]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2020, None]


def test_a_column_of_years_without_an_era_is_not_taken_for_names():
    rows = [["令和4年度の資料"], [], ["年度", "予算額（千円）"], ["2年度", 1], ["3年度", 2]]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [None, None]
