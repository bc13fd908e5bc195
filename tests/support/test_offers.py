from datetime import date

import pytest

from sumairu.lib.eligibility import State
from support.offers import Group, call_of, counts_of, grouped, headline, judged_by, offers_for, open_calls
from tests.factories import (
    make_desk,
    make_edition,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 15)


def usable(**window):
    """An edition of this year that every town may use, with a window if any is given."""
    edition = make_rule(edition=make_edition(program=make_program(), fiscal_year=window.pop("year", 2021))).edition
    if window:
        make_window(edition=edition, **window)
    return edition


@pytest.mark.parametrize(
    ("window", "group"),
    [
        pytest.param({"opens_on": date(2021, 5, 1), "closes_on": date(2021, 5, 15)}, Group.NOW, id="its last day"),
        pytest.param({"opens_on": date(2021, 5, 16)}, Group.SOON, id="from tomorrow"),
        pytest.param({"opens_on": None, "closes_on": date(2021, 5, 14)}, Group.OVER, id="until yesterday"),
        pytest.param({"opens_on": None, "closes_on": None}, Group.NOW, id="all year"),
        pytest.param({"opens_on": None, "closes_on": None, "year": 2020}, Group.ASK, id="all of last year"),
        pytest.param({"opens_on": None, "closes_on": date(2021, 5, 31), "year": 2020}, Group.NOW, id="into this year"),
        pytest.param({"opens_on": None, "closes_on": None, "applicant": "group"}, Group.ASK, id="not for towns"),
        pytest.param({}, Group.ASK, id="no window"),
    ],
)
def test_what_a_town_may_use_is_grouped_by_when(window, group):
    usable(**window)
    assert [offer.group for offer in offers_for(make_municipality(), TODAY)] == [group]


def test_what_a_town_may_not_use_is_no_matter_of_when():
    make_window(edition=make_rule(value="振興局").edition, opens_on=None, closes_on=None)
    make_window(edition=make_edition(), opens_on=None, closes_on=None)
    offers = offers_for(make_municipality(), TODAY)
    assert {offer.group for offer in offers} == {Group.EXCLUDED, Group.DEPENDS}
    assert [group for group, _, _ in grouped(offers)] == [Group.DEPENDS, Group.EXCLUDED]


def test_the_newest_public_edition_is_judged():
    program = make_program()
    make_edition(program=program, fiscal_year=2020)
    newest = make_edition(program=program, fiscal_year=2021)
    make_edition(program=program, fiscal_year=2022, status="draft")
    assert [offer.edition for offer in offers_for(make_municipality(), TODAY)] == [newest]


def test_an_offer_names_the_desk_of_the_town_s_own_office():
    edition = usable()
    make_program_desk(program=edition.program)
    own = make_program_desk(program=edition.program, subprefecture=make_subprefecture(), desk=make_desk())
    assert [offer.desk for offer in offers_for(make_municipality("釧路市"), TODAY)] == [own.desk]


def test_offers_cost_as_much_for_twenty_programmes_as_for_one(django_assert_num_queries):
    town = make_municipality()
    for _ in range(20):
        edition = usable(opens_on=None, closes_on=None)
        make_program_desk(program=edition.program, desk=make_desk(subprefecture=make_subprefecture()))
    with django_assert_num_queries(8):
        for offer in offers_for(town, TODAY):
            str(offer.desk), offer.group, offer.verdict.reasons


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        pytest.param([{"opens_on": None, "closes_on": None}], "いま使える支援は1件。", id="without a deadline"),
        pytest.param(
            [{"opens_on": None}, {"opens_on": None, "closes_on": None}],
            "いま使える支援は2件。うち1件に締切があります。",
            id="one with a deadline",
        ),
        pytest.param([{}], "使える支援は1件。いつ申し込めるかは、窓口でお確かめください。", id="no window known"),
        pytest.param([], "公開している支援制度は、まだありません。", id="nothing public"),
    ],
)
def test_the_headline_answers_first(windows, words):
    for window in windows:
        usable(**window)
    assert headline(offers_for(make_municipality(), TODAY)) == words


@pytest.mark.parametrize(
    ("years", "words"),
    [
        pytest.param([2021, 2021], "令和3年度（2021）の制度で判定しています。", id="one year"),
        pytest.param([2021, 2024], "令和3年度から令和6年度まで", id="several years"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_the_years_of_the_judgement_are_said(years, words):
    for year in years:
        usable(year=year)
    assert words in judged_by(offers_for(make_municipality(), TODAY))


def test_an_open_call_comes_before_one_to_come_and_one_that_is_over():
    edition = usable(opens_on=date(2021, 4, 1), closes_on=date(2021, 4, 30))
    make_window(edition=edition, opens_on=date(2021, 6, 1), closes_on=None)
    late = make_window(edition=edition, opens_on=None, closes_on=date(2021, 6, 30))
    soon = make_window(edition=edition, opens_on=None, closes_on=date(2021, 5, 20))
    assert call_of(edition, None, on=TODAY).window == soon
    soon.delete(), late.delete()
    edition.refresh_from_db()
    assert call_of(edition, None, on=TODAY).label == "もうすぐ"


def test_open_calls_are_listed_by_days_left():
    all_year = usable(opens_on=None, closes_on=None)
    late, early = (usable(opens_on=None, closes_on=date(2021, 5, day)) for day in (31, 20))
    usable(opens_on=date(2021, 5, 16))
    usable(opens_on=None, closes_on=None, year=2020)
    make_window(edition=make_edition(status="draft"), opens_on=None, closes_on=None)
    assert [call.window.edition for call in open_calls(TODAY)] == [early, late, all_year]


def test_municipalities_are_counted_by_verdict(django_assert_num_queries):
    edition = make_edition()
    small = make_municipal_fact(municipality=make_municipality("羅臼町"), value=4722)
    make_municipal_fact(municipality=make_municipality("釧路市"), value=165077)
    make_municipality("帯広市")
    make_rule(edition=edition, fact=small.fact, operator="lt", value="50000")
    with django_assert_num_queries(4):
        counts = dict(counts_of(edition))
    assert counts == {State.USABLE: 1, State.DEPENDS: 1, State.EXCLUDED: 1}
