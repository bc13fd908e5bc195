from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.versions.recording import Recording
from support.admin.same import address
from support.comparison import differences, in_words
from support.last_known import known
from support.models import ProgramEdition
from support.same_year import NotConfirmed, confirm_same, not_begun
from support.standing import State, standing_of
from tests.admin_forms import post_confirmed
from tests.costs import page
from tests.factories import (
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_local_note,
    make_program,
    make_rule,
    make_window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return fiscal_year_on(localdate())


@pytest.fixture
def last(year):
    edition = make_edition(program=make_program(slug="kofukin"), fiscal_year=year - 1, rate="2分の1以内", body="本文")
    make_rule(edition=edition), make_local_note(edition=edition)
    make_window(edition=edition, opens_on=None, closes_on=date(year, 3, 1))
    return edition


def test_what_is_confirmed_is_this_year_s_edition_with_all_but_last_year_s_days(last, year):
    honcho = make_headquarters_editor()
    assert standing_of(last.program).state == State.UNCONFIRMED
    edition = confirm_same(last.program, honcho)
    assert (edition.fiscal_year, edition.rate, edition.is_published()) == (year, "2分の1以内", True)
    assert (edition.same_as, edition.confirmed_by) == (last, honcho)
    assert [edition.rules.count(), edition.local_notes.count(), edition.windows.count()] == [1, 1, 0]
    assert standing_of(last.program).state == State.ASK
    assert last.rules.count() == 1


def test_the_page_says_so_until_something_changes(client, last, year):
    edition = confirm_same(last.program, make_headquarters_editor())
    words = f"{era_name(year)}も同じ内容であることを、{localdate():%Y}年{localdate().month}月{localdate().day}日に確認しました"
    assert words in page(client, "/programs/kofukin/")
    edition.rate = "3分の1以内"
    edition.save()
    assert words not in page(client, "/programs/kofukin/")


def test_a_draft_carried_over_is_taken_unless_somebody_wrote_in_it(last, year):
    honcho = make_headquarters_editor()
    fields = {"program": last.program, "fiscal_year": year, "status": "draft", "is_carried_over": True}
    draft = make_edition(**fields, rate="3分の1以内", body="本文")
    make_rule(edition=draft)
    with pytest.raises(NotConfirmed, match="すでにあります"):
        confirm_same(last.program, honcho)
    draft.rate = last.rate
    draft.save()
    assert confirm_same(last.program, honcho) == draft


def test_what_is_written_into_the_draft_at_the_same_moment_is_not_overwritten(last, year, monkeypatch):
    fields = {"program": last.program, "fiscal_year": year, "status": "draft", "is_carried_over": True}
    draft = make_edition(**fields, rate=last.rate, body=last.body)
    make_rule(edition=draft)
    watch = Recording.watch

    def written_first(recording, model, pks):
        ProgramEdition.objects.filter(pk=draft.pk).update(summary="書き直した概要")
        watch(recording, model, pks)

    monkeypatch.setattr(Recording, "watch", written_first)
    with pytest.raises(NotConfirmed, match="すでにあります"):
        confirm_same(last.program, make_headquarters_editor())


def test_a_second_person_is_told(last):
    honcho = make_headquarters_editor()
    confirm_same(last.program, honcho)
    with pytest.raises(NotConfirmed, match="すでにあります"):
        confirm_same(last.program, honcho)


def test_who_comes_second_at_the_same_moment_is_told(last, monkeypatch):
    from support import same_year

    honcho = make_headquarters_editor()
    found = same_year.confirmation_of(last.program)
    confirm_same(last.program, honcho)
    monkeypatch.setattr(same_year, "confirmation_of", lambda *args: found)
    with pytest.raises(NotConfirmed):
        confirm_same(last.program, honcho)


def test_only_who_keeps_editions_may_confirm(client, last):
    with pytest.raises(NotConfirmed):
        confirm_same(last.program, make_editor("kushiro"))
    client.force_login(make_editor("kushiro"))
    assert client.post(address([last.program])).status_code == 403


def test_many_are_confirmed_from_the_list(headquarters, last, year):
    other = make_edition(fiscal_year=year - 3)
    without = make_program()
    chosen = {"action": "confirm_same_year", "_selected_action": [last.program.pk, other.program.pk, without.pk]}
    form = headquarters.post(reverse("admin:support_program_changelist"), chosen, follow=True)
    asked = form.content.decode()
    assert "2分の1以内" in asked
    assert "受付期間1件" in asked
    assert f"「{without}」には、公開している前の年度の版がありません" in asked
    post_confirmed(headquarters, form.redirect_chain[-1][0], {})
    assert all(edition.program.editions.in_year(year).get().same_as == edition for edition in (last, other))
    assert not_begun() == []


def test_a_programme_leads_to_its_confirmation(headquarters, last):
    form = headquarters.get(reverse("admin:support_program_change", args=[last.program.pk])).content.decode()
    assert address([last.program]) in form


@pytest.mark.parametrize(
    ("earlier", "now", "text", "year", "ended"),
    [
        pytest.param([(2019, "3分の1"), (2020, "2分の1")], {"rate": "全額"}, "全額", None, False, id="its own"),
        pytest.param([(2019, "3分の1"), (2020, "2分の1")], {}, "2分の1", 2020, False, id="the newest earlier one"),
        pytest.param([(2019, "3分の1"), (2020, "")], {}, "3分の1", 2019, False, id="two years ago"),
        pytest.param([(2020, "2分の1")], {"ended_fields": ["rate"]}, "", None, True, id="ended"),
        pytest.param([], {}, "", None, False, id="never known"),
    ],
)
def test_where_a_year_is_silent_the_last_known_text_holds(earlier, now, text, year, ended):
    program = make_program()
    editions = [make_edition(program=program, fiscal_year=then, rate=rate) for then, rate in earlier]
    edition = make_edition(program=program, fiscal_year=2021, **now)
    found = known(edition, "rate", editions)
    assert (found.text, found.year, found.ended) == (text, year, ended)


def test_the_page_marks_a_text_of_another_year_and_what_ended(client, last, year):
    last.ceiling = "50万円"
    last.save()
    make_edition(program=last.program, fiscal_year=year, ended_fields=["ceiling"])
    html = page(client, "/programs/kofukin/")
    assert f'2分の1以内 <span class="stale small">{era_name(year - 1)}の内容' in html
    assert "<dd>今年度はなし</dd>" in html
    assert "今年度はなし</b>" in html or "今年度はなし</td>" in html


def test_nothing_differs_only_where_both_years_say_everything():
    program = make_program()
    before = make_edition(program=program, fiscal_year=2020, rate="2分の1", target="市町村")
    after = make_edition(program=program, fiscal_year=2021, rate="2分の1")
    assert "ちがいはありません" not in in_words(differences(before, after))
    after.target = "市町村"
    assert "ちがいはありません" in in_words(differences(before, after))
    after.target, after.ended_fields = "", ["target"]
    assert "1つの点がちがいます" in in_words(differences(before, after))


def test_a_field_that_ended_holds_no_text(last):
    last.ended_fields = ["rate"]
    with pytest.raises(Exception, match="支援の割合"):
        last.full_clean()


def test_official_pages_go_along_and_another_page_is_a_difference(last):
    last.apply_url = "https://apply.example.jp/"
    last.save()
    last.links.create(title="案内", url="https://a.example.jp/")
    edition = confirm_same(last.program, make_headquarters_editor())
    assert edition.apply_url == last.apply_url
    assert edition.is_known_the_same
    edition.links.update(url="https://b.example.jp/")
    assert not ProgramEdition.objects.get(pk=edition.pk).is_known_the_same


def test_official_pages_and_files_stand_side_by_side_where_two_years_do(client, last, year):
    last.links.create(title="去年の案内", url="https://a.example.jp/")
    edition = make_edition(program=last.program, fiscal_year=year)
    edition.links.create(title="今年の案内", url="https://b.example.jp/")
    [row] = [row for row in differences(last, edition) if row.label == "公式ページ"]
    assert (row.before, row.after, row.word) == ("去年の案内", "今年の案内", "ちがう")
