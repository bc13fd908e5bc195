"""What a save changes for the public is said before it is made, and made only as it was said."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Desk, Fact, Initiative
from sumairu.lib.wareki import fiscal_year_on
from sumairu.publishing import effects
from sumairu.publishing.rehearsal import APPEARS, CHANGES, VANISHES
from support.models import ApplicationWindow, ProgramEdition
from tests.admin_forms import deleted, form_data, post_confirmed
from tests.factories import (
    make_desk,
    make_edition,
    make_editor,
    make_fact,
    make_initiative,
    make_municipality,
    make_policy,
    make_program,
    make_program_desk,
    make_rule,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NAMES = ["釧路市", "厚岸町", "根室市", "羅臼町", "帯広市"]
EDITIONS, INITIATIVES = "/admin/support/programedition/", "/admin/regions/initiative/"


@pytest.fixture
def year():
    return fiscal_year_on(localdate())


@pytest.fixture
def towns():
    return [make_municipality(name) for name in NAMES]


@pytest.fixture
def draft(year, towns):
    """An edition of this year that nobody sees yet, for the towns of 釧路, with a call."""
    edition = make_edition(fiscal_year=year, status="draft", program=make_program(official_name="海岸の補助金"))
    office = make_fact("subprefecture", label="振興局", kind=Fact.Kind.TEXT, unit="管内")
    make_rule(edition=edition, fact=office, operator="eq", value="釧路総合振興局")
    make_window(edition=edition, opens_on=localdate() - DAY, closes_on=localdate() + 9 * DAY)
    return edition


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def url(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def save(client, row, **fields):
    return client.post(url(row), form_data(client.get(url(row))) | fields)


def told(found):
    return {(change.kind, change.what, change.label) for change in found.changes}


def publish(edition):
    edition.status = "published"
    edition.save()


def test_effects_are_compared_and_nothing_is_kept(draft):
    found = effects(lambda: publish(draft), touched=[draft])
    assert found.counts == (("公開している支援制度", 0, 1), ("受付中の募集", 0, 1))
    assert {what for _, what, _ in told(found)} == {APPEARS}
    assert {kind for kind, _, _ in told(found)} == {"公開ページ", "募集"}
    lines = [line for change in found.changes for line in change.lines]
    assert ("使える 2市町村", "釧路総合振興局管内のすべて（2）") in lines
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_without_saying_what_is_touched_everything_is_compared(draft):
    assert told(effects(lambda: publish(draft))) == told(effects(lambda: publish(draft), touched=[draft]))


def test_more_than_can_be_compared_is_said(draft, monkeypatch):
    monkeypatch.setattr("sumairu.publishing.rehearsal.LIMIT", 1)
    assert effects(lambda: publish(draft), touched=[draft]).is_cut


@pytest.mark.parametrize("on", [0, 30])
def test_a_booked_edition_is_seen_on_its_day(draft, on):
    def book():
        draft.publish_on = localdate() + 30 * DAY
        publish(draft)

    assert bool(effects(book, on=localdate() + on * DAY, touched=[draft])) is (on == 30)


def test_publishing_an_edition_asks_first_and_saves_what_was_confirmed(headquarters, draft):
    response = save(headquarters, draft, status="published")
    page = response.content.decode()
    assert "公開ページがこう変わります" in page
    assert "公開している支援制度：<b>0</b>件 → <b>1</b>件" in page
    assert "使える 2市町村" in page
    assert "受付：受付中" in page
    draft.refresh_from_db()
    assert draft.status == "draft"
    response = post_confirmed(
        headquarters, url(draft), form_data(headquarters.get(url(draft))) | {"status": "published"}
    )
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "published"


def test_the_page_in_between_says_nothing_of_what_is_not_done_yet(kushiro):
    initiative = make_initiative(status="draft")
    address, told = f"{INITIATIVES}{initiative.pk}/change/", f"「{initiative.code}」から"
    typed = form_data(kushiro.get(address)) | {"fiscal_year": str(initiative.fiscal_year + 1), "status": "published"}
    assert told not in kushiro.post(address, typed).content.decode()
    assert post_confirmed(kushiro, address, typed, follow=True).content.decode().count(told) == 1


def test_a_digest_of_other_effects_asks_again(headquarters, draft):
    first = save(headquarters, draft, status="published")
    other = make_edition(fiscal_year=draft.fiscal_year)  # by somebody else, meanwhile
    make_window(edition=other, opens_on=None, closes_on=localdate() + DAY)
    held = dict(first.context["held"]) | {"_effects": first.context["token"]}
    page = headquarters.post(url(draft), held).content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert "変わり方が変わりました" in page


def test_a_digest_cannot_be_made_up(headquarters, draft):
    save(headquarters, draft, status="published", _effects="0" * 64)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_one_can_go_back_to_the_form_with_what_was_typed(headquarters, draft):
    first = save(headquarters, draft, status="published", summary="書き直した概要です。")
    page = headquarters.post(url(draft), dict(first.context["held"]) | {"_back_to_form": "1"}).content.decode()
    assert "書き直した概要です。" in page
    assert 'name="summary"' in page
    draft.refresh_from_db()
    assert (draft.status, draft.summary) == ("draft", "概要です。")


def test_a_new_record_is_asked_about_as_well(kushiro):
    office = make_editor("kushiro").assignments.get().subprefecture
    typed = {"subprefecture": office.pk, "fiscal_year": "R3", "title": "海岸", "summary": "要約", "status": "published"}
    data = form_data(kushiro.get(f"{INITIATIVES}add/"), add=True) | typed
    page = kushiro.post(f"{INITIATIVES}add/", data).content.decode()
    assert "取組「海岸」" in page
    assert "釧路総合振興局管内のすべての市町村" in page
    assert not Initiative.objects.exists()
    assert post_confirmed(kushiro, f"{INITIATIVES}add/", data).status_code == 302
    assert Initiative.objects.get().code == "kushiro-2021-1"


@pytest.mark.parametrize("fields", [{}, {"summary": "書き直しました。"}, {"title": "新しい名前"}])
def test_correcting_a_text_does_not_ask(kushiro, fields):
    assert save(kushiro, make_initiative(), **fields).status_code == 302


def test_a_draft_stays_a_draft_without_asking(headquarters, draft):
    assert save(headquarters, draft, summary="書き直しました。").status_code == 302


def test_towns_that_move_are_named(headquarters, draft):
    publish(draft)
    rule = draft.rules.get()
    page = save(headquarters, draft, **{"rules-0-value": "根室"}).content.decode()
    assert "使える → 対象外：2市町村" in page
    assert "根室振興局管内のすべて（2）" in page
    rule.refresh_from_db()
    assert rule.value == "釧路総合振興局"
    page = save(headquarters, draft, **{"rules-0-operator": "ne", "rules-0-value": "釧路"}).content.decode()
    assert "対象外 → 使える：3市町村" in page


def test_whom_a_programme_reaches_is_no_matter_where_nobody_applies_for_it(headquarters, draft):
    make_rule(edition=draft, fact=make_fact("applicant", label="申し込む人", kind=Fact.Kind.TEXT), value="振興局")
    assert "すべての市町村（5）が対象外です" in save(headquarters, draft, status="published").content.decode()
    draft.windows.all().delete()
    draft.program.use = "prefecture"
    draft.program.save()
    page = save(headquarters, draft, status="published").content.decode()
    assert "公開ページがこう変わります" in page
    assert "対象外です" not in page
    listed = headquarters.get(EDITIONS).content.decode()
    assert "要確認" not in listed


def test_moving_the_last_day_of_a_call_is_told(headquarters, draft):
    publish(draft)
    window = draft.windows.get()
    data = {"closes_on": str(localdate() - DAY)}
    page = save(headquarters, window, **data).content.decode()
    assert "受付中の募集：<b>1</b>件 → <b>0</b>件" in page
    assert "－ 消えます" in page
    assert ApplicationWindow.objects.get().closes_on == localdate() + 9 * DAY


def test_a_window_shows_on_the_page_before_its_deletion_what_goes(headquarters, draft):
    publish(draft)
    window = draft.windows.get()
    response = headquarters.get(url(window, "delete"))
    assert "受付中の募集：<b>1</b>件 → <b>0</b>件" in response.content.decode()
    assert headquarters.post(url(window, "delete"), {"post": "yes"}).status_code == 200
    assert ApplicationWindow.objects.exists()
    assert deleted(headquarters, url(window, "delete")).status_code == 302
    assert not ApplicationWindow.objects.exists()


def test_deleting_many_from_the_list_asks_as_well(headquarters, draft):
    publish(draft)
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [draft.windows.get().pk], "post": "yes"}
    assert "－ 消えます" in headquarters.post("/admin/support/applicationwindow/", data).content.decode()
    assert ApplicationWindow.objects.exists()
    post_confirmed(headquarters, "/admin/support/applicationwindow/", data)
    assert not ApplicationWindow.objects.exists()


@pytest.mark.parametrize(("action", "what"), [("end", VANISHES), ("take_back", VANISHES)])
def test_actions_of_lists_ask(kushiro, action, what):
    rows = [make_initiative(), make_initiative()]
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    response = kushiro.post(INITIATIVES, data)
    assert "公開している取組：<b>2</b>件 → <b>0</b>件" in response.content.decode()
    assert {change.what for change in response.context["rehearsal"][0].changes} == {what}
    assert Initiative.objects.published().count() == 2
    post_confirmed(kushiro, INITIATIVES, data)
    assert not Initiative.objects.published().exists()


def test_a_booking_says_what_will_be_seen_on_its_day(headquarters, draft):
    ahead = localdate() + 5 * DAY
    page = save(headquarters, draft, status="published", publish_on=str(ahead)).content.decode()
    assert f"{ahead.year}年{ahead.month}月{ahead.day}日" in page
    assert "から変わること" in page
    assert "すぐに変わること" not in page


def test_an_older_year_without_a_place_of_its_own_changes_little(headquarters, draft, year):
    """Publishing the year before shows its own page and leaves what the programme's page says."""
    publish(draft)
    older = make_edition(program=draft.program, fiscal_year=year - 1, status="draft")
    found = effects(lambda: publish(older), touched=[older])
    assert {change.url for change in found.changes} == {older.get_absolute_url()}
    assert not found.counts


