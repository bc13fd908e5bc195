from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from sumairu.imports import views
from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun
from sumairu.imports.saving import preview
from sumairu.lib.workbooks.files import admission
from sumairu.models import StoredFile
from support.models import BudgetFigure
from tests.factories import make_administrator, make_budget_figure, make_editor, make_run, make_stranger
from tests.imports.books import budget_book

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/import/"


def upload(client, content, name="予算.xlsx", kind="budget"):
    file = BytesIO(content)
    file.name = name
    return client.post(UPLOAD, {"kind": kind, "file": file})


def test_a_year_of_figures_from_upload_to_result(headquarters, kofukin):
    preview = headquarters.get(upload(headquarters, budget_book())["Location"])
    page = preview.content.decode()
    assert 'id="cell-E6"' in page
    assert "4件を保存する" in page
    run = ImportRun.objects.get()
    digest = preview.context["form"]["digest"].value()
    result = headquarters.post(reverse("import_save", args=[run.pk]), {"digest": digest}, follow=True)
    assert "4件を保存しました" in result.content.decode()
    assert BudgetFigure.objects.count() == 4
    file = headquarters.get(reverse("import_file", args=[run.pk]))
    assert file.getvalue() == bytes(run.file.content)
    assert file["Content-Disposition"].startswith("attachment")


def test_a_long_result_says_that_there_is_more_than_it_shows(headquarters, kofukin, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 3)
    preview = headquarters.get(upload(headquarters, budget_book())["Location"])
    run = ImportRun.objects.get()
    digest = preview.context["form"]["digest"].value()
    page = headquarters.post(reverse("import_save", args=[run.pk]), {"digest": digest}, follow=True).content.decode()
    assert "新しく入れた 4件" in page
    assert "はじめの3件です。残りも同じように入れました。" in page


def test_the_preview_shows_old_beside_new(headquarters, kofukin):
    for amounts in ((45.5, 45.5, 45.8, 45.8), (45.5, 45.5, 45.8, 46.1)):
        preview = headquarters.get(upload(headquarters, budget_book(amounts))["Location"])
        if amounts[-1] == 45.8:
            digest = preview.context["form"]["digest"].value()
            headquarters.post(reverse("import_save", args=[ImportRun.objects.get().pk]), {"digest": digest})
    page = preview.content.decode()
    assert "<s>45.8</s>" in page
    assert "1件を保存する" in page


def test_what_is_to_be_settled_leaves_no_button_to_save_all(headquarters, kofukin):
    page = headquarters.get(upload(headquarters, budget_book(program="知らない制度"))["Location"]).content.decode()
    assert "「知らない制度」という支援制度・振興局は登録されていません" in page
    assert "あと、質問 1 に答えると保存できます" in page
    assert "件を保存する" not in page


