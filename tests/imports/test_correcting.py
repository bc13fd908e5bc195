"""A workbook read otherwise, as the form beneath the preview says."""

from html import unescape

import pytest

from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun, Layout
from sumairu.lib.workbooks.corrections import Correction
from tests.exhaustive import gathered
from tests.factories import make_headquarters_editor, make_indicator, make_municipality
from tests.imports.books import book, budget_book
from tests.imports.screens import form_of, page_of, post

pytestmark = pytest.mark.django_db


def without_unit(*years):
    return book(("予算", [["制度名", *years], ["地域づくり総合交付金", *([4_580] * len(years))]]))


def test_the_form_says_how_the_table_was_read(headquarters, kofukin, previewed):
    fields = form_of(headquarters, previewed(budget_book()))
    assert (fields["first"], fields["last"], fields["use_A"], fields["use_B"]) == (4, 5, "label", "figures")
    assert (fields["year_B"], fields["unit_B"], fields["name"]) == ("2018", "億円", "予算額の推移")


def test_a_unit_that_the_sheet_lacks_is_said_for_the_whole_table(headquarters, kofukin, previewed):
    url = previewed(without_unit("R2年度", "R3年度"))
    fields = form_of(headquarters, url)
    page = post(headquarters, url, "reading", fields | {"table": 0, "sheet": 1, "unit": "百万円"})
    assert "この読み方で読み直しました" in page
    assert "2件を保存する" in page
    run = ImportRun.objects.get()
    assert (run.corrections[0]["unit"], run.corrections[0]["columns"]) == ("百万円", {})
    assert "もとの読み方に戻す" in page
    assert "あと、質問 1 に" in post(headquarters, url, "reading", {"plain": "1"})


def test_only_what_was_changed_is_a_correction(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    changes = {"use_C": "leave_out", "year_E": "2022", "stage_E": "当初", "left_out": "2"}
    post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | changes)
    [correction] = ImportRun.objects.get().corrections
    assert (correction["header_rows"], correction["left_out_rows"]) == ([], [[2, 2]])
    assert set(correction["columns"]) == {"C", "E"}
    assert correction["columns"]["E"] == {
        "use": None,
        "fiscal_year": 2022,
        "stage": "当初",
        "unit": None,
        "calendar_year": None,
    }
    page = page_of(headquarters, url, cell="E6")
    assert "令和4年度（2022）・全道・当初" in page
    assert "<b>読まない</b>読み方で、読まない列にしました" in page


def test_corrections_add_up(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    for change in ({"use_C": "leave_out"}, {"use_D": "leave_out"}):
        post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | change)
    assert "2件を保存する" in page_of(headquarters, url)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "cases",
    gathered(
        [
            ({"left_out": "3-x"}, "「3-x」は行の番号として読めません"),
            ({"left_out": "9-2"}, "はじめの行がおわりの行より後です"),
            ({"left_out": "99"}, "このシートにありません"),
            ({"first": "5", "last": ""}, "はじめとおわりの両方を入れてください"),
            ({"first": "5", "last": "4"}, "はじめから数えて10行まで"),
            ({"first": "500"}, "6 以下"),
            ({"unit": "ドル"}, "正しく選択してください"),
            ({"year": "来年"}, "正しく選択してください"),
            ({"year_B": "1066"}, "正しく選択してください"),
            ({"unit_B": "匹"}, "正しく選択してください"),
            ({"use_B": "nothing"}, "正しく選択してください"),
            ({"stage_B": "nothing"}, "正しく選択してください"),
            ({"keep": "on", "name": ""}, "読み方の名前を入れてください"),
        ]
    ),
)
def test_what_cannot_be_meant_is_said_beside_its_field(headquarters, kofukin, previewed, cases):
    url = previewed(budget_book())
    form = form_of(headquarters, url)
    for changes, says in cases:
        page = post(headquarters, url, "reading", form | {"table": 0, "sheet": 1} | changes)
        assert says in unescape(page)
        assert '<details class="correct" id="correct" open>' in page, changes
        assert ImportRun.objects.get().corrections == [], changes


def test_a_table_that_was_not_found_can_be_described(headquarters, kofukin, previewed):
    url = previewed(book(("予算額", [["見本"], [], ["地域づくり総合交付金", 45.8]])))
    page = page_of(headquarters, url)
    assert "このシートに表は見つかりませんでした" in page
    page = post(headquarters, url, "reading", {"sheet": 1, "table": 0, "first": "", "use_A": "label"})
    assert "見出しの行を入れてください" in page
    assert "数値の列がありません" in page
    said = {"first": 1, "last": 1, "use_A": "label", "use_B": "figures", "year_B": "2021", "unit_B": "億円"}
    page = post(headquarters, url, "reading", {"sheet": 1, "table": 0} | said)
    assert "1件を保存する" in page


