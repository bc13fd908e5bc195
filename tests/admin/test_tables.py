"""Tables out of and into the lists: what Excel does to them, and the three traps of the library that does the work."""

import csv
from datetime import date
from io import BytesIO, StringIO
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from regions.models import Initiative
from sumairu.admin import resources
from sumairu.versions.models import Version
from support.models import Dispatch, Program, ProgramEdition
from tests.exhaustive import sample
from tests.factories import (
    make_administrator,
    make_dispatch,
    make_edition,
    make_editor,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)
from tests.lib.workbooks.builders import ole, package, sheet_xml

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def url(model, page):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def exported(client, model, format=CSV):
    return client.post(url(model, "export"), {"format": format, "resource": "0"}).content


def csv_rows(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def as_csv(rows):
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(sheets, active=0):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.active = active
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, model, content, name="表.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(url(model, "import"), {"import_file": file, "resource": "0"})


def confirm(client, model, preview):
    return client.post(url(model, "process_import"), preview.context_data["confirm_form"].initial)


def words(response):
    return response.content.decode()


# --- Names of fields ---------------------------------------------------------------------------------------------


def test_what_ended_this_year_goes_out_and_comes_in_by_its_labels(headquarters):
    edition = make_edition(status="draft", ended_fields=["rate", "target"])
    [row] = csv_rows(exported(headquarters, ProgramEdition))
    assert row["今年度はなくなった項目"] == "対象者;支援の割合"
    row["今年度はなくなった項目"] = "用途・対象になるもの、根拠"
    table = "\r\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (row, row.values())).encode()
    preview = upload(headquarters, ProgramEdition, table)
    assert "対象者;" in words(preview)
    assert confirm(headquarters, ProgramEdition, preview).status_code == 302
    edition.refresh_from_db()
    assert edition.ended_fields == ["pays_for", "legal_basis"]
    wrong = upload(headquarters, ProgramEdition, table.replace("、根拠".encode(), "、ねだん".encode()))
    assert "「ねだん」は選べません" in words(wrong)


# --- Out ---------------------------------------------------------------------------------------------------------


def test_a_csv_begins_with_a_mark_so_that_excel_shows_japanese(kushiro):
    make_initiative(title="海岸")
    content = exported(kushiro, Initiative)
    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(content)[0]["取組名"] == "海岸"


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_of_a_csv_is_a_formula(kushiro, text):
    make_initiative(title=text)
    assert csv_rows(exported(kushiro, Initiative))[0]["取組名"] == f"'{text}"


@pytest.mark.parametrize("text", ["=1+1", "-1", "'quoted"])
def test_no_cell_of_a_workbook_is_a_formula_and_none_is_altered(kushiro, text):
    make_initiative(title=text)
    sheet = load_workbook(BytesIO(exported(kushiro, Initiative, XLSX))).active
    cell = next(cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "取組名")
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_control_character_does_not_break_a_workbook(kushiro):
    make_initiative(title="海\x0b岸")
    sheet = load_workbook(BytesIO(exported(kushiro, Initiative, XLSX))).active
    assert "海岸" in [cell.value for cell in sheet[2]]


def test_an_export_keeps_the_filters_of_the_list(kushiro):
    make_initiative(fiscal_year=2021, title="令和3年度の取組")
    make_initiative(fiscal_year=2022, title="令和4年度の取組")
    response = kushiro.post(f"{url(Initiative, 'export')}?fiscal_year=2022", {"format": CSV, "resource": "0"})
    assert [row["取組名"] for row in csv_rows(response.content)] == ["令和4年度の取組"]


def test_an_export_asks_the_database_as_often_for_many_rows_as_for_one(headquarters, django_assert_max_num_queries):
    for name in ("釧路市", "根室市", "羅臼町", "厚岸町") * 3:
        make_dispatch(municipality=make_municipality(name))
    with django_assert_max_num_queries(12):
        exported(headquarters, Dispatch)


@pytest.mark.parametrize("format", [XLSX, CSV], ids=["xlsx", "csv"])
@pytest.mark.parametrize("model", [Initiative, Dispatch], ids=lambda model: model.__name__)
def test_what_went_out_comes_in_unchanged(kushiro, model, format):
    initiative = make_initiative(
        title="-「海岸」、=と'で", body="- 一つ\n- 二つ", predecessor=make_initiative(), partners="観光協会\n漁協"
    )
    initiative.themes.add(make_theme())
    initiative.municipalities.add(make_municipality("釧路市"), make_municipality("厚岸町"))
    make_dispatch(municipality=make_municipality("釧路市"), starts_on="2021-04-01", state="filled")
    content = exported(kushiro, model, format)
    preview = upload(kushiro, model, content, "表.xlsx" if format == XLSX else "表.csv")
    assert preview.context_data["result"].totals["skip"] == model.objects.count(), words(preview)
    assert preview.context_data["result"].totals["update"] == 0


@pytest.mark.parametrize("model", [Program, ProgramEdition], ids=lambda model: model.__name__)
def test_programmes_and_editions_come_in_as_they_went_out(headquarters, model):
    make_edition(program=make_program(successor=make_program()), publish_on="2021-04-01")
    preview = upload(headquarters, model, exported(headquarters, model))
    assert preview.context_data["result"].totals["skip"] == model.objects.count(), words(preview)


# --- In ----------------------------------------------------------------------------------------------------------


def test_new_and_changed_rows_are_shown_first_and_saved_after(kushiro):
    make_subprefecture(), make_theme()
    known = make_initiative(title="前の名前")
    rows = [
        ["取組コード", "振興局", "年度", "取組名", "要約", "分野", "公開の状態"],
        [known.code, "釧路総合振興局", "令和3年度", "新しい名前", "要約", "観光", "下書き"],
        ["kushiro-2022-1", "釧路総合振興局", "Ｒ４", "加えた取組", "要約", "", "下書き"],
    ]
    preview = upload(kushiro, Initiative, as_csv(rows))
    assert "<del>前の名前</del> <ins>新しい名前</ins>" in words(preview)
    assert list(Initiative.objects.values_list("title", flat=True)) == ["前の名前"]
    confirm(kushiro, Initiative, preview)
    assert set(Initiative.objects.values_list("title", "fiscal_year")) == {("新しい名前", 2021), ("加えた取組", 2022)}
    assert [theme.name for theme in Initiative.objects.get(pk=known.pk).themes.all()] == ["観光"]


def test_a_table_that_japanese_excel_saved_is_read(kushiro):
    row = make_initiative()
    table = as_csv([["取組コード", "取組名"], [row.code, "髙い①海岸"]]).decode().encode("cp932")
    confirm(kushiro, Initiative, upload(kushiro, Initiative, table))
    row.refresh_from_db()
    assert row.title == "髙い①海岸"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["取組コード", "取組名"], ["{code}", ""]], "取組名"),
        ([["取組コード", "年度"], ["{code}", "三年"]], "年度として読めません"),
        ([["取組コード", "分野"], ["{code}", "ない分野"]], "「ない分野」という分野はありません"),
        ([["取組コード", "公開の状態"], ["{code}", "公表"]], "下書き・確認待ち・公開・公開終了のどれか"),
        ([["取組コード", "公開する日"], ["{code}", "4月1日"]], "年がありません"),
        ([["取組コード", "とりくみめい"], ["{code}", "x"]], "見出し「とりくみめい」の列は取り込めません"),
        ([["取組名"], ["x"]], "見出し「取組コード」の行がありません"),
        ([["取組コード", "取組名", "取組名"], ["{code}", "x", "y"]], "同じ見出しの列が二つあります"),
    ],
    ids=["empty name", "year", "theme", "status", "day", "unknown title", "no key", "twice"],
)
def test_a_fault_is_said_in_japanese_and_nothing_is_saved(kushiro, rows, reason):
    row = make_initiative(title="もとの名前")
    table = as_csv([[cell.format(code=row.code) for cell in line] for line in rows])
    preview = upload(kushiro, Initiative, table)
    assert preview.context_data.get("confirm_form") is None
    assert reason in words(preview)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("表.pdf", b"%PDF-1.7", "Excelブック（.xlsx）かCSV（.csv）"),
        ("表.xlsx", b"%PDF-1.7", "PDF"),
        (
            "表.xlsx",
            lambda: package(sheet_xml(""), {"xl/a.bin": "".join(f"{n}," * 20 for n in range(260_000))}),
            "中身が大きすぎる",
        ),
        ("表.xlsx", package('<!DOCTYPE a [<!ENTITY b "9">]><worksheet/>'), "DOCTYPE"),
        ("表.xlsx", ole("Workbook"), ".xlsx 形式で保存し直した"),
        ("表.csv", b"\x81\xff\xfe\x00", "文字コード"),
        ("表.csv", b"", "ファイルが空です"),
    ],
    ids=["pdf", "pdf called xlsx", "large unpacked", "entities", "old workbook", "no text", "empty"],
)
def test_a_file_that_is_no_table_is_refused_in_japanese(kushiro, name, content, reason):
    content = content() if callable(content) else content  # what takes long to make is made where it is asked for
    assert reason in words(upload(kushiro, Initiative, content, name))


