import pytest

from sumairu.lib.workbooks import Refused
from sumairu.lib.workbooks.drawing import draw
from sumairu.lib.workbooks.picture import Picture, draw_apart
from tests.lib.workbooks.builders import sheets, xlsx

BOOK = xlsx(
    [
        ["予算額の推移", None, None],
        ["制度名", "予算額", None],
        [None, "R2", "R3"],
        ["交付金", 1234567, 0.5],
        ["交付金", 2, 3],
    ],
    merge=["A1:C1", "A2:A3", "B2:C2", "A4:A5"],
    formats={"B4": "#,##0", "C4": "0.0%"},
)


def texts(picture):
    return [[(row.number, [cell.text for cell in row.cells]) for row in rows] for rows in picture.windows]


def test_a_sheet_is_drawn_as_it_looks():
    [rows] = draw(BOOK, "予算.xlsx", 0, [(1, 4)], range(3)).windows
    assert [[tuple(cell) for cell in row.cells] for row in rows] == [
        [(0, "予算額の推移", False, 1, 3)],
        [(0, "制度名", False, 2, 1), (1, "予算額", False, 1, 2)],
        [(1, "R2", False, 1, 1), (2, "R3", False, 1, 1)],
        [(0, "交付金", False, 1, 1), (1, "1,234,567", True, 1, 1), (2, "50.0%", True, 1, 1)],
    ]


def test_a_merged_cell_that_begins_above_or_left_of_a_window_is_seen_in_it():
    assert texts(draw(BOOK, "予算.xlsx", 0, [(1, 1), (5, 5)], [1, 2])) == [
        [(1, ["予算額の推移"])],
        [(5, ["2", "3"])],
    ]
    assert texts(draw(BOOK, "予算.xlsx", 0, [(5, 9)], [0, 1])) == [[(5, ["交付金", "2"])]]


def test_a_merged_cell_spans_the_columns_that_are_drawn():
    [[row]] = draw(BOOK, "予算.xlsx", 0, [(1, 1)], [0, 2]).windows
    assert [cell.columns for cell in row.cells] == [2]


def test_what_is_hidden_is_drawn_and_marked():
    book = xlsx([["a", 1], ["b", 2], ["c", 3]], hidden_rows=[2], hidden_columns=["B"])
    picture = draw(book, "予算.xlsx", 0, [(1, 3)], range(2))
    assert [(row.is_hidden, row.cells[0].text) for row in picture.windows[0]] == [
        (False, "a"),
        (True, "b"),
        (False, "c"),
    ]
    assert picture.hidden_columns == {1}


def test_a_sheet_is_named_by_its_place():
    assert texts(draw(sheets({"A": [["a"]], "B": [["b"]]}), "予算.xlsx", 1, [(1, 9)], range(9))) == [[(1, ["b"])]]


def test_a_sheet_that_is_not_there_is_said_so():
    with pytest.raises(Refused, match="このシートは"):
        draw(BOOK, "予算.xlsx", 1, [(1, 1)], [0])


def test_a_table_of_text_is_drawn_too():
    content = '制度名,R3年度\r\n交付金,"4,550"\r\n'.encode("cp932")
    assert texts(draw(content, "予算.csv", 0, [(1, 2)], range(2))) == [
        [(1, ["制度名", "R3年度"]), (2, ["交付金", "4,550"])]
    ]


def test_a_picture_comes_unchanged_from_the_process_that_draws_it():
    drawn = draw(BOOK, "予算.xlsx", 0, [(1, 2), (4, 5)], range(3))
    assert draw_apart(BOOK, "予算.xlsx", 0, [(1, 2), (4, 5)], range(3)) == drawn
    assert Picture.from_json(drawn.to_json()) == drawn
