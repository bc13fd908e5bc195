"""What names a row: groups written once, dittos, footnotes and codes beside names."""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import problems

N = None


def labels(rows, **kw):
    """The labels of the figures of a table of two label columns, under a header, in 千円 of R3年度."""
    content = xlsx([["都道府県", "市町村", "R3年度（千円）"], *[[*row, 1] for row in rows]], **kw)
    return [each.label for each in read(content).figures]


def test_a_group_named_on_its_first_row_names_the_rows_below():
    rows = [["北海道", "札幌市"], [N, "伊達市"], ["福島県", "福島市"], [N, "伊達市"]]
    assert labels(rows) == ["北海道 札幌市", "北海道 伊達市", "福島県 福島市", "福島県 伊達市"]


def test_it_may_be_merged_over_some_and_named_once_over_others():
    rows = [["北海道", "札幌市"], [N, "伊達市"], ["福島県", "福島市"], [N, "伊達市"]]
    assert labels(rows, merge=["A2:A3"]) == ["北海道 札幌市", "北海道 伊達市", "福島県 福島市", "福島県 伊達市"]


def test_groups_may_lie_within_groups():
    rows = [
        ["款", "項", "目", "R3年度（千円）"],
        ["総務費", "総務管理費", "一般管理費", 1],
        [N, N, "財産管理費", 2],
        [N, "徴税費", "賦課費", 3],
        [N, N, "徴収費", 4],
        ["民生費", N, "庶務費", 5],
        [N, "福祉費", "老人福祉費", 6],
        [N, N, "児童福祉費", 7],
    ]
    assert [each.label for each in read(xlsx(rows)).figures] == [
        "総務費 総務管理費 一般管理費",
        "総務費 総務管理費 財産管理費",
        "総務費 徴税費 賦課費",
        "総務費 徴税費 徴収費",
        "民生費 庶務費",
        "民生費 福祉費 老人福祉費",
        "民生費 福祉費 児童福祉費",
    ]


def test_a_year_named_on_its_first_row_is_that_of_the_rows_below():
    rows = [
        ["年度", "制度名", "予算額（千円）"],
        ["令和3年度", "交付金", 1],
        [N, "派遣", 2],
        ["令和4年度", "交付金", 3],
        [N, "派遣", 4],
    ]
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2021, 2021, 2022, 2022]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([["釧路", "交付金"], [N, "交付金"]], ["釧路 交付金", "交付金"], id="the same twice in one"),
        pytest.param(
            [["釧路", "甲"], [N, "乙"], ["根室", "丙"], [N, "丁"], ["釧路", "戊"], [N, "己"]],
            ["釧路 甲", "乙", "根室 丙", "丁", "釧路 戊", "己"],
            id="a name that comes again",
        ),
        pytest.param([["新規", "甲"], [N, "乙"], ["拡充", "丙"], [N, "丁"]], ["新規 甲", "乙", "拡充 丙", "丁"], id="marks"),
        pytest.param([["①", "甲"], [N, "乙"], ["②", "丙"], [N, "丁"]], ["① 甲", "乙", "② 丙", "丁"], id="numbering"),
        pytest.param(
            [["釧路", "甲"], ["根室", "乙"], ["十勝", "丙"], [N, "丁"]],
            ["釧路 甲", "根室 乙", "十勝 丙", "丁"],
            id="names on most rows",
        ),
        pytest.param([[N, "甲"], ["釧路", "乙"], [N, "丙"]], ["甲", "釧路 乙", "丙"], id="rows of no group before"),
    ],
)  # fmt: skip
def test_a_blank_that_may_mean_something_else_stays_blank(rows, found):
    assert labels(rows) == found


@pytest.mark.parametrize("total", [["計", N], [N, "計"]], ids=["outside", "within"])
def test_a_group_ends_with_its_total(total):
    assert labels([["北海道", "札幌市"], [N, "釧路市"], total, [N, "その他"]]) == [
        "北海道 札幌市",
        "北海道 釧路市",
        "その他",
    ]


def test_totals_within_groups_do_not_keep_their_rows_apart():
    rows = [
        ["合計", N],
        ["北海道", "札幌市"],
        [N, "釧路市"],
        ["小計", N],
        ["福島県", "福島市"],
        [N, "伊達市"],
        ["小計", N],
    ]
    assert labels(rows) == ["北海道 札幌市", "北海道 釧路市", "福島県 福島市", "福島県 伊達市"]


def test_a_group_ends_with_a_gap():
    rows = [["都道府県", "市町村", "R3年度（千円）"], ["北海道", "札幌市", 1], [N, "釧路市", 1], [], [N, "その他", 1]]
    assert [each.label for each in read(xlsx(rows)).figures] == ["北海道 札幌市", "北海道 釧路市", "その他"]


def test_a_group_whose_name_is_hidden_has_none():
    rows = [["北海道", "札幌市"], [N, "釧路市"], ["福島県", "福島市"], [N, "伊達市"], [N, "郡山市"]]
    assert labels(rows, hidden_rows=[4]) == ["北海道 札幌市", "北海道 釧路市", "伊達市", "郡山市"]
    assert labels(rows, hidden_rows=[4], merge=["A4:A5"]) == ["北海道 札幌市", "北海道 釧路市", "伊達市", "郡山市"]


