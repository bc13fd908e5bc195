from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumairu.lib.workbooks import reading as module
from sumairu.lib.workbooks.files import Refused
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import package, sheet_xml, sheets, xlsx


def figures(content):
    """`{"B6": (label, fiscal year, unit, value)}`"""
    return {each.cell: (each.label, each.fiscal_year, each.unit, each.value) for each in read(content).figures}


def stages(content):
    return {each.cell: (each.stage, each.supplement) for each in read(content).figures}


def reasons(content):
    return {each.cell: each.reason for each in read(content).skipped}


def problems(content):
    return {each.cell: each.reason for each in read(content).problems}


# Wide tables: years across.

WIDE = [
    ["財政的支援の予算額の推移"],
    ["出どころ：道の資料"],
    [None, None, "（単位：億円）"],
    ["制度名", "予算額", None],
    [None, "H30年度", "R元年度"],
    ["地域づくり総合交付金", 45.5, 45.8],
]
MERGE = ["A4:A5", "B4:C4"]
READ = {
    "B6": ("地域づくり総合交付金", 2018, "億円", 4_550_000_000),
    "C6": ("地域づくり総合交付金", 2019, "億円", 4_580_000_000),
}


def wide(**cells):
    """WIDE with other values in some cells: `wide(C3=None, A3="単位　億円")`."""
    rows = [[*row, *[None] * (3 - len(row))] for row in WIDE]
    for name, value in cells.items():
        rows[int(name[1:]) - 1]["ABC".index(name[0])] = value
    return rows


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


def test_an_era_stands_over_its_numbers():
    rows = [
        ["制度名", "平成", None, "令和", None],
        [None, 29, 30, "元", 2],
        ["地域づくり総合交付金（億円）", 45.1, 45.2, 45.3, 45.4],
    ]
    read_years = [each.fiscal_year for each in read(xlsx(rows, merge=["B1:C1", "D1:E1"])).figures]
    assert read_years == [2017, 2018, 2019, 2020]


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
    "cells",
    [
        pytest.param({"C3": None}, id="nowhere"),
        pytest.param({"A2": "（単位：千円）"}, id="two notes that differ"),
        pytest.param({"C3": None, "B4": "予算額（千円、億円）"}, id="two in one header"),
        pytest.param({"B4": "職員数"}, id="a unit of money over a number of people"),
        pytest.param({"C3": "（単位：人）"}, id="people over an amount"),
        pytest.param({"C3": None, "A2": "※千円未満は切り捨て"}, id="a note on rounding"),
    ],
)
def test_a_unit_that_is_not_stated_is_none_and_so_is_the_value(cells):
    assert {figure[2:] for figure in figures(xlsx(wide(**cells), merge=MERGE)).values()} == {(None, None)}


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


# Long tables: one figure in a row.

HEADERS = ("年度（西暦）", "年度（和暦）", "制度番号", "制度名", "振興局", "段階", "補正", "予算額（円）")
RECORD = (2021, "令和3年度", "chiiki", "地域づくり総合交付金", "釧路総合振興局", "補正後", "２月補正", 1_234_000)


@settings(deadline=None, max_examples=30)
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
def test_years_down_need_no_header(first):
    rows = [[None, "予算額（億円）"], [first, 45.5], [2019, 45.8]]
    assert figures(xlsx(rows)) == {"B2": ("", 2018, "億円", 4_550_000_000), "B3": ("", 2019, "億円", 4_580_000_000)}


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


# Stages.


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


@pytest.mark.parametrize("header", ["２月補正", "補正額", "決算見込額", "当初予算と決算"])
def test_a_column_of_no_certain_stage_is_left_out(header):
    content = xlsx([["制度名", "R3年度当初（千円）", f"R3年度{header}（千円）"], ["交付金", 1, 2]])
    assert list(figures(content)) == ["B2"]
    assert "段階" in reasons(content)["C2"]


def test_a_row_of_another_stage_than_its_column_is_a_problem():
    rows = [["制度名", "段階", "R3年度当初（千円）"], ["交付金", "決算", 1]]
    assert "段階が食い違って" in problems(xlsx(rows))["C2"]


# What is left out.


@pytest.mark.parametrize(
    "header", ["合計", "小計", "計", "合　計", "増減", "増減額", "前年度比（％）", "構成比", "差引", "R2年度との比較", "うち一般財源", "平均"]
)  # fmt: skip
def test_columns_that_are_no_figures_of_their_own_are_left_out(header):
    content = xlsx([["制度名", "R3年度（千円）", header], ["交付金", 10, 20]])
    assert list(figures(content)) == ["B2"]
    assert f"「{' '.join(header.split()) if header != '合　計' else '合計'}」" in reasons(content)["C2"]


