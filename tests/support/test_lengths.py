"""The lengths of the 支援制度 standard: advice on the form, and when what is longer has been saved; never a wall."""

import pytest
from django.urls import reverse

from sumairu.descriptions import limits
from support.models import Program, ProgramEdition
from tests.admin_forms import form_data
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

LENGTHS = {  # 自治体標準オープンデータセット「支援制度」
    (Program, "official_name"): 40,
    (Program, "plain_name"): 40,
    (ProgramEdition, "summary"): 200,
    (ProgramEdition, "body"): 5_000,
    (ProgramEdition, "target"): 500,
    (ProgramEdition, "pays_for"): 200,
    (ProgramEdition, "how_to_apply"): 500,
    (ProgramEdition, "legal_basis"): 500,
}


@pytest.fixture
def edition():
    return make_edition(status="draft")


def change(row):
    return reverse(f"admin:support_{row._meta.model_name}_change", args=[row.pk])


def saved(client, row, **fields):
    response = client.post(change(row), form_data(client.get(change(row))) | fields, follow=True)
    row.refresh_from_db()
    return response.content.decode()


def test_the_lengths_are_those_of_the_standard():
    assert limits() == LENGTHS


def test_the_form_says_how_long_a_text_should_be(headquarters, edition):
    html = headquarters.get(change(edition)).content.decode()
    assert html.count("200字までが目安です。") == 2
    assert "5,000字までが目安です。" in html
    assert "したいことから始めます。40字までが目安です。" in headquarters.get(change(edition.program)).content.decode()


def test_what_is_longer_is_saved_and_told(headquarters, edition):
    html = saved(headquarters, edition, summary="あ" * 201, target="い" * 1_000)
    assert "「概要」は201字（目安は200字まで）、「対象者」は1,000字（目安は500字まで）。" in html
    assert edition.summary == "あ" * 201


def test_what_is_just_as_long_is_not_told(headquarters, edition):
    html = saved(headquarters, edition, summary="あ" * 200)
    assert edition.summary == "あ" * 200
    assert "国の標準の長さ" not in html
