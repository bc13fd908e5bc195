"""Cells of every kind in every place: whatever stands there, a sheet is read to its end."""

from datetime import date, datetime, time, timedelta
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumairu.lib.workbooks.files.cells import Grid, Number
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.layout.sheets import WORDS
from sumairu.lib.workbooks.messages import NO_RESULT
from sumairu.lib.workbooks.reading import SheetReading
from tests.exhaustive import ALL

ODD = [
    *(True, False, date(2021, 4, 1), datetime(2021, 4, 1, 12), time(12, 30), timedelta(hours=30)),  # noqa: DTZ001
    *(nan, inf, -inf, -0.0, 1e300, 5e-324, 10.0**17, 2021.0, 0.1 + 0.2),
    *(Number(2.0, '"令和"0"年度"'), Number(0.5, "0.0%"), Number(nan, "0.0%"), Number(44_287.0, "yyyy/m/d"), Fault(NO_RESULT, "=A1")),
]  # fmt: skip
TEXTS = ["制度名", "予算額（千円）", "令和3年度", "年度", "元", "人口（令和6年1月1日現在）", "交付金", "釧路市", "合計", "不交付", "－", "12～15", "千円", "012068", "〃", "※"]  # fmt: skip
CELLS = st.sampled_from(["", *ODD, *TEXTS]) | st.floats(0, 10**6).map(round).map(float)


def grid(rows):
    width = max(map(len, rows), default=0)
    return Grid("R3", False, [[*row, *[""] * (width - len(row))] for row in rows])


@settings(max_examples=400 if ALL else 20)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_a_sheet_of_any_cells_is_read_to_its_end(rows):
    account = SheetReading(grid(rows)).account
    assert all(isinstance(each.value, int | str | None) for each in account.figures)


@pytest.mark.parametrize("cell", [*ODD, None, 10**400, "あ" * 33_000], ids=lambda cell: type(cell).__name__)
def test_the_words_of_a_sheet_are_asked_of_any_cell(cell):
    asked = {name: getattr(WORDS, name)(cell) for name in WORDS._fields if name != "are_names"}
    assert set(map(type, asked.values())) == {bool}


@pytest.mark.parametrize("cell", ODD, ids=repr)
def test_an_odd_cell_in_a_column_that_goes_on_over_a_gap_is_told(cell):
    """Numbers stand above the gap; beneath it the column holds but this."""
    rows = [
        ["市町村", "交付額（千円）", "人口（人）"],
        ["釧路市", 10.0, 5.0],
        ["根室市", 20.0, 6.0],
        ["空知総合振興局", "", ""],
    ]
    account = SheetReading(grid([*rows, ["夕張市", cell, 7.0], ["美唄市", cell, 8.0]])).account
    told = {each.cell for each in (*account.figures, *account.skipped, *account.problems)}
    assert {"B5", "B6", "C5", "C6"} <= told
