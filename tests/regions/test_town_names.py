"""Which municipality a row is of: taken where it can mean nothing else, asked where it can, left out where it is none."""

import pytest

from regions.imports.towns import Towns, remember
from regions.models import Municipality, MunicipalityAlias
from sumairu.imports.kinds import SKIP, Answers, Asked, LeftOut, Unidentified
from sumairu.lib.folding import fold
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks.figures import Figure

pytestmark = pytest.mark.usefixtures("all_towns")


def whose(*labels, code=None, titles=("北海道の市町村",), answers=None):
    """The municipality of a row. Its labels are texts under 「市町村」, or pairs with their own header."""
    labels = tuple(("市町村", label) if isinstance(label, str) else label for label in labels)
    read = Figure(
        sheet="一覧",
        cell="D7",
        label=" ".join(text for _, text in labels),
        labels=labels,
        beside=(),
        code=code,
        fiscal_year=2022,
        calendar_year=None,
        column=("金額",),
        stage=None,
        supplement=None,
        unit="千円",
        raw="1",
        value=1000,
        kind="yen",
    )
    return Towns(Answers(answers or {})).whose(read, labels, titles)


def question(*labels, **kw):
    with pytest.raises(Asked) as asked:
        whose(*labels, **kw)
    return asked.value.question


def left_out(*labels, **kw):
    with pytest.raises(LeftOut) as reason:
        whose(*labels, **kw)
    return str(reason.value)


def test_every_municipality_is_found_by_each_way_of_writing_it():
    towns = Towns(Answers())
    for town in Municipality.objects.exclude(name="泊村"):
        for name in (town.name, f"{town.county}{town.name}", f"北海道{town.name}", f"北海道{town.county}{town.name}"):
            assert towns.by_name[fold(name)] == {town}, name


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        pytest.param(["釧路市"], "釧路市", id="its name"),
        pytest.param(["釧 路 市"], "釧路市", id="spread"),
        pytest.param(["　札幌市　"], "札幌市", id="full-width spaces"),
        pytest.param(["札幌"], "札幌市", id="without 市"),
        pytest.param(["ニセコ"], "ニセコ町", id="without 町"),
        pytest.param(["ﾆｾｺ町"], "ニセコ町", id="half-width kana"),
        pytest.param(["廣尾町"], "広尾町", id="an old character"),
        pytest.param(["瀧川市"], "滝川市", id="another"),
        pytest.param(["白老郡白老町"], "白老町", id="with its county"),
        pytest.param([("", "白老郡"), "白老町"], "白老町", id="its county beside it"),
        pytest.param(["北海道釧路市"], "釧路市", id="with the prefecture"),
        pytest.param([("", "北海道"), "釧路市"], "釧路市", id="the prefecture beside it"),
        pytest.param(["北海道白老郡白老町"], "白老町", id="in full"),
        pytest.param(["１　札幌市"], "札幌市", id="a number before it"),
        pytest.param([("振興局", "釧路"), "釧路町"], "釧路町", id="its office beside it"),
        pytest.param([("振興局", "根室"), "根室"], "根室市", id="its office beside its short name"),
        pytest.param([("年度", "令和4年度"), "根室市", ("備考", "速報値")], "根室市", id="with what names nothing"),
        pytest.param(["根室"], "根室市", id="a short name under 市町村"),
    ],
)
def test_a_name_that_can_mean_one_is_taken(labels, name):
    assert whose(*labels).name == name


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (["古宇郡泊村"], "014036"),
        (["国後郡泊村"], "016969"),
        ([("振興局", "後志総合振興局"), "泊村"], "014036"),
        ([("振興局", "根室"), "泊村"], "016969"),
    ],
)
def test_a_village_of_a_name_that_two_have_is_told_by_where_it_lies(labels, code):
    assert whose(*labels).code == code


def test_a_code_says_it_whatever_the_name():
    assert whose("泊村", code="014036").code == "014036"
    assert whose(code="012068").name == "釧路市"
    assert whose(("団体コード", "12068"), code="012068").name == "釧路市"


@pytest.mark.parametrize("labels", [["泊村"], [("", "北海道"), "泊村"], ["泊"], ["北海道泊村"]])
def test_the_two_villages_are_never_told_apart_without_asking(labels):
    asked = question(*labels)
    assert [code for code, _ in asked.choices] == ["014036", "016969"]
    assert "古宇郡" in asked.choices[0][1]
    assert "国後郡" in asked.choices[1][1]


def test_which_village_is_meant_is_asked_of_each_workbook_anew():
    assert not question("泊村").remembers
    remember(QuestionKey("town:泊村"), "014036")
    assert not MunicipalityAlias.objects.exists()
    assert whose("泊村", answers={"town:泊村": "014036"}).code == "014036"


@pytest.mark.parametrize(
    ("label", "names"),
    [("釧路", {"釧路市", "釧路町"}), (("", "根室"), {"根室市"}), (("", "石狩"), {"石狩市"})],
)
def test_a_short_name_that_may_be_another_place_is_asked(label, names):
    assert {words.partition("（")[0] for _, words in question(label).choices} == names


def test_an_unknown_name_is_asked_with_the_nearest_first_and_all_the_rest_behind():
    asked = question("釧路巿")  # 巿 (U+5DFF) is not 市
    assert "012068" in [code for code, _ in asked.choices][:2]
    assert len(asked.choices) <= 5
    assert len(asked.choices) + len(asked.others) == 185
    assert asked.remembers


def test_an_answer_settles_a_name_and_a_kept_one_settles_it_for_good():
    assert whose("釧路シティ", answers={"town:釧路シティ": "012068"}).name == "釧路市"
    remember(QuestionKey("town:釧路シティ"), "012068")
    assert whose("釧路ｼﾃｨ").name == "釧路市"


