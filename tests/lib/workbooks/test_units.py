import pytest

from sumairu.lib.workbooks.units import unit_among, units_in, units_over


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
        ("（単位：千人）", ["千人"]),
        ("（単位：千円　％）", ["千円", "%"]),
        ("単位：千円（千円未満切捨て）", ["千円"]),
        ("金額の単位は千円である。", ["千円"]),
        ("予算額 千円", ["千円"]),
        ("決算額/百万円", ["百万円"]),
        ("1人5千円", []),
        ("（千円単位で表示）", []),
        ("（金額：千円、人数：人）", ["千円", "人"]),
        ("（上段：千円、下段：人）", []),
        ("面積（ha）", ["ha"]),
        ("（単位：団体）", ["団体"]),
        ("実施数（団体）", ["団体"]),
        ("補助額（団体）", []),
        ("住民税（法人）", []),
        ("支給額（月）", []),
        ("（社）観光協会", []),
        ("人件費", []),
    ],
)
def test_units_are_found_in_brackets_or_after_their_word(text, units):
    assert units_in(text) == units


@pytest.mark.parametrize(
    ("header", "units"),
    [
        ("排出量（mg/l）", ["mg/l"]),
        ("面積（㌶）", ["㌶"]),
        ("実証事業（PoC）", []),
        ("比較（B/A）", []),
        ("決算額（b）", []),
        ("R3年度（千円）", ["千円"]),
    ],
)
def test_over_one_column_any_unit_is_noticed(header, units):
    assert units_over(header) == units


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
        (["千円"], ["数量"], None),
        (["千円"], ["事業量"], None),
        (["千円", "ha"], ["面積"], "ha"),
        (["千円", "ha"], ["予算額"], "千円"),
        (["ha"], ["予算額"], None),
        (["%"], ["経常収支比率"], "%"),
        (["%"], ["財政力指数"], None),
    ],
)
def test_a_note_s_unit_holds_only_for_what_it_can_count(units, names, unit):
    assert unit_among(units, names) == unit
