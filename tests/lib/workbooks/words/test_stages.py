import pytest

from sumairu.lib.workbooks.words.stages import stage_of, supplement_of


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
