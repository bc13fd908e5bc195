"""Every text in Markdown, of every model: rendered on save, right however it was written, told of before it is public."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from regions.models import Initiative, RegionalPolicy
from sumairu import texts
from sumairu.addresses import is_shown
from sumairu.lib import markdown
from sumairu.texts import MarkdownField, RenderedField, render_stored, rendered_fields
from support.cases.models import Case
from support.journal.models import Article, Issue
from support.models import LocalNote, ProgramEdition
from support.notices.models import Notice
from support.strategies.models import Frame
from tests.admin_forms import form_data
from tests.factories import (
    make_article,
    make_case,
    make_edition,
    make_editor,
    make_frame,
    make_headquarters_editor,
    make_initiative,
    make_issue,
    make_local_note,
    make_notice,
    make_policy,
)

pytestmark = pytest.mark.django_db

MAKE = {
    Initiative: make_initiative,
    RegionalPolicy: make_policy,
    ProgramEdition: make_edition,
    LocalNote: make_local_note,
    Notice: make_notice,
    Case: make_case,
    Frame: make_frame,
    Issue: make_issue,
    Article: make_article,
}
FIELDS = [
    (model, field) for model in apps.get_models() for field in model._meta.fields if isinstance(field, MarkdownField)
]
each_text = pytest.mark.parametrize(("model", "field"), FIELDS, ids=[str(field) for _, field in FIELDS])


def html_of(model, field):
    """The field that keeps what `field` becomes."""
    return next(other for owner, other in rendered_fields() if owner is model and other.source == field.name)


@pytest.fixture
def renders(monkeypatch):
    """The texts that were rendered."""
    seen = []

    def render(text, level):
        seen.append(text)
        return markdown.render(text, level)

    monkeypatch.setattr(texts, "render", render)
    return seen


@each_text
def test_a_text_is_rendered_once_when_it_is_saved(model, field, renders):
    html = html_of(model, field)
    row = MAKE[model](**{field.name: "・一\n・二"})
    assert renders == ["・一\n・二"]
    row.save()
    fresh = model.objects.get(pk=row.pk)
    assert "<li>一</li>" in getattr(fresh, html.name)
    assert renders == ["・一\n・二"]


@each_text
def test_a_text_that_came_by_another_way_is_right_all_the_same(model, field):
    name = html_of(model, field).name
    row = MAKE[model](**{field.name: "古い"})
    model.objects.filter(pk=row.pk).update(**{field.name: "新しい"})
    assert getattr(model.objects.get(pk=row.pk), name) == "<p>新しい</p>\n"
    row = model.objects.get(pk=row.pk)
    setattr(row, field.name, "書きかけ")
    assert getattr(row, name) == "<p>書きかけ</p>\n"
    row.save(update_fields=[field.name])
    assert getattr(model.objects.get(pk=row.pk), name) == "<p>書きかけ</p>\n"
    setattr(row, field.name, "まとめて")
    model.objects.bulk_update([row], [field.name])
    assert getattr(model.objects.get(pk=row.pk), name) == "<p>まとめて</p>\n"


@each_text
def test_the_command_writes_down_what_is_stale_and_then_finds_nothing(model, field, renders, monkeypatch):
    row = MAKE[model](**{field.name: "一"})
    assert render_stored() == 0
    model.objects.filter(pk=row.pk).update(**{field.name: "二"})
    monkeypatch.setattr(texts, "RENDERER", markdown.RENDERER + 1)
    renders.clear()
    call_command("render_texts")
    assert renders == ["二"]
    assert getattr(model.objects.get(pk=row.pk), html_of(model, field).name) == "<p>二</p>\n"
    assert renders == ["二"]
    assert render_stored() == 0


@each_text
def test_a_text_beyond_the_limits_is_refused_as_a_draft_too(model, field):
    row = MAKE[model](**{field.name: "一"})
    setattr(row, field.name, "[a](/b) " * 301)
    with pytest.raises(ValidationError, match="リンクが多すぎます（301か所）"):
        row.full_clean()


@each_text
def test_what_readers_would_not_see_stops_publishing_but_no_draft(model, field):
    row = MAKE[model](**{field.name: "一\n![図](a.png)\n[先](/initiatives/kushiro-1999-9/)"})
    published = {LocalNote: "edition", Article: "issue"}.get(model)
    published = getattr(row, published) if published else row
    type(published).objects.update(status="draft")
    published.status = "published"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    told = " ".join(refused.value.message_dict[field.name])
    assert "2行目：画像は本文に入れられません" in told
    assert "3行目：リンク先「/initiatives/kushiro-1999-9/」は、いま公開しているページにありません" in told
    published.status = "draft"
    row.full_clean()


def test_no_model_keeps_markdown_without_what_it_becomes():
    assert {model for model, _ in FIELDS} == set(MAKE)
    assert all(html_of(model, field) for model, field in FIELDS)
    for model in apps.get_models():
        for field in model._meta.fields:
            assert "Markdown" not in str(field.help_text), f"{field} says Markdown and is none"
            assert not isinstance(field, RenderedField) or not field.editable
            assert type(field) is not models.TextField or not field.name.endswith("_html")


def test_a_text_stored_beyond_the_limits_is_shown_in_bounds():
    row = make_initiative(body="あ" * 2_000_000)
    assert len(Initiative.objects.get(pk=row.pk).body_html) < markdown.limits.MOST_HTML


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", True),
        ("/initiatives/?year=2021", True),
        ("/initiatives/kushiro-2021-1/", True),
        ("/initiatives/kushiro-2021-2/", False),
        ("/initiatives/kushiro-2021-3/", False),
        ("/regions/kushiro/", True),
        ("/regions/nowhere/", False),
        ("/admin/", False),
        ("/admin/import/", False),
        ("/none/", False),
        ("/initiatives/%00/", False),
        ("/%E3%81%82/", False),
    ],
)
def test_an_address_is_shown_where_a_stranger_sees_a_page(address, shown):
    make_initiative(code="kushiro-2021-1", status="published")
    make_initiative(code="kushiro-2021-2", status="draft")
    assert is_shown(address) == shown


def test_a_record_may_link_to_itself_before_it_is_public():
    row = make_initiative(code="kushiro-2021-5", body="[資料](/initiatives/kushiro-2021-5/files/0123456789ab/a.pdf)")
    row.status = "published"
    row.full_clean()


def save(client, row, **typed):
    address = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    return client.post(address, form_data(client.get(address)) | typed, follow=True)


def test_the_form_of_a_draft_gives_advice_and_that_of_what_is_public_refuses(client):
    row = make_initiative(status="draft")
    client.force_login(make_editor("kushiro"))
    page = save(client, row, body="一\n![図](a.png)").content.decode()
    assert "公開する前に直してください。「本文」の2行目：画像は本文に入れられません" in page
    row.refresh_from_db()
    assert row.body.startswith("一")
    page = save(client, row, body="二\n![図](a.png)", status="published").content.decode()
    assert "2行目：画像は本文に入れられません" in page
    row.refresh_from_db()
    assert row.status == "draft"


def test_a_link_that_has_broken_since_holds_up_no_other_change(client):
    target = make_initiative(code="kushiro-2021-1", status="published")
    row = make_initiative(code="kushiro-2021-2", status="published", body="[前の取組](/initiatives/kushiro-2021-1/)")
    target.status = "ended"
    target.save()
    client.force_login(make_editor("kushiro"))
    page = save(client, row, summary="直した要約").content.decode()
    row.refresh_from_db()
    assert row.summary == "直した要約"
    assert "公開している文に直すところがあります。「本文」の1行目：リンク先「/initiatives/kushiro-2021-1/」" in page
    page = save(client, row, body=f"{row.body}\n[ない](/initiatives/kushiro-2021-9/)").content.decode()
    assert "2行目：リンク先「/initiatives/kushiro-2021-9/」" in page
    assert "1行目：リンク先" not in page
    row.refresh_from_db()
    assert "2021-9" not in row.body


def test_a_draft_with_a_broken_link_is_published_only_once_it_is_mended(client):
    row = make_initiative(status="draft", body="[ない](/initiatives/kushiro-2021-9/)")
    client.force_login(make_editor("kushiro"))
    assert "リンク先「/initiatives/kushiro-2021-9/」" in save(client, row, status="published").content.decode()
    row.refresh_from_db()
    assert row.status == "draft"


def test_publishing_from_the_list_asks_the_same_of_a_record_and_of_what_stands_beneath(client):
    note = make_local_note(edition=make_edition(status="draft"), text="![図](a.png)")
    client.force_login(make_headquarters_editor())
    chosen = {"action": "publish", "_selected_action": [note.edition.pk]}
    page = client.post(reverse("admin:support_programedition_changelist"), chosen, follow=True).content.decode()
    assert "1行目：画像は本文に入れられません" in page
    note.edition.refresh_from_db()
    assert note.edition.status == "draft"
