"""支援制度 of the national set: what of it is worked out of an edition's rules."""

import csv
from io import StringIO

import pytest

from regions.models import Fact
from tests.costs import queries_of
from tests.factories import (
    make_edition,
    make_fact,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_theme,
)

pytestmark = pytest.mark.django_db

OFFICE = {"slug": "subprefecture", "label": "振興局", "unit": "管内", "kind": Fact.Kind.TEXT}
POPULATION = {"slug": "population"}
JUDGED = {"slug": "judged", "label": "人の判断", "unit": "", "kind": Fact.Kind.TEXT}
CSV = "/data/shien-seido/data.csv"


@pytest.fixture
def towns():
    return [make_municipality(name) for name in ("根室市", "釧路市", "別海町", "厚岸町")]


def area(client):
    text = b"".join(client.get(CSV)).decode()
    return {row["制度番号"].rpartition("-")[0]: row["対象地域群"] for row in csv.DictReader(StringIO(text, newline=""))}


def limited(slug, *rules):
    edition = make_edition(program=make_program(slug=slug, official_name=slug))
    for fact, operator, value in rules:
        make_rule(edition=edition, fact=make_fact(**fact) if fact else None, operator=operator, value=value)
    return edition


def test_an_edition_for_some_municipalities_names_them_in_the_order_of_their_codes(client, towns):
    limited("all")
    limited("whoever", (None, "eq", "企業"), (JUDGED, "judged", "局長が見ます"))
    limited("nemuro", (None, "eq", "市町村"), (OFFICE, "eq", "根室振興局"), (JUDGED, "judged", "局長が見ます"))
    limited("nowhere", (OFFICE, "eq", "宗谷総合振興局"))
    assert area(client) == {
        "all": "",
        "whoever": "",
        "nemuro": "根室市;別海町",
        "nowhere": "該当する市町村なし",
    }
    records = client.get("/api/v1/shien-seido").json()["records"]
    assert [row["regions"] for row in records if row["number"].startswith("nemuro")] == ["根室市;別海町"]


def test_a_municipality_of_which_nobody_knows_is_not_left_out(client, towns):
    for town, people in zip(towns, (20_000, 160_000), strict=False):
        make_municipal_fact(municipality=town, fact=make_fact(**POPULATION), value=people)
    limited("small", (POPULATION, "lt", "50000"))
    assert area(client) == {"small": "根室市;厚岸町;別海町"}


def test_the_municipalities_of_many_editions_take_as_many_queries_as_those_of_one(client, towns):
    limited("p-0", (OFFICE, "eq", "根室振興局"))
    few = queries_of(client, CSV)
    for number in range(1, 20):
        limited(f"p-{number}", (OFFICE, "ne" if number % 2 else "eq", "釧路総合振興局"), (POPULATION, "lt", "50000"))
    assert queries_of(client, CSV) == few


def test_titles_have_no_half_width_kana_and_keywords_are_five_short_ones(client):
    program = make_program(slug="tabi", official_name="ﾜｰｹｰｼｮﾝ支援 2026", plain_name="働く旅を支える")
    make_edition(program=program)
    for number in range(4):
        program.themes.add(make_theme(f"分野{number}", f"theme-{number}"))
        program.aliases.create(name=f"別の名前{number}" if number else "二十字よりもずっと長い別の名前の付いた支援")
    [row] = csv.DictReader(StringIO(b"".join(client.get(CSV)).decode(), newline=""))
    assert (row["タイトル（制度名）"], row["サブタイトル（通称）"]) == ("ワーケーション支援 2026", "働く旅を支える")
    assert row["キーワード"].split(";") == ["分野0", "分野1", "分野2", "分野3", "別の名前1"]
