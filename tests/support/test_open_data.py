import csv
from io import StringIO

import pytest

from tests.costs import queries_of
from tests.factories import (
    make_budget_figure,
    make_dispatch_figure,
    make_edition,
    make_headquarters_editor,
    make_program,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db


def rows(client, address):
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    text = b"".join(response).decode()
    assert text[0] == "\ufeff"
    return list(csv.DictReader(StringIO(text[1:])))


def test_every_budget_is_a_row_with_its_source(client):
    program = make_edition(program=make_program(slug="kofukin", official_name="交付金")).program
    make_budget_figure(program=program)
    make_budget_figure(program=program, stage="当初", subprefecture=make_subprefecture())
    prefecture, office = rows(client, "/data/budget.csv")
    said = {
        "全国地方公共団体コード": "010006",
        "年度（西暦）": "2021",
        "年度（和暦）": "令和3年度",
        "制度番号": "kofukin",
        "制度名": "交付金",
        "振興局": "全道",
        "段階": "明示なし",
        "予算額（円）": "4550000000",
        "出どころ（ファイル名）": "予算.xlsx",
        "出どころ（セル）": "B6",
        "出どころ（資料の表記）": "45.5",
        "出どころ（資料の単位）": "億円",
    }
    assert said.items() <= prefecture.items()
    assert (office["振興局"], office["段階"]) == ("釧路総合振興局", "当初")


def test_people_are_rows_too_and_who_typed_a_figure_is_not_named(client):
    make_dispatch_figure(entered_by=make_headquarters_editor(), raw="", unit="")
    (row,) = rows(client, "/data/dispatch.csv")
    assert (row["派遣者数（人）"], row["出どころ（種類）"], row["出どころ（ファイル名）"]) == (
        "38",
        "職員による入力",
        "",
    )
    assert make_headquarters_editor().name not in str(row)


def test_a_name_that_a_spreadsheet_would_calculate_is_only_text(client):
    make_budget_figure(program=make_edition(program=make_program(official_name="=HYPERLINK(A1)")).program)
    assert rows(client, "/data/budget.csv")[0]["制度名"] == "'=HYPERLINK(A1)"


def test_the_columns_of_a_file_of_figures_stand_where_they_stood(client):
    """L3-07: who reads the file by a program finds every column in its place, year after year."""
    header = next(iter(client.get("/data/budget.csv"))).decode().removeprefix("\ufeff").strip().split(",")
    assert header[:9] == [
        "全国地方公共団体コード",
        "年度（西暦）",
        "年度（和暦）",
        "制度番号",
        "制度名",
        "振興局",
        "段階",
        "補正",
        "予算額（円）",
    ]


def test_without_figures_there_is_a_header(client):
    assert rows(client, "/data/budget.csv") == []


def test_the_file_costs_one_query_however_long(client):
    for _ in range(20):
        make_budget_figure()
    assert queries_of(client, "/data/budget.csv") == 1
