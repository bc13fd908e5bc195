"""公開終了: what was public once answers 410 with what replaced it, and what never was answers as nothing does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Initiative, RegionalPolicy
from sumairu.descriptions import described
from sumairu.loading.samples import remove_samples
from sumairu.publishing.models import Publishable, Status
from sumairu.updates import ledger
from sumairu.updates.models import Update
from support.cases.models import Case
from support.journal.book import make_book
from support.journal.models import Article, Issue
from support.models import Program, ProgramEdition
from support.notices.models import Notice
from support.strategies.models import Frame, TownStrategy
from tests.costs import page
from tests.factories import (
    make_article,
    make_attachment,
    make_case,
    make_edition,
    make_frame,
    make_initiative,
    make_issue,
    make_municipality,
    make_notice,
    make_picture,
    make_policy,
    make_program,
    make_strategy,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db

MAKE = {
    Initiative: make_initiative,
    RegionalPolicy: make_policy,
    ProgramEdition: make_edition,
    Notice: make_notice,
    Issue: make_issue,
    Case: make_case,
    Frame: make_frame,
    TownStrategy: make_strategy,
    Article: lambda **kw: make_article(issue=make_issue(**kw)),
}


def stated(row):
    """The row whose state decides whether `row` is public."""
    return row.issue if isinstance(row, Article) else row


KINDS = [kind for kind in described() if kind.every]
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.slug for kind in KINDS])
OVER = {
    "ended": lambda: {"status": Status.ENDED},
    "taken back into drafts": lambda: {"status": Status.DRAFT},
    "to be confirmed again": lambda: {"status": Status.REVIEW},
    "until yesterday": lambda: {"unpublish_on": localdate() - timedelta(days=1)},
    "again from tomorrow": lambda: {"publish_on": localdate() + timedelta(days=1)},
}
NOT_YET = {
    "draft": lambda: {"status": Status.DRAFT},
    "to be confirmed": lambda: {"status": Status.REVIEW},
    "from tomorrow": lambda: {"publish_on": localdate() + timedelta(days=1)},
}


def told(row, **fields):
    """The public is told of a row as it is, and then of what becomes of it."""
    note(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    note(row)
    return row


def note(row):
    kind = next(kind for kind in described() if kind.model is type(row))
    ledger.touched({kind.slug: [row.pk]})
    ledger.note_waiting()


def gone(client, address):
    response = client.get(address)
    assert response.status_code == 410, address
    return response.content.decode()


def beneath(row):
    """The addresses of what lies beneath a row: files, pictures, and what is made of a programme for a town."""
    if isinstance(row, Initiative | Case):
        return [each.get_absolute_url() for each in (make_attachment(row), make_picture(row))]
    if isinstance(row, Notice):
        return [make_attachment(row).get_absolute_url()]
    if isinstance(row, ProgramEdition):
        slug, year, town = row.program.slug, row.fiscal_year, make_municipality("釧路市").code
        made = [("decision_sheet", "decision_workbook"), ("decision_sheet_year", "decision_workbook_year")]
        addresses = [
            reverse(name, args=[*args, town])
            for names, args in zip(made, ([slug], [slug, year]), strict=True)
            for name in names
        ]
        pages = [row.program.get_absolute_url(), f"/en{row.program.get_absolute_url()}"]
        return [make_attachment(row).get_absolute_url(), *pages, *addresses]
    if isinstance(row, Issue):
        make_book(row)
        return [f"{row.get_absolute_url()}all/", f"{row.get_absolute_url()}tsukuru.epub"]
    return []


def test_every_kind_that_is_published_row_by_row_is_asked():
    assert {kind.model for kind in KINDS} == MAKE.keys() == {Article, *Publishable.__subclasses__()}


@EACH_KIND
@pytest.mark.parametrize("state", OVER)
@pytest.mark.parametrize("is_sample", [False, True], ids=["", "sample"])
def test_what_was_public_once_has_ended_with_all_that_lies_beneath(client, kind, state, is_sample):
    row = MAKE[kind.model](is_sample=is_sample)
    addresses = [row.get_absolute_url(), *beneath(row)]
    assert {client.get(address).status_code for address in addresses} == {200}
    for name, value in OVER[state]().items():
        setattr(stated(row), name, value)
    stated(row).save()
    for address in addresses:
        html = gone(client, address)
        assert "公開終了" in html or "No longer published" in html
        assert 'name="robots" content="noindex"' in html
        assert "canonical" not in html
        assert "ld+json" not in html
    assert gone(client, f"/furigana{row.get_absolute_url()}")
    assert client.head(row.get_absolute_url()).status_code == 410


@EACH_KIND
@pytest.mark.parametrize("state", NOT_YET)
def test_what_never_was_public_is_what_does_not_exist(client, kind, state):
    row = MAKE[kind.model](**NOT_YET[state]())
    draft = [row.get_absolute_url(), *beneath(row)]
    draft += [f"/furigana{address}" for address in draft if address.endswith("/") and not address.startswith("/en/")]
    answers = {address: answer_of(client, address) for address in draft}
    if kind.model is ProgramEdition:
        row.delete(), row.program.delete()
    else:
        row.delete()
    for address, answer in answers.items():
        assert answer[0] == 404
        assert answer == answer_of(client, address), address


def answer_of(client, address):
    """The status, the page, and what was asked of the database."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked = [query["sql"] for query in queries if "contentversion" not in query["sql"]]
    return response.status_code, response.content, asked


