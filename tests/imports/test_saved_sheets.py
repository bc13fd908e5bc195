"""After a save: the sheet with what came of each cell, and what the public pages show."""

import re

import pytest
from django.urls import reverse

from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun, KeptComparison
from sumairu.imports.saving import preview, save
from sumairu.imports.undoing import plan, undo
from tests.factories import make_indicator, make_municipality, make_program
from tests.imports.books import book, budget_book
from tests.imports.screens import page_of, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(budget):
    """`saved(content)`: a run of this workbook that was saved, whatever was left to settle."""

    def saved(content, name="予算.xlsx", kind=budget):
        run, comparison = preview(kind, content, name)
        save(kind, run, comparison.digest, leaving_rest=True)
        return ImportRun.objects.get(pk=run.pk)

    return saved


def result_of(client, run):
    return page_of(client, reverse("import_run", args=[run.pk]))


def sheet_of(client, run, **query):
    return page_of(client, reverse("import_sheet", args=[run.pk]), **query)


def bar(page):
    return re.sub(r"<[^>]*>", "", re.search(r'id="selected".*?</div>', page, re.DOTALL)[0])


def test_each_cell_that_the_result_names_leads_to_it_on_its_sheet(headquarters, kofukin, saved):
    saved(budget_book((45.5, 45.5, 45.8, 45.8)))
    run = saved(budget_book((45.5, "四十五", 45.8, 46.1)), "直し.xlsx")
    page = result_of(headquarters, run)
    for cell in ("C6", "E6"):
        assert f'href="/admin/import/{run.pk}/sheet/?sheet=1&amp;cell={cell}#cell-{cell}"' in page


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("B2", "登録済みの値と同じでした"),
        ("C2", "入れませんでした。「四十五」は数として読めません"),
        ("E2", "45億8,000万円から変えました"),
        ("F2", "新しく入れました"),
    ],
)
def test_the_sheet_says_what_came_of_a_cell(headquarters, kofukin, saved, cell, words):
    def row(*amounts):
        years = ["H30", "R元", "R2", "R3", "R4"][: len(amounts)]
        return book(
            ("予算額", [["制度名", *(f"{year}年度（億円）" for year in years)], ["地域づくり総合交付金", *amounts]])
        )

    saved(row(45.5, 45.5, 45.8, 45.8))
    run = saved(row(45.5, "四十五", 45.8, 46.1, 47), "直し.xlsx")
    assert words in bar(sheet_of(headquarters, run, cell=cell))


def test_nothing_can_be_answered_or_left_out_on_the_sheet_of_a_saved_run(headquarters, kofukin, saved):
    run = saved(budget_book((45.5, "四十五", 45.8, 46.1)))
    page = sheet_of(headquarters, run, cell="C6")
    assert 'aria-label="誤り">誤</i>' in row_of(page, 6)
    assert "読まない</button>" not in page
    assert "#answers" not in page
    assert "あと1" not in page


def test_what_was_saved_stays_on_the_sheet_as_it_was_though_figures_changed_since(headquarters, kofukin, saved):
    run = saved(budget_book((45.5, 45.5, 45.8, 45.8)))
    saved(budget_book((1, 2, 3, 4)), "あと.xlsx")
    assert "新しく入れました" in bar(sheet_of(headquarters, run, cell="E6"))


def test_a_run_that_is_not_saved_or_of_which_no_sheet_was_kept_has_only_its_own_page(
    headquarters, budget, kofukin, saved
):
    waiting, _ = preview(budget, budget_book(), "確認中.xlsx")
    run = saved(budget_book((1, 2, 3, 4)))
    KeptComparison.objects.filter(run=run).delete()
    for each in (waiting, run):
        response = headquarters.get(reverse("import_sheet", args=[each.pk]))
        assert response["Location"] == reverse("import_run", args=[each.pk])
    assert "<code>E6</code>" in result_of(headquarters, run)
    assert "/sheet/" not in result_of(headquarters, run)


def shown(page):
    found = re.search(r'id="shown".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_result_shows_a_figure_as_the_public_sees_it(headquarters, kofukin, saved):
    page = shown(result_of(headquarters, saved(budget_book((45.5, 45.5, 45.8, 46.1)))))
    assert "令和3年度（2021）" in page
    assert "46億1,000万円" in page
    assert "予算.xlsx › 予算額 › E6" in page
    for address in (kofukin.get_absolute_url(), reverse("figures"), reverse("table_csv", args=["budget"])):
        assert f'href="{address}"' in page
        assert headquarters.get(address).status_code == 200


def test_figures_of_a_programme_that_is_not_public_are_not_said_to_be_seen(headquarters, saved):
    make_program(official_name="地域づくり総合交付金")
    page = shown(result_of(headquarters, saved(budget_book())))
    assert "まだ公開ページには出ません" in page
    assert "/programs/" not in page


def test_each_indicator_is_shown_once_with_the_page_of_its_newest_year(headquarters, saved):
    make_indicator("普通交付税", slug="tax")
    make_indicator("ふるさと納税", slug="donations")
    town = make_municipality("釧路市")
    rows = [
        ["市町村", "R2普通交付税（円）", "R3普通交付税（円）", "R3ふるさと納税（円）"],
        ["釧路市", 1_000, 2_000, 3_000],
    ]
    page = shown(result_of(headquarters, saved(book(("一覧", rows)), "一覧.xlsx", kinds()["indicator"])))
    assert re.findall(r'class="value">([^<]*)', page) == ["2,000円", "3,000円"]
    for address in (town.get_absolute_url(), "/indicators/tax/2021/", "/indicators/donations/2021/"):
        assert f'href="{address}"' in page
        assert headquarters.get(address).status_code == 200


def test_what_was_taken_back_is_no_longer_shown(headquarters, budget, kofukin, saved):
    run = saved(budget_book())
    undo(budget, run, None, plan(budget, run).digest)
    assert shown(result_of(headquarters, ImportRun.objects.get(pk=run.pk))) == ""


def test_the_first_page_offers_to_take_back_what_was_not_taken_back_yet(headquarters, budget, kofukin, saved):
    first, second = saved(budget_book()), saved(budget_book((1, 2, 3, 4)), "あと.xlsx")
    undo(budget, second, None, plan(budget, second).digest)
    page = page_of(headquarters, "/admin/import/")
    assert f'href="{reverse("import_undo", args=[first.pk])}"' in page
    assert f'href="{reverse("import_undo", args=[second.pk])}"' not in page


def test_the_first_page_says_how_much_is_left_to_settle(headquarters, kofukin, previewed):
    previewed(budget_book((45.5, "四十五", 45.8, 46.1)))
    assert "答えるか直すところのある数値が1件あります" in page_of(headquarters, "/admin/import/")
