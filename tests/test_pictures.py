"""Pictures of records: their copies as pages show them, made of those that came before, and gone with them."""

from io import StringIO

import pytest
from django.core.management import call_command

from sumairu.lib.pictures import JPEG, Copy
from sumairu.models import StoredFile
from sumairu.pictures import keep_copies, store_picture
from sumairu.versions.files import purge
from tests.costs import page
from tests.factories import make_initiative, make_picture, make_picture_file, png

pytestmark = pytest.mark.django_db


def with_copies(initiative=None, size=(700, 350)):
    file, width, height = store_picture("畑.png", png(size), "image/png")
    return make_picture(initiative or make_initiative(), file=file, width=width, height=height)


def copies_made():
    out, err = StringIO(), StringIO()
    call_command("picture_copies", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_page_offers_each_size_in_both_kinds_of_file_and_each_is_there(client):
    picture = with_copies()
    html = page(client, picture.initiative.get_absolute_url())
    assert 'width="700" height="350"' in html
    [(webp, sizes), (jpeg, _)] = picture.sources
    assert (webp, jpeg) == ("image/webp", "image/jpeg")
    assert f'<source type="image/webp" srcset="{sizes}" sizes="' in html
    assert f'<img src="{picture.shown}"' in html
    assert [each.split()[1] for each in sizes.split(", ")] == ["480w", "700w"]
    for address in (picture.shown, *(each.split()[0] for each in sizes.split(", "))):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=3600")
    assert response["Content-Type"] == "image/webp"


def test_copies_are_public_only_as_their_owner_is(client):
    draft = with_copies(make_initiative(status="draft"))
    [(_, sizes), _] = draft.sources
    assert client.get(sizes.split()[0]).status_code == 404


def test_a_copy_is_no_way_to_another_records_picture(client):
    draft, public = with_copies(make_initiative(status="draft")), make_initiative()
    address = draft.shown.replace(draft.initiative.code, public.code)
    assert client.get(address).status_code == 404


def test_pictures_that_came_before_keep_their_address_and_get_copies(client):
    picture = make_picture(make_initiative(), file=make_picture_file(content=png((500, 300))))
    address = picture.get_absolute_url()
    assert picture.shown == address
    assert copies_made() == ("大きさの違う画像を作りました：1件\n", "")
    picture = type(picture).objects.get()
    assert picture.get_absolute_url() == address
    assert client.get(address).status_code == 200
    assert picture.shown.endswith("-500.jpg")
    assert copies_made() == ("", "")


def test_one_that_cannot_be_made_smaller_stays_as_it_is_and_hinders_no_other(client):
    make_picture(make_initiative(), file=make_picture_file("細い.png", png((1000, 20))))
    make_picture(make_initiative(), file=make_picture_file("畑.png", png((500, 300))))
    out, err = copies_made()
    assert "1件" in out
    assert "細い.png" in err
    assert "細長すぎます" in err


def test_copies_go_with_the_file_that_nothing_names_any_more():
    picture = with_copies()
    assert purge(dry_run=True) == []
    picture.delete()
    assert len(purge()) == 5
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("many", [1, 5])
def test_many_pictures_take_no_more_queries(client, django_assert_num_queries, many):
    initiative = make_initiative()
    for number in range(many):
        picture = make_picture(initiative, file=make_picture_file(f"畑{number}.png"))
        keep_copies(picture.file, [Copy(60, 40, JPEG, b"")])
    rows = initiative.pictures.select_related("initiative").with_copies()
    with django_assert_num_queries(2):
        assert all(each.sources and each.shown for each in rows)
