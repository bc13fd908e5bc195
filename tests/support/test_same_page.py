"""「今年度も同じ」 on the staff side: what will be published, what the public will see of it, and only then done."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from support.models import ProgramEdition
from tests.admin_forms import post_confirmed
from tests.factories import make_edition, make_headquarters_editor, make_program, make_window

pytestmark = pytest.mark.django_db


@pytest.fixture
def headquarters(client):
    client.force_login(make_headquarters_editor())
    return client


def last_year(name="海岸の補助金", **kw):
    return make_edition(program=make_program(official_name=name), fiscal_year=fiscal_year_on(localdate()) - 1, **kw)


def url(*editions):
    given = urlencode({"id": [edition.program_id for edition in editions]}, doseq=True)
    return f"{reverse('admin:support_program_same')}?{given}"


def this_year():
    return ProgramEdition.objects.in_year(fiscal_year_on(localdate()))


def test_confirming_says_what_the_public_will_see_and_changes_nothing_yet(headquarters):
    last = last_year()
    make_window(edition=last)
    page = headquarters.post(url(last))
    words = page.content.decode()
    assert "公開ページがこう変わります" in words
    assert "表示する年度" in words
    assert "確認し、公開しました" not in words
    assert not this_year().exists()


def test_what_was_shown_is_done_and_told(headquarters):
    one, other = last_year(), last_year("山の補助金")
    page = post_confirmed(headquarters, url(one, other), {}, follow=True).content.decode()
    assert page.count("同じ内容であることを確認し、公開しました") == 2
    assert {edition.same_as for edition in this_year()} == {one, other}


def test_what_hinders_one_does_not_hinder_the_other(headquarters):
    one, other = last_year(), last_year("山の補助金")
    make_edition(program=other.program, fiscal_year=fiscal_year_on(localdate()), status="draft", summary="書きかけ")
    page = post_confirmed(headquarters, url(one, other), {}, follow=True).content.decode()
    assert "「海岸の補助金」は" in page
    assert "「山の補助金」の" in page
    assert "すでにあります（下書き）" in page
    assert [edition.program for edition in this_year().published()] == [one.program]
