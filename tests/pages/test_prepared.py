"""Workbooks of long data sets are made by the worker, for whoever comes: rarely, whole, and never because somebody asked."""

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils.timezone import localtime, now
from openpyxl import load_workbook

from sumairu.lib.machine_readable import check
from sumairu.models import ContentVersion
from sumairu.pages import beat, models, prepared
from sumairu.pages.data_sets import data_set
from sumairu.pages.models import PreparedPiece, PreparedWorkbook
from sumairu.updates.models import Update
from tests.costs import page
from tests.factories import (
    make_budget_figure,
    make_edition,
    make_indicator,
    make_indicator_figure,
    make_program,
    make_update,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/data/budget.xlsx"


@pytest.fixture(autouse=True)
def budget(monkeypatch):
    """Thirty figures, where a workbook that is made at once may have twelve rows; the other sets are short."""
    monkeypatch.setattr("sumairu.lib.shown.MOST_CELLS", 12 * len(data_set("budget").table.parts_given))
    monkeypatch.setattr(models, "PIECE", 1_000)
    program = make_program(slug="kofukin", official_name="交付金")
    make_edition(program=program)
    for year in range(1990, 2020):
        make_budget_figure(program=program, fiscal_year=year)


def make_due():
    """As the worker does; the slugs of what it made."""
    return [each.slug for each in prepared.due_sets() if prepared.prepare(each)]


def rows_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert int(response["Content-Length"]) == len(content)
    assert response["Content-Disposition"].startswith("attachment")
    return [list(sheet.values) for sheet in load_workbook(BytesIO(content))]


def later(**kw):
    return patch("sumairu.pages.prepared.moment", lambda: now() + timedelta(**kw))


def test_until_it_is_there_a_page_says_so_with_the_csv_beside_it(client):
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"]) == (202, "noindex")
    assert "ただいま準備しています" in html
    assert 'href="/data/budget.csv"' in html
    assert not {"Retry-After", "ETag", "Cache-Control"} & {*response.headers}


def test_asking_begins_no_work(client):
    for address in (ADDRESS, "/data/", "/data/budget.json"):
        client.get(address)
    assert not PreparedWorkbook.objects.exists()


def test_what_the_worker_made_is_given_with_when_it_was(client):
    assert make_due() == ["budget"]
    data, explained = rows_of(client)
    assert len(data) == 31
    made = PreparedWorkbook.objects.get()
    at = localtime(made.begun_at)
    told = [row[2] for row in explained if row[1] == "注記"]
    assert any(f"{at.day}日" in text and f"{at:%-H時%M分}に作りました" in text for text in told)
    assert f"{at.month}月{at.day}日 {at:%-H:%M}作成" in page(client, "/data/")
    assert PreparedPiece.objects.count() == -(-made.size // 1_000) > 1


def test_a_prepared_workbook_is_as_machine_readable_as_any(client):
    make_due()
    content = b"".join(client.get(ADDRESS).streaming_content)
    assert check("budget.xlsx", content).is_perfect


def test_one_content_version_has_one_workbook(client):
    make_due()
    with later(hours=2):
        assert make_due() == []
    ContentVersion.moved()
    assert make_due() == []  # within the hour
    with later(hours=2):
        assert make_due() == ["budget"]


def test_another_day_has_another_workbook(client):
    make_due()
    PreparedWorkbook.objects.update(begun_at=now() - timedelta(days=1))
    assert make_due() == ["budget"]


def test_that_one_is_ready_makes_none_of_the_others_old(monkeypatch):
    monkeypatch.setattr("sumairu.lib.shown.MOST_CELLS", 0)
    before = ContentVersion.current()
    made = make_due()
    assert len(made) > 2
    assert ContentVersion.current() > before  # pages that tell of them are made anew
    with later(hours=2):
        assert make_due() == []


def test_what_changes_while_it_is_made_is_not_in_it(monkeypatch):
    whole = prepared.write_whole
    monkeypatch.setattr(prepared, "write_whole", lambda *args: (ContentVersion.moved(), whole(*args)))
    make_due()
    monkeypatch.setattr(prepared, "write_whole", whole)
    with later(hours=2):
        assert make_due() == ["budget"]


def test_the_one_before_stays_for_whoever_is_reading_it_and_older_ones_go():
    for hours in range(0, 8, 2):
        ContentVersion.moved()
        with later(hours=hours):
            assert make_due() == ["budget"]
    assert PreparedWorkbook.objects.count() == 2
    assert PreparedPiece.objects.values("workbook").distinct().count() == 2


def test_a_worker_that_dies_leaves_it_to_the_next_one_an_hour_later(monkeypatch):
    def die(*args):
        raise MemoryError

    whole = prepared.write_whole
    monkeypatch.setattr(prepared, "write_whole", die)
    with pytest.raises(MemoryError):
        make_due()
    monkeypatch.setattr(prepared, "write_whole", whole)
    assert make_due() == []
    with later(hours=2):
        assert make_due() == ["budget"]
    assert PreparedWorkbook.objects.count() == 1


def test_two_workers_do_not_make_the_same():
    budget = data_set("budget")
    PreparedWorkbook.objects.create(slug="budget", version=0, begun_at=now())
    assert prepared.prepare(budget) is False


def test_the_workbooks_of_sets_that_are_short_by_now_go(client, monkeypatch):
    make_due()
    monkeypatch.setattr("sumairu.lib.shown.MOST_CELLS", 100_000)
    assert make_due() == []
    assert not PreparedWorkbook.objects.exists()
    assert not PreparedPiece.objects.exists()
    assert client.get(ADDRESS).status_code == 200


def test_what_excel_cannot_hold_says_so(client, monkeypatch):
    monkeypatch.setattr("sumairu.pages.data_sets.MOST_ROWS", 30)
    assert make_due() == []
    response = client.get(ADDRESS)
    assert response.status_code == 400
    assert "1,048,576行" in response.content.decode()


def test_figures_of_an_indicator_are_a_set_like_others(client):
    indicator = make_indicator("普通交付税", slug="tax")
    for year in range(1990, 2020):
        make_indicator_figure(indicator=indicator, fiscal_year=year)
    assert "figures-tax" in make_due()
    assert len(rows_of(client, "/data/figures-tax.xlsx")[0]) == 31


def test_a_long_workbook_is_refused_before_it_is_begun(client, monkeypatch):
    monkeypatch.setattr("sumairu.lib.shown.files.write_workbook", None)
    assert client.get("/figures/?format=xlsx&table=budget-kofukin").status_code == 400


def test_purging_files_leaves_it(client):
    make_due()
    call_command("purge_files", verbosity=0)
    assert len(rows_of(client)[0]) == 31


def test_the_worker_looks_once_a_minute_and_begins_one_thread(monkeypatch):
    begun = []
    monkeypatch.setattr(beat, "_looked_at", float("-inf"))
    monkeypatch.setattr(beat, "Thread", lambda target, args, daemon: begun.append(args[0]) or _Started())
    beat.look_after()
    beat.look_after()
    assert [[each.slug for each in sets] for sets in begun] == [["budget"]]


class _Started:
    def start(self):
        pass

    def is_alive(self):
        return True


def test_what_the_public_no_longer_sees_is_in_none_that_is_given(client):
    make_due()
    make_update(what=Update.What.CHANGED)
    assert client.get(ADDRESS).status_code == 200
    make_update(what=Update.What.ENDED)
    ContentVersion.moved()
    assert client.get(ADDRESS).status_code == 202
    assert "作成" not in page(client, "/data/")
    with later(hours=1):
        assert make_due() == ["budget"]
    assert client.get(ADDRESS).status_code == 200
