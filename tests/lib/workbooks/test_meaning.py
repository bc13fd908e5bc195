import pytest

from sumairu.lib.workbooks.meaning import (
    are_years,
    is_caption,
    is_note,
    names_other_year,
    set_apart,
    stage_of,
    stands_for_number,
    supplement_of,
    use_of,
    years_of,
)


@pytest.mark.parametrize(
    ("path", "years"),
    [
        (["予算額", "R3年度"], [2021]),
        (["平成", "30"], [2018]),
        (["令和年度", "元"], [2019]),
        (["平成", "実績", "29年度"], [2017]),
        (["平成", "40"], []),
        (["30年度"], []),
        (["令和3年度", "令和3年度当初"], [2021]),
        (["令和3年度", "（うち令和2年度繰越）"], [2021, 2020]),
        (["2021"], [2021]),
        (["令和3年4月1日現在"], []),
        (["2021年"], []),
    ],
)
def test_the_texts_over_a_column_state_years_together(path, years):
    assert years_of(path) == years


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param([("2018",), ("2019",), ("2020",)], True, id="one after another"),
        pytest.param([("2020",), ("2019",)], True, id="newest first"),
        pytest.param([("2019",), ("2019",), ("2020",), ("2020",)], True, id="each over two columns"),
        pytest.param([("予算額", "2018"), ("予算額", "2019")], True, id="under one name"),
        pytest.param([("平成", "30"), ("令和", "元"), ("令和", "2")], True, id="under eras"),
        pytest.param([("2021",)], True, id="alone, with nothing above"),
        pytest.param([("令和", "3")], True, id="alone under its era"),
        pytest.param([("予算額", "2021")], False, id="alone under a name"),
        pytest.param([("当初", "2018"), ("決算", "2019")], False, id="under names of their own"),
        pytest.param([("R2年度", "2018"), ("R3年度", "2019")], False, id="under years"),
        pytest.param([("2018",), ("2021",)], False, id="with a gap"),
        pytest.param([("45",), ("46",)], False, id="no years"),
        pytest.param([("予算額", "2018"), ("予算額", "45.5")], False, id="not all years"),
    ],
)
def test_numbers_are_years_where_nothing_else_is_likely(paths, expected):
    assert are_years(paths) == expected


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
    ],
)
def test_what_is_no_figure_of_its_own_is_known_by_its_name(name, kind):
    assert set_apart(name) == kind


@pytest.mark.parametrize(
    ("header", "use"),
    [
        ("年度", "year"),
        ("会計年度（和暦）", "year"),
        ("年", None),
        ("令和3年度", None),
        ("段階", "stage"),
        ("補正", "supplement"),
        ("単位", "unit"),
        ("全国地方公共団体コード", "code"),
        ("制度番号", "identifier"),
        ("Ｎｏ．", "order"),
        ("備　考", "note"),
        ("備考欄の使い方", None),
    ],
)
def test_a_column_s_use_is_told_by_its_last_name(header, use):
    assert use_of(("実績", header)) == use


def test_a_column_without_names_has_no_use():
    assert use_of(()) is None


@pytest.mark.parametrize("text", ["12～15", "約45", "1,23", "45億程度", "調整中", "未定", "？"])
def test_some_texts_stand_for_numbers(text):
    assert stands_for_number(text)


@pytest.mark.parametrize("text", ["制度名", "R3年度", "30年度", "2021", "６月補正", "（千円）", "札幌市"])
def test_names_of_columns_do_not(text):
    assert not stands_for_number(text)


def test_a_year_named_by_its_distance_is_noticed():
    assert [names_other_year([name]) for name in ("前年度予算額", "本年度予算額", "令和2年度")] == [True, False, False]


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
