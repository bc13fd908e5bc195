"""What is left out, and numbers as they are written."""

from datetime import date

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import package, sheet_xml, sheets, xlsx
from tests.lib.workbooks.readings import MERGE, READ, WIDE, figures, problems, reasons, wide


@pytest.mark.parametrize(
    "header", ["合計", "小計", "計", "合　計", "累計額", "計 A+B", "増減", "増減 A-B", "増減数（Ａ）－（Ｂ）", "市町村集計", "4月", "第１四半期", "上半期", "増減額", "前年度比（％）", "構成比", "差引", "R2年度との比較", "うち一般財源", "平均"]
)  # fmt: skip
def test_columns_that_are_no_figures_of_their_own_are_left_out(header):
    content = xlsx([["制度名", "R3年度（千円）", header], ["交付金", 10, 20]])
    assert list(figures(content)) == ["B2"]
    assert f"「{' '.join(header.split()) if header != '合　計' else '合計'}」" in reasons(content)["C2"]


@pytest.mark.parametrize(
    "label",
    [
        "合計",
        "小計",
        "計",
        "北海道計",
        "全国合計",
        "北海道集計",
        "岡山集計",
        "都道府県平均",
        "対前年度増減",
        "うち釧路市",
        "釧路市（再掲）",
    ],
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


def test_a_row_whose_number_is_in_kanji_is_no_header():
    rows = [["事業", "R3年度（千円）"], ["道路", "一千二百"], ["河川", 100]]
    assert list(figures(xlsx(rows))) == ["B3"]
    assert "一千二百" in problems(xlsx(rows))["B2"]


def test_a_unit_in_a_cell_beside_the_number_is_no_name():
    rows = [["市町村", "R3年度補助額", None, "件数", None], ["釧路市", 1200, "千円", 3, "件"]]
    assert {each.label for each in read(xlsx(rows)).figures} == {"釧路市"}


@pytest.mark.parametrize("header", ["種別", "団体区分", "過不足", "公表の有無（1.有 2.無）"])
def test_numbers_that_sort_the_rows_are_no_money(header):
    rows = [["（単位：千円）"], ["市町村", header, "R3年度"], ["釧路市", 1, 10], ["根室市", "2", 20]]
    assert list(figures(xlsx(rows))) == ["C3", "C4"]
    assert f"（「{header}」）" in reasons(xlsx(rows))["B4"]


@pytest.mark.parametrize("header", ["設立年", "供用開始年度", "採択年月"])
def test_years_in_which_something_began_are_no_money(header):
    rows = [["（単位：千円）"], ["施設", header, "R3年度"], ["会館", 1995, 10], ["橋", 30, 20]]
    assert list(figures(xlsx(rows))) == ["C3", "C4"]


@pytest.mark.parametrize("header", ["団体CD", "ｺｰﾄﾞ", "団体"])
def test_numbers_with_check_digits_are_codes_whatever_their_column_is_called(header):
    codes = {"札幌市": 11002, "函館市": 12025, "小樽市": 12033, "釧路市": 12068, "根室市": 12238}
    rows = [["（単位：千円）"], [header, "市町村", "R3年度"], *([code, name, 10] for name, code in codes.items())]
    assert [(each.label, each.code) for each in read(xlsx(rows)).figures] == [
        (name, f"0{code}") for name, code in codes.items()
    ]


def test_a_large_number_under_a_word_for_sorts_is_money():
    rows = [["（単位：千円）"], ["市町村", "財源不足", "R3年度"], ["釧路市", 1_500, 10], ["根室市", 2_000, 20]]
    assert figures(xlsx(rows))["B3"] == ("釧路市", None, "千円", 1_500_000)


def test_digits_beside_large_amounts_may_be_no_money():
    def read_of(header, *digits, unit="千円"):
        rows = [[f"（単位：{unit}）"], ["市町村", header, "交付額"]]
        return xlsx(rows + [[f"{n}町", digit, 120_000 + n] for n, digit in enumerate(digits)])

    assert list(figures(read_of("財政", 1, 0, 5))) == ["C3", "C4", "C5"]
    assert "区分の番号や" in reasons(read_of("財政", 1, 0, 5))["B4"]
    assert "金額か分からない" in reasons(read_of("財政力", 0.46, 0.35, 1.02))["B4"]
    for content in (
        read_of("財政", 1, 0, 12),  # not of one digit
        read_of("財政", 0, 0, 0),
        read_of("財政", 0.5, 0.75, 1_000.5),
        read_of("財政（千円）", 1, 0, 5),
        read_of("手数料", 1, 0, 5),
        read_of("R3年度", 1, 0, 5),
        read_of("財政", 1, 0, 5, unit="億円"),
    ):
        assert "B4" in figures(content)


@pytest.mark.parametrize("header", ["前年度予算額（千円）", "前々年度（千円）"])
def test_a_column_of_another_year_is_left_out_where_the_year_is_not_named(header):
    content = xlsx([["令和3年度予算"], [], ["制度名", "予算額（千円）", header], ["交付金", 10, 20]])
    assert figures(content) == {"B4": ("交付金", 2021, "千円", 10_000)}
    assert "何年度" in reasons(content)["C4"]


@pytest.mark.parametrize(("header", "year"), [("前年度予算額（千円）", 2020), ("前々年度（千円）", 2019)])
def test_a_column_of_another_year_is_read_beside_one_of_this_year_where_the_title_says_which(header, year):
    rows = [["制度名", "本年度予算額（千円）", header], ["交付金", 10, 20]]
    assert figures(xlsx([["令和3年度予算"], [], *rows])) == {
        "B4": ("交付金", 2021, "千円", 10_000),
        "C4": ("交付金", year, "千円", 20_000),
    }
    for title in ("予算", "令和2年度・令和3年度予算"):
        assert "何年度" in reasons(xlsx([[title], [], *rows]))["C4"]
    assert "何年度" in reasons(xlsx([["令和3年度予算"], [], [*rows[0], "執行額（千円）"], [*rows[1], 5]]))["C4"]


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


def test_a_hidden_column_still_names_its_rows():
    content = xlsx([["年度", "制度名", "予算額（千円）"], [2021, "交付金", 1]], hidden_columns=["A"])
    assert figures(content) == {"C2": ("交付金", 2021, "千円", 1000)}


def test_a_hidden_sheet_is_left_out_and_said():
    content = sheets({"表": WIDE, "控え": WIDE}, hidden=["控え"])
    assert {each.sheet for each in read(content).figures} == {"表"}
    assert {(each.sheet, each.cell) for each in read(content).skipped} == {("控え", "B6"), ("控え", "C6")}
    assert [(each.name, each.is_hidden) for each in read(content).sheets] == [("表", False), ("控え", True)]


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


def test_equal_numbers_in_different_formats_are_not_one_name():
    rows = [["年度", "制度名", "予算額（千円）"], [3, "交付金", 1], [9, "交付金", 0], [3, "交付金", 2]]
    content = xlsx(rows, formats={"A2": '"令和"0"年度"'})
    assert [each.fiscal_year for each in read(content).figures] == [2021, None, None]


def test_a_year_that_only_the_format_shows_is_read():
    rows = [["制度名", 30, 31], ["交付金（千円）", 1, 2]]
    content = xlsx(rows, formats={"B1": '"平成"0"年度"', "C1": '"平成"0"年度"'})
    assert [each.fiscal_year for each in read(content).figures] == [2018, 2019]


@pytest.mark.parametrize(
    "cell", ["ー1,234", "l,234", "1,23", "(12)", "12～15", "45.5億円程度", True, date(2021, 4, 1), 0.0005, 1.5e30]
)
def test_what_cannot_be_read_as_whole_yen_is_a_problem(cell):
    content = xlsx([["制度名", "R3年度（千円）"], ["交付金", 10], ["派遣", 20], ["調査", cell]])
    assert list(figures(content)) == ["B2", "B3"]
    assert list(problems(content)) == ["B4"]


@pytest.mark.parametrize("cell", ["調整中", "不交付団体", "令和4年度で終了", "R5新規", "該当なし"])
def test_what_is_said_in_place_of_a_number_is_left_out_and_nothing_else(cell):
    content = xlsx(
        [["制度名", "R3年度（千円）"], ["交付金", cell], ["派遣", 20], ["調査", cell], ["補助", 30], ["研修", cell]]
    )
    assert figures(content) == {"B3": ("派遣", 2021, "千円", 20_000), "B5": ("補助", 2021, "千円", 30_000)}
    assert list(reasons(content)) == ["B2", "B4", "B6"]
    assert problems(content) == {}


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
        ("ratio", None, "0.46217"),
        ("ratio", "%", "98.2"),
        ("yen", "千円", 100_000),
        ("ratio", "%", "50"),
    ]


