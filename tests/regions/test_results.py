"""What came of an initiative: text, cost, period and pictures, public with it and never before."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from regions.models import Initiative
from sumairu.search.index import rebuild
from sumairu.versions.models import Version
from tests.admin_forms import form_data
from tests.costs import page
from tests.factories import make_editor, make_file, make_initiative, make_picture, png

pytestmark = pytest.mark.django_db

ROW = {
    "pictures-TOTAL_FORMS": "1",
    "pictures-0-alt": "畑で話す人たち",
    "pictures-0-credit": "釧路総合振興局",
    "pictures-0-licence": "cc-by-4.0",
    "pictures-0-order": "0",
}


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def change(initiative):
    return f"/admin/regions/initiative/{initiative.pk}/change/"


def photo():
    """Taken with the camera on its side, and with where that was."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def add_picture(client, initiative, name, content, **said):
    data = form_data(client.get(change(initiative))) | ROW | said
    return client.post(change(initiative), data | {"pictures-0-upload": SimpleUploadedFile(name, content)})


def test_the_page_says_what_came_of_it(client):
    initiative = make_initiative(
        result="# 来た人\n\n**三百人**が来ました。",
        starts_on=date(2021, 6, 1),
        ends_on=date(2022, 2, 28),
        cost_yen=1_250_000,
        cost_note="広報を含む",
    )
    make_picture(initiative, caption="秋の畑", licence="cc-by-4.0")
    html = page(client, initiative.get_absolute_url())
    assert "<strong>三百人</strong>が来ました。" in html
    assert "2021年6月1日" in html
    assert "125万円" in html
    assert "広報を含む" in html
    assert 'alt="畑で話す人たち"' in html
    assert 'width="60" height="40"' in html
    assert "釧路総合振興局、CC BY 4.0" in html


def test_a_page_without_results_does_not_speak_of_them(client):
    html = page(client, make_initiative().get_absolute_url())
    assert "成果" not in html
    assert "0円" not in html


def test_what_cost_nothing_is_said_to_have_cost_nothing(client):
    assert "0円" in page(client, make_initiative(cost_yen=0).get_absolute_url())


def test_an_end_before_the_beginning_is_refused():
    initiative = make_initiative(starts_on=date(2021, 6, 1))
    initiative.ends_on = date(2021, 5, 31)
    with pytest.raises(ValidationError, match="終わりが、始まりより前"):
        initiative.full_clean()


def test_a_picture_is_stripped_upright_and_measured(kushiro):
    initiative = make_initiative()
    response = add_picture(kushiro, initiative, "畑.jpg", photo())
    assert response.status_code == 302
    picture = initiative.pictures.get()
    assert (picture.width, picture.height) == (40, 60)
    assert b"Secret" not in picture.file.content
    assert "畑で話す人たち" in str(Version.objects.filter(kind="regions.initiative").latest("pk").__dict__)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("要綱.pdf", b"%PDF-1.7", "添付できるのはPNG、JPEGです"),
        ("絵.svg", b"<svg/>", "添付できるのはPNG、JPEGです"),
        ("畑.jpg", png(), "中身がJPEGではありません"),
        ("畑.png", b"<script>", "中身がPNGではありません"),
    ],
)
def test_what_is_no_picture_is_refused(kushiro, name, content, reason):
    initiative = make_initiative()
    assert reason in add_picture(kushiro, initiative, name, content).content.decode()
    assert not initiative.pictures.exists()


@pytest.mark.parametrize("field", ["alt", "credit"])
def test_a_picture_without_words_for_it_is_refused(kushiro, field):
    initiative = make_initiative()
    response = add_picture(kushiro, initiative, "畑.png", png(), **{f"pictures-0-{field}": ""})
    assert response.status_code == 200
    assert not initiative.pictures.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(initiative, **{field: ""})


def test_a_picture_is_shown_from_here_and_kept_for_an_hour(client):
    picture = make_picture(make_initiative())
    response = client.get(picture.get_absolute_url())
    assert b"".join(response) == picture.file.content
    assert response["Content-Type"] == "image/png"
    assert "attachment" not in response.get("Content-Disposition", "")
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_public_shows_no_picture(client):
    picture = make_picture(make_initiative(status="draft"))
    assert client.get(picture.get_absolute_url()).status_code == 404


def test_a_file_that_is_no_picture_is_never_shown_as_one(client):
    picture = make_picture(make_initiative(), file=make_file("絵.xlsx", b"PK"))
    assert client.get(picture.get_absolute_url()).status_code == 404


def test_staff_fetch_pictures_of_their_own_office_alone(client):
    picture = make_picture(make_initiative(status="draft"))
    for slug, status in (("kushiro", 200), ("nemuro", 404)):
        client.force_login(make_editor(slug))
        assert client.get(f"/admin/regions/initiative/pictures/{picture.pk}/").status_code == status


def test_results_are_found_and_go_out_as_data(client):
    make_initiative(title="畑の取組", result="**三百人**が来ました。", cost_yen=1_250_000)
    rebuild()
    assert "畑の取組" in page(client, "/search/?q=三百人が来ました")
    file = b"".join(client.get("/data/initiatives.csv")).decode()
    assert "かかった費用（円）" in file
    assert "三百人が来ました。" in file
    assert "1250000" in file


def test_results_come_back_through_the_table(kushiro):
    initiative = make_initiative(result="三百人が来ました。", cost_yen=1_250_000, starts_on=date(2021, 6, 1))
    table = kushiro.post("/admin/regions/initiative/export/", {"format": "1", "resource": "0"}).content
    changed = table.replace(b"1250000", b"1300000").replace(b"1,250,000", b"1300000")
    data = {"import_file": SimpleUploadedFile("取組.csv", changed), "format": "0"}
    preview = kushiro.post("/admin/regions/initiative/import/", data)
    assert "1300000" in preview.content.decode().replace(",", "")
    assert Initiative.objects.get().cost_yen == initiative.cost_yen