def test_one_wrong_row_keeps_all_others_out(kushiro):
    first, second = make_initiative(title="一"), make_initiative(title="二")
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "取組名"], [first.code, "直した"], [second.code, ""]]))
    assert preview.context_data.get("confirm_form") is None
    assert "2" in words(preview)


# --- The three traps ---------------------------------------------------------------------------------------------


def test_the_sheet_with_the_header_is_read_wherever_the_workbook_was_left_open(kushiro):
    row = make_initiative()
    table = [["取組の一覧"], ["取組コード", "取組名"], [row.code, "二枚目から"]]
    content = as_xlsx({"表紙": [["お知らせ"]], "一覧": table, "メモ": [["控え"]]}, active=2)
    confirm(kushiro, Initiative, upload(kushiro, Initiative, content, "表.xlsx"))
    row.refresh_from_db()
    assert row.title == "二枚目から"


def test_a_workbook_without_the_header_is_refused(kushiro):
    preview = upload(kushiro, Initiative, as_xlsx({"一覧": [["名前"], ["x"]]}), "表.xlsx")
    assert "どのシートにも見出し「取組コード」の行がありません" in words(preview)


@pytest.mark.parametrize("page", ["import", "process_import"])
def test_who_may_only_look_cannot_import(headquarters, page):
    make_initiative()
    assert headquarters.get(url(Initiative, "changelist")).status_code == 200
    assert headquarters.post(url(Initiative, page), {}).status_code == 403


