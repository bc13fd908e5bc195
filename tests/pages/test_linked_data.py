"""What programs are told in the head of a page: JSON-LD that any of them can read, and that nothing can break out of."""

import gzip
import json
import re
import warnings
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from sumairu.lib.wareki import fiscal_year_on
from sumairu.linked_data import block, breadcrumbs
from tests.costs import page
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_dispatch_figure,
    make_edition,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipality,
    make_policy,
    make_program,
    make_program_desk,
    make_subprefecture,
    make_window,
)
from tests.pages.test_nothing_unpublished import addresses

pytestmark = pytest.mark.django_db

HERE = "https://sumairu.example.jp"
SCHEMA = Namespace("https://schema.org/")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# The words of schema.org that pages use. Look another one up there, and what it may be said of, before it comes here.
WORDS = """
    AdministrativeArea Audience BreadcrumbList ContactPoint CreativeWork DataCatalog DataDownload Dataset
    GovernmentOrganization GovernmentService ListItem Offer PropertyValue ServiceChannel
    alternateName areaServed audience audienceType availabilityEnds availabilityStarts availableChannel contentUrl creator
    dataset dateModified description distribution email encodingFormat inLanguage isAccessibleForFree isBasedOn item
    itemListElement license name offers position provider publisher servicePhone serviceType serviceUrl spatialCoverage
    telephone unitText url variableMeasured
"""
BREAKING = "</script><script>alert(1)</script><!-- & ' \" \u2028\u2029 ]]>"


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.PUBLIC_ADDRESS = HERE


@pytest.fixture
def program():
    return make_program(
        slug="kofukin", official_name="観光の交付金", plain_name="観光に使う", desk=make_desk(section="地域政策課")
    )


@pytest.fixture
def edition(program):
    fields = {"summary": "観光を支えます。", "target": "市町村", "apply_url": "https://shinsei.example.jp/1"}
    return make_edition(program=program, fiscal_year=fiscal_year_on(localdate()), **fields)


def told(client, address):
    """The things that a page tells of, by their types."""
    html = page(client, address)
    found = BLOCK.findall(html)
    assert html.count("ld+json") == len(found) <= 1
    return {thing["@type"]: thing for text in found for thing in json.loads(text)["@graph"]}


def graph(client, address):
    """The same as a program reads it that knows nothing of schema.org, and loads nothing."""
    [text] = BLOCK.findall(page(client, address))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's own, of what it is going to drop
        return Graph().parse(data=text, format="json-ld")


def test_a_programme_is_a_service_of_the_government(client, program, edition):
    make_program_desk(
        program=program,
        desk=make_desk(subprefecture=make_subprefecture(), section="釧路の課", phone="", email="a@example.jp"),
        subprefecture=make_subprefecture(),
    )
    service = told(client, "/programs/kofukin/")["GovernmentService"]
    assert service | {"availableChannel": None} == {
        "@type": "GovernmentService",
        "@id": f"{HERE}/programs/kofukin/",
        "name": "観光の交付金",
        "alternateName": "観光に使う",
        "description": "観光を支えます。",
        "serviceType": "財政的支援",
        "url": f"{HERE}/programs/kofukin/",
        "provider": {"@type": "GovernmentOrganization", "name": "北海道"},
        "areaServed": {"@type": "AdministrativeArea", "name": "北海道"},
        "audience": {"@type": "Audience", "audienceType": "市町村"},
        "availableChannel": None,
    }
    desk, of_office, online = service["availableChannel"]
    assert (desk["name"], desk["servicePhone"]["telephone"]) == ("本庁 地域政策課", ["0000-00-0000"])
    assert of_office["servicePhone"] == {"@type": "ContactPoint", "email": "a@example.jp"}
    assert online == {"@type": "ServiceChannel", "name": "電子申請", "serviceUrl": "https://shinsei.example.jp/1"}


