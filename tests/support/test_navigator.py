"""What fits the answers of the navigator, what nearly does, and the reason of each."""

from datetime import date

import pytest

from support.applicants import Who
from support.models import Pillar
from support.models.programs import Use
from support.navigator import Navigator, Need, Place, Question, When
from tests.factories import (
    make_edition,
    make_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 1)
OPEN = {"opens_on": date(2021, 4, 20), "closes_on": date(2021, 5, 31)}
SOON = {"opens_on": date(2021, 5, 10), "closes_on": date(2021, 5, 31)}
CLOSED = {"opens_on": date(2021, 4, 5), "closes_on": date(2021, 4, 20)}


def told(on=TODAY, **need):
    """Of the one programme: its place and the reasons that decide."""
    [match] = Navigator(Need(**need), on).matches(Need(**need))
    return match.place, "、".join(match.reasons)


def program(year=2021, themes=(), window=OPEN, **kw):
    """A programme that every municipality may use, with an open call."""
    found = make_program(**kw)
    edition = make_rule(edition=make_edition(program=found, fiscal_year=year), wording="市町村の事業が対象です").edition
    if window:
        make_window(edition=edition, **window)
    found.themes.set(themes)
    return found


# --- Who and where ----------------------------------------------------------------------------------------------------


def test_a_town_that_the_rules_reach_fits_with_their_words():
    program()
    assert told(town=make_municipality()) == (Place.FITS, "市町村の事業が対象です")


def test_a_town_that_they_leave_out_hears_why():
    edition = make_rule(fact=make_fact(), operator="gte", value="50000").edition
    town = make_municipality(population=24636)
    town.facts.create(fact=make_fact(), year=2020, value=24636, source="国勢調査")
    make_window(edition=edition, **OPEN)
    assert told(town=town) == (Place.NEAR, "人口5万人以上ではありません（2万4,636人）")


def test_what_is_not_known_of_a_town_is_said_and_never_fits():
    edition = make_rule(fact=make_fact("is_depopulated", label="過疎地域の指定", unit=""), value="はい").edition
    make_window(edition=edition, **OPEN)
    assert told(town=make_municipality()) == (Place.DEPENDS, "過疎地域の指定が確認できません")


def test_without_rules_nobody_knows():
    make_edition()
    assert told(town=make_municipality())[0] == Place.DEPENDS


def test_some_municipality_hears_of_all_of_them():
    make_municipality("釧路市"), make_municipality("根室市")
    edition = program().editions.get()
    assert told(who=Who.MUNICIPALITY) == (Place.FITS, "すべての市町村（2）が対象です")
    make_rule(edition=edition, fact=make_fact("subprefecture", label="振興局", unit="管内"), value="根室振興局")
    assert told(who=Who.MUNICIPALITY) == (Place.DEPENDS, "まちによります（使える 1、条件次第 0、対象外 1）")
    edition.rules.filter(fact__slug="subprefecture").update(value="十勝総合振興局")
    assert told(who=Who.MUNICIPALITY) == (Place.NEAR, "すべての市町村（2）が対象外です")


@pytest.mark.parametrize("who", [Who.GROUP, Who.COMPANY, Who.PERSON])
def test_what_is_for_municipalities_does_not_fit_others(who):
    program()
    assert told(who=who) == (Place.NEAR, f"市町村ではありません（{who.label}）")


def test_a_window_for_groups_makes_it_depend():
    program(window=OPEN | {"applicant": "group"})
    assert told(who=Who.GROUP) == (
        Place.DEPENDS,
        "団体の受付期間はありますが、団体の要件は登録されていません",
    )


@pytest.mark.parametrize("use", [Use.READ, Use.PREFECTURE])
def test_what_nobody_applies_for_fits_everybody(use):
    program(use=use, window=None)
    assert told(who=Who.COMPANY) == told(town=make_municipality()) == (Place.FITS, "申込み不要")


