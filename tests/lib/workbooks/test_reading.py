"""Several tables, and limits."""

import pytest

from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.numbers import account
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import sheets, xlsx
from tests.lib.workbooks.readings import MERGE, READ, WIDE, figures


def test_tables_below_each_other_have_their_own_headers_and_units():
    rows = [
        *WIDE,
        ["※ 四捨五入している。"],
        [],
        ["派遣者数の推移"],
        [None, None, "（単位：人）"],
        ["制度名", "R2年度", "R3年度"],
        ["地域振興派遣", 33, 32],
    ]
    content = xlsx(rows, merge=MERGE)
    assert figures(content) == READ | {
        "B12": ("地域振興派遣", 2020, "人", 33),
        "C12": ("地域振興派遣", 2021, "人", 32),
    }
    assert [each.title for each in read(content).tables] == ["財政的支援の予算額の推移", "派遣者数の推移"]


def test_a_second_table_does_not_inherit_the_unit_of_the_first():
    rows = [*WIDE, [], ["派遣者数"], ["制度名", "R2年度", "R3年度"], ["派遣", 33, 32]]
    assert figures(xlsx(rows, merge=MERGE)) == READ | {
        "B10": ("派遣", 2020, None, None),
        "C10": ("派遣", 2021, None, None),
    }


def test_rows_of_text_between_rows_of_numbers_do_not_end_a_table():
    rows = [
        [None, "（単位：千円）"],
        ["市町村", "R3年度"],
        ["石狩管内"],
        ["札幌市", 1],
        ["釧路管内"],
        ["釧路市", 2],
        [],
        ["根室市", 3],
    ]
    assert figures(xlsx(rows)) == {
        "B4": ("札幌市", 2021, "千円", 1000),
        "B6": ("釧路市", 2021, "千円", 2000),
        "B8": ("根室市", 2021, "千円", 3000),
    }


def test_a_section_that_counts_something_else_does_not_inherit_the_unit():
    rows = [[None, "（単位：億円）"], ["区分", "R3年度"], ["交付金", 45.8], [], ["派遣者数"], ["派遣", 32]]
    assert figures(xlsx(rows)) == {"B3": ("交付金", 2021, "億円", 4_580_000_000), "B6": ("派遣", 2021, None, None)}


@pytest.mark.parametrize("gap", [[None], []], ids=["apart", "touching"])
def test_tables_beside_each_other_do_not_share_labels(gap):
    rows = [
        ["市町村", "R3年度（千円）", *gap, "市町村", "R3年度（千円）"],
        ["札幌市", 1, *gap, "釧路市", 3],
        ["函館市", 2, *gap, "根室市", 4],
    ]
    assert sorted((each.label, each.value) for each in read(xlsx(rows)).figures) == [
        ("函館市", 2000),
        ("札幌市", 1000),
        ("根室市", 4000),
        ("釧路市", 3000),
    ]


@pytest.mark.parametrize("merge", [[], ["A1:B1", "D1:E1"]], ids=["not merged", "merged"])
def test_tables_beside_each_other_have_titles_and_units_of_their_own(merge):
    rows = [
        ["令和2年度", None, None, "令和3年度", None],
        [None, "（単位：千円）", None, None, "（単位：百万円）"],
        ["市町村", "交付額", None, "市町村", "交付額"],
        ["釧路市", 1, None, "釧路市", 2],
    ]
    assert figures(xlsx(rows, merge=merge)) == {
        "B4": ("釧路市", 2020, "千円", 1000),
        "E4": ("釧路市", 2021, "百万円", 2_000_000),
    }


def test_a_title_on_the_left_and_a_unit_on_the_right_are_for_all_tables_under_them():
    rows = [
        ["令和3年度", None, None, None, "（単位：千円）"],
        ["市町村", "交付額", None, "市町村", "交付額"],
        ["釧路市", 1, None, "札幌市", 2],
    ]
    assert [figure[1:] for figure in figures(xlsx(rows)).values()] == [(2021, "千円", 1000), (2021, "千円", 2000)]


def test_a_title_over_the_right_one_of_two_tables_is_not_that_of_the_left_one():
    rows = [
        [None, None, None, "令和3年度"],
        ["市町村", "交付額（千円）", None, "市町村", "交付額（千円）"],
        ["釧路市", 1, None, "釧路市", 2],
    ]
    assert [figure[1] for figure in figures(xlsx(rows)).values()] == [None, 2021]


@pytest.mark.parametrize("gap", [[], [[]], [[], ["来年度の分"]]], ids=["touching", "blank row", "title"])
@pytest.mark.parametrize("years", [(2020, 2021, 2022, 2023), (2020, None, 2021, None)], ids=["two years", "one year"])
def test_a_header_of_numbers_that_comes_again_begins_another_table(gap, years):
    first, second, third, fourth = years
    rows = [
        ["制度名", first, second],
        ["交付金（千円）", 1, 1],
        *gap,
        ["制度名", third, fourth],
        ["派遣（千円）", 2, 2],
    ]
    read_years = {(each.label, each.fiscal_year) for each in read(xlsx(rows)).figures}
    assert read_years == {("交付金（千円）", first), ("派遣（千円）", third)} | (
        {("交付金（千円）", second), ("派遣（千円）", fourth)} if second else set()
    )