def test_its_calls_are_told_by_their_days_until_they_are_over(client, edition):
    today = localdate()
    make_window(
        edition=edition, opens_on=today, closes_on=today + timedelta(days=9), subprefecture=make_subprefecture()
    )
    make_window(edition=edition, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    make_window(edition=edition, opens_on=None, closes_on=None)
    assert told(client, "/programs/kofukin/")["GovernmentService"]["offers"] == [
        {
            "@type": "Offer",
            "name": "釧路総合振興局管内",
            "url": f"{HERE}/programs/kofukin/",
            "availabilityStarts": today.isoformat(),
            "availabilityEnds": (today + timedelta(days=9)).isoformat(),
        }
    ]


def test_what_is_known_of_a_year_before_is_not_told_as_of_now(client, program):
    make_edition(program=program, fiscal_year=2020, target="むかしの人", apply_url="https://old.example.jp/")
    make_edition(program=program, fiscal_year=2021)
    assert "令和2年度の内容" in page(client, "/programs/kofukin/")
    service = json.dumps(told(client, "/programs/kofukin/"), ensure_ascii=False)
    assert "むかし" not in service
    assert "old.example" not in service


@pytest.mark.parametrize("query", ["?town=012068", "2020/", "?on={tomorrow}"])
def test_another_year_a_town_and_another_day_tell_of_no_service(client, program, edition, query):
    make_municipality("釧路市")
    make_edition(program=program, fiscal_year=2020)
    query = query.format(tomorrow=localdate() + timedelta(days=1))
    assert "GovernmentService" not in told(client, f"/programs/kofukin/{query}")


def test_a_page_of_another_day_tells_nothing(client, edition):
    assert told(client, f"/programs/kofukin/?on={localdate() + timedelta(days=1)}") == {}


@pytest.mark.parametrize("whose", ["program", "edition"])
def test_a_sample_is_no_service(client, program, whose):
    program.is_sample = whose == "program"
    program.save()
    make_edition(program=program, is_sample=whose == "edition")
    assert told(client, "/programs/kofukin/").keys() == {"BreadcrumbList"}


def test_what_is_invented_beside_a_programme_is_not_told(client, program, edition):
    make_window(edition=edition, opens_on=localdate(), closes_on=None, is_sample=True)
    program.desk.is_sample = True
    program.desk.save()
    make_program_desk(program=program, is_sample=True, subprefecture=make_subprefecture())
    service = told(client, "/programs/kofukin/")["GovernmentService"]
    assert [channel["name"] for channel in service["availableChannel"]] == ["電子申請"]
    assert "offers" not in service


def test_the_trail_is_told_as_it_is_shown(client):
    make_initiative(code="kushiro-2021-1", title="海&山")
    assert told(client, "/furigana/initiatives/kushiro-2021-1/")["BreadcrumbList"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "ホーム", "item": f"{HERE}/"},
        {"@type": "ListItem", "position": 2, "name": "地域の取組", "item": f"{HERE}/regions/"},
        {"@type": "ListItem", "position": 3, "name": "釧路総合振興局", "item": f"{HERE}/regions/kushiro/2021/"},
        {"@type": "ListItem", "position": 4, "name": "海&山"},
    ]


def test_the_data_are_a_catalogue_of_sets_with_their_files_and_columns(client):
    make_budget_figure()
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"))
    make_initiative()
    catalog = told(client, "/data/")["DataCatalog"]
    sets = {each["@id"].partition("#")[2]: each for each in catalog["dataset"]}
    html = page(client, "/data/")
    assert all(f'id="{slug}"' in html for slug in sets)
    assert {"budget", "initiatives", "figures-tax"} <= sets.keys()
    budget = sets["budget"]
    assert budget["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [file["contentUrl"] for file in budget["distribution"]] == [
        f"{HERE}/data/budget{rest}" for rest in (".xlsx", ".csv", "/data.csv", ".json")
    ]
    assert {file["encodingFormat"] for file in budget["distribution"]} >= {"text/csv", "application/json"}
    assert {"@type": "PropertyValue", "name": "予算額", "unitText": "円"} in budget["variableMeasured"]
    assert "段階" in budget["variableMeasured"]
    assert sets["initiatives"]["dateModified"] == localdate().isoformat()


