import pytest

from sumairu.lib.workbooks.cells import Number
from sumairu.lib.workbooks.scan import Fault
from sumairu.lib.workbooks.units import Amount, Unreadable, amount_of, sort_of, unit_among, units_in


@pytest.mark.parametrize(
    ("cell", "sort"),
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
        ("0154", "t"),
        ("3月", "t"),
        ("10億円以上", "t"),
        (True, "t"),
        (Fault("#REF!", ""), "f"),
    ],
)
def test_cells_are_sorted_by_what_they_hold(cell, sort):
    assert sort_of(cell) == sort


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("予算額", []),
        ("予算額（千円）", ["千円"]),
        ("予算額【百万円】", ["百万円"]),
        ("単位：億円、人", ["億円", "人"]),
        ("（単位 千円・件）", ["千円", "件"]),
        ("（千円未満四捨五入）", []),
        ("給付金（10万円）", []),
        ("（単位：千人）", []),
        ("人件費", []),
    ],
)
def test_units_are_found_in_brackets_or_after_their_word(text, units):
    assert units_in(text) == units


@pytest.mark.parametrize(
    ("units", "names", "unit"),
    [
        (["千円"], ["R3年度"], "千円"),
        (["千円"], ["予算額", "R3年度"], "千円"),
        (["千円"], ["派遣者数"], None),
        (["千円"], ["交付金件数"], None),
        (["千円"], ["財政力指数"], None),
        (["人"], ["R3年度"], "人"),
        (["人"], ["予算額"], None),
        (["人"], ["派遣者数", "R3年度"], "人"),
        (["千円", "件"], ["金額"], "千円"),
        (["千円", "件"], ["件数"], "件"),
        (["千円", "件"], ["R3年度"], None),
        (["千円", "人", "件"], ["派遣者数"], None),
        ([], ["予算額"], None),
    ],
)
def test_a_note_s_unit_holds_only_for_what_it_can_count(units, names, unit):
    assert unit_among(units, names) == unit


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        (45.5, "億円", Amount(4_550_000_000, "億円", "yen")),
        ("38人", "億円", Amount(38, "人", "people")),
        (5.0, "件", Amount(5, "件", "count")),
        (0.98, "%", Amount(None, "%", "ratio")),
        (12.0, None, Amount(None, None, None)),
        (Number(0.982, "0.0%"), "千円", Amount(None, "%", "ratio")),
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
        (Number(1500.0, "# ?/?"), "千円", "表示形式"),
        (Fault("#REF!", "エラー値です。"), "千円", "エラー値"),
        ("(12)", "千円", "内数"),
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
