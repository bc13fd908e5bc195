import pytest

from sumairu.lib.workbooks.words.uses import use_of


@pytest.mark.parametrize(
    ("header", "use"),
    [
        ("年度", "year"),
        ("会計年度（和暦）", "year"),
        ("年", "time"),
        ("令和3年度", None),
        ("段階", "stage"),
        ("補正", "supplement"),
        ("単位", "unit"),
        ("全国地方公共団体コード", "code"),
        ("制度番号", "identifier"),
        ("Ｎｏ．", "order"),
        ("備　考", "note"),
        ("備考欄の使い方", None),
        ("電話番号", "note"),
        ("掲載頁", "note"),
        ("交付決定日", "note"),
        ("事業内容", "about"),
        ("担当課", "about"),
        ("補助率", "about"),
        ("人口ランキング", "order"),
        ("（参考）", "note"),
        ("（参考）R３当初算定", None),
        ("担い手の確保", None),
    ],
)
def test_a_column_s_use_is_told_by_its_last_name(header, use):
    assert use_of(("実績", header)) == use


def test_what_stands_over_several_columns_may_be_the_use_of_each():
    assert [use_of(path) for path in (("全国順位", "道内"), ("備考", "前回"), ("年度", "予算額"))] == [
        "order",
        "note",
        None,
    ]


def test_a_column_without_names_has_no_use():
    assert use_of(()) is None