def test_of_several_tables_each_is_corrected_by_itself(headquarters, kofukin, previewed):
    rows = [
        ["制度名", "R2年度"],
        ["地域づくり総合交付金", 1],
        [],
        [],
        ["制度名", "R3年度"],
        ["地域づくり総合交付金", 2],
    ]
    url = previewed(book(("予算額", rows)))
    for number, unit in ((0, "億円"), (1, "百万円")):
        fields = form_of(headquarters, url, table=number)
        assert fields["first"] == (1, 5)[number]
        post(headquarters, url, "reading", fields | {"table": number, "sheet": 1, "unit": unit})
    assert "200万円" in page_of(headquarters, url, cell="B6")
    assert "1億円" in page_of(headquarters, url, cell="B2")


def test_a_reading_is_kept_and_the_next_workbook_says_so(headquarters, kofukin, previewed):
    url = previewed(without_unit("R2年度", "R3年度"))
    fields = form_of(headquarters, url) | {"table": 0, "sheet": 1, "unit": "百万円", "keep": "on", "name": "予算の推移"}
    assert "この読み方を覚えました" in post(headquarters, url, "reading", fields)
    assert (Layout.objects.get().name, Layout.objects.get().kept_by) == ("予算の推移", make_headquarters_editor())
    url = previewed(without_unit("R3年度", "R4年度"), "来年.xlsx")
    page = page_of(headquarters, url)
    assert "読み方「予算の推移」で読みました" in page
    assert "2件を保存する" in page
    page = post(headquarters, url, "reading", {"plain": "1"})
    assert "予算の推移」で読みました" not in page
    assert "あと、質問 1 に" in page


def of_two_years(year):
    """A table of this year and of the one before, which names its year by its distance only."""
    rows = [["制度名", f"R{year}年度", "前年度"], ["（単位：百万円）"], ["地域づくり総合交付金", 4_580, 4_550]]
    return book(("予算", [rows[1], rows[0], rows[2]]))


def test_a_column_of_the_year_before_is_remembered_as_that(headquarters, kofukin, previewed):
    url = previewed(of_two_years(3))
    said = {"use_C": "figures", "year_C": "2020", "keep": "on", "name": "二年の比較"}
    post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | said)
    assert "令和2年度（2020）" in page_of(headquarters, url, cell="C3")
    url = previewed(of_two_years(5), "再来年.xlsx")
    assert "読み方「二年の比較」で読みました" in page_of(headquarters, url)
    assert "令和4年度（2022）" in page_of(headquarters, url, cell="C3")
    assert "令和5年度（2023）" in page_of(headquarters, url, cell="B3")


@pytest.mark.parametrize(("title", "name"), [("令和6年度　予算一覧", "予算一覧"), ("令和6年度", "令和6年度")])
def test_a_layout_which_serves_for_other_years_is_offered_a_name_without_one(
    headquarters, kofukin, previewed, title, name
):
    rows = [[title], ["制度名", "予算額（千円）"], ["地域づくり総合交付金", 4_580]]
    assert form_of(headquarters, previewed(book(("予算", rows))))["name"] == name


@pytest.mark.exhaustive
@pytest.mark.parametrize("change", [{"year": "2020年"}, {"year_B": "2020年"}])
def test_a_year_of_the_calendar_is_chosen_where_the_sheet_states_none(headquarters, previewed, change):
    make_indicator("人口", measure="people", counts_by="calendar_year")
    make_municipality("釧路市")
    content = book(("一覧", [["市町村", "人口（人）"], ["釧路市", 165_077]]))
    url = previewed(content, "人口.xlsx", kinds()["indicator"])
    fields = form_of(headquarters, url)
    page = post(headquarters, url, "reading", fields | {"table": 0, "sheet": 1} | change)
    assert "1件を保存する" in page
    assert "令和2年（2020）" in page_of(headquarters, url, cell="B2")
    fields = form_of(headquarters, url)
    assert {name: fields[name] for name in change} == change
    page = post(headquarters, url, "reading", fields | {"table": 0, "sheet": 1} | dict.fromkeys(change, "2020"))
    assert "どの年の数値ですか" in page


def test_corrections_of_before_there_were_calendars_are_read():
    kept = Correction("R4", 0, fiscal_year=2021).to_json()
    del kept["calendar_year"]
    assert Correction.from_json(kept) == Correction("R4", 0, fiscal_year=2021)
