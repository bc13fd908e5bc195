"""Tables found in grids of types alone: `t` a text, `n` a number, `u` a unit, `m` a mark."""

import pytest

from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.layout.sheets import Sheet, Words
from sumairu.lib.workbooks.layout.tables import sheet_to_blocks

# A reader that knows no word: numbers are never names, no text stands for a number or begins a section.
NO_WORDS = Words(
    are_names=lambda *_: False,
    is_odd=lambda _: False,
    begins_section=lambda _: False,
    names_rows=lambda _: False,
    ends_table=lambda _: False,
)


def found(drawing, merges=(), words=NO_WORDS):
    """(above, header, body, label columns, value columns) of each table, rows and columns counted from 0."""
    width = max(map(len, drawing))
    types = [row.ljust(width) for row in drawing]
    rows = [
        [0.0 if cell_type == "n" else f"{cell_type}{number}{column}" for column, cell_type in enumerate(row)]
        for number, row in enumerate(types)
    ]
    grid = Grid("表", False, rows)
    for top, left, bottom, right in merges:
        grid.merges[top, left] = (bottom, right)
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        grid.covered |= dict.fromkeys(places[1:], (top, left))
    return [
        (each.above, each.header, each.body, each.label_columns, each.value_columns)
        for each in sheet_to_blocks(Sheet(grid, types, words))
    ]


@pytest.mark.parametrize(
    ("drawing", "merges", "table"),
    [
        pytest.param(["tt", "tn"], [], ((), (0,), (1,), (0,), (1,)), id="the least"),
        pytest.param(["t", "", "ttt", "tnn", "tnn"], [], ((0, 1), (2,), (3, 4), (0,), (1, 2)), id="title"),
        pytest.param(["t", "  u", "ttt", "tnn"], [], ((0, 1), (2,), (3,), (0,), (1, 2)), id="title and unit"),
        pytest.param(["tt", " u", "tn"], [], ((), (0,), (2,), (0,), (1,)), id="unit below the header"),
        pytest.param(["ttt", " uu", "tnn"], [], ((), (0, 1), (2,), (0,), (1, 2)), id="unit for each column"),
        pytest.param(["tt ", " tt", "tnn"], [(0, 0, 1, 0), (0, 1, 0, 2)], ((), (0, 1), (2,), (0,), (1, 2)), id="merged"),
        pytest.param(["t  ", "ttt", "tnn"], [(0, 0, 0, 2)], ((0,), (1,), (2,), (0,), (1, 2)), id="title merged over all"),
        pytest.param([" t ", "ttt", "tnn"], [(0, 1, 0, 2)], ((), (0, 1), (2,), (0,), (1, 2)), id="name merged over values"),
        pytest.param(["tt t ", "", " tttt", "tnnnn"], [], ((1,), (0, 2), (3,), (0,), (1, 2, 3, 4)), id="blank row within"),
        pytest.param([" tt", " tn"], [], ((), (0,), (1,), (1,), (2,)), id="not from the first column"),
        pytest.param(["ttt", "ntn"], [], ((), (0,), (1,), (1,), (0, 2)), id="numbers on both sides"),
        pytest.param(["tt", "tm", "tn", "tm"], [], ((), (0,), (1, 2, 3), (0,), (1,)), id="rows of marks"),
        pytest.param(["tt", "t", "tn", "t", "tn"], [], ((), (0,), (2, 4), (0,), (1,)), id="rows of names between"),
        pytest.param(["tt", "tn", "", "tn"], [], ((), (0,), (1, 3), (0,), (1,)), id="blank row between"),
    ],
)  # fmt: skip
def test_one_table_is_found(drawing, merges, table):
    assert found(drawing, merges) == [table]


def test_tables_below_each_other_are_two():
    assert [each[1:3] for each in found(["tt", "tn", "", "t", "tt", "tn"])] == [((0,), (1,)), ((4,), (5,))]


def test_tables_beside_each_other_are_two_where_a_column_is_blank():
    assert [each[3:] for each in found(["tt tt", "tn tn"])] == [((0,), (1,)), ((3,), (4,))]
    assert [each[3:] for each in found(["ttttt", "tn tn"])] == [((0, 3), (1, 4))]


def test_numbers_under_no_header_are_no_table():
    assert found(["t", "", "n"]) == []
    assert found(["nn", "nn"]) == []


def test_numbers_that_are_names_are_header():
    words = NO_WORDS._replace(are_names=lambda _, row, __: row == 0)
    assert found(["tnn", "tnn"], words=words) == [((), (0,), (1,), (0,), (1, 2))]


def test_a_text_that_stands_for_a_number_keeps_its_row_in_the_table():
    words = NO_WORDS._replace(is_odd=lambda text: text == "t21")
    assert [each[2] for each in found(["tt", "tn", "tt", "tn"], words=words)] == [(1, 2, 3)]


def test_a_section_begins_a_block_under_the_same_header():
    words = NO_WORDS._replace(begins_section=lambda _: True)
    assert [each[1:3] for each in found(["tt", "tn", "t", "tn"], words=words)] == [((0,), (1,)), ((0,), (3,))]
