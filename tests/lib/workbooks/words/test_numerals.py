import pytest

from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.words.numerals import Amount, Unreadable, amount_of, type_of


@pytest.mark.parametrize(
    ("cell", "cell_type"),
    [
        ("", " "),
        ("　", " "),
        (0.0, "n"),
        ("１，２３４", "n"),
        ("▲12", "n"),
        ("45億5,000万円", "n"),
        ("38名", "n"),
        ("98.2％", "n"),
        ("-", "m"),
        ("皆増", "m"),
        ("x", "m"),
        ("***", "m"),
        ("千円", "u"),
        ("単位：千円", "u"),
        ("【単位　百万円】", "u"),
        ("（件）", "u"),
        ("市町村", "t"),
        ("団体", "t"),
        ("①", "t"),
        ("1,23", "t"),
        ("該当なし", "m"),
        ("n.a.", "m"),
        ("12 34", "t"),
        ("10\n20", "t"),
        ("１２　３", "t"),
        ("△ 1,234 千円", "n"),
        ("1,234※", "n"),
        ("1,234 ※１", "n"),
        ("1,234 注1", "n"),
        ("1,234（注２）", "n"),
        ("234²", "n"),
        ("234③", "n"),
        ("38人※", "n"),
        ("※ 234", "n"),
        ("※1,234", "n"),
        ("※234", "t"),
        ("5*3", "t"),
        ("注1", "t"),
        ("※", "t"),
        ("¥500", "n"),
        ("￥1,500", "n"),
        ("ha", "u"),
        ("（千人）", "u"),
        ("2法人", "t"),
        ("0154", "t"),
        ("3月", "t"),
        ("10億円以上", "t"),
        (True, "t"),
        (Fault("#REF!", ""), "f"),
    ],
)
def test_cells_are_sorted_by_what_they_hold(cell, cell_type):
    assert type_of(cell) == cell_type


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        (45.5, "億円", Amount(4_550_000_000, "億円", "yen")),
        ("38人", "億円", Amount(38, "人", "people")),
        (5.0, "件", Amount(5, "件", "count")),
        (0.98, "%", Amount("0.98", "%", "ratio")),
        ("１２．３０％", None, Amount("12.3", "%", "ratio")),
        (-1.5e-7, "%", Amount("-0.00000015", "%", "ratio")),
        (1.1500000000000001, "倍", Amount("1.15", "倍", "ratio")),
        (1000.0, "%", Amount("1000", "%", "ratio")),
        (165.1, "千人", Amount(165_100, "千人", "people")),
        ("1.5万件", None, Amount(15_000, "万件", "count")),
        (1363.3, "km2", Amount(None, "km2", "measure")),
        (1.5, "mg/l", Amount(None, "mg/l", "measure")),
        ("1,234※", "千円", Amount(1_234_000, "千円", "yen")),
        ("234²", "千円", Amount(234_000, "千円", "yen")),
        ("38人（注1）", "千円", Amount(38, "人", "people")),
        ("¥500", None, Amount(500, "円", "yen")),
        ("¥500", "円", Amount(500, "円", "yen")),
        (12.0, None, Amount(None, None, None)),
        (Number(0.982, "0.0%"), "千円", Amount("98.2", "%", "ratio")),
        (Number(0.07 * 3, "0%"), None, Amount("21", "%", "ratio")),
        (Number(1500.0, "#,##0,"), "千円", Amount(1500, "千円", "yen")),
        (Number(1_500_000.0, '#,##0,"千円"'), None, Amount(1_500_000, "千円", "yen")),
        (Number(1500.0, '"¥"#,##0'), None, Amount(1500, "円", "yen")),
        (Number(1500.0, '"¥"#,##0'), "円", Amount(1500, "円", "yen")),
    ],
)
def test_a_number_counts_in_its_own_unit_before_any_other(cell, unit, amount):
    assert amount_of(cell, unit) == amount


@pytest.mark.parametrize(
    ("cell", "unit", "says"),
    [
        (Number(1500.0, '"¥"#,##0'), "千円", "表示形式は円"),
        (Number(1500.0, '"約"#,##0'), "千円", "表示形式"),
        (Number(1_500_000.0, '"¥"#,##0,'), None, "1,000分の1"),
        (Number(1_500_000.0, "#,##0,"), "円", "1,000分の1"),
        (Number(1_500_000.0, "#,##0,"), "人", "1,000分の1"),
        (Number(1500.0, "# ?/?"), "千円", "表示形式"),
        (Fault("#REF!", "エラー値です。"), "千円", "エラー値"),
        ("(12)", "千円", "内数"),
        ("¥500", "千円", "円記号"),
        ("12 34", "千円", "読めません"),
        ("※234", "千円", "読めません"),
        (-5.0, "人", "負の数"),
        (float("inf"), "%", "読めません"),
        (165.0001, "千人", "端数"),
        (True, "千円", "真偽"),
        (0.0001, "千円", "1円未満"),
        (float("inf"), "千円", "読めません"),
        (1e30, "円", "大きすぎ"),
        (2.5, "人", "端数"),
        ("調整中", None, "読めません"),
    ],
)
def test_what_cannot_be_counted_says_why(cell, unit, says):
    with pytest.raises(Unreadable, match=says):
        amount_of(cell, unit)


def test_a_number_without_unit_may_be_a_ratio():
    assert amount_of(0.44, None, is_ratio=True) == Amount("0.44", None, "ratio")
    assert amount_of("0.440", None, is_ratio=True) == Amount("0.44", None, "ratio")
    assert amount_of(5.0, "千円", is_ratio=True) == Amount(5000, "千円", "yen")
