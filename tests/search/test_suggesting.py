import pytest

from sumairu.publishing.models import Status
from sumairu.search.index import rebuild
from sumairu.search.models import Reading
from sumairu.search.suggesting import MOST
from tests.costs import queries_of
from tests.factories import (
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_municipality("釧路市")
    make_municipality("羅臼町")
    make_municipality("別海町")
    make_subprefecture("kushiro")
    make_initiative(title="くしろ広域観光の推進").themes.add(make_theme("水産業", "fishery"))
    make_theme("だれも使わない分野", "unused")
    program = make_program(official_name="応援団会議", plain_name="企業と出会う")
    program.aliases.create(name="ＨＯＤ")
    make_edition(program=program)
    rebuild()


def suggested(client, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    return [each["name"] for each in response.json()["names"]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("らう", "羅臼町", id="a town by the beginning of its kana"),
        pytest.param("ﾗｳ", "羅臼町", id="half-width kana"),
        pytest.param("羅", "羅臼町", id="one character"),
        pytest.param("rau", "羅臼町", id="Latin letters"),
        pytest.param("kushi", "釧路総合振興局", id="an office in Latin letters"),
        pytest.param("べっ", "別海町", id="a small っ, though its kana is べつかいちょう"),
        pytest.param("べっか", "別海町", id="a sound"),
        pytest.param("釧路総", "釧路総合振興局", id="an office"),
        pytest.param("水産", "水産業", id="a theme"),
        pytest.param("hod", "ＨＯＤ", id="another name of a programme"),
        pytest.param("出会", "企業と出会う", id="a plain name, inside"),
        pytest.param("応援団", "応援団会議", id="a title"),
        pytest.param("広域観", "くしろ広域観光の推進", id="the middle of a title"),
        pytest.param("くしろ 観光", "くしろ広域観光の推進", id="two words"),
    ],
)
def test_a_name_is_suggested_while_it_is_typed(client, typed, name):
    assert name in suggested(client, typed)


def test_a_name_is_suggested_by_how_it_sounds(client):
    Reading.objects.create(kana="カンコウ", word="観光")
    make_initiative().themes.add(make_theme("観光", "tourism"))
    assert suggested(client, "かんこ") == ["観光", "くしろ広域観光の推進"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("く", ["釧路市", "くしろ広域観光の推進"]),
        ("ら", ["羅臼町"]),
        ("え", ["エゾシカ肉の普及"]),
        ("カ", []),
    ],
)
def test_one_kana_says_how_a_name_begins(client, typed, names):
    """Not where else it stands: エゾシカ is not what somebody means who has typed カ."""
    make_initiative(title="エゾシカ肉の普及")
    rebuild()
    assert suggested(client, typed) == names


def test_what_begins_so_comes_first(client):
    make_initiative(title="釧路市の観光")
    rebuild()
    assert suggested(client, "釧路")[0] == "釧路市"


@pytest.mark.parametrize(
    "typed", ["", "　", "ない言葉", "使わない", "すか", "っか", "hoku", "ro", "%", "_", "あ" * 101, "'\"<>"]
)
def test_nothing_is_made_up(client, typed):
    assert suggested(client, typed) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ENDED])
def test_what_is_not_public_is_not_suggested(client, status):
    make_initiative(title="秘密の計画", status=status).themes.add(make_theme("秘密の分野", "secret"))
    program = make_program(official_name="秘密の制度", plain_name="秘密を知る")
    program.aliases.create(name="秘密の別名")
    make_edition(program=program, status=status)
    Reading.objects.create(kana="ヒミツ", word="秘密")
    rebuild()
    assert suggested(client, "秘密") == suggested(client, "ひみつ") == []


def test_few_are_suggested_each_once(client):
    for year in range(2015, 2025):
        make_initiative(title="町の観光", fiscal_year=year)
        make_initiative(title=f"町の観光{year}", fiscal_year=year)
    rebuild()
    names = suggested(client, "町の観光")
    assert len(names) == MOST == len(set(names))


def test_many_ask_as_often_as_one(client):
    one = queries_of(client, "/search/suggest/?q=観光")
    for number in range(20):
        make_initiative(title=f"観光{number}")
    rebuild()
    assert queries_of(client, "/search/suggest/?q=観光") == one


def test_the_boxes_ask_for_suggestions_and_work_without(client):
    for address, action in (("/", 'action="/search/"'), ("/search/", 'role="search"')):
        page = client.get(address).content.decode()
        assert 'data-suggest="/search/suggest/"' in page
        assert action in page
