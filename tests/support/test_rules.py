"""Rules of eligibility as editors write them: understood, or refused with what is known."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from regions.models import Fact
from sumairu.lib.eligibility import State
from support.models import EligibilityRule
from support.reach import moved, named, reach_of
from tests.admin_forms import form_data, post_confirmed
from tests.factories import make_edition, make_fact, make_municipality, make_rule

pytestmark = pytest.mark.django_db

NAMES = ["釧路市", "厚岸町", "根室市", "羅臼町", "帯広市"]
OFFICE = {"slug": "subprefecture", "label": "振興局", "kind": Fact.Kind.TEXT, "unit": "管内"}


@pytest.fixture
def towns():
    return {name: make_municipality(name) for name in NAMES}


def names(towns):
    return [town.name for town in towns]


def rule(value, operator="in", **fact):
    return EligibilityRule(edition=make_edition(), fact=make_fact(**OFFICE | fact), operator=operator, value=value)


@pytest.mark.parametrize("operator", ["in", "eq"])
@pytest.mark.parametrize(
    "value",
    [
        "釧路;根室",
        "釧路、根室",
        "釧路；根室振興局",
        "釧路，根室",
        "釧路・根室",
        "釧路,根室",
        "釧路\n根室",
        "kushiro;nemuro",
    ],
)
def test_offices_are_understood_as_people_write_them(towns, value, operator):
    asked = rule(value, operator)
    asked.full_clean()
    asked.save()
    assert (asked.value, asked.operator) == ("釧路総合振興局;根室振興局", "in")
    reach = reach_of(asked.edition)
    assert names(reach.towns[State.USABLE]) == ["釧路市", "厚岸町", "根室市", "羅臼町"]
    assert names(reach.towns[State.EXCLUDED]) == ["帯広市"]


@pytest.mark.parametrize(
    ("fact", "operator", "value", "said"),
    [
        (
            {},
            "in",
            "釧路、どこか",
            "「どこか」という振興局はありません。入れられるのは、十勝総合振興局、釧路総合振興局、根室振興局です",
        ),
        ({}, "lt", "釧路", "条件に選べるのは、「である」・「ではない」・「のどれか」・「人が判断する」です"),
        ({"slug": "kind", "label": "種別"}, "eq", "都市", "入れられるのは、市、町、村です"),
        ({"slug": "depopulated", "kind": Fact.Kind.YES_NO}, "eq", "たぶん", "「はい」か「いいえ」"),
        (
            {"slug": "population", "kind": Fact.Kind.NUMBER, "unit": "人"},
            "lt",
            "少し",
            "50,000のような数を入れてください（単位：人）",
        ),
        ({"slug": "population", "kind": Fact.Kind.NUMBER, "unit": "人"}, "lt", "", "入力必須|空"),
        ({"slug": "own", "kind": Fact.Kind.TEXT, "unit": ""}, "eq", "何か", "条件に選べるのは、「人が判断する」です"),
    ],
    ids=["office", "office by number", "kind", "yes or no", "number", "nothing", "known of nobody"],
)
def test_what_is_not_known_is_refused_with_what_is(towns, fact, operator, value, said):
    with pytest.raises(ValidationError, match=said):
        rule(value, operator, **fact).full_clean()


@pytest.mark.parametrize(
    ("kind", "operator", "value", "kept"),
    [
        ("number", "lt", "５０，０００人", "50000"),
        ("number", "gte", "5万", "50000"),
        ("number", "lt", "0.50", "0.5"),
        ("yes_no", "eq", "該当", "はい"),
        ("yes_no", "ne", "なし", "いいえ"),
    ],
)
def test_numbers_and_answers_have_one_form(kind, operator, value, kept):
    asked = rule(value, operator, slug=f"fact-{kind}", kind=kind, unit="人" if kind == "number" else "")
    asked.full_clean()
    assert asked.value == kept


def test_the_form_offers_what_there_is_and_takes_what_is_ticked(headquarters, towns):
    asked = make_rule(fact=make_fact(**OFFICE), operator="eq", value="釧路総合振興局")
    url = reverse("admin:support_programedition_change", args=[asked.edition.pk])
    response = headquarters.get(url)
    page = response.content.decode()
    assert '<input type="checkbox" name="rules-0-value" value="釧路総合振興局" checked>' in page
    assert '<input type="checkbox" name="rules-0-value" value="根室振興局">' in page
    data = form_data(response) | {"rules-0-value": ["釧路総合振興局", "根室振興局"]}
    post_confirmed(headquarters, url, data)
    asked.refresh_from_db()
    assert (asked.value, asked.operator) == ("釧路総合振興局;根室振興局", "in")


def test_a_new_rule_shows_what_each_fact_can_be_and_folds_nothing(headquarters, towns):
    make_fact(**OFFICE)
    make_fact("population", label="人口", kind=Fact.Kind.NUMBER, unit="人")
    url = reverse("admin:support_programedition_change", args=[make_edition().pk])
    page = headquarters.get(url).content.decode()
    new = page[page.index('id="rules-empty"') :]
    new = new[: new.index("満たすときの言葉")]
    assert "「何について」で選んだものに合うところ1つに入れます" in new
    assert "<legend>「振興局」のとき</legend>" in new
    assert "はい・いいえで答えるもののとき" in new
    assert "<details" not in new


def test_an_unknown_office_stays_in_the_form_with_the_reason(headquarters, towns):
    asked = make_rule(fact=make_fact(**OFFICE), operator="eq", value="釧路総合振興局")
    url = reverse("admin:support_programedition_change", args=[asked.edition.pk])
    page = headquarters.post(url, form_data(headquarters.get(url)) | {"rules-0-value": "釧路、網走"}).content.decode()
    assert "「網走」という振興局はありません" in page
    assert 'value="釧路、網走"' in page


def test_the_list_says_whom_each_edition_reaches(headquarters, towns):
    make_rule(fact=make_fact(**OFFICE), operator="eq", value="釧路総合振興局")
    make_rule(fact=make_fact("applicant", kind=Fact.Kind.TEXT), value="振興局")
    page = headquarters.get("/admin/support/programedition/").content.decode()
    assert "<summary>2／0／3</summary>" in page
    assert "釧路総合振興局管内のすべて（2）" in page
    assert "すべての市町村（5）が対象外です" in page


def test_a_rule_that_leaves_nobody_out_is_told(towns):
    asked = make_rule(fact=make_fact(**OFFICE), operator="ne", value="網走")
    assert "対象外になる市町村がありません" in reach_of(asked.edition).warning
    assert not reach_of(make_rule().edition).warning


def test_towns_that_move_are_told_by_from_where_to_where(towns):
    edition = make_edition()
    before = reach_of(edition)
    make_rule(edition=edition, fact=make_fact(**OFFICE), operator="eq", value="釧路総合振興局")
    after = reach_of(type(edition).objects.get(pk=edition.pk))
    changes = {states: names(towns) for states, towns in moved(before, after).items()}
    assert changes == {
        (State.DEPENDS, State.USABLE): ["釧路市", "厚岸町"],
        (State.DEPENDS, State.EXCLUDED): ["帯広市", "根室市", "羅臼町"],
    }


def test_an_office_of_which_all_are_meant_is_named_once(towns):
    everyone = list(towns.values())
    assert (
        named([towns["釧路市"], towns["厚岸町"], towns["根室市"]], everyone)
        == "釧路総合振興局管内のすべて（2）、根室市"
    )
    assert named(everyone, everyone) == "すべての市町村（5）"
