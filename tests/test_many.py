"""The rows that the bench is measured with: as many as asked for, gone again without a trace, and no page asks more for more."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command

from regions.models import Initiative
from sumairu.models import ContentVersion
from sumairu.search import index
from sumairu.updates import ledger
from sumairu.updates.models import LastPublic, Update, UpdateFacet
from support.models import ApplicationWindow, BudgetFigure
from tests.bench import many
from tests.costs import page, queries_of
from tests.factories import make_budget_figure, make_initiative, make_subprefecture, make_window

State = ApplicationWindow.State
pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
PAGES = {
    "list": "/initiatives/",
    "list of all years": "/initiatives/?year=",
    "page far in": "/initiatives/?year=&page=50",
    "office": "/initiatives/?year=&office=kushiro",
    "theme": "/initiatives/?year=&theme={theme}",
    "town": "/municipalities/012068/",
    "town in the list": "/initiatives/?year=&town=012068",
    "region": "/regions/kushiro/",
    "home": "/",
    "calls": "/calls/",
    "calls of a town": "/calls/?town=012068",
    "calls of a month": "/calls/2026/12/",
    "calendar": "/calls/calendar.ics",
    "feed of calls": "/calls/feed.atom?pillar=financial",
    "updates": "/updates/",
    "feed of updates": "/updates/feed.atom?town=012068",
    "initiatives of an office as JSON": "/api/v1/initiatives?office=kushiro",
    "windows as JSON": "/api/v1/windows",
    "towns compared": "/compare/?towns=012068,012076",
    "offices compared": "/compare/?offices=kushiro,tokachi",
    "support": "/support/",
    "support for a town": "/support/find/?town=012068&pillar=financial&when=now",
    "program": "/programs/keisoku-mihon-000/",
    "search": "/search/?q=観光&kind=initiatives",
    "sitemap": "/sitemap.xml",
    "sitemap of initiatives": "/sitemap-initiatives.xml",
}


@pytest.fixture
def facts(db):
    call_command("load_facts", verbosity=0)


def test_what_was_made_goes_again_and_nothing_else(facts):
    make_initiative(is_sample=True, subprefecture=make_subprefecture()), make_budget_figure()
    make_window(is_sample=True, closes_on=None)
    ledger.touch_by_days()
    ledger.note_waiting()
    index.rebuild()
    before = _rows()
    many.add(300)
    assert Initiative.objects.filter(source=many.SOURCE).count() == 300
    assert Initiative.objects.filter(source=many.SOURCE).published().count() == 300
    assert BudgetFigure.objects.published().count() == 301
    assert ApplicationWindow.objects.speaking().filter(edition__summary=many.SOURCE).count() == 300
    made = Update.objects.filter(path__contains="-1000")
    assert made.count() == LastPublic.objects.filter(path__contains="-1000").count() == 300
    assert UpdateFacet.objects.filter(update__in=made, facet="kind=initiatives").count() == 300
    assert not index.differences()
    assert many.remove() == 300
    assert _rows() == before
    assert not index.differences()


def test_the_same_number_makes_the_same_rows(facts):
    many.add(20)
    first = list(Initiative.objects.filter(source=many.SOURCE).order_by("code").values_list("code", "title", "body"))
    many.remove()
    many.add(20)
    again = Initiative.objects.filter(source=many.SOURCE).order_by("code")
    assert list(again.values_list("code", "title", "body")) == first


def test_windows_of_the_year_that_runs_are_over_open_and_to_come(facts):
    many.add(400)
    states = {window.state(date(2026, 11, 29)) for window in ApplicationWindow.objects.select_related("edition")}
    assert states >= {State.CLOSED, State.OPEN, State.SOON, State.ALL_YEAR}


def test_no_page_asks_the_database_more_often_for_more(client, facts):
    theme = Initiative.themes.rel.model.objects.first().slug
    addresses = {name: address.format(theme=theme) for name, address in PAGES.items()}
    many.add(280)
    few = {name: queries_of(client, address) for name, address in addresses.items()}
    assert "見本" in page(client, PAGES["town"])
    many.remove()
    many.add(1_400)
    assert {name: queries_of(client, address) for name, address in addresses.items()} == few


def _rows():
    """How many rows every table has; the version of the content moves."""
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models() if model is not ContentVersion
    }
