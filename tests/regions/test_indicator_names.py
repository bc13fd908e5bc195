"""Which indicator a column counts: by its name and nothing more, else by asking."""

import pytest

from regions.imports.indicators import Indicators
from regions.models import Indicator
from sumairu.imports.kinds import SKIP, Answers, Asked, LeftOut
from sumairu.lib.workbooks.figures import Figure
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known():
    make_indicator("普通交付税", slug="tax", stage="当初")
    make_indicator("ふるさと納税 受入額", slug="donations", aliases="ふるさと納税\n寄附金")
    make_indicator("ふるさと納税 受入件数", slug="number", measure="count", aliases="ふるさと納税")
    make_indicator("65歳以上人口", slug="over-65", measure="people")


def counted(*column, titles=("一覧",), kind="yen", stage=None, labels=(("市町村", "釧路市"),), answers=None):
    read = Figure(
        sheet="一覧",
        cell="D7",
        label="釧路市",
        labels=labels,
        beside=(),
        code=None,
        fiscal_year=2022,
        calendar_year=None,
        column=column,
        stage=stage,
        supplement=None,
        unit=None,
        raw="1",
        value=1,
        kind=kind,
    )
    return Indicators(Answers(answers or {})).counted_in(read, titles).slug


def question(*column, **kw):
    with pytest.raises(Asked) as asked:
        counted(*column, **kw)
    return asked.value.question


@pytest.mark.parametrize(
    ("column", "kw", "slug"),
    [
        pytest.param(["普通交付税"], {}, "tax", id="its name"),
        pytest.param(["普通交付税", "R４"], {}, "tax", id="a year under it"),
        pytest.param(["普通交付税", "（参考）R３当初算定"], {"stage": "当初"}, "tax", id="a stage that it keeps"),
        pytest.param(["普通交付税決定額（千円）"], {}, "tax", id="words that tell nothing apart"),
        pytest.param(["普通交付税", "令和", "４"], {}, "tax", id="an era above its number"),
        pytest.param(["令和4年度", "金額"], {"titles": ["表", "令和4年度 市町村別普通交付税"]}, "tax", id="the title"),
        pytest.param(["金額"], {"titles": ["普通交付税"]}, "tax", id="the sheet's name"),
        pytest.param(["寄附金"], {}, "donations", id="an alias"),
        pytest.param(["ふるさと納税", "金額"], {}, "donations", id="an alias of two, by amounts"),
        pytest.param(["ふるさと納税", "件数"], {"kind": "count"}, "number", id="an alias of two, by numbers"),
        pytest.param(["受入額"], {"titles": ["ふるさと納税 実績"]}, "donations", id="title and column together"),
        pytest.param(
            ["値"], {"labels": (("市町村", "釧路市"), ("指標", "普通交付税"))}, "tax", id="a label of the row"
        ),
        pytest.param(["６５歳以上人口"], {"kind": "people"}, "over-65", id="digits in a name"),
    ],
)
def test_a_column_that_says_one_indicator_and_no_more_counts_it(column, kw, slug):
    assert counted(*column, **kw) == slug


@pytest.mark.parametrize(
    ("column", "kw"),
    [
        pytest.param(["普通交付税", "基準財政需要額"], {}, id="something else beneath its name"),
        pytest.param(["普通交付税に係る基準財政需要額"], {}, id="its name within another"),
        pytest.param(["金額"], {"titles": ["普通交付税の算定に用いる単位費用"]}, id="its name in a title of another"),
        pytest.param(["普通交付税"], {"titles": ["人口一人当たりの額"]}, id="per head"),
        pytest.param(["普通交付税（見込）"], {}, id="an estimate"),
        pytest.param(["７５歳以上人口"], {"kind": "people"}, id="other digits"),
        pytest.param(["普通交付税"], {"kind": "count"}, id="a name of what is counted otherwise"),
        pytest.param(["受入額"], {"titles": ["ふるさと納税のあらまし"]}, id="a title that says more"),
        pytest.param(["金額"], {}, id="no name at all"),
        pytest.param(["値"], {"labels": (("市町村", "釧路市"), ("指標", "地方税"))}, id="an unknown label"),
    ],
)
def test_anything_else_is_asked(column, kw):
    assert question(*column, **kw).choices


def test_one_question_stands_for_all_years_of_a_column():
    keys = {question(year, "金額").key for year in ("平成20年度", "令和元年度", "R2")}
    assert keys == {"indicator:yen:金額"}
    assert question("件数", kind="count").key == "indicator:count:件数"


def test_the_likely_ones_are_offered_first_and_only_those_that_count_the_same():
    assert [slug for slug, _ in question("普通交付税", "基準財政需要額").choices] == ["tax", "donations"]
    assert [slug for slug, _ in question("件数", kind="count").choices] == ["number"]


def test_an_answer_settles_it():
    assert counted("金額", answers={"indicator:yen:金額": "donations"}) == "donations"
    with pytest.raises(LeftOut, match="読まないと答えました"):
        counted("金額", answers={"indicator:yen:金額": SKIP})
    assert question("金額", answers={"indicator:yen:金額": "number"})


def test_what_no_indicator_counts_is_left_out_with_that_reason():
    Indicator.objects.filter(measure="people").delete()
    with pytest.raises(LeftOut, match="人数の指標が登録されていません"):
        counted("職員数", kind="people")


@pytest.mark.parametrize(
    ("column", "stage", "words"),
    [("普通交付税", "最終", "「普通交付税」は「当初」の数値なので"), ("寄附金", "決算", "段階を分けない指標なので")],
)
def test_a_figure_of_another_stage_is_left_out(column, stage, words):
    with pytest.raises(LeftOut, match=words):
        counted(column, stage=stage)
