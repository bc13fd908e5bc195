"""The workbook itself is given out where headquarters says so, as long as something public comes from it; else nowhere."""

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import load_workbook
from openpyxl.comments import Comment

from sumairu.imports.models import GivingOut, ImportRun, KeptReading, NotSaved
from sumairu.imports.saving import preview, save
from sumairu.imports.undoing import plan, undo
from sumairu.models import ContentVersion
from sumairu.publishing.models import Status
from support.models import BudgetFigure, ProgramEdition
from tests.costs import page, queries_of
from tests.factories import (
    make_budget_figure,
    make_editor,
    make_headquarters_editor,
    make_indicator,
    make_indicator_figure,
    make_program,
    make_run,
    make_stranger,
    make_uptake,
)
from tests.imports.books import budget_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]

NAME = "予算 令和3年度.xlsx"


@pytest.fixture
def book(budget, kofukin):
    return budget_book((45.5, 45.5, 45.8, 45.8))


@pytest.fixture
def run(budget, book):
    run, comparison = preview(budget, book, NAME, make_headquarters_editor())
    save(budget, run, comparison.digest)
    return ImportRun.objects.get(pk=run.pk)


@pytest.fixture
def given(run):
    run.give_out(True, make_headquarters_editor())
    return run


def address_of(run):
    return reverse("source_workbook", args=[run.file.sha256[:12], run.file.name])


def status(client, run):
    return client.get(address_of(run)).status_code


def everywhere(client):
    """All that pages and files say beside figures."""
    addresses = ["/programs/chiiki-zukuri-kofukin/", "/figures/", "/data/", "/data/budget.json"]
    responses = [client.get(address) for address in addresses]
    return "".join((b"".join(each) if each.streaming else each.content).decode() for each in responses)


def test_by_default_a_workbook_is_given_by_no_address_and_named_by_none(client, run):
    assert not run.may_be_given_out
    assert status(client, run) == 404
    assert "/data/workbooks/" not in everywhere(client)


def test_what_is_given_has_its_name_and_its_bytes(client, given, book):
    response = client.get(address_of(given))
    assert b"".join(response.streaming_content) == book
    assert "filename*=utf-8''%E4%BA%88%E7%AE%97" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ["/programs/chiiki-zukuri-kofukin/", "/figures/", "/data/"])
def test_pages_lead_to_it(client, given, address):
    assert f'<a href="{given.workbook_path}">{NAME}</a>' in page(client, address)


@pytest.mark.parametrize(
    "address", ["/data/budget.xlsx", "/programs/chiiki-zukuri-kofukin/?format=xlsx&table=budget-chiiki-zukuri-kofukin"]
)
def test_workbooks_of_data_name_its_address(client, given, address):
    data, explained = load_workbook(BytesIO(b"".join(client.get(address).streaming_content)))
    told = [row[2] for row in explained.values if row[1] == "出どころ"]
    assert f"{NAME} {given.workbook_url}" in told
    header, *rows = data.values
    assert {row[header.index("出どころ（ブックのアドレス）")] for row in rows} == {given.workbook_url}


def test_files_name_no_address_where_there_is_none(client, run):
    content = b"".join(client.get("/data/budget.csv").streaming_content).decode("utf-8-sig")
    assert {row["出どころ（ブックのアドレス）"] for row in csv.DictReader(StringIO(content))} == {""}
    told = json.loads(b"".join(client.get("/data/budget.json").streaming_content))
    assert told["metadata"]["sources"] == []


def test_it_is_gone_when_it_is_taken_back(client, given):
    version = ContentVersion.current()
    assert status(client, given) == 200
    given.give_out(False, make_headquarters_editor())
    assert ContentVersion.current() > version
    assert status(client, given) == 404
    assert "/data/workbooks/" not in everywhere(client)


def test_it_is_gone_when_nothing_of_it_is_public_any_more(client, given):
    ProgramEdition.objects.update(status=Status.ENDED)
    assert status(client, given) == 404
    assert "/data/workbooks/" not in everywhere(client)
    ProgramEdition.objects.update(status=Status.PUBLISHED)
    assert status(client, given) == 200
    BudgetFigure.objects.all().delete()
    assert status(client, given) == 404


def test_taking_a_run_back_takes_its_workbook_back(client, budget, given):
    user = make_headquarters_editor()
    undoing = undo(budget, given, user, plan(budget, given).digest)
    given.refresh_from_db()
    assert (given.may_be_given_out, status(client, given)) == (False, 404)
    assert not GivingOut.objects.first().allowed
    for which in (given, undoing):
        with pytest.raises(NotSaved):
            ImportRun.objects.get(pk=which.pk).give_out(True, user)
    undo(budget, undoing, user, plan(budget, undoing).digest)  # all is as it was, but for the workbook
    assert status(client, given) == 404
    ImportRun.objects.get(pk=given.pk).give_out(True, user)
    assert status(client, given) == 200