@pytest.mark.parametrize("digest", ["", "0" * 64, "x"], ids=["none", "another", "garbled"])
def test_what_was_not_previewed_is_not_saved(headquarters, kofukin, digest):
    upload(headquarters, budget_book())
    url = reverse("import_save", args=[ImportRun.objects.get().pk])
    page = headquarters.post(url, {"digest": digest}, follow=True).content.decode()
    assert "もう一度確かめて" in page
    assert not BudgetFigure.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "空", id="empty"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04 broken", "Excel", id="broken zip"),
        pytest.param(b"x" * (20 * 1024 * 1024 + 1), "20 MBまで", id="too large"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_not_kept(headquarters, content, message):
    response = upload(headquarters, content)
    assert response.status_code == 200
    assert message in response.context["form"].errors["file"][0]
    assert not StoredFile.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_workbook_can_be_given_back_with_what_is_to_be_mended_marked(headquarters, kofukin):
    page = headquarters.get(upload(headquarters, budget_book((45.5, "四十五", 45.8, 45.8)))["Location"])
    address = reverse("import_mending", args=[ImportRun.objects.get().pk])
    assert address in page.content.decode()
    response = headquarters.get(address)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    workbook = load_workbook(BytesIO(response.getvalue()))
    assert workbook.sheetnames == ["直してほしいところ", "予算額"]
    assert "「四十五」は数として読めません" in workbook["予算額"]["C6"].comment.text


def test_what_goes_back_asks_for_a_second_look_and_names_nobody(headquarters, kofukin):
    make_budget_figure(program=kofukin, fiscal_year=2021, amount_yen=1, entered_by=make_administrator())
    upload(headquarters, budget_book((4.5, 45.5, 45.8, 45.8)))
    content = headquarters.get(reverse("import_mending", args=[ImportRun.objects.get().pk])).getvalue()
    workbook = load_workbook(BytesIO(content))
    texts = [str(cell.value) for row in workbook["直してほしいところ"].iter_rows() for cell in row]
    assert any("10倍以上です" in text for text in texts)
    assert not any(make_administrator().name in text for text in texts)


def test_with_nothing_to_mend_there_is_nothing_to_give_back(headquarters, kofukin):
    upload(headquarters, budget_book())
    page = headquarters.get(reverse("import_mending", args=[ImportRun.objects.get().pk]), follow=True)
    assert "直してほしいところはありません" in page.content.decode()


def test_nothing_chosen_says_what_to_choose(headquarters):
    page = headquarters.post(UPLOAD).content.decode()
    assert "何の数値かを選んでください" in page
    assert "取り込むExcelブックを選んでください" in page


def test_a_run_can_be_given_up(headquarters, kofukin):
    upload(headquarters, budget_book())
    run = ImportRun.objects.get()
    page = headquarters.post(reverse("import_drop", args=[run.pk]), follow=True).content.decode()
    assert "取込をやめました" in page
    assert "取りやめた取込" in headquarters.get(reverse("import_run", args=[run.pk])).content.decode()


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", ["budget", "dispatch"])
def test_a_template_imports_back_unchanged(headquarters, kofukin, kind):
    digest = headquarters.get(upload(headquarters, budget_book())["Location"]).context["form"]["digest"].value()
    headquarters.post(reverse("import_save", args=[ImportRun.objects.get().pk]), {"digest": digest})
    template = headquarters.get(reverse("import_blank", args=[kind])).getvalue()
    assert load_workbook(BytesIO(template)).active.max_row >= 1
    kept = headquarters.get(upload(headquarters, template, kind=kind)["Location"]).context["kept"]
    assert not kept.counts["error"]
    assert not kept.to_write_count
    assert kept.counts["unchanged"] == (4 if kind == "budget" else 0)


def test_staff_who_may_not_import_are_told_so(client):
    client.force_login(make_editor("kushiro"))
    assert client.get(UPLOAD).status_code == 403
    assert upload(client, budget_book()).status_code == 403
    assert not ImportRun.objects.exists()


def test_others_are_asked_to_sign_in(client):
    assert client.get(UPLOAD).status_code == 302
    client.force_login(make_stranger())
    assert client.get(UPLOAD).status_code == 302


@pytest.mark.parametrize("name", ["import_run", "import_file", "import_mending", "import_save", "import_drop"])
def test_no_step_of_a_run_is_open_to_an_office(client, kofukin, name):
    client.force_login(make_administrator())
    upload(client, budget_book())
    url = reverse(name, args=[ImportRun.objects.get().pk])
    client.force_login(make_editor("kushiro"))
    assert {client.get(url).status_code, client.post(url).status_code} <= {403, 405}
    assert ImportRun.objects.get().is_open


def test_a_preview_left_waiting_is_on_the_start_page(headquarters, kofukin):
    upload(headquarters, budget_book(program="知らない制度"))
    run = ImportRun.objects.get()
    page = headquarters.get("/admin/").content.decode()
    assert reverse("import_run", args=[run.pk]) in page
    assert "質問 4" in page
    client = type(headquarters)()
    client.force_login(make_administrator())
    assert reverse("import_run", args=[run.pk]) not in client.get("/admin/").content.decode()


def test_all_that_waits_can_be_given_up_at_once(headquarters, kofukin):
    for amount in (1, 2):
        upload(headquarters, budget_book((amount,) * 4))
    others, _ = preview(kinds()["budget"], budget_book(), "ほかの人.xlsx")
    assert "途中の取込2件を、すべてやめる" in headquarters.get(UPLOAD).content.decode()
    page = headquarters.post(reverse("import_drop_all"), follow=True).content.decode()
    assert "途中の取込2件をやめました" in page
    assert list(ImportRun.objects.filter(state="previewed")) == [others]


def test_the_result_says_what_was_saved_and_what_was_not_and_why(headquarters, kofukin):
    content = budget_book((45.5, "#REF!", -3, 45.8))
    preview = headquarters.get(upload(headquarters, content)["Location"])
    run = ImportRun.objects.get()
    data = {"digest": preview.context["form"]["digest"].value(), "leaving_rest": "on"}
    page = headquarters.post(reverse("import_save", args=[run.pk]), data, follow=True).content.decode()
    assert "保存したもの" in page
    assert "平成30年度（2018）" in page
    assert f'href="{reverse("figures")}" aria-label="予算額（明示なし） 平成30年度（2018）を公開ページで見る"' in page
    gaps = page.partition("入れなかったもの")[2]
    assert 'cell=D6#cell-D6"><code>D6</code></a>' in gaps
    assert "マイナスの数値" in gaps
    assert "地域づくり総合交付金" in gaps.partition("C6")[2].partition("</tr>")[0]
    assert reverse("admin:support_budgetfigure_add") in gaps
    assert reverse("import_mending", args=[run.pk]) in page
    assert headquarters.get(reverse("import_mending", args=[run.pk])).status_code == 200


def test_the_result_says_by_how_much_figures_changed(headquarters, kofukin):
    for amounts in ((45.5, 45.5, 45.8, 45.8), (45.5, 45.5, 45.8, 46.1)):
        preview = headquarters.get(upload(headquarters, budget_book(amounts))["Location"])
        data = {"digest": preview.context["form"]["digest"].value()}
        address = reverse("import_save", args=[ImportRun.objects.latest("pk").pk])
        page = headquarters.post(address, data, follow=True).content.decode()
    assert "＋3,000万円" in page


def test_a_record_of_before_results_were_kept_is_shown_without_one(headquarters, kofukin):
    run = make_run(state="saved", saved_at="2026-04-01T00:00Z")
    page = headquarters.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "入れなかったもの" not in page


def test_what_is_wrong_with_a_file_stands_first_and_leads_to_its_field(headquarters, previewed):
    previewed(budget_book())
    page = upload(headquarters, b"%PDF-1.7\n", "通知.pdf").content.decode()
    summary = page.partition("errorsummary")[2]
    assert "これはPDFで" in summary.partition("</div>")[0]
    assert 'href="#id_file"' in summary.partition("</div>")[0]
    assert "確かめている途中の取込があります" in summary


@pytest.mark.parametrize(
    ("name", "advice"), [("表.csv", "年度や地域ごとに行を分けた"), ("表.xlsx", "写真や要らないシート")]
)
def test_a_file_that_is_too_large_gets_advice_that_fits_it(headquarters, monkeypatch, name, advice):
    monkeypatch.setattr(admission, "MAX_BYTES", 10)
    assert advice in upload(headquarters, b"a" * 11, name).content.decode()