def test_an_indicator_is_a_set_and_names_its_source(client):
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"))
    found = told(client, "/indicators/tax/")["Dataset"]
    assert (found["@id"], found["url"]) == (f"{HERE}/data/#figures-tax", f"{HERE}/indicators/tax/")
    assert found["isBasedOn"] == {"@type": "CreativeWork", "name": "総務省"}
    assert [file["contentUrl"] for file in found["distribution"]] == [f"{HERE}/indicators/tax/figures.csv"]


def test_the_charts_are_of_sets_where_they_are_of_no_sample(client):
    make_budget_figure()
    make_dispatch_figure(program=make_program(is_sample=True))
    html = page(client, "/figures/")
    [text] = BLOCK.findall(html)
    sets = [thing for thing in json.loads(text)["@graph"] if thing["@type"] == "Dataset"]
    assert [each["url"] for each in sets] == [f"{HERE}/figures/#budget"]


@pytest.mark.parametrize("address", ["/programs/kofukin/", "/data/", "/indicators/tax/", "/figures/"])
def test_a_reader_of_linked_data_needs_no_other_file(client, edition, address):
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"))
    make_budget_figure(program=edition.program)
    found = graph(client, address)
    assert (None, RDF.type, SCHEMA.BreadcrumbList) in found
    terms = {*found.predicates(), *found.objects(None, RDF.type)} - {RDF.type}
    assert {str(term).removeprefix(str(SCHEMA)) for term in terms} <= {*WORDS.split()}
    if address == "/programs/kofukin/":
        service = URIRef(f"{HERE}/programs/kofukin/")
        assert (service, RDF.type, SCHEMA.GovernmentService) in found
        assert found.value(service, SCHEMA.name) == Literal("観光の交付金")


def test_no_title_breaks_out(client, program):
    program.official_name = program.plain_name = BREAKING[:60]
    program.save()
    make_edition(program=program, summary=BREAKING)
    service = told(client, "/programs/kofukin/")["GovernmentService"]
    assert (service["name"], service["description"]) == (BREAKING[:60], BREAKING)
    [text] = BLOCK.findall(page(client, "/programs/kofukin/"))
    assert not {*"<>&\u2028\u2029"} & {*text}
    assert "alert(1)</script>" not in page(client, "/programs/kofukin/")


def test_nothing_is_told_where_there_is_nothing():
    assert block([]) == ""
    assert breadcrumbs("") == []


@pytest.mark.parametrize("address", ["/", "/en/", "/programs/kofukin/for/012068/", "/report/?page=/about/"])
def test_pages_without_a_trail_and_pages_that_are_not_to_be_found_tell_nothing(client, edition, address):
    make_municipality("釧路市")
    assert told(client, address) == {}


def test_every_page_to_be_found_that_has_a_trail_tells_it_and_no_other(client, edition):
    """Over all public addresses: what is told can be read, and is on no page that search engines leave out."""
    make_municipality("釧路市"), make_policy(), make_initiative(code="kushiro-2021-1")
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"))
    asked = {url.partition("?")[0] for urls in addresses().values() for url in urls}
    for address in sorted(asked):
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        is_to_be_found = 'name="robots" content="noindex' not in html
        assert bool(BLOCK.findall(html)) == ('class="trail"' in html and is_to_be_found), address
        for text in BLOCK.findall(html):
            assert {thing["@type"] for thing in json.loads(text)["@graph"]}


def test_the_heaviest_page_stays_light(client):
    for number in range(12):
        make_indicator_figure(indicator=make_indicator(f"指標{number}", slug=f"i-{number}"))
    html = page(client, "/data/")
    assert len(gzip.compress(html.encode())) < 30_000


def test_days_are_those_of_the_calendar(client, edition):
    make_window(edition=edition, opens_on=date(2099, 4, 1), closes_on=None)
    [offer] = told(client, "/programs/kofukin/")["GovernmentService"]["offers"]
    assert offer["availabilityStarts"] == "2099-04-01"
    assert "availabilityEnds" not in offer
