"""Sheets as public bodies print them, held to what a careful person reads in them; also with lines and rows between."""

import csv
from io import StringIO

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.printed_sheets import SHEETS

BY_TITLE = pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.title for sheet in SHEETS])


def content_of(sheet):
    if sheet.encoding is None:
        return xlsx(sheet.rows, merge=sheet.merged.split())
    lines = StringIO(newline="")
    csv.writer(lines).writerows(sheet.rows)
    return lines.getvalue().encode(sheet.encoding)


def reads_of(figure):
    year = figure.fiscal_year or (figure.calendar_year and f"{figure.calendar_year}年")
    return figure.label, year, " ".join(figure.column), figure.unit, figure.value


@BY_TITLE
def test_a_printed_sheet_is_read_as_a_careful_person_reads_it(sheet):
    reading = read(content_of(sheet), (), "表.csv" if sheet.encoding else "")
    found = {each.cell: reads_of(each) for each in reading.figures}
    assert {cell: found.get(cell) for cell in sheet.reads} == sheet.reads


@BY_TITLE
def test_what_is_no_value_in_a_printed_sheet_is_told(sheet):
    reading = read(content_of(sheet), (), "表.csv" if sheet.encoding else "")
    told = {each.cell for each in (*reading.skipped, *reading.problems)}
    assert {*sheet.told.split()} <= told
    assert not told & {each.cell for each in reading.figures}


def moved(places, down, right):
    """Cells or ranges (`A1:B2 D8`) of a sheet that has so many more rows above and columns on the left."""
    found = []
    for place in places.split():
        left, top, last, bottom = range_boundaries(place)
        corners = [f"{get_column_letter(x + right)}{y + down}" for x, y in ((left, top), (last, bottom))]
        found.append(":".join(dict.fromkeys(corners)))
    return found


@pytest.mark.parametrize(
    ("above", "right"),
    [
        pytest.param([["担当：総合政策部地域政策課"]], 0, id="whom to ask"),
        pytest.param([["※令和２年度以前は集計方法が異なる。"], []], 0, id="a note of other years"),
        pytest.param([[]], 1, id="blank"),
    ],
)
@pytest.mark.parametrize("sheet", [pytest.param(sheet, id=sheet.title) for sheet in SHEETS if sheet.encoding is None])
def test_lines_above_and_a_blank_column_change_nothing(sheet, above, right):
    rows = [*above, *([*[None] * right, *row] for row in sheet.rows)]
    reading = read(xlsx(rows, merge=moved(sheet.merged, len(above), right)))
    found = {each.cell: reads_of(each) for each in reading.figures}
    for cell, expected in sheet.reads.items():
        assert found.get(*moved(cell, len(above), right)) == expected
