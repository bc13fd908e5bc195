"""Years across: where units are stated, and where they are not, and what each figure then counts."""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import MERGE, figures, reasons, wide


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({}, id="at the right above"),
        pytest.param({"C3": None, "A3": "単位　億円"}, id="at the left above"),
        pytest.param({"C3": None, "C1": "（単位：億円）"}, id="beside the title"),
        pytest.param({"C3": None, "A1": "予算額の推移（単位：億円）"}, id="in the title"),
        pytest.param({"C3": "(億円)"}, id="in brackets alone"),
        pytest.param({"C3": None, "B4": "予算額（億円）"}, id="in a merged header"),
        pytest.param(
            {"C3": None, "B4": "予　算　額\n（単位：億円）"}, id="in a header of spread letters, below a break"
        ),
        pytest.param({"C3": None, "A4": "制度名（単位：億円）"}, id="in the corner"),
        pytest.param({"C3": "（単位：千円）", "B4": "予算額（億円）"}, id="in a header, before the note above"),
        pytest.param({"C3": None, "B6": "45.5億円", "C6": "45億8,000万円"}, id="in the cells"),
    ],
)
def test_the_unit_is_found_wherever_it_is_stated(cells):
    read_values = {cell: figure[3] for cell, figure in figures(xlsx(wide(**cells), merge=MERGE)).items()}
    assert read_values == {"B6": 4_550_000_000, "C6": 4_580_000_000}


def test_a_unit_under_one_name_is_that_of_its_column():
    rows = [["市町村", "予算額", "実施箇所", "その他"], [None, "（千円）", None, None], ["釧路市", 100, 3, 4]]
    assert {cell: figure[2] for cell, figure in figures(xlsx(rows)).items()} == {"B3": "千円", "C3": None, "D3": None}


def test_a_unit_over_a_group_is_not_that_of_a_count_within():
    rows = [["市町村", "受入実績（千円）", None, None], [None, "金額", "件数", "充当率"], ["釧路市", 100, 3, 0.5]]
    assert {cell: figure[2:] for cell, figure in figures(xlsx(rows, merge=["A1:A2", "B1:D1"])).items()} == {
        "B3": ("千円", 100_000),
        "C3": (None, None),
        "D3": (None, "0.5"),
    }


def test_a_unit_may_be_all_that_names_a_column():
    rows = [["（単位：千円）"], ["市町村", "受入額", "件"], ["釧路市", 100, 5]]
    assert {cell: figure[2:] for cell, figure in figures(xlsx(rows)).items()} == {
        "B3": ("千円", 100_000),
        "C3": ("件", 5),
    }


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"C3": None}, id="nowhere"),
        pytest.param({"A2": "（単位：千円）"}, id="two notes that differ"),
        pytest.param({"C3": None, "B4": "予算額（千円、億円）"}, id="two in one header"),
        pytest.param({"B4": "職員数"}, id="a unit of money over a number of people"),
        pytest.param({"C3": "（単位：人）"}, id="people over an amount"),
        pytest.param({"B4": "交付金", "B5": "件数", "C5": "人数"}, id="money over numbers of things"),
        pytest.param({"C3": "（単位：千人）"}, id="a unit that is not known"),
        pytest.param({"C3": None, "A2": "※千円未満は切り捨て"}, id="a note on rounding"),
    ],
)
def test_a_unit_that_is_not_stated_is_none_and_so_is_the_value(cells):
    assert {figure[2:] for figure in figures(xlsx(wide(**cells), merge=MERGE)).values()} == {(None, None)}


def test_a_number_of_things_beside_an_amount_is_not_money():
    rows = [["（単位：千円）"], [], ["団体", "給付", None], [None, "支給額", "支給対象者数"], ["釧路市", 100, 5]]
    assert {cell: figure[3] for cell, figure in figures(xlsx(rows, merge=["A3:A4", "B3:C3"])).items()} == {
        "B5": 100_000,
        "C5": None,
    }


def test_an_expense_reckoned_by_a_number_of_people_is_money():
    rows = [["（単位：千円）"], [], ["団体", "警察費", "衛生費"], [None, "警察職員数", "人口"], ["北海道", 100, 5]]
    assert {cell: figure[3] for cell, figure in figures(xlsx(rows, merge=["A3:A4"])).items()} == {
        "B5": 100_000,
        "C5": 5000,
    }


def test_of_several_units_a_ratio_s_is_for_ratios_only():
    rows = [["（単位：億円、％）"], [], ["制度名", "R2年度", "R3年度", "執行割合"], ["交付金", 45, 46, 98.2]]
    assert {cell: figure[2] for cell, figure in figures(xlsx(rows)).items()} == {"B4": "億円", "C4": "億円", "D4": "%"}


def test_a_unit_may_stand_between_the_header_and_the_numbers():
    rows = [["令和3年度予算"], ["制度名", "予算額"], [None, "（単位：千円）"], ["交付金", 45]]
    content = xlsx(rows)
    assert figures(content) == {"B4": ("交付金", 2021, "千円", 45_000)}
    assert read(content).tables[0].title == "令和3年度予算"


