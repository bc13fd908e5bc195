from datetime import date

import pytest

from support.answers import Answer, Group, answers_for, grouped, headline, judged_by
from support.models.programs import Use
from tests.factories import (
    make_edition,
    make_municipality,
    make_program,
    make_rule,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 15)
LAST_DAY = {"opens_on": None, "closes_on": TODAY}
LATER = {"opens_on": None, "closes_on": date(2021, 5, 31)}
OVER = {"opens_on": None, "closes_on": date(2021, 5, 14)}
SOON = {"opens_on": date(2021, 5, 16), "closes_on": None}
ALL_YEAR = {"opens_on": None, "closes_on": None}


def edition(window=None, year=2021, rule="市町村", use=Use.APPLY):
    """An edition with a window if any is given; every town may use it unless the rule says otherwise, or is None."""
    made = make_edition(program=make_program(use=use), fiscal_year=year)
    if rule:
        make_rule(edition=made, value=rule)
    if window:
        make_window(edition=made, **window)
    return made


def answers():
    return answers_for(make_municipality(), TODAY)


@pytest.mark.parametrize(
    ("given", "group", "word"),
    [
        pytest.param({"window": LATER}, Group.OPEN, "使えます", id="open"),
        pytest.param({"window": LAST_DAY}, Group.OPEN, "使えます", id="its last day"),
        pytest.param({"window": SOON}, Group.SOON, "使えるようになります", id="from tomorrow"),
        pytest.param({"window": ALL_YEAR}, Group.ALL_YEAR, "使えます", id="all year"),
        pytest.param({"window": OVER}, Group.CLOSED, "受付は終わりました", id="until yesterday"),
        pytest.param({}, Group.ASK, "対象です", id="no window"),
        pytest.param({"use": Use.CONSULT}, Group.CONSULT, "相談できます", id="advice"),
        pytest.param({"use": Use.READ}, Group.INFORMED, "読めます", id="to be read"),
        pytest.param({"use": Use.PREFECTURE, "rule": "振興局"}, Group.INFORMED, "道が行います", id="the prefecture's"),
        pytest.param({"window": LATER, "rule": None}, Group.DEPENDS, "条件次第", id="depends"),
        pytest.param({"window": OVER, "rule": None}, Group.CLOSED, "受付は終わりました", id="depends, over"),
        pytest.param({"window": LATER, "rule": "振興局"}, Group.EXCLUDED, "対象外", id="excluded"),
        pytest.param({"window": OVER, "rule": "振興局"}, Group.EXCLUDED, "対象外", id="excluded, over"),
        pytest.param({"year": 2020}, Group.UNCONFIRMED, "令和2年度の内容ではまちは対象", id="of last year"),
        pytest.param(
            {"year": 2020, "use": Use.READ}, Group.UNCONFIRMED, "令和2年度の内容では読めます", id="read last year"
        ),
        pytest.param({"year": 2022}, Group.NEXT, "令和4年度の内容ではまちは対象", id="from next year"),
    ],
)
def test_how_sure_comes_first_then_whether_and_then_when(given, group, word):
    edition(**given)
    (answer,) = answers()
    assert (answer.group, answer.word) == (group, word)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"window": LATER}, [], id="open"),
        pytest.param({"window": LAST_DAY}, ["今日まで"], id="its last day"),
        pytest.param({"window": LATER, "rule": None}, ["受付中"], id="open on conditions"),
        pytest.param({"window": OVER}, [], id="over"),
        pytest.param({"year": 2020}, [], id="unconfirmed"),
        pytest.param({"use": Use.READ}, ["読めます"], id="read"),
    ],
)
def test_a_state_that_the_heading_of_the_group_says_is_not_said_again(given, said):
    edition(**given)
    assert [state.label for state in answers()[0].states] == said


def test_a_condition_is_told_of_a_call_that_is_over():
    edition(window=OVER, rule=None)
    assert answers()[0].reasons.startswith("条件次第：")


def test_no_two_groups_share_a_mark_or_a_name():
    assert len({group.mark for group in Group}) == len({group.label for group in Group}) == len(Group)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param([{"window": ALL_YEAR}], "いま使える支援は1件。", id="without a deadline"),
        pytest.param(
            [{"window": LATER}, {"window": ALL_YEAR}], "いま使える支援は2件。うち1件に締切があります。", id="one with"
        ),
        pytest.param(
            [{"window": LATER}, {"window": LATER, "rule": None}],
            "いま使える支援は1件。締切のある募集は、条件次第の1件を含めて2件です。",
            id="one that depends has a deadline too",
        ),
        pytest.param(
            [{"window": ALL_YEAR}, {"window": LAST_DAY, "rule": None}],
            "いま使える支援は1件。条件次第の支援のうち1件に締切があります。今日までの募集が1件あります。",
            id="today, and it depends",
        ),
        pytest.param(
            [{}],
            "いま使えると分かっている支援はありません。"
            "受付期間が未登録の支援が1件あります。いつ申し込めるかは、窓口でお確かめください。",
            id="no window known",
        ),
        pytest.param(
            [{"year": 2020}],
            "いま使えると分かっている支援はありません。条件や次の受付は、窓口でお確かめください。",
            id="of last year",
        ),
        pytest.param(
            [{"year": 2020, "window": LATER}],
            "いま使えると分かっている支援はありません。今年度は未確認ですが、受付中の募集が1件あります。",
            id="of last year, still open",
        ),
        pytest.param(
            [{"use": Use.CONSULT}, {"use": Use.READ}], "いま使える支援は1件。", id="what is read is not counted"
        ),
        pytest.param([], "公開している支援制度は、まだありません。", id="nothing public"),
    ],
)
def test_the_headline_answers_first(given, words):
    for each in given:
        edition(**each)
    assert headline(answers()) == words


@pytest.mark.parametrize(
    ("years", "words"),
    [
        pytest.param([2021, 2021], "令和3年度（2021）の制度で判定しています。", id="one year"),
        pytest.param([2019, 2021], "令和元年度から令和3年度まで", id="several years"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_the_years_of_the_judgement_are_said(years, words):
    for year in years:
        edition(year=year)
    assert words in judged_by(answers())


def test_groups_come_in_order_with_those_of_each_pillar_together():
    edition(rule="振興局"), edition(), edition(window=LATER), edition(window=LATER)
    found = grouped(answers())
    assert [(group, count) for group, _, count in found] == [(Group.OPEN, 2), (Group.ASK, 1), (Group.EXCLUDED, 1)]
    assert all(isinstance(answer, Answer) for _, shelves, _ in found for shelf in shelves for answer in shelf)