def test_it_is_public_to_the_end_of_its_last_day(client, monkeypatch):
    row = make_initiative(unpublish_on=localdate() + timedelta(days=1))
    last = row.unpublish_on
    for day, status in ((last, 200), (last + timedelta(days=1), 410)):
        noon = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda noon=noon: noon)
        response = client.get(row.get_absolute_url())
        assert response.status_code == status
    assert f"<dt>公開の最終日</dt><dd>{last.year}年{last.month}月{last.day}日" in response.content.decode()


def test_a_removed_sample_is_nothing(client):
    rows = [make(is_sample=True, status=Status.ENDED) for make in MAKE.values()]
    Program.objects.filter(editions__in=rows[2:3]).update(is_sample=True)
    addresses = [row.get_absolute_url() for row in rows]
    assert {client.get(address).status_code for address in addresses} == {410}
    remove_samples()
    assert {client.get(address).status_code for address in addresses} == {404}


def test_the_page_tells_the_last_title_that_the_public_saw_and_never_that_of_a_draft(client):
    row = told(make_initiative(title="灯台の観光"), status=Status.DRAFT, title="まだ言えない話", summary="秘密")
    html = gone(client, row.get_absolute_url())
    assert "このページ（地域の取組）は、公開を終了しました。" in html
    assert "<dd>灯台の観光<br>釧路総合振興局　令和3年度（2021）" in html
    today = localdate()
    assert f"<dt>公開を終了した日</dt><dd>{today.year}年{today.month}月{today.day}日" in html
    assert "まだ言えない" not in html
    assert "秘密" not in html


def test_a_title_that_headquarters_hid_is_not_told(client):
    row = told(make_initiative(title="個人の名前"), status=Status.ENDED)
    Update.objects.update(is_hidden=True)
    html = gone(client, row.get_absolute_url())
    assert "個人の名前" not in html
    assert "<dt>" not in html


def test_a_sample_is_marked_as_one(client):
    row = told(make_initiative(title="灯台", is_sample=True), status=Status.ENDED)
    *_, mark = gone(client, row.get_absolute_url()).partition("</dd>")[0].partition("灯台")
    assert '<span class="sample">見本</span>' in mark


def test_no_list_for_search_engines_has_it_and_it_is_not_kept(client, settings):
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    row = make_initiative(status=Status.ENDED)
    response = client.get(row.get_absolute_url())
    assert "ETag" not in response
    assert "Cache-Control" not in response
    assert row.get_absolute_url() not in page(client, "/sitemap-initiatives.xml")
    row.status = Status.PUBLISHED
    row.save()
    assert client.get(row.get_absolute_url()).status_code == 200