@pytest.mark.parametrize("merge", ["B2:C2", "B2:B3"], ids=["two columns", "two rows"])
def test_a_number_in_a_cell_merged_over_several_is_a_problem(merge):
    content = xlsx([["制度名", "R2年度（千円）", "R3年度（千円）"], ["交付金", 10], ["派遣", None, 20]], merge=[merge])
    assert list(problems(content)) == ["B2"]
    assert list(figures(content)) == ["C3"]


def test_a_record_may_be_merged_over_two_rows_as_a_whole():
    rows = [["制度名", "R2年度（千円）", "R3年度（千円）"], ["交付金", 10, 20], [None, None, 30]]
    content = xlsx(rows, merge=["A2:A3", "B2:B3"])
    assert {cell: figure[0] for cell, figure in figures(content).items()} == dict.fromkeys(["B2", "C2", "C3"], "交付金")


@pytest.mark.parametrize(
    ("note", "value", "reason"),
    [
        ("※（　）内は内数", None, "内数"),
        ("（注）（ ）書きは前年度の額である。", None, "ほかの年度"),
        ("※ かっこ内はマイナスを示す。", -12_000, None),
        ("※（ ）内は、減を示す。", -12_000, None),
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_brackets_mean_what_the_table_says(note, value, reason, place):
    table = [["制度名", "R3年度（千円）"], ["交付金", 10], ["派遣", "(12)"]]
    rows = [["予算額"], [note], [], *table] if place == "above" else [["予算額"], [], [], *table, [note]]
    content = xlsx(rows)
    assert figures(content).get("B6", [None] * 4)[3] == value
    assert (reason or "") in reasons(content).get("B6", "")
    assert problems(content) == {}


@pytest.mark.parametrize("note", ["※（　）内は外数", "※（ ）内は内数、［ ］内は前年度", "予算額（当初）"])
def test_brackets_of_which_nothing_certain_is_said_are_a_problem(note):
    assert list(
        problems(xlsx([["予算額"], [note], [], ["制度名", "R3年度（千円）"], ["交付金", 10], ["派遣", "(12)"]]))
    ) == ["B6"]


def test_two_numbers_in_one_row_of_names_are_told_from_each_other_by_nobody():
    rows = [
        ["令和3年度（単位：千円）"],
        ["（上段：予算額、下段：執行額）"],
        ["市町村", "金額"],
        ["釧路市", 100],
        [None, 90],
    ]
    content = xlsx(rows, merge=["A4:A5"])
    assert figures(content) == {}
    assert ["下段" in reason for reason in problems(content).values()] == [True, True]


def test_rows_without_numbers_above_a_line_that_says_whom_to_ask_are_no_numbers_to_be_mended():
    rows = [["団体コード", "振興局", "市町村名", "予算額（円）"], ["012335", "釧路総合振興局", "伊達市", 5]]
    rows += [["015725", None, "美唄市"], ["015466", None, "小清水町"], [], [], ["問合せ先", "内線", 22801]]
    reading = read(xlsx(rows))
    assert [each.cell for each in reading.figures] == ["D2"]
    assert (reading.problems, [each.cell for each in reading.skipped]) == ((), ["C7"])


def test_a_row_named_as_the_others_is_one_of_them_whatever_names_figures_in_it():
    rows = [["市町村名", "平成28年度決算額（百万円）", "平成29年度（百万円）"], ["小樽市", 88148, 488]]
    reading = read(xlsx([*rows, ["北見市", "人口減のため減額", "平成29年"], ["夕張市", "予定", "ー1,234"]]))
    assert {each.cell for each in (*reading.skipped, *reading.problems)} == {"B3", "C3", "B4", "C4"}


def test_a_first_row_whose_words_could_name_figures_is_no_header_of_those_beneath():
    rows = [
        ["事業名", "令和元年度（円）", "令和2年度予算額（円）"],
        ["地域づくり総合交付金", "令和5年度", "前年度と同額"],
    ]
    reading = read(xlsx([*rows, ["地域政策推進事業", 56937, 152], ["移住定住促進事業", 100, 19313]]))
    assert [(each.fiscal_year, len(each.column)) for each in reading.figures] == [(2019, 1), (2020, 1)] * 2
    assert {each.cell for each in (*reading.skipped, *reading.problems)} == {"B2", "C2"}
