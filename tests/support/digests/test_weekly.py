"""The mail of a week: what a place can use, once for each subscriber, or none where there is nothing to say."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from sumairu.lib.days import full_day
from sumairu.logs import TOKYO
from sumairu.outbox.models import Message
from sumairu.outbox.writing import mailing
from sumairu.updates.models import Update, UpdateFacet
from support.digests import beat, weekly
from support.digests.models import Delivery, Week
from support.models import ApplicationWindow
from support.town_updates import concerning
from tests.at_once import at_once
from tests.factories import (
    make_edition,
    make_fact,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_subscriber,
    make_update,
    make_window,
)
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db

MONDAY = localdate() - timedelta(days=localdate().weekday())
LINES = [["締切", [["gone", "12月1日"], ["new", "12月15日"]]]]


def tokyo(*parts):
    return datetime(*parts, tzinfo=TOKYO)


def make_call(days=10, **kw):
    edition = make_edition(program=make_program(**kw))
    return make_window(edition=edition, closes_on=localdate() + timedelta(days=days))


def changed(edition, **kw):
    update = make_update(kind="programs", row=edition.pk, what="changed", title=str(edition.program), lines=LINES, **kw)
    UpdateFacet.objects.create(update=update, facet=f"pillar={edition.program.pillar}")
    return update


def mails():
    return {mail.to: mail for mail in Message.objects.all()}


def test_a_mail_says_what_ends_soon_and_what_changed_from_what_to_what():
    window = make_call(plain_name="にぎわい")
    changed(window.edition)
    make_subscriber()
    assert weekly.make(MONDAY) == 1
    mail = Message.objects.get()
    assert mail.subject == "厚岸町：締切1件、更新1件（住まいる北海道）"
    for said in (mail.text, mail.html):
        assert str(window.edition.program) in said
        assert "12月1日" in said
        assert "12月15日" in said
        assert said.count("http://127.0.0.1:8000/link/?token=") == 2
    assert "<img" not in mail.html
    assert "style" not in mail.html
    assert {address.split("/")[2] for address in mail.text.split() if "://" in address} == {"127.0.0.1:8000"}
    stop = mail.headers["List-Unsubscribe"].strip("<>")
    assert stop in mail.text
    assert stop in mail.html


def test_where_there_is_nothing_to_say_there_is_no_mail():
    make_call(days=22)
    make_subscriber()
    assert weekly.make(MONDAY) == 0
    assert Delivery.objects.get().has_mail is False


def test_nobody_gets_two_mails_in_a_week_and_the_next_tells_only_of_what_is_new():
    edition = make_edition()
    changed(edition)
    make_subscriber()
    assert [weekly.make(MONDAY), weekly.make(MONDAY)] == [1, 0]
    assert weekly.make(MONDAY + weekly.WEEK) == 0
    changed(edition)
    assert weekly.make(MONDAY + 2 * weekly.WEEK) == 1


def test_what_is_interrupted_goes_on_where_it_stood(monkeypatch):
    make_call()
    for number in range(5):
        make_subscriber(f"town{number}@example.jp")
    monkeypatch.setattr(weekly, "AT_ONCE", 2)
    assert weekly.make(MONDAY, seconds=1e-9) == 2
    assert Week.objects.get().finished_at is None
    assert weekly.make(MONDAY) == 3
    assert Week.objects.get().finished_at
    assert len(mails()) == 5


def test_two_workers_at_once_write_each_mail_once(shared_database):  # noqa: F811
    make_call()
    for number in range(20):
        make_subscriber(f"town{number}@example.jp")
    assert sum(at_once(lambda: weekly.make(MONDAY), lambda: weekly.make(MONDAY))) == 20
    assert Message.objects.count() == 20


def test_a_town_hears_nothing_of_what_excludes_it():
    window = make_call()
    changed(window.edition)
    fact = make_fact()
    make_rule(edition=window.edition, fact=fact, operator="lt", value="10")
    make_municipal_fact(fact=fact, municipality=make_municipality("厚岸町"), value="9000")
    make_subscriber()
    assert weekly.make(MONDAY) == 0
    make_subscriber("office@example.jp", subprefecture=make_subprefecture())
    assert weekly.make(MONDAY) == 1


def test_one_hears_of_the_pillars_and_kinds_one_chose():
    human, financial = make_call(pillar="human"), make_call(pillar="financial")
    for window in (human, financial):
        changed(window.edition)
    make_subscriber("pillar@example.jp", pillars=["human"])
    make_subscriber("kind@example.jp", kinds=["deadlines"])
    make_subscriber("other@example.jp", kinds=["initiatives"])
    weekly.make(MONDAY)
    assert sorted(mails()) == ["kind@example.jp", "pillar@example.jp"]
    assert "締切1件、更新1件" in mails()["pillar@example.jp"].subject
    assert str(financial.edition.program) not in mails()["pillar@example.jp"].text
    assert "締切2件（" in mails()["kind@example.jp"].subject


def test_samples_are_told_of_in_the_demo_alone(settings):
    window = make_call()
    ApplicationWindow.objects.update(is_sample=True)
    changed(window.edition, is_sample=True)
    make_subscriber()
    assert weekly.make(MONDAY) == 0
    settings.SHOWS_MAIL = True
    assert weekly.make(MONDAY + weekly.WEEK) == 1


def test_what_is_noted_late_or_hidden_is_no_news():
    edition = make_edition()
    changed(edition, happened_at=tokyo(2021, 4, 1))
    changed(edition, is_hidden=True)
    make_subscriber()
    Week.objects.create(monday=MONDAY - weekly.WEEK, up_to=0, after=0)
    assert weekly.make(MONDAY) == 0


def test_all_who_chose_the_same_cost_no_more_queries_than_one():
    def queries(people):
        for number in range(people):
            make_subscriber(f"town{people}-{number}@example.jp")
        Week.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            weekly.make(MONDAY)
        return len(captured)

    make_call()
    mailing(weekly.KIND, f"週に1度のメール（{full_day(MONDAY)}の週）")
    assert queries(1) == queries(20)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (tokyo(2026, 11, 30, 6, 59), None),
        (tokyo(2026, 11, 30, 7, 0), date(2026, 11, 30)),
        (tokyo(2026, 12, 2, 12, 0), date(2026, 11, 30)),
        (tokyo(2026, 12, 6, 21, 0), None),
    ],
)
def test_mail_is_made_by_day_from_monday_at_seven_on(moment, monday):
    assert weekly.monday_of(moment) == monday


def test_the_worker_makes_it_once(monkeypatch):
    make_call(), make_subscriber()
    monkeypatch.setattr(weekly, "monday_of", lambda at=None: MONDAY)
    for _ in range(3):
        monkeypatch.setattr(beat, "_looked_at", float("-inf"))
        beat.look_after()
    assert Message.objects.count() == 1


def test_a_dry_run_says_what_and_why_not_and_no_address():
    make_call()
    make_subscriber(), make_subscriber("nobody@example.jp", kinds=["initiatives"])
    out = StringIO()
    call_command("send_digest", dry_run=True, stdout=out)
    assert (
        "t***@akkeshi.example.jp　厚岸町｜すべての支援の柱｜締切とすべての更新　送る：厚岸町：締切1件" in out.getvalue()
    )
    assert "n***@example.jp" in out.getvalue()
    assert "送らない：変わったことも" in out.getvalue()
    assert "tantou" not in out.getvalue()
    assert not Message.objects.exists()
    assert not Week.objects.exists()
    call_command("send_digest", stdout=out)
    assert "1通作りました" in out.getvalue()


def test_the_page_of_updates_and_the_mail_mean_the_same_by_a_town():
    town = make_municipality("厚岸町")
    of_town = make_update()
    UpdateFacet.objects.create(update=of_town, facet=f"town={town.code}")
    make_update()
    program = changed(make_edition())
    assert set(concerning(Update.objects.visible(), town)) == {of_town, program}
