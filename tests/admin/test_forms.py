"""What a form asks, where typing begins, and how what is wrong is found."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sumairu.admin.recorded import MOST_NEW_ROWS
from tests.admin_forms import form_data
from tests.factories import make_edition, make_editor, make_initiative, make_municipality, make_window

pytestmark = pytest.mark.django_db


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def test_a_new_record_is_of_this_fiscal_year(kushiro, monkeypatch):
    monkeypatch.setattr("sumairu.admin.staff.localdate", lambda: date(2027, 3, 31))
    page = kushiro.get(reverse("admin:regions_initiative_add"))
    assert page.context["adminform"].form["fiscal_year"].value() == "令和8年度"


def test_typing_begins_at_the_first_field_of_a_new_record(kushiro):
    page = kushiro.get(reverse("admin:regions_initiative_add")).content.decode()
    focused = re.findall(r"<[a-z]+ [^>]*autofocus[^>]*>", page)
    assert len(focused) == 1
    assert 'name="subprefecture"' in focused[0]


def test_what_is_wrong_stands_on_top_with_the_way_to_each_field(headquarters):
    window = make_window(edition=make_edition(status="draft"))
    address = reverse("admin:support_programedition_change", args=[window.edition_id])
    typed = form_data(headquarters.get(address)) | {"summary": "", "windows-0-opens_on": "08/04/01"}
    page = headquarters.post(address, typed).content.decode()
    assert "直すところが2つあります" in page
    for name in ("id_summary", "id_windows-0-opens_on"):
        assert f'href="#{name}"' in page
        field = re.search(rf'<[a-z]+ [^>]*id="{name}"[^>]*>', page)[0]
        described = re.search('aria-describedby="([^"]*)"', field)[1].split()
        assert f"{name}_error" in described
        for part in described:
            assert f'id="{part}"' in page
    assert "申込期間1の受付開始日" in page or "の受付開始日" in page
    assert len(re.findall(r"autofocus", page)) == 1


def test_the_own_office_s_towns_come_first_and_the_rest_are_folded(kushiro):
    for town in ("帯広市", "釧路市", "根室市"):
        make_municipality(town)
    page = kushiro.get(reverse("admin:regions_initiative_add")).content.decode()
    offices = re.findall(r'<details class="folded"( open)?><summary>(\S+) <span class="quiet">(\S+?)</span>', page)
    assert offices[0][:2] == (" open", "釧路総合振興局")
    assert [is_open for is_open, name, _ in offices[1:]] == ["", ""]


def test_a_ticked_town_is_never_folded_away(kushiro):
    initiative = make_initiative()
    initiative.municipalities.add(make_municipality("帯広市"))
    make_municipality("根室市")
    page = kushiro.get(reverse("admin:regions_initiative_change", args=[initiative.pk])).content.decode()
    assert '<details class="folded" open><summary>十勝総合振興局 <span class="quiet">1のうち1を選択</span>' in page
    assert '<details class="folded"><summary>根室振興局 <span class="quiet">1</span>' in page


@pytest.mark.exhaustive
def test_no_form_draws_thousands_of_rows_because_a_few_bytes_ask_for_them(headquarters):
    edition = make_edition()
    windows = [make_window(edition=edition, applicant=applicant) for applicant in ("municipality", "group")]
    address = reverse("admin:support_programedition_change", args=[edition.pk])
    typed = form_data(headquarters.get(address))
    many = {name: 2000 for name in typed if name.endswith("TOTAL_FORMS")}
    response = headquarters.post(address, typed | many)
    assert response.status_code == 200
    formsets = [each.formset for each in response.context["inline_admin_formsets"]]
    assert {len(formset.forms) for formset in formsets} == {MOST_NEW_ROWS, MOST_NEW_ROWS + len(windows)}
    assert all("一度に加えられるのは100行までです" in str(formset.non_form_errors()) for formset in formsets)