# --- What for, and what kind of help ----------------------------------------------------------------------------------


def test_the_theme_of_a_programme_fits():
    program(themes=[make_theme(), make_theme("森林", "forests")])
    assert told(theme=make_theme()) == (Place.FITS, "分野は森林、観光")


def test_another_theme_is_near_once_something_else_fits():
    program(themes=[make_theme("森林", "forests")])
    reason = "別の分野です（森林）"
    assert told(theme=make_theme()) == (Place.APART, reason)
    assert told(theme=make_theme(), town=make_municipality()) == (Place.NEAR, reason)


def test_without_a_theme_nobody_knows_whether_it_fits():
    program()
    assert told(theme=make_theme()) == (Place.DEPENDS, "分野の指定がないため、「観光」に使えるかは確かめられません")


def test_another_pillar_or_use_is_said():
    program(pillar=Pillar.INFORMATIONAL, use=Use.CONSULT)
    town = make_municipality()
    assert told(town=town, pillar=Pillar.FINANCIAL) == (Place.NEAR, "情報支援です")
    assert told(town=town, use=Use.APPLY) == (Place.NEAR, "使い方は「相談する」です")
    assert told(town=town, pillar=Pillar.INFORMATIONAL, use=Use.CONSULT)[0] == Place.FITS
    assert told(town=town, pillar=Pillar.FINANCIAL, use=Use.APPLY)[0] == Place.APART


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "when", "place", "reason"),
    [
        pytest.param(OPEN, When.NOW, Place.FITS, "", id="open now"),
        pytest.param(SOON, When.NOW, Place.NEAR, "受付はまだ始まっていません", id="not open yet"),
        pytest.param(CLOSED, When.NOW, Place.NEAR, "受付は終わりました", id="over"),
        pytest.param(SOON, When.SOON, Place.FITS, "", id="opens soon"),
        pytest.param(OPEN, When.SOON, Place.NEAR, "いまは「受付中」です", id="open already"),
        pytest.param(None, When.NOW, Place.DEPENDS, "これからの受付期間は登録されていません", id="no window"),
        pytest.param(SOON, None, Place.FITS, "", id="not open yet, at any time"),
        pytest.param(CLOSED, None, Place.DEPENDS, "これからの受付期間は登録されていません", id="over, at any time"),
        pytest.param(None, None, Place.DEPENDS, "これからの受付期間は登録されていません", id="no window, at any time"),
    ],
)
def test_the_window_says_when(window, when, place, reason):
    program(pillar=Pillar.FINANCIAL, window=window)
    assert told(pillar=Pillar.FINANCIAL, when=when) == (place, reason)


def test_a_call_for_others_does_not_open_it():
    program(window=OPEN | {"applicant": "group"})
    town = make_municipality()
    assert told(town=town, when=When.NOW) == (Place.DEPENDS, "これからの受付期間は登録されていません")


def test_the_window_of_another_office_does_not_open_it():
    program(window=OPEN | {"subprefecture": make_subprefecture("tokachi")})
    assert told(town=make_municipality("釧路市"), when=When.NOW)[0] == Place.DEPENDS
    assert told(town=make_municipality("帯広市"), when=When.NOW)[0] == Place.FITS


def test_a_call_for_next_year_opens_soon_beside_an_open_one():
    found, town = program(), make_municipality()
    coming = make_rule(edition=make_edition(program=found, fiscal_year=2022)).edition
    make_window(edition=coming, **SOON)
    assert told(town=town, when=When.SOON)[0] == Place.FITS
    office = make_fact("subprefecture", label="振興局", unit="管内")
    make_rule(edition=coming, fact=office, value="根室振興局")  # which leaves the town out
    assert told(town=town, when=When.SOON) == (Place.NEAR, "いまは「受付中」です")


