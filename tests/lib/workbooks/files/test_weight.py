"""Whether a workbook is read at once is a matter of its cells, not of its bytes."""

import random
from io import BytesIO

import pytest
from openpyxl import Workbook

from sumairu.lib.workbooks.files.weight import MOST_CELLS, is_light
from tests.lib.workbooks.builders import ods, package, sheet_xml

PHOTO = {"xl/media/photo.jpeg": random.Random(2021).randbytes(3 * 1024 * 1024)}
LONG_TEXT = {"xl/sharedStrings.xml": "長" * 7_000_000}


def sheet_of(cells):
    row = '<row r="1">' + '<c r="A1"><v>1</v></c>' * cells + "</row>"
    return sheet_xml(row)


def written(rows, columns):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(rows):
        sheet.append([1] * columns)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("made", "light"),
    [
        pytest.param(lambda: package(sheet_of(10)), True, id="a small sheet"),
        pytest.param(lambda: package(sheet_of(10), PHOTO), True, id="a small sheet with a photo"),
        pytest.param(lambda: package(sheet_of(MOST_CELLS)), True, id="as many cells as may be"),
        pytest.param(lambda: package(sheet_of(MOST_CELLS + 1)), False, id="one cell more"),
        pytest.param(lambda: written(300, 200), False, id="60,000 figures in 250 kB"),
        pytest.param(lambda: package(sheet_of(1), LONG_TEXT), False, id="much text in a cell"),
        pytest.param(lambda: ods("<table:table-row/>" + "<table:table-cell/>" * 50_000), False, id="an .ods"),
        pytest.param(lambda: ("1,2\n" * 15_000).encode(), True, id="a CSV"),
        pytest.param(lambda: ("1\t2\n" * 25_000).encode("utf-16"), False, id="a long TSV"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" + bytes(400_000), True, id="an .xls"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" + bytes(600_000), False, id="a long .xls"),
        pytest.param(bytes, True, id="nothing"),
    ],
)
def test_what_is_read_at_once_has_few_cells(made, light):
    assert is_light(made()) == light
