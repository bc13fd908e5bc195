"""The ledger tells of what the public saw come, change and go, whatever way it came by, and of nothing else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from regions.models import Initiative
from sumairu.publishing.models import Status
from sumairu.updates import ledger
from sumairu.updates.models import LastPublic, Touched, Update, What
from sumairu.updates.upkeep import look_after
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support.models import ProgramEdition
from tests.admin_forms import form_data, post_confirmed
from tests.factories import (
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_of_all():
    """Offices are no news once the first were told of."""
    make_subprefecture()
    look_after()
    ledger.note_waiting()
    Update.objects.all().delete()


def saved(row, **fields):
    """A row as a way in saves it, and the worker after it."""
    with recording(origin=Origin.COMMAND) as changes:
        changes.watch(type(row), [row.pk])
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    ledger.note_waiting()
    return list(Update.objects.order_by("pk"))


def new(make, **fields):
    with recording(origin=Origin.COMMAND) as changes:
        row = make(**fields)
        changes.made(type(row), [row.pk])
    ledger.note_waiting()
    return row


def make_concerning(**fields):
    initiative = make_initiative(**fields)
    initiative.municipalities.add(make_municipality("釧路市"))
    initiative.themes.add(make_theme())
    return initiative


def test_what_becomes_public_is_told():
    initiative = new(make_concerning, title="海の観光")
    (update,) = Update.objects.all()
    assert (update.what, update.title, update.path) == (What.NEW, "海の観光", initiative.get_absolute_url())
    assert update.note == "釧路総合振興局　令和3年度（2021）"
    assert {facet.facet for facet in update.facets.all()} == {
        "kind=initiatives", "year=2021", "office=kushiro", "theme=tourism", "town=012068",
    }  # fmt: skip


def test_a_change_is_told_part_by_part_with_what_stood_before():
    edition = new(make_edition, rate="2分の1以内", target="市町村")
    *_, update = saved(edition, rate="3分の2以内")
    assert update.what == What.CHANGED
    assert update.drawn == [
        ("支援の割合", [("gone", "2"), ("new", "3"), ("same", "分の"), ("gone", "1"), ("new", "2"), ("same", "以内")])
    ]


def test_what_is_no_part_of_the_public_file_is_no_news():
    initiative = new(make_initiative)
    assert len(saved(initiative, order=7)) == 1


def test_a_draft_comes_into_it_by_no_way():
    initiative = new(make_initiative, status=Status.DRAFT, title="まだ言わない")
    assert not saved(initiative, title="まだまだ言わない")
    (update,) = saved(initiative, status=Status.PUBLISHED, title="これから")
    assert update.what == What.NEW
    *_, ended = saved(initiative, status=Status.DRAFT, title="書き直し中の秘密")
    assert (ended.what, ended.title) == (What.ENDED, "これから")
    *_, again = saved(initiative, status=Status.PUBLISHED, title="書き直した")
    assert (again.what, again.lines) == (What.NEW, [])
    assert not LastPublic.objects.filter(title__contains="秘密")
    assert "秘密" not in str(list(Update.objects.values()))


def test_days_alone_publish_and_end():
    tomorrow = localdate() + timedelta(days=1)
    new(make_initiative, title="あすから", publish_on=tomorrow)
    new(make_initiative, title="きょうまで", unpublish_on=localdate())
    assert list(Update.objects.values_list("title", flat=True)) == ["きょうまで"]
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now() + timedelta(days=1)
        patch.setattr(timezone, "now", lambda: later)
        look_after()
        ledger.note_waiting()
    found = Update.objects.exclude(title="きょうまで", what=What.NEW)
    assert sorted(found.values_list("title", "what")) == [("あすから", What.NEW), ("きょうまで", What.ENDED)]
    look_after()
    assert not Touched.objects.filter(kind="programs")


def test_a_row_that_came_before_the_ledger_is_dated_by_its_day():
    initiative = make_initiative()
    day = localdate() - timedelta(days=30)
    Initiative.objects.filter(pk=initiative.pk).update(first_public_on=day)
    look_after()
    ledger.note_waiting()
    assert localdate(Update.objects.get().happened_at) == day


def test_a_form_tells_of_it(headquarters):
    edition = new(make_edition, program=make_program(slug="kofukin"), rate="2分の1以内")
    address = reverse("admin:support_programedition_change", args=[edition.pk])
    data = form_data(headquarters.get(address))
    post_confirmed(headquarters, address, data | {"rate": "定額"})
    assert ProgramEdition.objects.get().rate == "定額"
    ledger.note_waiting()
    assert [label for label, _ in Update.objects.first().drawn] == ["支援の割合"]


def test_a_sample_goes_without_a_trace():
    initiative = new(make_initiative, is_sample=True, title="見本の取組")
    with recording(origin=Origin.COMMAND) as changes:
        changes.watch(Initiative, [initiative.pk])
        initiative.delete()
    ledger.note_waiting()
    assert not Update.objects.exists()
    assert not LastPublic.objects.filter(kind="initiatives")


def test_what_any_row_may_say_otherwise_is_looked_at_row_by_row():
    initiative = new(make_initiative, title="はじめ")
    with recording(origin=Origin.COMMAND) as changes:
        changes.watch_all()
        Initiative.objects.filter(pk=initiative.pk).update(title="つぎ")
    assert ledger.note_waiting() == 1
    assert not Touched.objects.exists()


def test_many_rows_take_as_many_queries_as_few(django_assert_max_num_queries):
    for _ in range(30):
        make_initiative()
    ledger.touch_by_days()
    with django_assert_max_num_queries(40):
        ledger.note_waiting()
    assert Update.objects.count() == 30


def test_what_is_public_again_is_told_as_of_today():
    initiative = new(make_initiative)
    long_ago = localdate() - timedelta(days=300)
    Initiative.objects.filter(pk=initiative.pk).update(first_public_on=long_ago)
    initiative.refresh_from_db()
    saved(initiative, status=Status.ENDED)
    *_, again = saved(initiative, status=Status.PUBLISHED)
    assert (again.what, localdate(again.happened_at)) == (What.NEW, localdate())
    assert Update.objects.first() == again


def test_what_no_feed_may_hold_comes_into_none(client):
    edition = new(make_edition, target="市町村")
    saved(edition, target="市\x0b町\x01村など")
    assert "\x0b" not in str(list(Update.objects.values())) + str(list(LastPublic.objects.values()))
    assert client.get("/updates/feed.atom").status_code == 200


def test_of_a_row_whose_newest_update_is_hidden_nothing_is_told():
    initiative = new(make_initiative)
    *_, ended = saved(initiative, status=Status.ENDED)
    assert Update.objects.newest_of(initiative) == ended
    ended.is_hidden = True
    ended.save()
    assert Update.objects.newest_of(initiative) is None


def test_hiding_an_update_does_away_with_its_words():
    edition = new(make_edition, target="市町村")
    *_, update = saved(edition, target="0000-00-0000へ")
    update.is_hidden = True
    update.save()
    assert Update.objects.get(pk=update.pk).lines == []


def test_a_sample_that_had_ended_goes_too():
    initiative = new(make_initiative, is_sample=True)
    saved(initiative, status=Status.ENDED)
    with recording(origin=Origin.COMMAND) as changes:
        changes.watch_all()
        initiative.delete()
    ledger.note_waiting()
    assert not Update.objects.exists()


def test_a_part_that_a_kind_did_not_have_is_no_news():
    edition = new(make_edition, target="市町村", rate="定額")
    last = LastPublic.objects.get(kind="programs")
    del last.content["rate"]
    last.save()
    *_, update = saved(edition, target="団体")
    assert [label for label, _ in update.drawn] == ["対象者"]
    assert LastPublic.objects.get(kind="programs").content["rate"] == "定額"


def test_a_row_that_cannot_be_told_of_holds_up_no_other(monkeypatch):
    bad, good = make_initiative(title="壊れた"), make_initiative(title="よい")
    real = ledger._state

    def state(kind, row):
        if row.pk == bad.pk and kind.slug == "initiatives":
            raise ValueError
        return real(kind, row)

    monkeypatch.setattr(ledger, "_state", state)
    look_after()
    ledger.note_waiting()
    assert [update.title for update in Update.objects.all()] == [good.title]
    assert not Touched.objects.exists()


def test_a_row_that_cannot_be_told_of_costs_no_other_its_news_where_two_workers_are_at_it(monkeypatch):
    bad, good = make_initiative(title="壊れた"), make_initiative(title="よい")
    for row in (bad, good):
        ledger.touched({"initiatives": [row.pk]})
    state, one_at_a_time, failed = ledger._state, ledger.one_at_a_time, []

    def fails(kind, row):
        if row.pk == bad.pk:
            failed.append(row)
            raise ValueError
        return state(kind, row)

    def other_worker_first(name):
        if failed:
            monkeypatch.setattr(ledger, "one_at_a_time", one_at_a_time)
            ledger.note_waiting(1e-9)  # one step
        one_at_a_time(name)

    monkeypatch.setattr(ledger, "_state", fails)
    monkeypatch.setattr(ledger, "one_at_a_time", other_worker_first)
    ledger.note_waiting()
    assert [update.title for update in Update.objects.all()] == [good.title]


def test_headquarters_sees_what_it_is_to_hide(headquarters):
    edition = new(make_edition, target="市町村")
    first, changed = saved(edition, target="市町村など")
    shown = [
        headquarters.get(reverse("admin:updates_update_change", args=[update.pk])).content.decode()
        for update in (first, changed)
    ]
    said = [re.search(r"変わったところ.*?<div class=\"readonly\">(.*?)見本", page, re.DOTALL)[1] for page in shown]
    assert said[0].startswith("—")
    assert "<ins" in said[1]
