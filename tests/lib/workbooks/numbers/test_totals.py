"""Totals against their parts: when they agree, when they do not, and when nobody can tell."""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx

N = None


def remarks(rows, **kw):
    return {each.cell: each.reason for each in read(xlsx(rows, **kw)).remarks}


def table(*rows, header=("市町村", "R3年度"), unit="千円"):
    return [[f"（単位：{unit}）"], list(header), *[list(row) for row in rows]]


def test_a_total_that_disagrees_is_told_with_the_difference():
    rows = table(["釧路市", 100], ["根室市", 200], ["合計", 302])
    assert remarks(rows) == {"B5": "「合計」が内訳の計より 2千円 大きいです（内訳の計 300千円）。"}


def test_a_total_that_disagrees_is_no_problem_and_no_figure():
    reading = read(xlsx(table(["釧路市", 100], ["根室市", 200], ["合計", 1])))
    assert reading.problems == ()
    assert [each.cell for each in reading.figures] == ["B3", "B4"]
    assert [(each.cell, each.raw) for each in reading.remarks] == [("B5", "1")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["甲", 1], ["乙", 2], ["合計", 3]], id="below"),
        pytest.param([["合計", 3], ["甲", 1], ["乙", 2]], id="above"),
        pytest.param([["甲", 1], ["小計", 1], ["乙", 2], ["丙", 3], ["小計", 5], ["合計", 6]], id="of all"),
        pytest.param([["甲", 1], ["計", 1], ["乙", 2], ["計", 2], ["丙", 4], ["合計", 7]], id="of subtotals and one"),
        pytest.param([["甲市", 1], ["乙町", 2], ["丙村", 3], ["市計", 1], ["町村計", 5], ["合計", 6]], id="by kind"),
        pytest.param([["甲", 1], ["乙", "－"], ["丙", N], ["合計", 1]], id="nothing stated"),
        pytest.param([["甲", 4], ["うち乙", 3], ["丙", 1], ["合計", 5]], id="parts of others"),
        pytest.param([["甲", 4], ["前年度", 3], ["合計", 4]], id="another year"),
        pytest.param([["総務費", 3], ["　企画費", 1], ["　統計費", 2], ["民生費", 4], ["合計", 7]], id="indented"),
        pytest.param([["甲", 1], ["乙", 2], ["不足", 2], ["超過", 1], ["合計", 3]], id="sums without the word"),
        pytest.param([["甲", 1], ["乙", "約2"], ["合計", 9]], id="one that cannot be read"),
        pytest.param([["甲", 5], ["平均", 7], ["累計", 99]], id="what no parts make"),
        pytest.param([["合計", 9]], id="no parts"),
        pytest.param([["甲", "－"], ["合計", 9]], id="no parts stated"),
        pytest.param([["甲", 1], ["合計", "－"]], id="no total stated"),
        pytest.param([["甲", "△1"], ["乙", "3※"], ["合計", 2]], id="as text"),
    ],
)
def test_a_total_agrees_with_whichever_parts_it_may_have(rows):
    assert remarks(table(*rows)) == {}


def test_a_total_may_leave_out_rows_of_the_group_itself():
    rows = [
        ["（単位：千円）"],
        ["都道府県", "市町村", "R3年度"],
        ["北海道", N, 5],
        ["北海道", "札幌市", 1],
        ["北海道", "釧路市", 2],
        ["市町村合計", N, 3],
        ["合計", N, 8],
    ]
    assert remarks(rows) == {}


@pytest.mark.parametrize(
    ("unit", "parts", "total", "agrees"),
    [
        ("億円", [4.5, 3.4], 8, True),
        ("億円", [4.5, 3.4], 8.1, False),
        ("千円", [1, 1, 1], 5, True),
        ("千円", [1, 1, 1], 6, False),
        ("千円", [1.25, 1.25], 2.51, True),
        ("千円", [1.25, 1.25], 3, False),
        ("円", [1, 1], 3, False),
        ("人", [1, 1], 3, False),
        ("千人", [1, 1], 3, True),
        ("千円", [62908.27999999, 0.1], 62908.38, True),
    ],
)
def test_rounding_is_allowed_for_in_the_last_printed_place(unit, parts, total, agrees):
    header = ["市町村", "派遣者数" if "人" in unit else "予算額"]
    rows = table(*[[f"市{i}", part] for i, part in enumerate(parts)], ["合計", total], header=header, unit=unit)
    assert (remarks(rows) == {}) is agrees


