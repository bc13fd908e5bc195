"""What changed of what is public: the page, and the feed of the same rows for all, an office, a pillar and a town."""

from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from sumairu.pages import updates_page
from sumairu.updates import ledger
from sumairu.updates.models import Update
from sumairu.updates.upkeep import look_after
from support.models import Pillar
from tests.admin_forms import form_data, post_confirmed
from tests.factories import (
    make_edition,
    make_fact,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db
PAGE, FEED = "/updates/", "/updates/feed.atom"


@pytest.fixture
def told():
    """One row of each: of an office, of a pillar, of a town, and one programme that excludes the town."""
    make_subprefecture()
    town = make_municipality("釧路市")
    make_initiative(title="釧路の取組").municipalities.add(town)
    make_initiative(title="根室の取組", subprefecture=make_subprefecture("nemuro"))
    make_edition(program=make_program(official_name="お金の制度", pillar=Pillar.FINANCIAL))
    small = make_edition(program=make_program(official_name="小さなまちの制度", pillar=Pillar.HUMAN))
    make_rule(edition=small, fact=make_fact(), operator="lte", value="5000")
    make_municipal_fact(municipality=town, value=160_000)
    look_after()
    ledger.note_waiting()
    return town


def titles(client, query=""):
    feed = feedparser.parse(client.get(FEED + query).content)
    assert not feed.bozo
    return sorted(entry.title.partition("：")[2].partition("（")[0] for entry in feed.entries)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["お金の制度", "小さなまちの制度", "根室の取組", "釧路の取組"]),
        ("?office=kushiro", ["釧路の取組"]),
        ("?pillar=financial", ["お金の制度"]),
        ("?town=012068", ["お金の制度", "釧路の取組"]),
        ("?kind=initiatives", ["根室の取組", "釧路の取組"]),
        ("?office=nemuro&kind=programs", []),
        ("?office=nowhere", ["お金の制度", "小さなまちの制度", "根室の取組", "釧路の取組"]),
    ],
)
def test_a_feed_is_of_exactly_what_is_asked(client, told, query, found):
    assert titles(client, query) == found
    page = client.get(PAGE + query).content.decode()
    assert all(f">{title}</a>" in page for title in found)


def test_an_entry_tells_what_was_and_what_is(client, told):
    edition = Update.objects.get(title="お金の制度")
    Update.objects.filter(pk=edition.pk).update(
        what="changed", lines=[["割合", [["gone", "2分の1 <b>"], ["new", "定額"], ["same", "以内"]]]]
    )
    entry = next(each for each in feedparser.parse(client.get(FEED).content).entries if "お金" in each.title)
    assert "<del>2分の1 &lt;b&gt;</del><ins>定額</ins>以内" in entry.summary
    assert entry.link.endswith(edition.path)
    page = client.get(PAGE).content.decode()
    assert "2分の1</span> &lt;b&gt;" in page


def test_the_same_updates_make_the_same_feed(client, told):
    first = client.get(FEED).content
    assert client.get(FEED).content == first
    ids = [entry.id for entry in feedparser.parse(first).entries]
    assert len(set(ids)) == len(ids) == 4


def test_an_empty_feed_is_a_feed(client, db):
    feed = feedparser.parse(client.get(FEED).content)
    assert not feed.bozo
    assert feed.feed.title == "住まいる北海道 公開内容の更新"


def test_headquarters_takes_out_of_sight_what_must_not_stay(client, headquarters, told):
    update = Update.objects.get(title="釧路の取組")
    address = reverse("admin:updates_update_change", args=[update.pk])
    post_confirmed(headquarters, address, form_data(headquarters.get(address)) | {"is_hidden": "on"})
    update.refresh_from_db()
    assert update.is_hidden
    assert "釧路の取組" not in titles(client)
    assert ">釧路の取組<" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/regions/kushiro/", "office=kushiro"),
        ("/support/financial/", "pillar=financial"),
        ("/municipalities/012068/", "town=012068"),
    ],
)
def test_pages_lead_to_their_feed(client, told, page, query):
    shown = client.get(page).content.decode()
    assert shown.count(f"{FEED}?{query}") == 2  # in the head, and to be read
    assert f"{PAGE}?{query}" in shown


def test_a_page_costs_as_many_queries_for_many_updates(client, told):
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PAGE}?town=012068")
    for number in range(40):
        make_initiative(title=f"取組{number}").municipalities.add(told)
    look_after()
    ledger.note_waiting()
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PAGE}?town=012068&page=2")
    assert len(many) <= len(few) + 1


def test_what_came_together_is_all_in_the_feed(client, told, monkeypatch):
    monkeypatch.setattr(updates_page, "MOST_IN_FEED", 2)
    assert len(titles(client)) == 4
    first = Update.objects.first()
    Update.objects.filter(pk__lt=first.pk).update(happened_at=now() - timedelta(days=8))
    assert len(titles(client)) == 2
