"""稟議シート: what a town lays before those who decide, as a page and as a workbook."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from regions.models import Fact
from tests.costs import page, queries_of
from tests.factories import (
    make_desk,
    make_edition,
    make_local_note,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 10)
ADDRESS = "/programs/kofukin/for/012068/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for module in ("support.standing", "support.decision_sheet"):
        monkeypatch.setattr(f"{module}.localdate", lambda: TODAY)


@pytest.fixture
def edition():
    make_municipality("釧路市"), make_municipality("厚岸町"), make_municipality("根室市")
    program = make_program(slug="kofukin", official_name="地域づくり総合交付金")
    desk = make_desk(section="釧路の係", subprefecture=make_subprefecture())
    make_program_desk(program=program, subprefecture=make_subprefecture(), desk=desk)
    edition = make_edition(
        program=program,
        rate="対象経費の2分の1以内",
        ceiling="300万円以内",
        how_to_apply="相談する\n申請書を送る",
        source="十勝の案内",
    )
    fact = Fact.objects.create(slug="subprefecture", label="振興局", kind=Fact.Kind.TEXT)
    make_rule(edition=edition, fact=fact, value="釧路総合振興局", wording="釧路管内のまちが対象です")
    make_window(edition=edition, note="郵送は当日消印まで")
    return edition


def said(client, address=ADDRESS):
    """The lines of the sheet: of each label what is said."""
    page(client, address)
    sheet = client.get(address).context["sheet"]
    return {line.label: line.text for section in sheet.sections for line in section.lines}


def test_it_says_what_amount_own_share_calendar_verdict_neighbours_and_desk(client, edition):
    make_local_note(edition=edition, text="先に相談してください。")
    lines = said(client)
    assert lines["支援の割合"] == "対象経費の2分の1以内"
    assert lines["自己負担"].startswith("対象経費の2分の1以上。上限を超える分")
    assert (
        lines["受付中"] == "2021年4月1日（木）から5月31日（月）まで　あと21日" or "5月31日（月）まで" in lines["受付中"]
    )
    assert lines["申込みのしかた"] == "1. 相談する\n2. 申請書を送る"
    assert (lines["判定"], lines["理由"]) == ("使えます", "釧路管内のまちが対象です")
    assert lines["使える"] == "すべての市町村（2）"
    assert lines["振興局の注記"] == "先に相談してください。"
    assert lines["窓口"].startswith("釧路総合振興局 釧路の係")
    assert lines["出どころ"] == "十勝の案内"
    assert lines["引用するとき"] == (
        "住まいる北海道「地域づくり総合交付金　令和3年度（2021）」釧路市、2021年5月10日（月）現在、"
        f"http://127.0.0.1:8000{ADDRESS}"
    )


def test_what_nobody_stated_is_said_to_be_unknown(client, edition):
    edition.rate = edition.ceiling = ""
    edition.save()
    lines = said(client)
    assert {lines[label] for label in ("支援の割合", "上限と下限", "自己負担")} == {
        "公開されている内容からは分かりません。窓口でお確かめください。"
    }


def test_a_town_that_may_not_is_told_why(client, edition):
    lines = said(client, "/programs/kofukin/for/012238/")
    assert lines["判定"] == "対象外"
    assert "対象外" in lines


def test_long_texts_are_cut_and_say_so(client, edition):
    edition.target = "あ" * 5_000
    edition.save()
    assert said(client)["対象者"].endswith("…（続きは制度のページ）")
    assert len(said(client)["対象者"]) <= 200


def test_what_neighbours_took_stands_beneath_and_what_is_not_known_is_not_zero(client, edition):
    make_uptake(program=edition.program, municipality=make_municipality("厚岸町"))
    make_uptake(program=edition.program, municipality=make_municipality("根室市"))
    html = page(client, ADDRESS)
    assert "近くのまちが使った記録" in html
    assert "厚岸町：交付決定額120万円" in html
    assert "根室市：" not in html
    assert "記録のないまちは、使わなかったとは限りません。" in html


def test_an_earlier_year_has_a_sheet_of_its_own(client, edition):
    make_edition(program=edition.program, fiscal_year=2020, rate="3分の1以内")
    lines = said(client, "/programs/kofukin/2020/for/012068/")
    assert lines["支援の割合"] == "3分の1以内"
    assert lines["判定"] == "令和2年度の内容では条件次第"


@pytest.mark.parametrize(
    "address",
    [
        "/programs/kofukin/for/999999/",
        "/programs/nowhere/for/012068/",
        "/programs/kofukin/2019/for/012068/",
        "/programs/kofukin/for/016951/",
        "/programs/kofukin/2019/for/012068/sheet.xlsx",
    ],
)
def test_what_there_is_not_is_not_found(client, edition, address):
    assert client.get(address).status_code == 404


def test_the_workbook_says_the_same_and_explains_itself(client, edition):
    response = client.get(f"{ADDRESS}sheet.xlsx")
    assert "utf-8''%E7%A8%9F%E8%AD%B0" in response.headers["Content-Disposition"]
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["稟議シート", "説明"]
    header, *rows = book["稟議シート"].iter_rows(values_only=True)
    assert header == ("区分", "項目", "内容", "注記", "URL")
    assert {row[1]: row[2] for row in rows} == said(client)
    explained = [row[:3] for row in book["説明"].iter_rows(values_only=True)]
    assert ("データ", "条件", "市町村：釧路市（全国地方公共団体コード 012068）") in explained
    assert ("データ", "出どころ", "十勝の案内") in explained
    assert ("データ", "作成日", "2021-05-10") in explained


def test_the_programme_s_page_and_the_town_s_row_lead_there(client, edition):
    assert f'href="{ADDRESS}"' in page(client, "/programs/kofukin/?town=012068")
    assert f'href="{ADDRESS}"' in page(client, "/municipalities/012068/")
    assert "稟議シート" not in page(client, "/programs/kofukin/")


def test_it_asks_the_database_as_often_for_much_as_for_little(client, edition):
    once = queries_of(client, ADDRESS)
    for year in range(2010, 2020):
        old = make_edition(program=edition.program, fiscal_year=year)
        make_window(edition=old), old.links.create(title="案内", url="https://a.example.jp/")
    assert queries_of(client, ADDRESS) <= once
