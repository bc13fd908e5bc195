"""The index of the search is what a rebuild would make of it, whatever was changed and however."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sumairu.search import index, words
from sumairu.search.finding import Search
from sumairu.search.models import Document
from tests.factories import make_edition, make_initiative, make_municipality, make_program

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