def test_columns_may_have_units_of_their_own_in_a_row():
    rows = [["制度名", "予算額", "派遣者数"], [None, "千円", "人"], ["交付金", 4550, 38]]
    assert figures(xlsx(rows)) == {"B3": ("交付金", None, "千円", 4_550_000), "C3": ("交付金", None, "人", 38)}


def test_rows_may_have_units_of_their_own():
    rows = [["区分", "R2年度", "R3年度"], ["予算額（億円）", 45.8, 45.8], ["派遣者数（人）", 33, 32]]
    assert {cell: figure[1:] for cell, figure in figures(xlsx(rows)).items()} == {
        "B2": (2020, "億円", 4_580_000_000),
        "C2": (2021, "億円", 4_580_000_000),
        "B3": (2020, "人", 33),
        "C3": (2021, "人", 32),
    }


def test_a_row_and_a_column_that_state_different_units_state_none():
    rows = [["区分", "R3年度（千円）"], ["派遣者数（人）", 32]]
    assert figures(xlsx(rows))["B2"][2:] == (None, None)


def test_a_column_of_units_may_hold_any():
    rows = [["（千円）"], ["項目", "単位", "R3年度"], ["会社", "社", 5], ["人口", "（人）", 6], ["予算", "百万円", 7]]
    assert [figure[2:] for figure in figures(xlsx(rows)).values()] == [("社", 5), ("人", 6), ("百万円", 7_000_000)]
    assert "単位：羽" in reasons(xlsx([*rows, ["鶏", "羽", 8]]))["C6"]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        pytest.param([["市町村", "交付額"], ["釧路市", 1]], "R3（千円）", id="in the sheet's name"),
        pytest.param([["市町村", "交付額"], ["釧路市", 1], ["※ 単位：千円"]], "表", id="in a note under the table"),
        pytest.param([["市町村", "交付額"], ["釧路市", 1], [], ["（単位：千円）"]], "表", id="apart from it"),
        pytest.param(
            [["単位：千円（千円未満切捨て）"], ["市町村", "交付額"], ["釧路市", 1]], "表", id="before a remark"
        ),
        pytest.param([["金額の単位は千円である。"], ["市町村", "交付額"], ["釧路市", 1]], "表", id="in a sentence"),
    ],
)
def test_a_unit_is_found_where_only_it_says(rows, name):
    assert [each.value for each in read(xlsx(rows, name=name)).figures] == [1000]


def test_the_unit_of_the_next_table_is_not_that_of_this_one():
    rows = [["市町村", "交付額"], ["釧路市", 1], [], ["派遣"], ["（単位：人）"], ["市町村", "派遣者数"], ["釧路市", 2]]
    assert [each.unit for each in read(xlsx(rows)).figures] == [None, "人"]


@pytest.mark.parametrize(
    "notes", [["（単位：千円）", None, "（単位：人）"], [None, None, "（金額：千円、人数：人）"]], ids=["two", "one"]
)
def test_notes_of_two_kinds_hold_for_what_each_counts(notes):
    rows = [notes, ["市町村", "予算額", "職員数"], ["釧路市", 100, 20]]
    assert {cell: figure[3] for cell, figure in figures(xlsx(rows)).items()} == {"B3": 100_000, "C3": 20}


@pytest.mark.parametrize("header", ["面積（ha）", "漁獲量（t）", "排出量（mg/l）", "延長（km）"])
def test_what_is_neither_money_nor_a_count_is_left_out(header):
    rows = [["（単位：千円）"], ["市町村", "予算額", header], ["釧路市", 100, 20]]
    content = xlsx(rows)
    assert list(figures(content)) == ["B3"]
    assert "どれでもない" in reasons(content)["C3"]


@pytest.mark.parametrize("header", ["数量", "事業量", "年齢"])
def test_a_unit_of_money_is_not_that_of_a_quantity(header):
    rows = [["（単位：千円）"], ["品名", "単価", header, "金額"], ["机", 10, 5, 50]]
    assert figures(xlsx(rows))["C3"][2:] == (None, None)


def test_ranks_under_one_header_are_no_figures():
    rows = [
        ["（単位：千円）"],
        ["市町村", "受入額", "順位", None],
        [None, None, "全国", "道内"],
        ["釧路市", 100, 10, 1],
    ]
    assert list(figures(xlsx(rows, merge=["A2:A3", "B2:B3", "C2:D2"]))) == ["B4"]


def test_an_index_has_no_unit_though_the_table_is_in_percent():
    rows = [["（単位：％）"], ["団体名", "経常収支比率", "財政力指数"], ["札幌市", 95.6, 0.73]]
    assert {cell: figure[2:] for cell, figure in figures(xlsx(rows)).items()} == {
        "B3": ("%", "95.6"),
        "C3": (None, "0.73"),
    }
