"""A link that acts: shown by GET, done by POST, once; whatever else is answered alike."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django import forms
from django.utils.timezone import now

from sumairu.acting_links import beat, purposes
from sumairu.acting_links.models import Link
from sumairu.acting_links.purposes import Purpose, Said
from tests.at_once import at_once
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class NameForm(forms.Form):
    name = forms.CharField(label="名前")


@pytest.fixture
def done(monkeypatch):
    """What acted, in a list; the purposes "toy", "stop" (by one click) and "named" (with a form)."""
    done = []

    def ask(payload):
        return None if payload.get("is_gone") else Said("やってみます", ("これから起こること",), "やる")

    def act(payload, form, request):
        done.append(payload["of"] if form is None else form.cleaned_data["name"])
        return Said("やりました")

    toys = {
        "toy": Purpose("toy", ask, act),
        "stop": Purpose("stop", ask, act, is_one_click=True),
        "named": Purpose("named", ask, act, form=lambda payload, data: NameForm(data)),
    }
    monkeypatch.setattr(purposes, "_purposes", lambda: toys)
    return done


def make_link(purpose="toy", lasts=timedelta(hours=1), **payload):
    address = urlsplit(Link.make(purpose, {"of": "釧路"} | payload, lasts, about="toys:1"))
    return f"{address.path}?{address.query}"


def test_opening_it_changes_nothing_and_the_button_acts_once(client, done):
    address = make_link()
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert "これから起こること" in page.content.decode()
    assert done == []
    assert "やりました" in client.post(address).content.decode()
    assert client.post(address).status_code == 404
    assert done == ["釧路"]


def test_the_token_is_nowhere_in_the_database_and_after_use_nothing_of_whom_it_was_for(client, done):
    address = make_link(to="kushiro@example.jp")
    token = address.partition("token=")[2]
    assert len(token) == 43
    assert token not in str(list(Link.objects.values()))
    client.post(address)
    assert "example.jp" not in str(list(Link.objects.values()))


def test_what_is_wrong_used_expired_revoked_or_without_its_thing_is_answered_alike(client, done):
    used, revoked = make_link(), make_link()
    client.post(used)
    Link.objects.about("toys:1").revoke()
    bad = [used, revoked, make_link(lasts=timedelta(seconds=-1)), make_link(is_gone=True), make_link("unknown")]
    bad += ["/link/?token=x", "/link/?token=%00é", f"/link/?token={'x' * 5000}", "/link/"]
    for method in (client.get, client.post):
        answers = [method(address) for address in bad]
        assert {answer.status_code for answer in answers} - {400} == {404}
    assert len({client.get(address).content.partition(b"<main")[2] for address in bad[:5]}) == 1
    assert done == ["釧路"]


def test_its_page_is_kept_by_nobody_and_tells_nobody_its_address(client, done):
    for address in (make_link(), "/link/?token=x"):
        response = client.get(address)
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_only_what_may_be_done_by_one_click_is_and_without_cookie_or_token(done):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post(make_link(), ONE_CLICK).status_code == 404
    assert client.post(make_link("stop"), ONE_CLICK).status_code == 200
    assert done == ["釧路"]


def test_what_is_filled_in_wrong_does_not_use_it_up(client, done):
    address = make_link("named")
    assert "名前" in client.get(address).content.decode()
    assert client.post(address, {"name": ""}).status_code == 400
    assert client.post(address, {"name": "厚岸"}).status_code == 200
    assert done == ["厚岸"]


def test_whoever_tries_many_is_slowed_down_and_a_good_link_acts_all_the_same(client, done):
    for number in range(20):
        client.post(f"/link/?token={number}")
    assert client.post("/link/?token=one-more").status_code == 429
    assert client.post(make_link()).status_code == 200


def test_of_several_at_the_same_moment_one_acts(shared_database, done):  # noqa: F811
    from django.test import Client

    address = make_link()
    answers = at_once(*[lambda: Client().post(address).status_code] * 3)
    assert sorted(answers) == [200, 404, 404]
    assert done == ["釧路"]


def test_what_is_over_is_forgotten(monkeypatch):
    make_link(), make_link(lasts=timedelta(seconds=-1))
    Link.objects.filter(pk=Link.objects.first().pk).update(used_at=now())
    make_link()
    monkeypatch.setattr(beat, "_looked_at", float("-inf"))
    beat.look_after()
    assert Link.objects.count() == 1