def test_a_row_that_turned_invalid_since_the_preview_keeps_all_rows_out(headquarters):
    program, taken = make_program(plain_name="前"), make_program()
    rows = [
        ["制度番号", "正式な名称", "やさしい名称"],
        [program.slug, program.official_name, "後"],
        [taken.slug, "まだない名称", "後"],
    ]
    preview = upload(headquarters, Program, as_csv(rows))
    make_program(official_name="まだない名称")
    response = confirm(headquarters, Program, preview)
    assert "何も保存していません" in words(response)
    assert not Program.objects.filter(plain_name="後").exists()


def test_the_themes_of_a_programme_come_in_by_name_and_are_in_its_version(headquarters):
    program, themes = make_program(), {make_theme(), make_theme("森林", "forests")}
    preview = upload(headquarters, Program, as_csv([["制度番号", "分野"], [program.slug, "観光；森林"]]))
    assert confirm(headquarters, Program, preview).status_code == 302
    assert set(program.themes.all()) == themes
    kept = Version.objects.filter(kind="support.program").latest("number").content["fields"]["themes"]
    assert {theme["label"] for theme in kept} == {"観光", "森林"}


# --- How much a table may ask for -----------------------------------------------------------------------------------


ROWS = {
    Program: lambda: make_program(plain_name="=ことば\nと'次の行 ").themes.add(make_theme()),
    ProgramEdition: lambda: make_edition(body="一行目\r\n1,000", ended_fields=["rate"], publish_on=date(2021, 4, 1)),
    Initiative: lambda: make_initiative(title="取組；題名").themes.add(make_theme(), make_theme()),
    Dispatch: lambda: make_dispatch(starts_on=date(2021, 4, 1)),
}


@pytest.mark.parametrize(("model", "format"), sample(product(ROWS, [XLSX, CSV]), every=3))
def test_rows_that_come_back_as_they_went_out_cost_no_query(model, format, client):
    client.force_login(make_administrator())
    make = ROWS[model]

    def brought_back():
        name, content = "表.xlsx" if format == XLSX else "表.csv", exported(client, model, format)
        with CaptureQueriesContext(connection) as queries:
            preview = upload(client, model, content, name)
        assert preview.context_data["result"].totals["skip"] == model.objects.count(), words(preview)
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    make()
    brought_back()
    one = brought_back()
    for _ in range(5):
        make()
    assert brought_back() == one


def test_only_rows_that_change_something_are_counted(headquarters, monkeypatch):
    monkeypatch.setattr(resources, "MOST_CHANGED", 1)
    programs = [make_program(plain_name=f"名称{number}") for number in range(4)]
    table = [["制度番号", "やさしい名称"], *([program.slug, program.plain_name] for program in programs)]
    table[1][1] = "直した名称"
    preview = upload(headquarters, Program, as_csv(table))
    assert confirm(headquarters, Program, preview).status_code == 302
    assert set(Program.objects.values_list("plain_name", flat=True)) == {"直した名称", "名称1", "名称2", "名称3"}

    table[1][1], table[2][1] = "また直した名称", "これも直した名称"
    preview = upload(headquarters, Program, as_csv(table))
    assert "変わる行が多すぎます（2行）。1回に取り込めるのは1行までです。" in words(preview)
    monkeypatch.setattr(resources, "MOST_CHANGED", 2)
    monkeypatch.setattr(resources, "MOST_LETTERS", 20)
    preview = upload(headquarters, Program, as_csv(table))
    assert "変わる行の文字が多すぎます。" in words(preview)
