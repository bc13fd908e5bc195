"""What an app has to say on another's page: every page of one thing asks for it, in one place."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import engines

from regions.models import Municipality, Subprefecture
from sumairu import related
from sumairu.convention import modules_named
from sumairu.descriptions import described
from sumairu.related import Block, blocks
from support.models import Program, ProgramEdition
from support.related import programs_of_themes
from tests.costs import page, queries_of
from tests.factories import (
    make_article,
    make_case,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipality,
    make_notice,
    make_policy,
    make_program,
    make_strategy,
    make_theme,
)

pytestmark = pytest.mark.django_db

KINDS = described()


@pytest.fixture
def one_of_each():
    town = make_municipality("釧路市")
    make_initiative(subprefecture=town.subprefecture)
    make_policy(subprefecture=town.subprefecture)
    make_edition()
    make_article()
    make_notice()
    make_case()
    make_indicator_figure(indicator=make_indicator(slug="tax"), municipality=town)
    make_strategy(municipality=town), make_frame()


def telling(model, order=0):
    return lambda thing, on: Block(f"{model.__name__}の章", "_sample.html", {"is_sample": True}, f"{thing.pk}", order)


@pytest.fixture
def toy(monkeypatch):
    """An app that has something to say on every page there is, and beside it those that there are."""
    models = [kind.model for kind in KINDS] + [Program]
    app = SimpleNamespace(RELATED={model: [telling(model)] for model in models})
    monkeypatch.setattr(related, "modules_named", lambda name: (*modules_named(name), app))


@pytest.mark.parametrize("kind", KINDS, ids=[kind.slug for kind in KINDS])
def test_every_page_of_one_thing_asks(client, one_of_each, toy, kind):
    row = kind.public()[0]
    html = page(client, row.get_absolute_url())
    assert f"{kind.model.__name__}の章</h2><p>{row.pk}</p>" in html
    if kind.model is ProgramEdition:
        assert "Programの章" in html


def test_blocks_come_in_their_order_and_what_is_nothing_is_left_out(monkeypatch):
    town = make_municipality()
    app = SimpleNamespace(
        RELATED={Municipality: [telling(Municipality, 2), telling(Subprefecture, 1), lambda thing, on: None]}
    )
    monkeypatch.setattr(related, "modules_named", lambda name: (app,))
    assert [block.title for block in blocks([town, None])] == ["Subprefectureの章", "Municipalityの章"]


def test_what_is_said_is_said_of_a_day(monkeypatch):
    days = []
    app = SimpleNamespace(RELATED={Municipality: [lambda thing, on: days.append(on)]})
    monkeypatch.setattr(related, "modules_named", lambda name: (app,))
    assert blocks([make_municipality()], date(2026, 4, 1)) == []
    assert days == [date(2026, 4, 1)]


def test_what_a_block_says_is_no_markup(monkeypatch):
    app = SimpleNamespace(RELATED={Municipality: [lambda thing, on: Block("<b>", "_sample.html", {}, "<i>")]})
    monkeypatch.setattr(related, "modules_named", lambda name: (app,))
    html = engines["django"].from_string("{% related town %}").render({"town": make_municipality()})
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html


def theme(name):
    return make_theme(name, {"観光": "tourism", "移住": "moving", "漁業": "fishery"}[name])


@pytest.fixture
def initiative():
    initiative = make_initiative()
    initiative.themes.add(*map(theme, ("観光", "移住")))
    return initiative


def helping(name, *themes, **edition):
    program = make_program(official_name=name)
    program.themes.add(*map(theme, themes))
    make_edition(program=program, **edition)


def test_an_initiative_leads_to_programmes_of_its_themes(client, initiative):
    helping("観光の制度", "観光", "移住")
    helping("漁業の制度", "漁業")
    helping("まだの制度", "観光", status="draft")
    html = page(client, initiative.get_absolute_url())
    assert html.count(">同じ分野の支援制度</h2>") == 1
    assert html.count(">観光の制度") == 1
    assert "漁業の制度" not in html
    assert "まだの制度" not in html


def test_without_such_programmes_nothing_is_said(client, initiative):
    helping("漁業の制度", "漁業")
    assert "同じ分野の支援制度" not in page(client, initiative.get_absolute_url())
    assert programs_of_themes(make_initiative(), date(2026, 4, 1)) is None


def test_an_initiative_takes_as_many_queries_for_many_programmes(client, initiative):
    helping("観光の制度", "観光")
    one = queries_of(client, initiative.get_absolute_url())
    for number in range(5):
        helping(f"移住の制度{number}", "移住")
    assert queries_of(client, initiative.get_absolute_url()) == one
