"""Two people on one record: what each changed is kept, what both changed is decided, nothing is overwritten unseen."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from regions.models import Desk, Initiative, InitiativeLink
from sumairu.admin.recorded import RecordedMixin
from sumairu.publishing.models import Status
from sumairu.versions.models import Version
from support.models import ApplicationWindow, ProgramEdition
from tests.admin_forms import deleted, form_data, post_confirmed, posted_again
from tests.factories import make_assignment as posted
from tests.factories import (
    make_desk,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_program,
    make_subprefecture,
    make_theme,
    make_user,
    make_window,
)

pytestmark = pytest.mark.django_db


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def first():
    return browser(make_headquarters_editor())


@pytest.fixture
def second():
    return browser(posted(make_user("hoka@example.jp", "本庁のもう一人")).user)


@pytest.fixture
def kushiro():
    return browser(make_editor("kushiro"))


def address(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def opened(client, row):
    """The form as the person sees it: everything that posting it unchanged would send."""
    page = client.get(address(row))
    assert 'name="_version"' in page.content.decode()
    return form_data(page)


def save(client, row, data, **changed):
    return post_confirmed(
        client, address(row), data | {name.replace("__", "-"): value for name, value in changed.items()}
    )


def words(response):
    return response.content.decode()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def choose(page, client, row, **choices):
    data = posted_again(page)
    return post_confirmed(client, address(row), data | {f"held-choice-{key}": value for key, value in choices.items()})


def test_what_each_changed_alone_is_kept_and_told(first, second):
    edition = make_edition(summary="もと", body="本文")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="一人目の概要")
    saved = second.post(address(edition), other | {"rate": "2分の1"}, follow=True)
    assert (fresh(edition).summary, fresh(edition).rate) == ("一人目の概要", "2分の1")
    assert "本庁の編集者さんが変えた「概要」は、そのまま残しました" in words(saved)


def test_where_both_changed_the_same_the_second_sees_both_and_nothing_is_saved(first, second):
    edition = make_edition(summary="もとの概要", rate="")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="一人目の概要")
    page = save(second, edition, other, summary="二人目の概要", body="　字下げ\r\n・箇条", rate="3分の1")
    for shown in ("もとの概要", "一人目の概要", "二人目の概要", "本庁の編集者さん", "まだ何も上書きしていません"):
        assert shown in words(page)
    assert (fresh(edition).summary, fresh(edition).rate) == ("一人目の概要", "")


@pytest.mark.parametrize(("choice", "summary"), [("mine", "二人目の概要"), ("theirs", "一人目の概要")])
def test_the_second_decides_and_keeps_all_else_that_was_typed(first, second, choice, summary):
    edition = make_edition(summary="もとの概要", rate="")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="一人目の概要", ceiling="百万円")
    page = save(second, edition, other, summary="二人目の概要", body="一\r\n\r\n二", rate="3分の1", _continue="1")
    saved = choose(page, second, edition, summary=choice)
    now = fresh(edition)
    assert (saved.status_code, saved["Location"]) == (302, address(edition))
    assert (now.summary, now.body, now.rate, now.ceiling) == (summary, "一\r\n\r\n二", "3分の1", "百万円")


def test_without_a_choice_it_asks_again(first, second):
    edition = make_edition(summary="もと")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="一人目")
    page = save(second, edition, other, summary="二人目")
    assert choose(page, second, edition).status_code == 200
    assert fresh(edition).summary == "一人目"


@pytest.mark.exhaustive
def test_a_third_save_while_the_second_decides_is_noticed(first, second, client):
    edition = make_edition(summary="もと")
    third = browser(posted(make_user("san@example.jp", "三人目")).user)
    one, other, late = opened(first, edition), opened(second, edition), opened(third, edition)
    save(first, edition, one, summary="一人目")
    page = save(second, edition, other, summary="二人目")
    last = save(third, edition, late, summary="三人目の概要")
    choose(last, third, edition, summary="mine")
    again = choose(page, second, edition, summary="mine")
    assert "もう一度保存されました" in words(again)
    assert "三人目の概要" in words(again)
    assert fresh(edition).summary == "三人目の概要"
    choose(again, second, edition, summary="mine")
    assert fresh(edition).summary == "二人目"


def test_two_tabs_of_one_person_are_two(kushiro):
    initiative = make_initiative(title="もと")
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, title="一つ目の画面")
    page = save(kushiro, initiative, other, title="二つ目の画面")
    assert "あなたが別の画面で保存した内容" in words(page)
    assert fresh(initiative).title == "一つ目の画面"


def test_the_same_change_made_twice_is_no_question(first, second):
    edition = make_edition(summary="もと")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="同じ")
    assert save(second, edition, other, summary="同じ").status_code == 302


def test_choices_of_many_are_compared_too(kushiro):
    initiative, theme, other_theme = make_initiative(), make_theme(), make_theme("漁業", "fishery")
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, themes=[theme.pk])
    save(kushiro, initiative, other, title="題だけ変えた")
    assert list(fresh(initiative).themes.all()) == [theme]
    page = save(kushiro, initiative, other, themes=[other_theme.pk])
    assert "観光" in words(page)
    assert "漁業" in words(page)


# --- Rows beneath -------------------------------------------------------------------------------------------------


@pytest.fixture
def linked():
    initiative = make_initiative()
    link = InitiativeLink.objects.create(initiative=initiative, label="もと", url="https://example.jp/")
    return initiative, link


def test_a_row_that_both_changed_is_decided(kushiro, linked):
    initiative, link = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, **{"links-0-label": "一人目"})
    page = save(kushiro, initiative, other, **{"links-0-label": "二人目", "links-0-url": "https://example.jp/2"})
    assert "一人目" in words(page)
    assert "二人目" in words(page)
    choose(page, kushiro, initiative, **{f"regions.initiativelink-{link.pk}-label": "theirs"})
    link.refresh_from_db()
    assert (link.label, link.url) == ("一人目", "https://example.jp/2")


def test_rows_that_both_added_both_stay(kushiro, linked):
    initiative, _ = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    for data, label in ((one, "甲"), (other, "乙")):
        row = {"links-TOTAL_FORMS": 2, "links-1-label": label, "links-1-url": f"https://example.jp/{label}"}
        assert save(kushiro, initiative, data, **row).status_code == 302
    assert set(initiative.links.values_list("label", flat=True)) == {"もと", "甲", "乙"}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("choice", "label"), [("mine", ["直した"]), ("theirs", [])])
def test_a_row_that_one_removed_and_the_other_changed_is_decided(kushiro, linked, choice, label):
    initiative, link = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, **{"links-0-DELETE": "on"})
    page = save(kushiro, initiative, other, **{"links-0-label": "直した"})
    assert (page.status_code, initiative.links.count()) == (200, 0)
    assert "（なし）" in words(page)
    assert "直した" in words(page)
    choose(page, kushiro, initiative, **{f"regions.initiativelink-{link.pk}": choice})
    assert list(initiative.links.values_list("label", flat=True)) == label


def test_a_row_that_one_changed_and_the_other_removed_is_decided(kushiro, linked):
    initiative, link = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, **{"links-0-label": "直した"})
    page = save(kushiro, initiative, other, **{"links-0-DELETE": "on"})
    assert (page.status_code, initiative.links.count()) == (200, 1)
    choose(page, kushiro, initiative, **{f"regions.initiativelink-{link.pk}": "theirs"})
    assert InitiativeLink.objects.get(pk=link.pk).label == "直した"


def test_a_row_that_one_removed_and_the_other_left_alone_is_gone(kushiro, linked):
    initiative, _ = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    save(kushiro, initiative, one, **{"links-0-DELETE": "on"})
    assert save(kushiro, initiative, other, title="題").status_code == 302
    assert (fresh(initiative).title, initiative.links.count()) == ("題", 0)


def test_a_row_that_both_removed_is_gone(kushiro, linked):
    initiative, _ = linked
    one, other = opened(kushiro, initiative), opened(kushiro, initiative)
    for data in (one, other):
        assert save(kushiro, initiative, data, **{"links-0-DELETE": "on"}).status_code == 302
    assert not initiative.links.exists()


def test_a_row_with_a_form_of_its_own_is_part_of_its_record(first, second):
    window = make_window(note="もと")
    one, other = opened(first, window.edition), opened(second, window)
    save(first, window.edition, one, **{"windows-0-note": "一人目"})
    page = save(second, window, other, note="二人目")
    assert "一人目" in words(page)
    assert fresh(window).note == "一人目"


# --- What else can go wrong ---------------------------------------------------------------------------------------


@pytest.mark.exhaustive
def test_what_together_cannot_stand_is_asked(first, second):
    edition = make_edition(publish_on=None, unpublish_on=None)
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, unpublish_on="2026-05-01")
    page = save(second, edition, other, publish_on="2026-06-01")
    assert "公開の最終日が、公開する日より前です" in words(page)
    assert fresh(edition).publish_on is None
    choices = {"publish_on": "mine", "unpublish_on": "mine"}
    assert choose(page, second, edition, **choices).status_code == 302
    assert (str(fresh(edition).publish_on), fresh(edition).unpublish_on) == ("2026-06-01", None)


def test_a_fault_in_the_second_form_does_not_hide_the_first_save(first, second):
    edition = make_edition(summary="もと")
    one, other = opened(first, edition), opened(second, edition)
    save(first, edition, one, summary="一人目")
    page = save(second, edition, other, summary="")
    assert "本庁の編集者さんがこの記録を保存しています（「概要」）" in words(page)
    assert f'value="{other["_version"]}"' in words(page)


def test_a_change_past_every_form_is_noticed_too(first):
    edition = make_edition(summary="もと")
    data = opened(first, edition)
    ProgramEdition.objects.filter(pk=edition.pk).update(summary="だまって変えた")
    page = save(first, edition, data, summary="二人目")
    assert "だまって変えた" in words(page)
    assert fresh(edition).summary == "だまって変えた"


def test_a_form_that_does_not_say_what_it_began_from_is_compared_with_what_is_there(first):
    edition = make_edition(summary="いまの概要", rate="")
    data = opened(first, edition)
    del data["_version"]
    page = save(first, edition, data, summary="別の概要", rate="")
    for shown in ("いまの概要", "別の概要", "どの内容を見て入力したかが分からない", "まだ何も上書きしていません"):
        assert shown in words(page)
    assert fresh(edition).summary == "いまの概要"
    choose(page, first, edition, summary="mine")
    assert fresh(edition).summary == "別の概要"


def test_a_deletion_from_a_form_is_held_where_others_changed_what_the_form_showed(kushiro):
    initiative = make_initiative(status=Status.DRAFT)
    form = kushiro.get(address(initiative), {"_changelist_filters": "q=海&o=1"})
    link = unescape(re.search(r'href="([^"]*/delete/[^"]*)" class="deletelink"', words(form))[1])
    save(kushiro, initiative, opened(kushiro, initiative), title="直した")
    held = kushiro.post(link, posted_again(kushiro.get(link)))
    assert "直した" in words(held)
    assert Initiative.objects.exists()
    kushiro.post(link, posted_again(held))
    assert not Initiative.objects.exists()


def test_a_deletion_that_does_not_say_what_was_seen_is_held(kushiro):
    initiative = make_initiative(status=Status.DRAFT)
    page = kushiro.post(address(initiative, "delete"), {"post": "yes"})
    assert "まだ何もしていません" in words(page)
    assert Initiative.objects.exists()
    kushiro.post(address(initiative, "delete"), posted_again(page))
    assert not Initiative.objects.exists()


def test_who_types_into_a_deleted_record_gets_all_of_it_back(kushiro):
    initiative = make_initiative(status=Status.DRAFT)
    data = opened(kushiro, initiative)
    deleted(kushiro, address(initiative, "delete"))
    page = kushiro.post(address(initiative), data | {"body": "長く書いた本文"})
    assert page.status_code == 409
    assert "長く書いた本文" in words(page)
    assert "釧路の編集者さんが" in words(page)


def test_others_do_not_learn_of_what_was_deleted(kushiro):
    initiative = make_initiative(status=Status.DRAFT)
    data = opened(kushiro, initiative)
    deleted(kushiro, address(initiative, "delete"))
    assert browser(make_editor("nemuro")).post(address(initiative), data).status_code == 404


def test_a_deletion_of_what_changed_since_is_held(kushiro):
    initiative = make_initiative(status=Status.DRAFT, title="もと")
    data = opened(kushiro, initiative)
    confirming = posted_again(kushiro.get(address(initiative, "delete")))
    save(kushiro, initiative, data, title="直した")
    page = kushiro.post(address(initiative, "delete"), confirming)
    assert "もと" in words(page)
    assert "直した" in words(page)
    assert Initiative.objects.exists()
    kushiro.post(address(initiative, "delete"), posted_again(page))
    assert not Initiative.objects.exists()


def listed(client, model):
    """What the list sends of its rows besides the ticks."""
    page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    return page, {"_seen": [f"{row.pk}:{row.version_seen}" for row in page.context["cl"].result_list]}


def test_every_list_numbers_its_rows():
    """What an action on a list compares: an admin with a list of its own must not go without."""
    made_by = {type(model_admin).get_changelist for model_admin in admin.site._registry.values()}
    assert made_by == {RecordedMixin.get_changelist}


def test_the_list_of_editions_is_held_as_every_other(first):
    make_edition()
    page, seen = listed(first, ProgramEdition)
    assert f'name="_seen" value="{seen["_seen"][0]}"' in words(page)


@pytest.mark.parametrize("entry", [f"{'9' * 30}:1", f"{'9' * 5000}:1", f"1:{'9' * 5000}"], ids=lambda each: each[-3:])
def test_numbers_that_no_row_has_break_no_action(kushiro, entry):
    act = {"action": "end", "_selected_action": [make_initiative().pk], "select_across": "1", "_seen": [entry]}
    assert kushiro.post(reverse("admin:regions_initiative_changelist"), act).status_code == 200


def test_an_action_on_more_rows_than_a_request_can_take_does_nothing_and_says_so(kushiro, monkeypatch):
    monkeypatch.setattr("sumairu.admin.recorded.MOST_ACTED_ON", 1)
    initiatives = [make_initiative(), make_initiative()]
    url = reverse("admin:regions_initiative_changelist")
    act = {"action": "end", "_selected_action": [initiatives[0].pk], "select_across": "1"}
    page = kushiro.post(url, act, follow=True)
    assert "2件を選んでいます。1回に扱えるのは1件までです。" in words(page)
    assert set(Initiative.objects.values_list("status", flat=True)) == {Status.PUBLISHED}


def test_an_action_on_rows_that_changed_since_is_held(kushiro):
    initiative, other = make_initiative(status=Status.DRAFT, title="もと"), make_initiative(status=Status.DRAFT)
    page, seen = listed(kushiro, Initiative)
    assert 'name="_seen"' in words(page)
    save(kushiro, initiative, opened(kushiro, initiative), title="直した")
    act = {"action": "publish", "_selected_action": [initiative.pk, other.pk]} | seen
    held = kushiro.post(page.request["PATH_INFO"], act)
    assert "直した" in words(held)
    assert not Initiative.objects.filter(status=Status.PUBLISHED).exists()
    post_confirmed(kushiro, page.request["PATH_INFO"], posted_again(held))
    assert Initiative.objects.filter(status=Status.PUBLISHED).count() == 2


def test_an_action_on_rows_that_did_not_change_goes_through(kushiro):
    initiative, other = make_initiative(status=Status.DRAFT), make_initiative(status=Status.DRAFT)
    page, seen = listed(kushiro, Initiative)
    save(kushiro, other, opened(kushiro, other), title="選ばない方")
    post_confirmed(
        kushiro, page.request["PATH_INFO"], {"action": "publish", "_selected_action": [initiative.pk]} | seen
    )
    assert fresh(initiative).status == Status.PUBLISHED


def test_an_action_on_a_row_beneath_looks_at_that_row(first):
    edition = make_edition()
    window, other = make_window(edition=edition), make_window(edition=edition, applicant="group")
    page, seen = listed(first, ApplicationWindow)
    save(first, other, opened(first, other), note="別の受付期間")
    act = {"action": "delete_selected", "post": "yes", "_selected_action": [window.pk]} | seen
    post_confirmed(first, page.request["PATH_INFO"], act)
    assert list(ApplicationWindow.objects.all()) == [other]


def test_a_list_asks_for_its_numbers_with_the_rows(kushiro, django_assert_max_num_queries):
    for _ in range(12):
        make_initiative()
    with django_assert_max_num_queries(25):
        listed(kushiro, Initiative)


# --- Adding -------------------------------------------------------------------------------------------------------


def test_of_two_who_add_the_same_the_second_is_told_in_a_sentence(first, second):
    data = {"program": make_program().pk, "fiscal_year": "令和8年度", "summary": "概要", "status": "draft"}
    empty = form_data(first.get(reverse("admin:support_programedition_add")), add=True)
    for client, status in ((first, 302), (second, 200)):
        answer = client.post(reverse("admin:support_programedition_add"), empty | data)
        assert answer.status_code == status
    assert "この制度のこの年度の版は、すでにあります" in words(answer)


def test_of_two_who_add_the_same_at_once_the_second_is_told_in_a_sentence(monkeypatch):
    """The first look finds nothing, since the other's save is not over yet; then the database refuses."""
    office = make_subprefecture("kushiro")
    make_desk(subprefecture=office, section="同じ係")
    check, looks = Desk.validate_constraints, []

    def too_early(self, **kwargs):
        looks.append(self)
        if len(looks) > 1:
            check(self, **kwargs)

    monkeypatch.setattr(Desk, "validate_constraints", too_early)
    data = {"subprefecture": office.pk, "section": "同じ係", "phone": "0154-00-0000", "confirmed_on": "2026-04-01"}
    answer = browser(make_editor("kushiro")).post(reverse("admin:regions_desk_add"), data)
    assert answer.status_code == 200
    assert "同じ課・係の窓口がすでにあります" in words(answer)
    assert Version.objects.count() == 0