@pytest.mark.parametrize(
    "label",
    ["合計", "小計", "計", "北海道計", "全国合計", "都道府県平均", "対前年度増減", "うち釧路市", "釧路市（再掲）"],
)
def test_rows_that_are_no_figures_of_their_own_are_left_out(label):
    content = xlsx([["市町村", "R3年度（千円）"], ["釧路市", 10], [label, 20]])
    assert list(figures(content)) == ["B2"]
    assert f"「{label}」" in reasons(content)["B3"]


@pytest.mark.parametrize(
    "label", ["会計年度任用職員の配置", "統計調査事業", "家計", "計画策定支援", "一般会計", "うちわ祭り支援"]
)
def test_names_that_only_look_like_totals_stay(label):
    assert list(figures(xlsx([["制度名", "R3年度（千円）"], [label, 10]]))) == ["B2"]


@pytest.mark.parametrize("header", ["前年度予算額（千円）", "前々年度（千円）"])
def test_a_column_of_another_year_is_left_out_where_the_year_is_not_named(header):
    content = xlsx([["令和3年度予算"], [], ["制度名", "本年度予算額（千円）", header], ["交付金", 10, 20]])
    assert figures(content) == {"B4": ("交付金", 2021, "千円", 10_000)}
    assert "何年度" in reasons(content)["C4"]


@pytest.mark.parametrize("mark", ["－", "-", "―", "…", "皆減", "x", "***"])
def test_a_mark_for_nothing_is_neither_a_figure_nor_zero(mark):
    content = xlsx(wide(B6=mark), merge=MERGE)
    assert list(figures(content)) == ["C6"]
    assert "ゼロとはしません" in reasons(content)["B6"]


@pytest.mark.parametrize("blank", [None, "", "　"])
def test_a_blank_is_nothing_at_all(blank):
    content = xlsx(wide(B6=blank), merge=MERGE)
    assert list(figures(content)) == ["C6"]
    assert reasons(content) == problems(content) == {}


def test_zero_is_a_figure():
    assert figures(xlsx(wide(B6=0), merge=MERGE))["B6"][3] == 0


def test_numbers_outside_tables_are_left_out():
    rows = [[None, None, 12], *WIDE[1:], [], [None, None, 3], [], ["問合せ先", "内線", 22801]]
    content = xlsx(rows, merge=MERGE)
    assert figures(content) == READ
    assert set(reasons(content)) == {"C1", "C8", "C10"}


def test_a_row_that_names_nothing_is_left_out():
    content = xlsx([*wide(), [None, 1, 2]], merge=MERGE)
    assert figures(content) == READ
    assert "行の見出しがない" in reasons(content)["B7"]


def test_a_column_without_header_is_left_out():
    content = xlsx([["制度名", "R3年度（千円）", None], ["交付金", 10, 20]])
    assert list(figures(content)) == ["B2"]
    assert "列の見出しがない" in reasons(content)["C2"]


def test_what_is_hidden_is_left_out_and_said():
    content = xlsx(
        [["制度名", "R2年度（千円）", "R3年度（千円）"], ["交付金", 1, 2], ["派遣", 3, 4]],
        hidden_rows=[3],
        hidden_columns=["B"],
    )
    assert list(figures(content)) == ["C2"]
    assert set(reasons(content)) == {"B2", "B3", "C3"}
    assert all("非表示" in reason for reason in reasons(content).values())


def test_a_hidden_sheet_is_left_out_and_said():
    content = sheets({"表": WIDE, "控え": WIDE}, hidden=["控え"])
    assert {each.sheet for each in read(content).figures} == {"表"}
    assert {(each.sheet, each.cell) for each in read(content).skipped} == {("控え", "B6"), ("控え", "C6")}
    assert [(each.name, each.is_hidden) for each in read(content).sheets] == [("表", False), ("控え", True)]


# Numbers as they are written.


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("１，２３４", 1_234_000),
        ("1,234", 1_234_000),
        (" 1234 ", 1_234_000),
        ("△1,234", -1_234_000),
        ("▲ 1,234", -1_234_000),
        ("−1,234", -1_234_000),
        ("1,234千円", 1_234_000),
        ("2億円", 200_000_000),
        (62908.27999999999, 62_908_280),
        (0.001, 1),
    ],
)
def test_a_number_is_read_however_it_is_written(cell, value):
    assert [each.value for each in read(xlsx([["制度名", "R3年度（千円）"], ["交付金", cell]])).figures] == [value]


@pytest.mark.parametrize(("cell", "value"), [("38人", 38), ("３８名", 38), (38.0, 38)])
def test_people_are_counted_whole(cell, value):
    [figure] = read(xlsx([["制度名", "R3年度派遣者数（人）"], ["派遣", cell]])).figures
    assert (figure.value, figure.kind) == (value, "people")