def test_a_desk_is_told_where_what_one_dials_changes(headquarters):
    desk = make_desk(phone="0154-00-0000")
    make_program_desk(program=make_edition().program, desk=desk)
    page = save(headquarters, desk, phone="0154-11-1111").content.decode()
    assert "電話：0154-00-0000 → 0154-11-1111" in page
    assert Desk.objects.get().phone == "0154-00-0000"
    assert save(headquarters, desk, confirmed_on=str(localdate())).status_code == 302


def test_another_desk_for_a_programme_is_told(headquarters):
    row = make_program_desk(program=make_edition().program, desk=make_desk(section="財政係"))
    page = save(headquarters, row, desk=make_desk(section="企画係").pk).content.decode()
    assert "窓口：本庁 財政係 → 本庁 企画係" in page


def test_another_theme_of_a_programme_is_told(headquarters):
    program = make_edition().program
    page = save(headquarters, program, themes=[make_theme().pk]).content.decode()
    assert "分野：なし → 観光" in page
    assert not program.themes.exists()


def test_the_first_direction_of_a_year_makes_a_page(kushiro):
    policy = make_policy(status="draft", text="方向")
    page = save(kushiro, policy, status="published").content.decode()
    assert "釧路総合振興局の令和3年度（2021）" in page
    assert "＋ 出ます" in page
    make_initiative()
    page = save(kushiro, policy, status="published").content.decode()
    assert "推進方向：なし → 載っています" in page


def test_a_rehearsal_costs_as_much_for_twenty_editions_as_for_one(draft, django_assert_max_num_queries):
    for _ in range(20):
        make_window(edition=make_edition(fiscal_year=draft.fiscal_year))
    with django_assert_max_num_queries(90):
        effects(lambda: publish(draft), touched=[draft])


def test_changes_are_of_a_kind_that_the_page_knows(headquarters, draft):
    publish(draft)
    found = effects(lambda: ProgramEdition.objects.update(status="draft"), touched=[draft])
    assert {change.what for change in found.changes} <= {APPEARS, VANISHES, CHANGES}
    assert found.counts[0] == ("公開している支援制度", 1, 0)
