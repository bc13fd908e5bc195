"""The portal for programs: what is public today as JSON, by its official codes, page by page."""

import warnings
from datetime import date

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from sumairu.descriptions import tables
from sumairu.pages.api.endpoints import KEYS, OPENAPI
from sumairu.pages.api.examples import EXAMPLES
from sumairu.search.index import rebuild
from sumairu.wsgi import application
from tests.costs import page, queries_of
from tests.exhaustive import ALL
from tests.factories import (
    make_aim,
    make_article,
    make_budget_figure,
    make_case,
    make_case_figure,
    make_dispatch_figure,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipality,
    make_notice,
    make_policy,
    make_program,
    make_strategy,
    make_strategy_indicator,
    make_theme,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    kushiro = make_municipality("釧路市")
    edition = make_edition(program=make_program(slug="kofukin", official_name="観光の交付金"))
    make_window(edition=edition)
    make_budget_figure(program=edition.program)
    make_dispatch_figure(program=edition.program)
    make_uptake(program=edition.program)
    notice = make_notice(act_by=date(2027, 3, 31), subprefecture=kushiro.subprefecture)
    notice.programs.add(edition.program), notice.municipalities.add(kushiro)
    make_case_figure(make_case(programs=[edition.program]))
    initiative = make_initiative(code="kushiro-2021-1", subprefecture=kushiro.subprefecture)
    initiative.municipalities.add(kushiro, make_municipality("根室市"))
    initiative.themes.add(make_theme("観光", "kanko"), make_theme("漁業", "gyogyo"))
    make_policy(subprefecture=kushiro.subprefecture)
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"), municipality=kushiro)
    make_article()
    strategy = make_strategy()
    make_aim(strategy), make_strategy_indicator(strategy), make_frame()
    make_initiative(code="kushiro-2021-2", title="まだの取組", status="draft", subprefecture=kushiro.subprefecture)


def asked(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, (path, response.content)
    return response.json()


@pytest.mark.parametrize("slug", tables())
def test_a_set_has_the_records_of_its_file(client, slug):
    table = tables()[slug]
    records = asked(client, slug)["records"]
    assert len(records) == table.public().count() > 0
    assert list(records[0]) == [part.name for part in table.parts_given]
    assert "まだの" not in str(records)


@pytest.mark.parametrize("slug", KEYS)
def test_a_thing_is_had_by_its_official_code(client, slug):
    for record in asked(client, slug)["records"]:
        assert asked(client, f"{slug}/{record[KEYS[slug][0]]}") == record


def test_what_is_not_public_is_not_found(client):
    response = client.get("/api/v1/initiatives/kushiro-2021-2")
    assert (response.status_code, response.json()) == (404, {"detail": "そのコードのものは、いま公開していません。"})


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("initiatives?year=2021&office=kushiro&theme=kanko&town=012068", 1),
        ("initiatives?town=012076", 0),
        ("initiatives?office=nemuro", 0),
        ("initiatives?year=2020", 0),
        ("programs?pillar=financial&program=kofukin", 1),
        ("programs?pillar=human", 0),
        ("programs?q=観光", 1),
        ("programs?q=林業", 0),
        ("indicator-figures?indicator=tax&town=012068", 1),
        ("indicator-figures?office=nemuro", 0),
        ("municipalities?office=kushiro", 1),
    ],
)
def test_a_set_is_narrowed_as_pages_are(client, path, count):
    rebuild()
    assert len(asked(client, path)["records"]) == count


def test_pages_go_on_where_the_one_before_ended_whatever_comes_in_between(client):
    for number in range(5):
        make_initiative(code=f"kushiro-2022-{number + 1}", fiscal_year=2022)
    first = asked(client, "initiatives?year=2022&limit=2")
    make_initiative(code="kushiro-2022-9", fiscal_year=2022)
    codes, following = [row["code"] for row in first["records"]], first["next"]
    while following:
        answer = asked(client, following.partition("/api/v1/")[2])
        codes += [row["code"] for row in answer["records"]]
        following = answer["next"]
    assert codes == [f"kushiro-2022-{number}" for number in (1, 2, 3, 4, 5, 9)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=0", "「limit」"),
        ("limit=501", "「limit」"),
        ("limit=x", "「limit」"),
        ("year=令和3", "「year」（年度（西暦）"),
        ("year=1", "「year」"),
        ("cursor=!!", "next"),
        ("cursor=eA", "next"),
        (f"q={'あ' * 101}", "「q」"),
    ],
)
def test_what_cannot_be_read_is_told_where_and_why(client, query, said):
    response = client.get(f"/api/v1/initiatives?{query}")
    assert response.status_code == 422
    assert said in response.json()["detail"]


def test_who_has_an_answer_that_still_holds_gets_none_again(client):
    response = client.get("/api/v1/budget")
    assert client.get("/api/v1/budget", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.exhaustive
@pytest.mark.parametrize("slug", tables())
def test_a_page_costs_as_many_queries_for_many_records(client, slug):
    address = f"/api/v1/{slug}?limit=500"
    one = queries_of(client, address)
    for number in range(4):
        edition = make_edition(fiscal_year=2022, program=make_program(official_name=f"制度{number}"))
        make_window(edition=edition), make_budget_figure(program=edition.program)
        make_dispatch_figure(program=edition.program)
        make_initiative().municipalities.add(make_municipality("釧路市"))
        make_policy(subprefecture=make_municipality("根室市").subprefecture, fiscal_year=2022 + number)
        make_indicator_figure(indicator=make_indicator(f"指標{number}"), municipality=make_municipality("根室市"))
    assert queries_of(client, address) == one


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.path for example in EXAMPLES])
def test_what_the_documentation_shows_is_answered(client, example):
    rebuild()
    answer = asked(client, example.path)
    assert answer["records"] if "?" in example.path else answer
    assert example.question in page(client, "/api/v1/")


def test_the_documentation_names_every_set_and_loads_nothing_from_elsewhere(client):
    html = page(client, "/api/v1/")
    for slug in tables():
        assert f">/api/v1/{slug}</td>" in html
    assert '<script src="http' not in html


def test_the_openapi_that_is_given_out_is_that_of_the_code():
    from sumairu.pages.api.openapi import openapi

    if OPENAPI.read_text(encoding="utf-8") != openapi():
        pytest.fail("sumairu/pages/api/openapi.json is not what the code gives now: make openapi")


@pytest.fixture
def kept_connection():
    """The connection of the test stays open between requests of a real server, as Django's own client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def uncompressed(environ, start_response):
    """The portal as a client asks it that cannot unpack what is sent."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start_response)


@pytest.mark.exhaustive
@pytest.mark.usefixtures("kept_connection")
def test_schemathesis_finds_nothing_against_the_openapi():
    """What the OpenAPI allows is answered as it says, and what it does not allow is refused as it says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis

        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", uncompressed)
        operations = [each.ok() for each in schema.get_all_operations()]
        assert len(operations) == 1 + len(tables()) + len(KEYS)
        for operation in operations:

            @settings(max_examples=100 if ALL else 8, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy())
            def answers(case):
                case.call_and_validate()

            answers()