@pytest.mark.parametrize("gap", [[], [[]], [[], [None, "（単位：千円）"]]], ids=["touching", "blank row", "unit again"])
def test_a_header_that_comes_again_begins_the_next_page_of_the_table(gap):
    first = [["令和3年度　交付額"], [None, "（単位：千円）"], ["市町村", "交付額"], ["釧路市", 1], ["根室市", 2]]
    rows = [*first, *gap, ["市町村", "交付額"], ["札幌市", 3], ["函館市", 4]]
    assert [figure[1:] for figure in figures(xlsx(rows)).values()] == [
        (2021, "千円", value) for value in (1000, 2000, 3000, 4000)
    ]


def test_a_page_with_another_unit_is_in_neither():
    first = [["令和3年度　交付額"], [None, "（単位：千円）"], ["市町村", "交付額"], ["釧路市", 1]]
    rows = [*first, [], [None, "（単位：百万円）"], ["市町村", "交付額"], ["札幌市", 3]]
    assert [figure[2] for figure in figures(xlsx(rows)).values()] == ["千円", None]


def test_a_page_with_a_title_of_its_own_is_another_table():
    first = [["令和3年度　交付額"], [None, "（単位：千円）"], ["市町村", "交付額"], ["釧路市", 1]]
    rows = [*first, [], ["派遣の状況"], [], ["市町村", "交付額"], ["札幌市", 3]]
    assert [figure[1:3] for figure in figures(xlsx(rows)).values()] == [(2021, "千円"), (None, None)]


def test_a_title_right_over_the_header_is_one_though_something_stands_beside_it():
    rows = [["令和3年度（単位：千円）", "※（ ）内は前年度"], ["市町村", "予算額"], ["釧路市", 1]]
    assert figures(xlsx(rows)) == {"B3": ("釧路市", 2021, "千円", 1000)}


def test_a_lone_year_below_a_table_gives_what_follows_no_year_of_that_table():
    rows = [["制度名", 2020], ["交付金（千円）", 1], [], ["事業名", 2021], ["派遣（千円）", 2]]
    assert {each.label: each.fiscal_year for each in read(xlsx(rows)).figures} == {"交付金（千円）": 2020}


def test_each_sheet_is_read():
    content = sheets({"予算額": WIDE, "派遣者数": [["制度名", "R3年度派遣者数（人）"], ["派遣", 32]]})
    assert [(each.sheet, each.cell) for each in read(content).figures] == [
        ("予算額", "B6"),
        ("予算額", "C6"),
        ("派遣者数", "B2"),
    ]


def test_the_number_of_figures_has_a_limit(monkeypatch):
    monkeypatch.setattr(account, "MAX_FIGURES", 1)
    with pytest.raises(Refused, match="数値が多すぎます"):
        read(xlsx(WIDE, merge=MERGE))


def test_the_number_of_cells_left_out_has_a_limit(monkeypatch):
    monkeypatch.setattr(account, "MAX_OTHERS", 1)
    with pytest.raises(Refused, match="取り込めない数値が多すぎます"):
        read(xlsx([[1, 2]]))


def test_an_empty_workbook_is_read_as_nothing():
    assert read(xlsx([])).figures == ()


def test_a_section_that_states_no_year_does_not_settle_what_title_and_sheet_contradict():
    rows = [["令和3年度の予算"], [], ["区分", "予算額"], ["予算（千円）"], ["交付金", 1]]
    assert [figure[1:3] for figure in figures(xlsx(rows, name="R2")).values()] == [(None, "千円")]


def test_a_heading_amid_the_rows_that_names_a_year_for_its_own_sake_is_no_year_of_them():
    rows = [["令和3年度（単位：千円）"], ["事業", "予算額"], ["令和元年度台風災害復旧事業"], ["道路", 1]]
    assert figures(xlsx(rows)) == {"B4": ("道路", 2021, "千円", 1000)}


def test_a_name_merged_over_two_columns_of_names_stands_once():
    rows = [["（単位：千円）"], ["区分", None, "R3年度"], ["交付金", "釧路", 1], ["派遣", None, 3]]
    assert [each.label for each in read(xlsx(rows, merge=["A2:B2", "A4:B4"])).figures] == ["交付金 釧路", "派遣"]


@pytest.mark.parametrize("other", [-1, 0.5, None, "－", "12", "調整中", 10**15])
def test_of_a_table_one_other_number_changes_none_beside_it(other):
    rows = [["市町村", "R3予算額（千円）", "R3件数（件）"], ["釧路市", 1, 2], ["帯広市", other, 3], ["北見市", 4, 5]]
    assert [each.cell for each in read(xlsx(rows)).figures if each.cell != "B3"] == ["B2", "C2", "C3", "B4", "C4"]
