from datetime import date, datetime, timedelta

import pytest

from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.display import number_under, text_of
from sumairu.lib.workbooks.files.scan import Fault


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (23617795.0, "#,##0", "23,617,795"),
        (397800.697, r"#,##0_);[Red]\(#,##0\)", "397,801"),
        (-11474.0, '#,##0_ ;"△ "#,##0', "△ 11,474"),
        (-11474.0, r"#,##0_);[Red]\(#,##0\)", "(11,474)"),
        (-5.0, "#,##0", "-5"),
        (0.0, '#,##0;-#,##0;"－"', "－"),
        (0.0, "#,##0;-#,##0;", None),
        (2.5, "0", "3"),
        (0.5, "0.0##", "0.5"),
        (0.5, "#.00", ".50"),
        (98.2, '0.0"％"', "98.2％"),
        (0.982, "0.0%", "98.2%"),
        (4550000000.0, '#,##0,,"百万円"', "4,550百万円"),
        (1234.0, "[$¥-411]#,##0", "¥1,234"),
        (3.0, '"令和"0"年度"', "令和3年度"),
        (5.0, "[<10]0;0.0", None),
        (5.0, "000-0000", None),
        (1e300, "#,##0", None),
        (1e14, f"0.{'0' * 200}", f"100000000000000.{'0' * 30}"),
        (1.0, '"', None),
    ],
)
def test_a_number_is_shown_as_its_format_has_it(value, code, shown):
    assert number_under(value, code) == shown


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Number(44652.0, "ggge年"), "44652"),
        (0.30000000000000004, "0.3"),
        (1e20, "100000000000000000000"),
        (1e-9, "1e-09"),
        (datetime(2022, 4, 1, 9, 5), "2022/4/1 9:05"),  # noqa: DTZ001 (cells know no zone)
        (date(2022, 4, 1), "2022/4/1"),
        (timedelta(hours=30, minutes=5), "30:05"),
        (Fault.error("#REF!"), "#REF!"),
        ("あ" * 400, "あ" * 300 + "…"),
    ],
)
def test_whatever_stands_in_a_cell_is_shown_as_text(cell, shown):
    assert text_of(cell) == shown