class TestWhatReplacedAProgramme:
    @pytest.fixture
    def old(self):
        return make_program(slug="old", official_name="古い制度")

    def test_its_successor_does_however_far_away(self, client, old):
        new = make_program(slug="new", official_name="新しい制度")
        make_edition(program=new)
        between = make_program(slug="between", official_name="途中の制度", successor=new)
        old.successor = between
        old.save()
        make_edition(program=old, status=Status.ENDED)
        for address in ("/programs/old/", "/programs/old/2021/"):
            html = gone(client, address)
            assert "<h2>後継の制度</h2>" in html
            assert '<li><a href="/programs/new/">新しい制度</a>' in html
            assert "途中" not in html
            assert "古い" not in html

    def test_programmes_that_follow_each_other_in_a_circle_end_nowhere(self, client, old):
        other = make_program(slug="other", successor=old)
        old.successor = other
        old.save()
        for program in (old, other):
            make_edition(program=program, status=Status.ENDED)
        assert "<h2>" not in gone(client, "/programs/old/")

    def test_other_years_of_it_do(self, client, old):
        make_edition(program=old, fiscal_year=2020, status=Status.ENDED)
        for year in (2021, 2022):
            make_edition(program=old, fiscal_year=year)
        make_edition(program=old, fiscal_year=2023, status=Status.DRAFT)
        html = gone(client, "/programs/old/2020/")
        assert "<h2>この制度のほかの年度</h2>" in html
        assert html.index('<a href="/programs/old/2022/">令和4年度（2022）') < html.index(
            '<a href="/programs/old/2021/">'
        )
        assert "2023" not in html
        assert client.get("/programs/old/").status_code == 200

    @pytest.mark.parametrize("year", [2019, 2023])
    def test_a_year_that_it_never_had_is_not_found(self, client, old, year):
        make_edition(program=old, fiscal_year=2020, status=Status.ENDED)
        make_edition(program=old, fiscal_year=2023, status=Status.DRAFT)
        assert client.get(f"/programs/old/{year}/").status_code == 404

    def test_an_english_reader_is_told_in_english(self, client, old):
        new = make_program(slug="new", official_name="新しい制度")
        make_edition(program=new)
        old.successor = new
        old.save()
        told(make_edition(program=old), status=Status.ENDED)
        html = gone(client, "/en/programs/old/")
        assert "has been taken down" in html
        assert f"on {localdate():%-d %B %Y}" in html
        assert '<a href="/programs/new/" hreflang="ja">新しい制度</a>' in html

    def test_links_stay_among_pages_with_furigana(self, client, old):
        make_edition(program=old, fiscal_year=2020, status=Status.ENDED)
        make_edition(program=old)
        assert '<a href="/furigana/programs/old/2021/">' in gone(client, "/furigana/programs/old/2020/")


class TestWhatReplacedAnInitiative:
    def test_that_which_goes_on_with_it_does_however_far_away(self, client):
        first = make_initiative(status=Status.ENDED)
        second = make_initiative(fiscal_year=2022, predecessor=first, status=Status.DRAFT, title="下書き")
        make_initiative(fiscal_year=2023, predecessor=second, title="続きの取組", code="kushiro-2023-1")
        html = gone(client, first.get_absolute_url())
        assert "<h2>引き継いだ取組</h2>" in html
        assert '<a href="/initiatives/kushiro-2023-1/">続きの取組（釧路 令和5年度（2023））</a>' in html
        assert "下書き" not in html

    def test_a_circle_ends_at_the_office_and_its_newest_year(self, client):
        first = make_initiative(status=Status.ENDED)
        first.predecessor = make_initiative(predecessor=first, status=Status.ENDED)
        first.save()
        make_policy(fiscal_year=2024), make_policy(fiscal_year=2023)
        html = gone(client, first.get_absolute_url())
        assert '<a href="/regions/kushiro/">釧路総合振興局のページ</a>' in html
        assert '<a href="/regions/kushiro/2024/">釧路総合振興局の令和6年度（2024）</a>' in html
        assert "/2023/" not in html


class TestWhatReplacedTheYearOfAnOffice:
    def test_other_years_of_the_office_do(self, client):
        make_policy(status=Status.ENDED)
        make_policy(fiscal_year=2022), make_initiative(fiscal_year=2020)
        make_policy(fiscal_year=2020, subprefecture=make_subprefecture("nemuro"))
        html = gone(client, "/regions/kushiro/2021/")
        assert "このページ（推進方向）は、公開を終了しました。" in html
        assert html.index("/regions/kushiro/2022/") < html.index("/regions/kushiro/2020/")
        assert "nemuro" not in html

    def test_the_office_itself_does_where_it_shows_nothing_more(self, client):
        make_policy(status=Status.ENDED)
        assert '<a href="/regions/kushiro/">釧路総合振興局のページ</a>' in gone(client, "/regions/kushiro/2021/")

    def test_a_year_of_which_only_initiatives_were_shown_has_ended_too(self, client):
        make_initiative(status=Status.ENDED)
        assert "このページ（地域の取組）は、公開を終了しました。" in gone(client, "/regions/kushiro/2021/")
        make_policy(status=Status.DRAFT, fiscal_year=2022)
        assert client.get("/regions/kushiro/2022/").status_code == 404


def test_programs_are_told_of_it_with_the_pages_of_what_replaced_it(client, settings):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    first = make_initiative(status=Status.ENDED)
    make_initiative(predecessor=first, title="続き", code="kushiro-2021-9")
    response = client.get(f"/api/v1/initiatives/{first.code}")
    assert (response.status_code, response.json()) == (
        410,
        {
            "detail": "そのコードのものは、公開を終了しました。",
            "replaced_by": [
                {
                    "title": "続き（釧路 令和3年度（2021））",
                    "page": "https://sumairu.example.jp/initiatives/kushiro-2021-9/",
                }
            ],
        },
    )


def test_a_first_day_that_lies_ahead_is_no_past(client):
    row = make_initiative(publish_on=date(2099, 1, 1))
    assert row.first_public_on == date(2099, 1, 1)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/initiatives/{row.code}").status_code == 404