def test_what_was_not_confirmed_this_year_never_fits():
    program(year=2019, window=None)
    expected = (Place.DEPENDS, "今年度は未確認（令和元年度の内容です）")
    assert told(town=make_municipality()) == told(use=Use.APPLY) == told(when=When.NOW) == expected


def test_what_begins_next_year_is_for_later():
    program(year=2022, window=None)
    town = make_municipality()
    assert told(town=town, when=When.SOON)[0] == Place.FITS
    assert told(town=town, when=When.NOW) == (Place.NEAR, "始まるのは来年度からです")


def test_two_misses_are_not_near():
    program(themes=[make_theme("森林", "forests")], pillar=Pillar.HUMAN)
    assert told(town=make_municipality(), theme=make_theme(), pillar=Pillar.FINANCIAL)[0] == Place.APART


def test_beside_what_does_not_fit_stands_what_is_not_known():
    make_window(edition=make_edition(program=make_program(pillar=Pillar.HUMAN)), **OPEN)
    need = Need(town=make_municipality(), pillar=Pillar.FINANCIAL)
    [match] = Navigator(need, TODAY).matches(need)
    assert match.reasons == ["人的支援です"]
    assert match.unknown == ["だれが使えるかの要件がまだ登録されていません"]


# --- The answers in the address ---------------------------------------------------------------------------------------


def test_the_question_after_the_last_answer_is_open_unless_another_is_asked():
    town = make_municipality()
    assert Need().question == Question.WHO
    assert Need(who=Who.GROUP).question == Question.TOWN
    assert Need(town=town).question == Question.THEME
    assert Need(use=Use.READ).question == Question.WHEN
    assert Need(when=When.NOW).question is None
    assert Need(town=town).asking(Question.WHO).question == Question.WHO
    assert Need(town=town).asking(None).question is None


def test_an_address_has_only_what_does_not_go_without_saying():
    town = make_municipality()
    assert Need().parameters == {}
    assert Need(who=Who.MUNICIPALITY, town=town).parameters == {"town": "012068"}
    assert Need(who=Who.GROUP, town=town).parameters == {"who": "group", "town": "012068"}
    assert Need(town=town, ask="theme").parameters == {"town": "012068"}
    assert Need(town=town).asking(None).parameters == {"town": "012068", "ask": "end"}
    assert Need(when=When.NOW).asking(None).parameters == {"when": "now"}
    assert Need(who=Who.GROUP, use=Use.READ).address == "/support/find/?who=group&use=read"


def test_beside_each_choice_stands_how_many_fit_and_may():
    program(pillar=Pillar.FINANCIAL), program(pillar=Pillar.FINANCIAL)
    make_edition(program=make_program(pillar=Pillar.HUMAN))
    navigator = Navigator(Need(town=make_municipality()).asking(Question.PILLAR), TODAY)
    assert [(choice.fits, choice.depends) for choice in navigator.choices] == [(2, 0), (0, 0), (0, 1)]
    assert navigator.headline == "合う支援は2件。条件次第の支援が1件あります。"


def test_where_nothing_fits_it_says_which_answer_to_take_back():
    program(pillar=Pillar.FINANCIAL, themes=[make_theme()])
    need = Need(town=make_municipality(), theme=make_theme(), pillar=Pillar.HUMAN)
    navigator = Navigator(need, TODAY)
    assert navigator.headline == "合うと分かっている支援はありません。"
    assert [(choice.label, choice.fits) for choice in navigator.loosened] == [("人的支援", 1)]
    assert Navigator(need.but(Question.PILLAR, None), TODAY).loosened == []


def test_what_leaves_least_to_ask_comes_first():
    town = make_municipality()
    program(official_name="去年の制度", year=2020, window=None)
    program(official_name="今年の制度")
    navigator = Navigator(Need(town=town, theme=make_theme()), TODAY)
    [(place, matches)] = navigator.groups
    assert place == Place.DEPENDS
    assert [match.standing.program.official_name for match in matches] == ["今年の制度", "去年の制度"]