@pytest.mark.parametrize("ditto", ["〃", "同上"])
def test_a_ditto_says_what_stands_above_it(ditto):
    assert labels([["北海道", "札幌市"], [ditto, "釧路市"], [ditto, "根室市"]]) == [
        "北海道 札幌市",
        "北海道 釧路市",
        "北海道 根室市",
    ]


def test_a_ditto_of_nothing_is_a_problem():
    rows = [
        ["都道府県", "市町村", "R3年度（千円）"],
        ["〃", "札幌市", 1],
        ["北海道", "釧路市", 2],
        [],
        ["〃", "根室市", 3],
    ]
    assert {cell: "〃" in reason for cell, reason in problems(xlsx(rows)).items()} == {"C2": True, "C5": True}


def test_a_ditto_with_words_is_a_problem():
    rows = [["区分", "R3年度（千円）"], ["うち国庫", 1], ["〃　道費", 2], ["交付金", 3]]
    assert list(problems(xlsx(rows))) == ["B3"]


@pytest.mark.parametrize("name", ["釧路市※", "釧路市※1", "釧路市（注２）", "釧路市 注1", "釧路市¹", "釧路市*"])
def test_footnotes_are_no_part_of_a_name(name):
    assert labels([["北海道", name]]) == ["北海道 釧路市"]


@pytest.mark.parametrize("name", ["工事の発注", "発注1件"])
def test_a_name_may_end_like_a_footnote(name):
    assert labels([["北海道", name]]) == [f"北海道 {name}"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["01206 釧路市", "01223　根室市"], [("012068", "釧路市"), ("012238", "根室市")]),
        (["012068：釧路市", "012238：根室市"], [("012068", "釧路市"), ("012238", "根室市")]),
        (["釧路市（012068）", "根室市（012238）"], [("012068", "釧路市"), ("012238", "根室市")]),
        (["C012068110000 釧路市"], [("012068", "釧路市")]),
        (["012068 釧路市"], [("012068", "釧路市")]),
        (["012067 釧路市", "012237 根室市"], [(N, "012067 釧路市"), (N, "012237 根室市")]),
        (["1  北海道", "2  青森県"], [(N, "1 北海道"), (N, "2 青森県")]),
        (["10000 人の声", "交付金"], [(N, "10000 人の声"), (N, "交付金")]),
        (["12203 市川市", "12208 野田市"], [("122033", "市川市"), ("122084", "野田市")]),
    ],
)
def test_a_code_may_stand_in_the_cell_of_the_name(names, found):
    rows = [["市町村", "R3年度（千円）"], *[[name, 1] for name in names]]
    assert [(each.code, each.label) for each in read(xlsx(rows)).figures] == found


@pytest.mark.parametrize("header", [N, "番号"])
def test_numbers_with_check_digits_are_codes_whatever_they_are_called(header):
    rows = [[header, "市町村", "R3年度（千円）"], [12068, "釧路市", 1], [12238, "根室市", 2], [11002, "札幌市", 3]]
    assert [(each.code, each.label) for each in read(xlsx(rows)).figures] == [
        ("012068", "釧路市"),
        ("012238", "根室市"),
        ("011002", "札幌市"),
    ]


def test_other_numbers_are_none():
    rows = [["番号", "市町村", "R3年度（千円）"], [12068, "釧路市", 1], [12239, "根室市", 2], [11002, "札幌市", 3]]
    assert {each.code for each in read(xlsx(rows)).figures} == {N}


def test_two_codes_that_disagree_are_a_problem():
    rows = [["団体コード", "市町村", "R3年度（千円）"], ["012068", "012238 根室市", 1]]
    assert "コード" in problems(xlsx(rows))["C2"]


def test_a_name_on_both_sides_of_a_table_is_one():
    rows = [["市町村名", "R2（千円）", "R3（千円）", "市町村名"], ["釧路市", 1, 2, "釧路市"]]
    assert [each.label for each in read(xlsx(rows)).figures] == ["釧路市", "釧路市"]


def test_a_code_says_whose_a_row_is_where_no_name_stands_beside_it():
    rows = [["団体コード", "令和2年度（千円）", "令和3年度（千円）"], ["012025", 1, 2], [12068, 3, 4]]
    told = [(each.cell, each.label, each.code, each.value) for each in read(xlsx(rows)).figures]
    assert told == [
        ("B2", "012025", "012025", 1000),
        ("C2", "012025", "012025", 2000),
        ("B3", "12068", "012068", 3000),
        ("C3", "12068", "012068", 4000),
    ]


def test_the_last_group_counts_its_rows_without_numbers():
    rows = [
        ["年度", "制度名", "予算額（円）"],
        ["平成28年度", "交付金", 0],
        ["", "派遣", 0],
        ["平成29年度", "交付金", 1],
    ]
    years = [(each.cell, each.fiscal_year) for each in read(xlsx([*rows, ["", "派遣", ""]])).figures]
    assert years == [("C2", 2016), ("C3", 2016), ("C4", 2017)]
    # Of three rows, two years may as well be of these rows alone.
    assert [each.fiscal_year for each in read(xlsx(rows)).figures] == [2016, None, 2017]
