import pytest

from sumairu.lib.workbooks.words.meaning import (
    is_caption,
    is_note,
    set_apart,
    stage_of,
    stands_for_number,
    supplement_of,
    use_of,
)


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        (("予算額",), (None, None)),
        (("当初予算額",), ("当初", None)),
        (("令和3年度", "６月補正後予算額"), ("補正後", "6月補正")),
        (("補正後", "第２号補正"), ("補正後", "第2号補正")),
        (("現計予算",), ("補正後", None)),
        (("最終予算",), ("最終", None)),
        (("決算額",), ("決算", None)),
        (("補正予算債償還費",), (None, None)),
        (("２月補正",), None),
        (("補正予算額",), None),
        (("決算見込額",), None),
        (("概算要求額",), None),
        (("補正前の額",), None),
        (("既定予算額",), None),
        (("専決",), None),
        (("３月専決後",), ("補正後", "3月補正")),
        (("最終処分場整備費",), (None, None)),
        (("当初計画額",), (None, None)),
        (("密度補正",), (None, None)),
        (("当初", "決算"), None),
    ],
)
def test_a_stage_is_read_only_where_it_is_certain(path, stage):
    assert stage_of(path) == stage


def test_a_supplement_has_one_spelling():
    assert [supplement_of(text) for text in ("２月補正", "2月補正予算", "第１号補正", "補正予算（第3号）", "補正")] == [
        "2月補正",
        "2月補正",
        "第1号補正",
        "第3号補正",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("合　　計", "合計"),
        ("計（Ａ＋Ｂ）", "合計"),
        ("市町村計", "合計"),
        ("累計額", "合計"),
        ("総額", "合計"),
        ("地方交付税総額", None),
        ("推計", None),
        ("企業会計", None),
        ("全国平均", "平均"),
        ("前年度比", "増減や比率"),
        ("前年度との比較", "増減や比率"),
        ("対前年増減率", "増減や比率"),
        ("増減 Ｂ－Ａ", "増減や比率"),
        ("伸び率（％）", "増減や比率"),
        ("実質公債費比率", None),
        ("うち道費", "内数"),
        ("（再掲）", "内数"),
        ("釧路市（再掲）", "内数"),
        ("内子町", None),
        ("12月", "一年に満たない期間"),
        ("第1四半期", "一年に満たない期間"),
        ("6月補正後", None),
        ("3Q", "一年に満たない期間"),
        ("令和3年度上半期", "一年に満たない期間"),
        ("令和3年度（4～9月）", "一年に満たない期間"),
        ("R3年度（12月末現在）", "一年に満たない期間"),
        ("R3年度（３月末現在）", None),
        ("4月～3月", None),
        ("職員数（4月1日現在）", None),
        ("期末手当", None),
        ("B-A", "増減や比率"),
        ("B/A", "増減や比率"),
        ("p-0", None),
        ("A-1", None),
        ("A＋B", "合計"),
        ("R3-R2", "増減や比率"),
        ("R3/R2", "増減や比率"),
        ("H31/R元", None),
        ("令和３年度(B)/令和２年度(A)", "増減や比率"),
        ("R2比", "増減や比率"),
        ("対R2差", "増減や比率"),
        ("第二四半期", "一年に満たない期間"),
        ("4～6月", "一年に満たない期間"),
        ("内　国庫支出金", "内数"),
        ("（内訳）国庫支出金", "内数"),
        ("財源内訳", "内数"),
        ("左記のうち道費", "内数"),
        ("見込", "見込みや計画"),
        ("R4年度見込額", "見込みや計画"),
        ("令和4年度（計画）", "見込みや計画"),
        ("総合計画推進費", None),
        ("最大値", "平均"),
    ],
)
def test_what_is_no_figure_of_its_own_is_known_by_its_name(name, kind):
    assert set_apart(name) == kind


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


@pytest.mark.parametrize("text", ["12～15", "約45", "1,23", "45億程度", "調整中", "未定", "？"])
def test_some_texts_stand_for_numbers(text):
    assert stands_for_number(text)


@pytest.mark.parametrize("text", ["制度名", "R3年度", "30年度", "2021", "６月補正", "（千円）", "札幌市"])
def test_names_of_columns_do_not(text):
    assert not stands_for_number(text)


def test_notes_and_captions_are_told_from_titles():
    assert [is_note(text) for text in ("※ 見込み", "（注）四捨五入", "注　当初", "注文住宅の支援", "資料館の運営")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [is_caption(text) for text in ("別紙１", "資料２－１", "（参考）", "参考図書の整備")] == [
        True,
        True,
        True,
        False,
    ]