@pytest.mark.parametrize(
    ("cell", "code", "value", "unit"),
    [(45.5, '0.0"億円"', 4_550_000_000, "億円"), (1234567, "#,##0,", 1_234_567, "千円"), (38, '0"人"', 38, "人")],
)
def test_a_unit_that_only_the_format_shows_is_read(cell, code, value, unit):
    [figure] = read(xlsx([["制度名", "R3年度（千円）"], ["交付金", cell]], formats={"B2": code})).figures
    assert (figure.value, figure.unit) == (value, unit)


def test_a_year_that_only_the_format_shows_is_read():
    rows = [["制度名", 30, 31], ["交付金（千円）", 1, 2]]
    content = xlsx(rows, formats={"B1": '"平成"0"年度"', "C1": '"平成"0"年度"'})
    assert [each.fiscal_year for each in read(content).figures] == [2018, 2019]


@pytest.mark.parametrize(
    "cell", ["調整中", "1,23", "(12)", "12～15", "45.5億円程度", True, datetime(2021, 4, 1), 0.0005, 1.5e30]
)  # noqa: DTZ001
def test_what_cannot_be_read_as_whole_yen_is_a_problem(cell):
    content = xlsx([["制度名", "R3年度（千円）"], ["交付金", 10], ["派遣", 20], ["調査", cell]])
    assert list(figures(content)) == ["B2", "B3"]
    assert list(problems(content)) == ["B4"]


def test_a_fraction_of_a_person_is_a_problem():
    assert "端数" in problems(xlsx([["制度名", "R3年度派遣者数（人）"], ["派遣", 2.5]]))["B2"]


def test_an_error_and_a_formula_without_result_are_problems_with_their_cells():
    cells = (
        '<row r="1"><c r="A1" t="str"><v>制度名</v></c><c r="B1" t="str"><v>R3年度（千円）</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>交付金</v></c><c r="B2"><f>SUM(C1:C9)</f></c></row>'
        '<row r="3"><c r="A3" t="str"><v>派遣</v></c><c r="B3" t="e"><v>#REF!</v></c></row>'
        '<row r="4"><c r="A4" t="str"><v>合計</v></c><c r="B4" t="e"><v>#REF!</v></c></row>'
        '<row r="5"><c r="A5" t="str"><v>調査</v></c><c r="B5"><f>1+1</f><v>2</v></c></row>'
    )
    content = package(sheet_xml(cells))
    assert list(figures(content)) == ["B5"]
    assert [(each.cell, each.raw) for each in read(content).problems] == [("B2", "=SUM(C1:C9)"), ("B3", "#REF!")]
    assert list(reasons(content)) == ["B4"]


def test_a_formula_without_result_outside_any_table_is_a_problem():
    cells = '<row r="9"><c r="C9"><f>1+1</f></c></row>'
    assert list(problems(package(sheet_xml(cells)))) == ["C9"]


def test_ratios_are_never_money():
    rows = [
        ["主要財政指標（令和２年度決算）"],
        [None, None, None, "（単位：千円）"],
        ["都道府県名", "財政力指数", "経常収支比率", "歳出決算額", "不交付割合"],
        ["北海道", 0.46217, "98.2%", 100, 0.5],
    ]
    content = xlsx(rows, formats={"E4": "0.0%"})
    assert [(each.kind, each.unit, each.value) for each in read(content).figures] == [
        ("ratio", None, None),
        ("ratio", "%", None),
        ("yen", "千円", 100_000),
        ("ratio", "%", None),
    ]


# Several tables.


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


def test_each_sheet_is_read():
    content = sheets({"予算額": WIDE, "派遣者数": [["制度名", "R3年度派遣者数（人）"], ["派遣", 32]]})
    assert [(each.sheet, each.cell) for each in read(content).figures] == [
        ("予算額", "B6"),
        ("予算額", "C6"),
        ("派遣者数", "B2"),
    ]


# Limits.


def test_the_number_of_figures_has_a_limit(monkeypatch):
    monkeypatch.setattr(module, "MAX_FIGURES", 1)
    with pytest.raises(Refused, match="数値が多すぎます"):
        read(xlsx(WIDE, merge=MERGE))


def test_the_number_of_cells_left_out_has_a_limit(monkeypatch):
    monkeypatch.setattr(module, "MAX_OTHERS", 1)
    with pytest.raises(Refused, match="取り込めない数値が多すぎます"):
        read(xlsx([[1, 2]]))


def test_an_empty_workbook_is_read_as_nothing():
    assert read(xlsx([])).figures == ()
