import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.csv_text import BOM, csv_lines, safe
from sumairu.lib.formulas import FORMULA_STARTS

CELLS = st.one_of(st.none(), st.integers(), st.text(st.characters(codec="utf-8", exclude_categories=["C"])))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("-2", "'-2", id="text that looks like a number"),
        pytest.param("＠SUM", "'＠SUM", id="full width"),
        pytest.param("\t=1", "'=1", id="behind a tab"),
        pytest.param("一行目\r\n二行目", "一行目 二行目", id="line break"),
        pytest.param(-2, -2, id="number"),
        pytest.param(None, None, id="nothing"),
        pytest.param("名前", "名前", id="text"),
    ],
)
def test_nothing_is_calculated_and_nothing_breaks_a_line(value, written):
    assert safe(value) == written


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_written_is_read_back(rows):
    text = "".join(csv_lines(["一", "二"], rows))
    assert text.startswith(BOM)
    header, *read = csv.reader(StringIO(text[1:], newline=""))
    assert header == ["一", "二"]
    assert read == [["" if cell is None else str(safe(cell)) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA_STARTS) and not cell.lstrip("-").isdigit() for row in read for cell in row)
    assert len(text.splitlines()) == len(rows) + 1
