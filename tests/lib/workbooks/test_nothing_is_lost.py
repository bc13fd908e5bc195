"""No cell that holds anything in a figure's place disappears without a word."""

from pathlib import Path

import pytest
from openpyxl.utils import range_boundaries

from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.reading import read
from tests.exhaustive import sample
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.small_cases import CASES, FOLDER

ROOT = Path(__file__).parents[3]
BOOKS = sorted(
    path
    for folder in (ROOT / "fixtures" / "workbooks", Path(__file__).parent / "books")
    for path in folder.iterdir()
    if path.suffix in (".xlsx", ".xls", ".ods")
)
NOT_REFUSED = ("P_04_dim_A0.xlsx", "P_11_casing.xlsx")


def lost(content, name):
    """The cells in columns of figures, in rows of their tables, of which nothing is said: `["表 › B3"]`."""
    reading = read(content, (), name)
    told = {(each.sheet, each.cell) for each in (*reading.figures, *reading.skipped, *reading.problems)}
    grids = {grid.name: grid for grid in file_to_grids(content, name)}
    places = {}
    headers = set()
    for table in reading.tables:
        _, top, _, bottom = range_boundaries(table.range)
        headers |= {(table.sheet, row) for row in table.header_rows}
        columns = [column.letters for column in table.columns if column.use == "figures"]
        first = max([row for row in table.header_rows if row <= bottom], default=top - 1) + 1
        for row in range(max(first, top), bottom + 1):
            for letters in columns:
                places[table.sheet, f"{letters}{row}"] = row
    return [
        f"{sheet} › {cell}"
        for (sheet, cell), row in places.items()
        if (sheet, row) not in headers and (sheet, cell) not in told and _holds(grids[sheet], cell)
    ]


def _holds(grid, cell):
    left, top, *_ = range_boundaries(cell)
    value = grid.rows[top - 1][left - 1]
    return value if isinstance(value, str) and not value.strip() else value != ""


@pytest.mark.parametrize("path", sample(BOOKS, every=6), ids=lambda path: path.name)
def test_nothing_of_a_real_workbook_is_lost(path):
    assert lost(path.read_bytes(), path.name) == []


@pytest.mark.parametrize("name", [case["file"] for case in CASES if case["file"] not in NOT_REFUSED])
def test_nothing_of_a_workbook_that_misleads_is_lost(name):
    assert lost((FOLDER / name).read_bytes(), name) == []


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "blank"])
def test_a_remark_behind_a_row_that_nobody_sees_or_a_blank_one_does_not_end_the_table(hidden):
    rows = [["令和3年度（千円）"], ["市町村名", "交付額", "件数（件）"], ["函館市", 120, 3], ["小樽市", 90, 2]]
    rows += [["赤井川村", 1, 1] if hidden else [], ["釧路市", "国の資料による", 4], ["根室市", 80, 5]]
    reading = read(xlsx(rows, hidden_rows=[5] if hidden else []))
    assert {"C6", "B7", "C7"} <= {each.cell for each in reading.figures}
    assert "B6" in {each.cell for each in (*reading.problems, *reading.skipped)}


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        pytest.param(
            [["事業名", "交付額（千円）"], ["A事業", 1], [], ["B事業", "調整中"], ["C事業", 3]],
            {"B2": 2021, "B5": 2021},
            id="a word such as no header has, beyond a blank row",
        ),
        pytest.param(
            [
                ["事業名", "令和2年度", "令和3年度"],
                [None, "Ａ", "Ｂ"],
                ["A事業", 1, "精査中"],
                ["B事業", "なし", "未定"],
            ],
            {"B3": 2020},
            id="letters over columns of words",
        ),
        pytest.param(
            [["事業名", "令和2年度", "令和3年度"], ["A事業", "決算", "当初"], ["B事業", 1, 2]],
            {"B3": 2020, "C3": 2021},
            id="two stages beside a name",
        ),
    ],
)
def test_words_in_the_first_rows_of_a_part_are_told_and_name_no_column(rows, figures):
    reading = read(xlsx([["令和3年度（単位：千円）"], *rows]))
    found = {f"{each.cell[0]}{int(each.cell[1:]) - 1}": each for each in reading.figures}
    assert {cell: each.fiscal_year for cell, each in found.items() if each.value is not None} == figures
    assert {each.stage for each in found.values()} == {None}
    told = {each.cell for each in (*reading.skipped, *reading.problems, *reading.figures)}
    texts = {"調整中", "精査中", "なし", "未定", "決算", "当初"}
    for i, row in enumerate(rows, start=2):
        assert all(f"{'ABC'[column]}{i}" in told for column, text in enumerate(row) if text in texts)