def test_columns_of_totals_are_checked_row_by_row():
    rows = table(["甲", 1, 2, 3], ["乙", 10, 20, 60], ["丙", 5, 5, 10], header=["市町村", "R2年度", "R3年度", "合計"])
    assert remarks(rows) == {"D4": "「合計」が内訳の計より 30千円 大きいです（内訳の計 30千円）。"}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["市町村", "計", "国庫", "道費"], ["甲", 30, 10, 20]),
        (["市町村", "国庫", "道費", "小計", "その他", "合計"], ["甲", 10, 20, 30, 5, 35]),
        (["市町村", "国庫（千円）", "道費（百万円）", "計（千円）"], ["甲", 10, 2, 2010]),
        (["市町村", "予算額", "うち国庫", "計"], ["甲", 30, 10, 30]),
        (["市町村", "予算額", "計"], ["甲", "12～15", 99]),
        (["市町村", "R3年度", "構成比（％）", "合計"], ["甲", 30, 55, 30]),
    ],
)
def test_a_column_of_totals_agrees_with_whichever_parts_it_may_have(header, row):
    assert remarks(table(row, header=header)) == {}


def test_columns_under_one_header_and_those_of_one_name_make_totals():
    rows = [
        ["（単位：千円、件）"],
        ["市町村", "R2年度", N, "R3年度", N, "合計", N],
        [N, "金額", "件数", "金額", "件数", "金額", "件数"],
        ["釧路市", 100, 1, 200, 2, 300, 3],
        ["根室市", 10, 1, 20, 2, 30, 4],
    ]
    merge = ["A2:A3", "B2:C2", "D2:E2", "F2:G2"]
    assert remarks(rows, merge=merge) == {"G5": "「合計 件数」が内訳の計より 1件 大きいです（内訳の計 3件）。"}


def test_where_most_are_wrong_one_remark_speaks_for_all():
    rows = table(
        ["甲", 10, 20, 30], ["乙", 4, 5, 6], ["合計", 4, 5, 6], header=["市町村", "R1年度", "R2年度", "R3年度"]
    )
    [(cell, reason)] = remarks(rows).items()
    assert cell == "B5"
    assert "10千円 小さい" in reason
    assert "ほかに2か所" in reason


@pytest.mark.parametrize("hidden", [{"hidden_rows": [4]}, {"hidden_columns": ["C"]}], ids=["row", "column"])
def test_what_is_hidden_may_be_part_of_a_total(hidden):
    rows = table(
        ["甲", 1, 2, 3], ["乙", 4, 5, 9], ["丙", 1, 1, 2], ["合計", 6, 8, 14], header=["市町村", "R2", "R3", "計"]
    )
    assert remarks(rows, **hidden) == {}


def test_a_total_over_rows_in_different_units_is_not_checked():
    assert remarks([["区分", "R3年度"], ["予算額（千円）", 1], ["派遣者数（人）", 2], ["合計", 9]]) == {}


def test_the_number_of_remarks_has_a_limit():
    rows = [["（単位：千円）"], ["市町村", "R2", "R3", "計"]]
    rows += [[f"市{i}", 1, 2, 3 if i % 2 else 9] for i in range(300)]
    assert len(remarks(rows)) == 100


def test_a_total_among_the_years_is_none_of_them():
    reading = read(xlsx([["年度", "交付額（千円）"], ["令和2年度", 1], ["令和3年度", 2], ["合計", 3]]))
    assert [each.fiscal_year for each in reading.figures] == [2020, 2021]
    assert [each.cell for each in reading.skipped] == ["B4"]


def test_a_total_in_the_column_of_codes_is_one():
    rows = [["団体コード", "市町村", "R3（千円）"], ["012068", "釧路市", 1], ["012238", "根室市", 2], ["合計", N, 9]]
    reading = read(xlsx(rows, merge=["A4:B4"]))
    assert [each.cell for each in reading.figures] == ["C2", "C3"]
    assert "6千円 大きい" in reading.remarks[0].reason


def test_what_a_total_should_be_is_the_sum_that_comes_closest():
    rows = table(["総務費", 30], ["　総務管理費", 20], ["　徴税費", 10], ["民生費", 5], ["　福祉費", 5], ["合計", 45])
    assert "内訳の計 35千円" in remarks(rows)["B8"]


@pytest.mark.parametrize("unreadable", ["#REF!", "精査中です"])
def test_a_total_over_a_number_that_cannot_be_read_is_held_against_no_part_of_the_others(unreadable):
    rows = [
        ["区分", "制度名", "R3予算額（千円）", "備考"],
        ["財政", "甲事業", 4_580, None],
        [None, "乙事業", 98, None],
        [None, "丙事業", 12, "新規"],
        ["情報", "丁事業", unreadable, None],
        ["計", None, 4_691, None],
    ]
    assert remarks(rows) == {}