def test_an_answer_that_lies_elsewhere_than_the_row_says_is_refused():
    with pytest.raises(Unidentified, match="釧路市は、根室振興局にはありません"):
        whose(("振興局", "根室"), "釧路シティ", answers={"town:釧路シティ": "012068"})


def test_what_an_editor_leaves_out_is_left_out():
    assert left_out("釧路シティ", answers={"town:釧路シティ": SKIP}) == "読まないと答えました。"


def test_an_answer_that_was_no_choice_asks_again():
    assert question("泊村", answers={"town:泊村": "012068"})


@pytest.mark.parametrize(
    ("labels", "code", "reason"),
    [
        ([("都道府県", "青森県"), "八戸市"], None, "北海道以外（青森県）の行です。"),
        ([("都道府県名", "青森"), "八戸市"], None, "北海道以外（青森県）の行です。"),
        ([("", "福島県"), "伊達市"], None, "北海道以外（福島県）の行です。"),
        ([("", "静岡県"), "森町"], None, "北海道以外（静岡県）の行です。"),
        (["福島県伊達市"], None, "北海道以外（福島県）の行です。"),
        (["伊達市"], "072133", "北海道以外（福島県）の行です。"),
        ([("", "東京都")], None, "北海道以外（東京都）の行です。"),
        ([("団体名", "北海道")], None, "北海道（道）の行です。市町村の数値ではありません。"),
        (["全道"], None, "北海道（道）の行です。市町村の数値ではありません。"),
        ([], "010006", "北海道（道）の行です。市町村の数値ではありません。"),
        (["釧路総合振興局"], None, "釧路総合振興局の行です。市町村の数値ではありません。"),
        ([("管内", "日高")], None, "日高振興局の行です。市町村の数値ではありません。"),
        (["根室管内"], None, "根室振興局の行です。市町村の数値ではありません。"),
        (["札幌市中央区"], None, "札幌市の区の行です。市町村の数値ではありません。"),
        (["中央区"], "011011", "札幌市の区の行です。市町村の数値ではありません。"),
        (["釧路北部消防事務組合"], None, "市町村ではない団体の行です。"),
    ],
)
def test_what_is_no_municipality_of_hokkaido_is_left_out_with_that_reason(labels, code, reason):
    assert left_out(*labels, code=code) == reason


@pytest.mark.parametrize("name", ["伊達市", "松前町", "森町", "日高町", "清水町", "池田町", "北広島", "沼田"])
def test_a_name_that_another_prefecture_has_too_is_asked_where_nothing_says_which(name):
    asked = question(name, titles=("一覧", "市町村別決算"))
    assert asked.key == "hokkaido@sheet:一覧"
    assert whose(name, titles=("一覧",), answers={"hokkaido@sheet:一覧": "hokkaido"}).name.startswith(name)
    assert left_out(name, titles=("一覧",), answers={"hokkaido@sheet:一覧": SKIP})


@pytest.mark.parametrize(
    ("labels", "code", "titles"),
    [
        (["伊達市"], "012335", ["一覧"]),
        ([("", "北海道"), "伊達市"], None, ["一覧"]),
        ([("振興局", "胆振"), "伊達市"], None, ["一覧"]),
        (["伊達市"], None, ["道内市町村の決算"]),
        (["伊達市"], None, ["胆振総合振興局管内"]),
    ],
)
def test_where_something_says_that_it_is_ours_nothing_is_asked(labels, code, titles):
    assert whose(*labels, code=code, titles=titles).code == "012335"


def test_under_another_prefecture_s_title_no_name_is_ours_unasked():
    assert question("福島町", titles=("一覧", "福島県の市町村")).key == "hokkaido@sheet:一覧"


def test_words_beside_a_town_may_make_the_figure_one_of_a_part():
    asked = question("釧路市", ("会計", "水道事業"))
    assert (asked.key, "釧路市" in asked.text, "水道事業" in asked.text) == ("column:会計", True, True)
    assert whose("釧路市", ("会計", "水道事業"), answers={"column:会計": "aside"}).name == "釧路市"


def test_a_short_name_beside_one_in_full_is_somebody_s():
    assert question("釧路市", ("担当", "森")).key == "column:担当"
    assert question(("担当", "森"), "釧路市").key == "column:担当"


@pytest.mark.parametrize(
    ("labels", "code", "words"),
    [
        (["釧路市"], "012238", "別の市町村を指しています"),
        ([("", "青森県"), "釧路市"], "012068", "両方を指す行です"),
        (["釧路市", ("旧市町村", "根室市")], None, "別の市町村の名前があります"),
        ([("", "釧路郡"), "白老町"], None, "白老町は、釧路郡にはありません"),
        ([], None, "どの市町村の数値か分かりません"),
    ],
)
def test_a_row_that_contradicts_itself_or_says_nothing_is_an_error(labels, code, words):
    with pytest.raises(Unidentified, match=words):
        whose(*labels, code=code)


def test_a_code_that_no_municipality_has_is_asked_with_its_name():
    assert question("旧厚田村", code="013021").key == "town:旧厚田村"


def test_kept_aliases_never_take_a_name_from_another():
    remember(QuestionKey("town:釧路シティ"), "012068")
    remember(QuestionKey("town:釧路シティ"), "012238")
    remember(QuestionKey("town:根室市"), "012068")
    remember(QuestionKey("hokkaido@sheet:一覧"), "hokkaido")
    assert [(alias.name, alias.municipality.name) for alias in MunicipalityAlias.objects.all()] == [
        ("釧路シティ", "釧路市")
    ]
