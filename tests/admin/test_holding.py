"""A save that stops for a page in between: nothing is saved meanwhile, and nothing that was typed is lost."""

import pytest
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import reverse

from regions.admin.initiatives import InitiativeAdmin
from regions.models import Initiative
from sumairu.admin.holding import Held, held_fields
from sumairu.publishing.models import Status
from tests.admin_forms import form_data, posted_again
from tests.factories import make_editor, make_initiative, make_municipality, make_theme

pytestmark = pytest.mark.django_db

PAGE = '<form method="post">{% include "admin/_held.html" %}<button name="sure" value="1">保存する</button></form>'
AS_TYPED = "　一行目\r\n・二行目 <b>&amp; \"'\r\n\r\n"


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


@pytest.fixture
def asking(monkeypatch):
    """Saves, deletions and list actions of initiatives are held until the person is sure."""

    def hold(request):
        if "sure" not in request.POST:
            context = {"held": held_fields(request), "titles": list(Initiative.objects.values_list("title", flat=True))}
            raise Held(TemplateResponse(request, engines["django"].from_string(PAGE + "{{ titles }}"), context))

    def holding(method):
        def then_held(self, request, *args, **kwargs):
            answer = method(self, request, *args, **kwargs)
            hold(request)
            return answer

        return then_held

    for name in ("save_related", "delete_model", "delete_queryset"):
        monkeypatch.setattr(InitiativeAdmin, name, holding(getattr(InitiativeAdmin, name)))


def test_a_held_save_goes_on_with_everything_that_was_typed(kushiro, asking):
    themes = [make_theme(), make_theme("漁業", "fishery")]
    make_municipality("釧路市")
    initiative = make_initiative(title="もと")
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    typed = form_data(kushiro.get(address)) | {
        "title": "あたらしい題名",
        "body": AS_TYPED,
        "themes": [theme.pk for theme in themes],
        "links-TOTAL_FORMS": 1,
        "links-0-label": "外のページ",
        "links-0-url": "https://example.jp/?a=1&b=2",
        "_continue": "保存して編集を続ける",
    }

    held = kushiro.post(address, typed)
    assert (held.status_code, Initiative.objects.get().title) == (200, "もと")
    assert "あたらしい題名" in held.content.decode()  # drawn while it stood

    saved = kushiro.post(address, posted_again(held, button="sure"))
    initiative = Initiative.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, address)  # the button that was pressed
    assert (initiative.title, initiative.body) == ("あたらしい題名", AS_TYPED.strip())
    assert list(initiative.themes.order_by("pk")) == themes
    assert initiative.links.get().url == "https://example.jp/?a=1&b=2"


def test_a_held_deletion_deletes_nothing_until_the_answer(kushiro, asking):
    initiative = make_initiative(status=Status.DRAFT)
    address = reverse("admin:regions_initiative_delete", args=[initiative.pk])
    held = kushiro.post(address, {"post": "yes"})
    assert (held.status_code, Initiative.objects.count()) == (200, 1)
    kushiro.post(address, posted_again(held, button="sure"))
    assert not Initiative.objects.exists()


def test_a_held_action_of_a_list_changes_nothing_until_the_answer(kushiro, asking):
    rows = [make_initiative(status=Status.DRAFT).pk for _ in range(2)]
    address = reverse("admin:regions_initiative_changelist")
    held = kushiro.post(address, {"action": "delete_selected", "_selected_action": rows, "post": "yes"})
    assert (held.status_code, Initiative.objects.count()) == (200, 2)
    kushiro.post(address, posted_again(held, button="sure"))
    assert not Initiative.objects.exists()


def test_an_answer_that_is_asked_anew_does_not_come_along():
    posted = {"title": ["あ"], "rows": ["1", "2"], "answer-title": ["mine"], "csrfmiddlewaretoken": ["x"]}
    request = RequestFactory().post("/", posted)
    assert held_fields(request, without=["answer-"]) == [("title", "あ"), ("rows", "1"), ("rows", "2")]
