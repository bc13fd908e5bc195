"""The rows that the bench is measured with: as many as asked for, gone again without a trace, and no page asks more for more."""

import pytest
from django.apps import apps
from django.core.management import call_command

from regions.models import Initiative
from sumairu.models import ContentVersion
from sumairu.search import index
from support.models import BudgetFigure
from tests.bench import many
from tests.costs import page, queries_of
from tests.factories import make_budget_figure, make_initiative, make_subprefecture

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
    "search": "/search/?q=観光&kind=initiatives",
    "sitemap": "/sitemap.xml",
    "sitemap of initiatives": "/sitemap-initiatives.xml",
}


@pytest.fixture
def facts(db):
    call_command("load_facts", verbosity=0)


def test_what_was_made_goes_again_and_nothing_else(facts):
    make_initiative(is_sample=True, subprefecture=make_subprefecture()), make_budget_figure()
    index.rebuild()
    before = _rows()
    many.add(300)
    assert Initiative.objects.filter(source=many.SOURCE).count() == 300
    assert Initiative.objects.filter(source=many.SOURCE).published().count() == 300
    assert BudgetFigure.objects.published().count() == 301
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
