import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from sumairu.loading import content
from sumairu.loading.content import load_content, read
from sumairu.search.index import rebuild
from sumairu.search.models import Synonym
from tests.admin_forms import form_data
from tests.factories import make_headquarters_editor, make_initiative, make_synonym

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/search/synonym/", "/admin/search/synonym/add/"


@pytest.mark.parametrize("twin", ["エゾシカ", "えぞしか", " ｴｿﾞｼｶ "])
def test_a_word_is_in_one_group(twin):
    make_synonym("エゾシカ")
    with pytest.raises(ValidationError, match="すでにまとまり「鹿」に「エゾシカ」として"):
        Synonym(word=twin, group="鹿").full_clean()


def test_so_says_the_database():
    make_synonym("エゾシカ")
    with pytest.raises(IntegrityError):
        make_synonym("えぞしか")


@pytest.mark.parametrize("blank", ["　", "\ufe0f"])
def test_a_word_has_letters(blank):
    with pytest.raises(ValidationError):
        Synonym(word=blank, group="鹿").full_clean()


def test_a_word_that_folding_makes_longer_fits():
    longest = Synonym(word="ﷺ" * 40, group="ﷺ" * 40)
    longest.full_clean()
    longest.save()


def test_headquarters_adds_a_word_and_the_search_finds_by_it(client):
    make_synonym("鹿")
    make_initiative(title="エゾシカの活用")
    rebuild()
    assert "エゾシカの" not in client.get("/search/", {"q": "鹿"}).content.decode()
    client.force_login(make_headquarters_editor())
    data = form_data(client.get(ADD)) | {"word": "エゾシカ", "group": "鹿"}
    assert client.post(ADD, data).status_code == 302
    assert "<mark>エゾシカ</mark>の活用" in client.get("/search/", {"q": "鹿"}).content.decode()


def test_a_word_that_is_taken_is_told_with_its_group(client):
    make_synonym("鹿")
    client.force_login(make_headquarters_editor())
    page = client.post(ADD, form_data(client.get(ADD)) | {"word": "鹿", "group": "獣"}).content.decode()
    assert "すでにまとまり「鹿」に「鹿」としてあります" in page


@pytest.fixture
def words_alone(monkeypatch):
    """Of all that comes along, only the words."""
    monkeypatch.setattr(content, "FILES", ("synonyms",))


@pytest.mark.usefixtures("words_alone")
def test_the_words_that_come_along_are_each_in_one_group():
    records = read("synonyms")["synonyms"]
    load_content()
    assert Synonym.objects.count() == sum(len(record["words"]) for record in records)
    assert not [record for record in records if len(record["words"]) < 2]


@pytest.mark.usefixtures("words_alone")
def test_a_word_that_was_deleted_does_not_come_back():
    load_content()
    Synonym.objects.get(word="交付金").delete()
    Synonym.objects.filter(word="エゾシカ").update(group="別のまとまり")
    load_content()
    assert not Synonym.objects.filter(word="交付金").exists()
    assert Synonym.objects.get(word="エゾシカ").group == "別のまとまり"
