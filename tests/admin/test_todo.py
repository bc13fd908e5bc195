"""The start page: what waits for each person, from what to do first."""

from datetime import date

import pytest
from django.urls import reverse

from regions.todo import ADMINISTRATORS, DESKS
from sumairu.admin.todo import groups, places
from sumairu.convention import modules_named
from sumairu.publishing.awaiting import BOOKED, DRAFTS, REVIEW
from support.todo import CARRIED_OVER, CLOSING, MISSING, NOT_BEGUN
from tests.factories import (
    make_administrator,
    make_assignment,
    make_budget_figure,
    make_desk,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_policy,
    make_program,
    make_subprefecture,
    make_user,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def waiting(user, group):
    return [item.title for found in groups(user, TODAY) if found.group is group for item in found.items]


def test_an_office_finds_its_own_drafts_and_no_other_s():
    make_initiative(title="釧路の下書き", status="draft")
    make_initiative(title="根室の下書き", status="draft", subprefecture=make_subprefecture("nemuro"))
    make_policy(status="draft")
    assert waiting(make_editor("kushiro"), DRAFTS) == ["釧路の下書き", "推進方向"]
    assert waiting(make_headquarters_editor(), DRAFTS) == []


def test_each_state_on_the_way_has_its_group():
    make_initiative(title="読む", status="review")
    make_initiative(title="待つ", publish_on=date(2026, 12, 1))
    make_initiative(title="出ている", publish_on=TODAY)
    kushiro = make_editor("kushiro")
    assert (waiting(kushiro, REVIEW), waiting(kushiro, BOOKED)) == (["読む"], ["待つ"])


@pytest.mark.parametrize(
    ("closes_on", "found"),
    [(date(2026, 11, 23), 0), (TODAY, 1), (date(2026, 12, 24), 1), (date(2026, 12, 25), 0), (None, 0)],
    ids=["yesterday", "today", "in thirty days", "in thirty-one days", "never"],
)
def test_a_call_that_closes_within_thirty_days_waits(closes_on, found):
    edition = make_edition(fiscal_year=2026)
    make_window(edition=edition, subprefecture=make_subprefecture(), opens_on=date(2026, 4, 1), closes_on=closes_on)
    assert len(waiting(make_editor("kushiro"), CLOSING)) == found


def test_calls_of_one_programme_are_told_apart():
    edition = make_edition(fiscal_year=2026, program=make_program(official_name="交付金"))
    for office in (None, make_subprefecture()):
        make_window(edition=edition, subprefecture=office, opens_on=date(2026, 4, 1), closes_on=TODAY)
    assert set(waiting(make_headquarters_editor(), CLOSING)) == {"交付金　すべて", "交付金　すべて（釧路）"}


def test_administrators_are_told_when_the_last_of_them_has_an_end():
    first, second = make_administrator(), make_user("kanri2@example.jp")
    assert waiting(first, ADMINISTRATORS) == []
    first.assignments.update(ends_on=date(2027, 3, 31))
    assert waiting(first, ADMINISTRATORS) == ["最後の管理者の配属が終わります"]
    assert waiting(make_headquarters_editor(), ADMINISTRATORS) == []
    make_assignment(second, role="administrator", starts_on=date(2027, 4, 1))
    assert waiting(first, ADMINISTRATORS) == []
    second.is_active = False
    second.save()
    assert waiting(first, ADMINISTRATORS) == ["最後の管理者の配属が終わります"]


def test_a_call_is_its_keeper_s_to_look_after():
    make_window(opens_on=None, closes_on=TODAY)
    assert waiting(make_editor("kushiro"), CLOSING) == []
    assert len(waiting(make_headquarters_editor(), CLOSING)) == 1


def test_carried_over_editions_wait_for_headquarters_apart_from_other_drafts():
    make_edition(program=make_program(official_name="写した制度"), status="draft", is_carried_over=True)
    make_edition(program=make_program(official_name="書いている制度"), status="draft")
    honcho = make_headquarters_editor()
    assert waiting(honcho, CARRIED_OVER) == ["写した制度"]
    assert waiting(honcho, DRAFTS) == ["書いている制度"]


def test_a_programme_without_an_edition_of_this_year_waits_for_headquarters():
    old = make_edition(program=make_program(official_name="古い制度"), fiscal_year=2024)
    make_edition(program=old.program, fiscal_year=2021)
    make_edition(program=make_program(official_name="いまの制度"), fiscal_year=2026)
    begun = make_edition(program=make_program(official_name="書きはじめた制度"), fiscal_year=2025)
    make_edition(program=begun.program, fiscal_year=2026, status="draft")
    make_edition(program=make_program(official_name="来年度からの制度"), fiscal_year=2027)
    assert waiting(make_headquarters_editor(), NOT_BEGUN) == ["古い制度"]
    assert NOT_BEGUN not in [found.group for found in groups(make_editor("kushiro"), TODAY)]


def test_a_programme_without_a_figure_of_this_year_waits_for_headquarters():
    complete, lacking = make_program(official_name="そろった制度"), make_program(official_name="足りない制度")
    replaced = make_program(official_name="終わった制度", successor=complete)
    for program, year in ((complete, 2025), (complete, 2026), (lacking, 2020), (lacking, 2021), (replaced, 2021)):
        make_budget_figure(program=program, fiscal_year=year)
    assert waiting(make_headquarters_editor(), MISSING) == ["足りない制度　予算額"]
    assert waiting(make_editor("kushiro"), MISSING) == []


def test_a_missing_figure_leads_to_a_form_with_its_year(client):
    lacking = make_budget_figure(fiscal_year=2020)
    honcho = make_headquarters_editor()
    client.force_login(honcho)
    (item,) = [item for found in groups(honcho, TODAY) if found.group is MISSING for item in found.items]
    form = client.get(item.url).context["adminform"].form
    assert (str(form["program"].value()), form["fiscal_year"].value()) == (str(lacking.program.pk), "2026")


def test_a_desk_nobody_confirmed_for_a_year_waits_for_its_office():
    make_desk(section="古い課", subprefecture=make_subprefecture(), confirmed_on=date(2025, 11, 24))
    make_desk(section="新しい課", subprefecture=make_subprefecture(), confirmed_on=date(2025, 11, 25))
    make_desk(section="本庁の課", confirmed_on=date(2020, 4, 1))
    assert waiting(make_editor("kushiro"), DESKS) == ["釧路総合振興局 古い課"]
    assert waiting(make_headquarters_editor(), DESKS) == ["本庁 本庁の課"]


def test_a_group_says_how_many_more_there_are(client):
    for number in range(23):
        make_initiative(title=f"下書き{number}", status="draft")
    client.force_login(make_editor("kushiro"))
    assert "ほかに3件あります" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("who", "absent"),
    [
        (lambda: make_editor("kushiro"), {"administrators", "imports", "missing", "not_begun", "carried_over"}),
        (make_headquarters_editor, {"administrators"}),
    ],
    ids=["office", "headquarters"],
)
def test_what_is_empty_folds_into_one_line_and_what_one_cannot_act_on_is_absent(client, who, absent):
    client.force_login(who())
    page = client.get(reverse("admin:index")).content.decode()
    everything = {group.key: group.label for work in modules_named("todo") for group in getattr(work, "GROUPS", ())}
    folded = page.partition("いまはないもの：")[2].partition("</summary>")[0].split("、")
    assert set(folded) == {label for key, label in everything.items() if key not in absent}
    assert 'class="group"' not in page


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        (lambda: make_editor("kushiro"), ["取組", "支援制度", "先行事例", "お知らせ", "窓口"]),
        (make_headquarters_editor, ["取組", "支援制度", "先行事例", "数値の取込", "お知らせ", "窓口"]),
        (
            make_administrator,
            ["取組", "支援制度", "先行事例", "数値の取込", "お知らせ", "窓口", "だれが何を変えたか"],
        ),
    ],
    ids=["office", "headquarters", "administrator"],
)
def test_the_navigation_leads_where_one_may_go(who, labels):
    assert [place.label for place in places(who())] == labels
