"""The index of the search is what a rebuild would make of it, whatever was changed and however."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from regions.imports import towns
from regions.models import IndicatorFigure
from sumairu.search import index, words
from sumairu.search.finding import Search
from sumairu.search.models import Document
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support import imports
from tests.factories import (
    make_desk,
    make_edition,
    make_indicator,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed():
    make_initiative(title="海の観光")
    make_initiative(title="まだの取組", status="draft")
    make_edition(program=make_program(official_name="応援団会議"))
    make_municipality("釧路市")
    index.rebuild()


def check():
    out = StringIO()
    call_command("search_index", check=True, stdout=out)
    return out.getvalue()


def test_what_is_there_is_as_a_rebuild_makes_it(indexed):
    assert check() == "索引は、いまの内容のとおりです：4件\n"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda: Document.objects.filter(kind="offices").delete(), "ない：総合振興局・振興局「釧路総合振興局」"),
        (lambda: Document.objects.filter(kind="programs").update(title="x"), "違う：支援制度「応援団会議」"),
        (lambda: words.clear(), "言葉が違う：支援制度「応援団会議」"),
        (lambda: Document.objects.filter(kind="programs").update(id=7), "余る：支援制度「応援団会議」"),
    ],
    ids=["missing", "different", "without words", "left over"],
)
def test_what_is_not_is_told_and_mended(indexed, spoil, told):
    spoil()
    with pytest.raises(CommandError, match=told):
        check()
    call_command("search_index", anew=True, stdout=StringIO())
    assert "4件" in check()


def test_what_stays_the_same_is_not_written_again(indexed):
    Document.objects.update(is_read=True)
    call_command("search_index", stdout=StringIO())
    assert not Document.objects.filter(is_read=False).exists()


def test_a_kind_that_is_no_more_leaves_nothing(indexed):
    Document.objects.filter(kind="programs").update(kind="none")
    index.rebuild()
    assert check()
    assert not Document.objects.filter(kind="none").exists()


def test_a_row_that_is_gone_is_found_no_more(indexed):
    row = make_initiative(title="森")
    index.changed([("initiatives", row.pk)])
    assert len(Search("森").ids) == 1
    type(row).objects.filter(pk=row.pk).update(status="draft")
    index.changed([("initiatives", row.pk)])
    assert Search("森").ids == []


@contextmanager
def recorded(*rows):
    with recording(origin=Origin.FORM) as changes:
        for row in rows:
            changes.watch(type(row), [row.pk])
        yield


def test_what_showed_a_record_before_it_moved_is_written_too():
    desk = make_desk(section="商工観光課", subprefecture=make_subprefecture("kushiro"))
    make_subprefecture("nemuro")
    index.rebuild()
    with recorded(desk):
        desk.subprefecture = make_subprefecture("nemuro")
        desk.save()
    assert index.differences() == []


def test_so_is_what_showed_a_record_that_is_gone():
    initiative = make_initiative(publish_on=localdate() + timedelta(days=1))
    initiative.themes.add(theme := make_theme("水産業", "fishery"))
    index.rebuild()
    with recorded(theme):
        theme.delete()
    assert index.differences() == []


def test_a_record_that_was_not_changed_is_not_written():
    row = make_initiative(title="海")
    type(row).objects.filter(pk=row.pk).update(title="森")
    with recorded(row):
        pass
    assert Document.objects.count() == 0


def test_an_indicator_is_found_from_its_first_figure_to_its_last(editor):
    figure = IndicatorFigure(
        indicator=make_indicator("観光客数"), municipality=make_municipality("釧路市"), fiscal_year=2021, amount=5
    )
    index.rebuild()
    assert Search("観光客数").ids == []
    figure.type_in(editor)
    assert len(Search("観光客数").ids) == 1
    assert index.differences() == []
    figure.take_out(editor)
    assert Search("観光客数").ids == []
    assert index.differences() == []


def test_a_name_that_an_import_remembers_is_found():
    town, edition = make_municipality("釧路市"), make_edition(program=make_program(slug="ouendan"))
    index.rebuild()
    towns.remember(SimpleNamespace(about="town", name="霧の都"), town.code)
    imports.remember(SimpleNamespace(about="name", name="応援の輪"), f"program:{edition.program.slug}")
    assert len(Search("霧の都").ids) == len(Search("応援の輪").ids) == 1
    assert index.differences() == []


def test_a_draft_that_the_index_has_by_mistake_is_shown_to_nobody():
    row = make_initiative(title="森")
    index.rebuild()
    type(row).objects.filter(pk=row.pk).update(status="draft")
    found = Search("森")
    assert len(found.ids) == 1
    assert found.hits(found.ids) == []