def test_the_database_gives_out_nothing_that_is_not_saved(run):
    other = make_run(file=run.file)
    for fields in ({"state": "previewed"}, {"state": "saved", "saved_at": now(), "undoes": run}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ImportRun.objects.filter(pk=other.pk).update(may_be_given_out=True, **fields)


def test_another_run_of_the_same_workbook_gives_it_only_by_its_own_leave(client, given):
    make_run(file=given.file, kind="dispatch", state="saved", saved_at=now())
    assert status(client, given) == 200
    given.give_out(False, None)
    assert status(client, given) == 404


def test_where_two_runs_give_the_same_workbook_taking_it_back_from_one_takes_it_back(client, given):
    other = make_run(file=given.file, kind="dispatch", state="saved", saved_at=now(), may_be_given_out=True)
    other.give_out(False, None)
    assert status(client, given) == 404
    assert not ImportRun.objects.given_out()
    assert given.givings.first().allowed is False


def test_figures_of_towns_and_what_towns_took_lead_to_theirs(client):
    for kind, make in (("indicator", make_indicator_figure), ("uptake", make_uptake)):
        own = make_run(kind=kind, state="saved", saved_at=now(), may_be_given_out=True)
        make(run=own)
        assert status(client, own) == 200, kind
        own.give_out(False, None)
        assert status(client, own) == 404, kind


@pytest.mark.parametrize("digest", ["0" * 12, "%", "________", "a" * 64, "０" * 12, "A" * 12, "'\"--"])
def test_junk_leads_nowhere(client, given, digest):
    assert client.get(f"/data/workbooks/{digest}/{NAME}").status_code == 404


@pytest.mark.parametrize("name", ["x.xlsx", "%00", "..", "%ff", "予算 令和3年度.xlsx%0a"])
def test_another_name_leads_nowhere(client, given, name):
    assert client.get(f"/data/workbooks/{given.file.sha256[:12]}/{name}").status_code in (400, 404)


# Who may say so.


def giving(client, run, **said):
    return client.post(reverse("import_giving_out", args=[run.pk]), said)


def test_headquarters_says_so_on_the_page_of_the_result_and_it_is_recorded(client, run):
    user = make_headquarters_editor()
    client.force_login(user)
    html = page(client, reverse("import_run", args=[run.pk]))
    assert f'href="{reverse("import_giving_out", args=[run.pk])}">もとのブックを公開する</a>' in html
    assert "非表示のシート、行、列、セルのコメント" in html
    assert giving(client, run, looked="on").status_code == 302
    html = page(client, reverse("import_run", args=[run.pk]))
    assert f'href="{address_of(run)}"' in html
    assert "もとのブックの公開をやめる</button>" in html
    giving(client, run, looked="on")  # once more changes nothing
    client.post(reverse("import_taking_back", args=[run.pk]))
    assert [(each.allowed, each.decided_by) for each in GivingOut.objects.order_by("pk")] == [
        (True, user),
        (False, user),
    ]


def test_nothing_is_given_out_before_somebody_has_looked(client, run):
    client.force_login(make_headquarters_editor())
    assert "まだ公開していません" in page(client, reverse("import_giving_out", args=[run.pk]))
    assert "ブックを開いて確かめ、ここに印を付けてください" in giving(client, run).content.decode()
    assert not ImportRun.objects.get(pk=run.pk).may_be_given_out


def test_the_page_in_between_says_what_one_does_not_see_in_the_workbook(client, budget, kofukin):
    book = load_workbook(BytesIO(budget_book((45.5, 45.5, 45.8, 45.8))))
    book.create_sheet("控え").sheet_state = "hidden"
    notes = book.create_sheet("覚え", 0)
    for row in (["担当者", "内線"], ["だれか", "1"], ["べつの人", "2"]):
        notes.append(row)
    notes["A2"].comment = Comment("確認中", "だれか")
    notes.row_dimensions[3].hidden = True
    notes.column_dimensions["B"].hidden = True
    out = BytesIO()
    book.save(out)
    run, comparison = preview(budget, out.getvalue(), NAME, make_headquarters_editor())
    save(budget, run, comparison.digest, leaving_rest=True)
    client.force_login(make_headquarters_editor())
    html = page(client, reverse("import_giving_out", args=[run.pk]))
    assert "<b>非表示のシート</b>" in html
    shown = html[html.index("<tbody>") :].split("</tr>")[0]
    assert re.findall(r"<b>([^<]+)</b>", shown) == ["1", "B", "1"]
    assert "個人の名前" in html


def test_a_workbook_of_which_no_reading_is_kept_is_to_be_opened(client, run):
    KeptReading.objects.all().delete()
    client.force_login(make_headquarters_editor())
    assert "何が入っているかを示せません" in page(client, reverse("import_giving_out", args=[run.pk]))


def test_what_was_not_saved_cannot_be_given_out_and_says_so(client, budget, book):
    user = make_headquarters_editor()
    client.force_login(user)
    run, _ = preview(budget, book, NAME, user)
    response = client.get(reverse("import_giving_out", args=[run.pk]), follow=True)
    assert "保存してあり、取り消していない取込のブックだけです" in response.content.decode()


@pytest.mark.parametrize("make", [lambda: make_editor("kushiro"), make_stranger], ids=["office", "stranger"])
def test_nobody_else_can(client, run, make):
    client.force_login(make())
    assert giving(client, run, looked="on").status_code in (302, 403)
    assert not ImportRun.objects.get(pk=run.pk).may_be_given_out
    client.logout()
    assert "/login/" in giving(client, run, looked="on").url


def test_it_costs_no_query_more_for_each_figure(client):
    own = make_run(state="saved", saved_at=now(), may_be_given_out=True)
    tax, program = make_indicator("普通交付税", slug="tax"), make_program(slug="kofukin")
    first = make_indicator_figure(indicator=tax, run=make_run(kind="indicator", state="saved", saved_at=now()))
    make_budget_figure(program=program, run=own)
    addresses = ["/indicators/tax/", f"/municipalities/{first.municipality.code}/", "/data/budget.json"]
    before = [queries_of(client, address) for address in addresses]
    ImportRun.objects.update(may_be_given_out=True)
    for year in range(2010, 2021):
        make_indicator_figure(indicator=tax, run=first.run, fiscal_year=year)
        make_budget_figure(program=program, run=own, fiscal_year=year)
    ContentVersion.moved()
    assert [queries_of(client, address) for address in addresses] == before
