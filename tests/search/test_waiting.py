"""Where more documents are to be written than a request has time for, the worker writes the rest."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from sumairu.imports.management.commands import run_worker
from sumairu.models import ContentVersion
from sumairu.search import index
from sumairu.search.finding import Search
from sumairu.search.models import Waiting
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from tests.factories import make_initiative, make_theme

pytestmark = pytest.mark.django_db
BEHIND = "検索に反映しているところです"


@pytest.fixture
def theme(monkeypatch):
    """A theme of five initiatives, just renamed where two documents are written at once."""
    monkeypatch.setattr(index, "WRITTEN_AT_ONCE", 2)
    theme = make_theme("森林", "forest")
    for year in range(2019, 2024):
        make_initiative(title=f"取組{year}", fiscal_year=year).themes.add(theme)
    index.rebuild()
    with recording(origin=Origin.FORM) as changes:
        changes.watch(type(theme), [theme.pk])
        theme.name = "海洋"
        theme.save()
    return theme


def found(word):
    return len(Search(word).ids)


def test_some_are_written_at_once_and_the_rest_by_the_worker(theme):
    assert (found("海洋"), found("森林")) == (2, 3)
    run_worker.look_after()
    assert (found("海洋"), found("森林")) == (5, 0)
    assert not Waiting.objects.exists()
    assert index.differences() == []


def test_pages_are_made_anew_when_all_is_written(theme):
    before = ContentVersion.current()
    assert index.write_waiting(0) == 2
    assert ContentVersion.current() == before
    assert index.write_waiting(10) == 1
    assert ContentVersion.current() > before
    assert index.write_waiting(10) == 0


def test_the_page_says_so_and_shows_every_hit_as_it_is_now(client, theme):
    page = client.get("/search/", {"q": "森林"}).content.decode()
    assert BEHIND in page
    assert "3件" in page
    assert "<mark>森林</mark>" not in page
    index.write_waiting(10)
    assert BEHIND not in client.get("/search/", {"q": "海洋"}).content.decode()


def test_the_check_says_that_the_worker_is_at_it(theme):
    with pytest.raises(CommandError, match="ワーカーが書き直している途中です"):
        call_command("search_index", check=True, stdout=StringIO())


def test_a_rebuild_leaves_nothing_to_wait_for(theme):
    call_command("search_index", stdout=StringIO())
    assert not Waiting.objects.exists()
    assert index.differences() == []


def test_a_change_that_is_rolled_back_leaves_nothing_to_do(theme):
    index.write_waiting(10)
    with transaction.atomic():
        index.changed_of(type(theme), [theme.pk])
        assert Waiting.objects.exists()
        transaction.set_rollback(True)
    assert not Waiting.objects.exists()
