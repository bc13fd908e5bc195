"""Who keeps cases, how they are written in the admin, and how one is begun from an initiative."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sumairu.versions.models import Version
from support.cases.models import Case
from tests.admin_forms import form_data, post_confirmed, posted_again
from tests.factories import (
    make_attachment,
    make_case,
    make_editor,
    make_initiative,
    make_municipality,
    make_picture,
    make_subprefecture,
    make_theme,
    png,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/support_cases/case/add/"


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def change(case):
    return f"/admin/support_cases/case/{case.pk}/change/"


def make_of(initiative):
    return f"/admin/regions/initiative/{initiative.pk}/make/case/"


def test_an_office_writes_a_case_of_its_town_with_a_picture_and_a_figure(kushiro):
    town = make_municipality("釧路市")
    form = kushiro.get(ADD)
    data = (
        posted_again(form)
        | form_data(form)
        | {
            "title": "空き店舗のカフェ",
            "summary": "店を開けました。",
            "municipalities": [town.pk],
            "status": "published",
            "figures-TOTAL_FORMS": "1",
            "figures-0-what": "来た人",
            "figures-0-number": "1250",
            "figures-0-unit": "人",
            "figures-0-fiscal_year": "令和3年度",
            "figures-0-source": "協議会の調べ",
            "figures-0-order": "0",
            "pictures-TOTAL_FORMS": "1",
            "pictures-0-alt": "開いた店",
            "pictures-0-credit": "釧路市",
            "pictures-0-licence": "cc-by-4.0",
            "pictures-0-order": "0",
            "pictures-0-upload": SimpleUploadedFile("店.png", png((600, 300))),
        }
    )
    response = post_confirmed(kushiro, ADD, data)
    assert response.status_code == 302, response.context["errors"]
    case = Case.objects.get()
    assert (case.is_published(), case.subprefecture.slug, case.key) == (True, "kushiro", "jirei-1")
    assert case.figures.get().in_words == "1,250人"
    [(_, sizes), _] = case.pictures.get().sources
    assert "480w" in sizes
    assert kushiro.get(sizes.split()[0]).status_code == 200


def test_towns_of_another_office_are_for_headquarters(kushiro, headquarters):
    nemuro = make_municipality("根室市")
    kushiro.force_login(make_editor("kushiro"))
    data = form_data(kushiro.get(ADD)) | {"title": "一", "summary": "二", "municipalities": [nemuro.pk]}
    assert "根室市は釧路総合振興局管内ではありません" in kushiro.post(ADD, data).content.decode()
    assert not Case.objects.exists()


def test_a_table_is_asked_the_same(kushiro):
    case, nemuro = make_case(status="draft"), make_municipality("根室市")
    table = f"URL名,市町村\r\n{case.key},{nemuro.code}\r\n".encode()
    file = SimpleUploadedFile("表.csv", table)
    page = kushiro.post("/admin/support_cases/case/import/", {"import_file": file, "resource": "0"}).content.decode()
    assert "根室市は釧路総合振興局管内ではありません" in page
    assert not case.municipalities.exists()


def test_an_office_sees_and_keeps_its_own_alone(kushiro):
    own, theirs = make_case(), make_case(subprefecture=make_subprefecture("nemuro"))
    prefecture = make_case(subprefecture=None)
    assert kushiro.get(change(own)).status_code == 200
    assert {kushiro.get(change(case)).status_code for case in (theirs, prefecture)} == {404}


def test_a_case_may_name_a_public_one_of_another_office_and_keeps_a_draft_that_headquarters_named(kushiro):
    nemuro = make_subprefecture("nemuro")
    case, public, draft = make_case(), make_case(subprefecture=nemuro), make_case(subprefecture=nemuro, status="draft")
    case.related.add(draft)
    form = kushiro.get(change(case))
    assert draft.title not in form.content.decode()
    assert post_confirmed(kushiro, change(case), form_data(form) | {"related": [public.pk]}).status_code == 302
    assert set(case.related.all()) == {public, draft}


def test_a_draft_is_made_of_an_initiative_with_all_that_it_has(kushiro):
    initiative = make_initiative(title="海の観光", body="**船**に乗る", cost_yen=500_000, result="三百人が来ました。")
    initiative.themes.add(make_theme()), initiative.municipalities.add(make_municipality("釧路市"))
    picture = make_picture(initiative)
    make_attachment(initiative)
    initiative.links.create(label="記録", url="https://example.jp/")
    response = kushiro.post(make_of(initiative), follow=True)
    case = Case.objects.get()
    assert response.redirect_chain[-1][0] == change(case)
    assert (case.status, case.made_from, case.title, case.cost_yen) == ("draft", initiative, "海の観光", 500_000)
    assert "<strong>船</strong>" in case.body_html
    assert [*case.themes.all(), *case.municipalities.all()] == [make_theme(), make_municipality("釧路市")]
    assert (case.pictures.get().file, case.attachments.count(), case.links.count()) == (picture.file, 1, 1)
    assert Version.objects.filter(kind="support_cases.case", record_id=case.pk).count() == 1
    again = kushiro.post(make_of(initiative), follow=True).content.decode()
    assert "すでに先行事例" in again
    assert Case.objects.count() == 1


def test_drafts_are_made_of_those_ticked_in_the_list(kushiro):
    first, second = make_initiative(), make_initiative()
    address = "/admin/regions/initiative/"
    data = {"action": "make_case", "_selected_action": [first.pk, second.pk]}
    html = kushiro.post(address, data, follow=True).content.decode()
    assert html.count("下書きを作りました") == 2
    assert set(Case.objects.values_list("made_from", flat=True)) == {first.pk, second.pk}


def test_nobody_makes_a_case_of_what_they_may_not_see(client):
    initiative = make_initiative()
    client.force_login(make_editor("nemuro"))
    assert client.post(make_of(initiative)).status_code == 404
    assert client.post(make_of(initiative).replace("/case/", "/nothing/")).status_code == 404
    assert not Case.objects.exists()


def test_looking_makes_nothing(kushiro):
    initiative = make_initiative()
    assert kushiro.get(make_of(initiative)).status_code == 302
    assert not Case.objects.exists()


def test_headquarters_makes_one_of_any_office(headquarters):
    headquarters.post(make_of(make_initiative(subprefecture=make_subprefecture("nemuro"))))
    assert Case.objects.get().subprefecture.slug == "nemuro"
