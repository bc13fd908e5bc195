"""The way of a sheet through the reader, seen step by step: what one looks at to find the step that is wrong."""

from sumairu.lib.workbooks.corrections import ColumnCorrection, Correction
from sumairu.lib.workbooks.figures import FIGURES, LABEL, LEAVE_OUT
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.reading import SheetReading
from tests.lib.workbooks.builders import xlsx

ROWS = [
    ["令和3年度 支援の実績", "", ""],
    ["市町村名", "派遣者数（人）", "決算額（千円）"],
    ["釧路市", 4, 1200],
    ["根室市", "－", 300],
    ["合計", 4, 1500],
]


def steps(rows=ROWS, corrections=()):
    [grid] = file_to_grids(xlsx(rows), "実績.xlsx")
    return SheetReading(grid, corrections)


def test_each_cell_has_a_type():
    assert steps().sheet.types == ["t  ", "ttt", "tnn", "tmn", "tnn"]


def test_a_block_says_which_rows_and_columns_are_what():
    [block] = steps().blocks
    assert (block.above, block.header, block.body) == ((0,), (1,), (2, 3, 4))
    assert (block.label_columns, block.value_columns) == ((0,), (1, 2))


def test_a_table_has_what_its_surroundings_columns_and_rows_state():
    [table] = steps().tables
    assert (table.context.title, *table.context.years) == (
        "令和3年度 支援の実績",
        ("表題", "令和3年度 支援の実績", 2021, None),
    )
    assert [column.units for column in table.values] == [("人",), ("千円",)]
    assert [row.label for row in map(table.rows.at, range(3))] == ["釧路市", "根室市", "合計"]
    assert [row.apart for row in map(table.rows.at, range(3))] == [None, None, "合計"]


def test_of_each_number_it_is_known_what_it_is_before_it_is_looked_at():
    [table] = steps().tables
    first, *_, total = [table.numbers.by_key[key] for key in table.numbers.keys]
    assert [(index, number.unit, number.what[0]) for index, number in first] == [(1, "人", 2021), (2, "千円", 2021)]
    assert {number.reason for _, number in total} == {"合計の行（「合計」）です。"}


def test_the_account_holds_every_number():
    account = steps().account
    assert [(each.cell, each.value) for each in account.figures] == [("B3", 4), ("C3", 1_200_000), ("C4", 300_000)]
    assert {each.cell for each in account.skipped} == {"B4", "B5", "C5"}
    assert account.problems == account.remarks == []


def test_what_was_found_is_kept_beside_what_was_said_of_it():
    name = steps().sheet.grid.name
    said = Correction(name, 0, columns={"B": ColumnCorrection(LEAVE_OUT)}, left_out_rows=((4, 4),))
    reading = steps(corrections=[said])
    assert reading.blocks[0].body == (2, 3, 4)
    assert reading.corrected_blocks[0].block.body == (2, 4)
    assert [each.cell for each in reading.account.figures] == ["C3"]


def test_serial_numbers_and_notes_name_no_row():
    rows = [["番号", "市町村名", "備考", "派遣者数（人）"], [1, "釧路市", "継続", 4], [2, "根室市", "新規", 3]]
    [table] = steps(rows).account.tables
    assert table.label_columns == ("B",)
    assert [(each.letters, each.use) for each in table.columns] == [
        ("A", LEAVE_OUT),
        ("B", LABEL),
        ("C", LEAVE_OUT),
        ("D", FIGURES),
    ]
