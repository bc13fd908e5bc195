from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sumairu.imports.models import ImportRun
from sumairu.imports.saving import correct, keep_layout, preview
from sumairu.lib.workbooks import Correction
from support.models import BudgetFigure
from tests.factories import make_headquarters_editor
from tests.imports.books import book, budget_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_python_of_its_own")]


def run(path, **options):
    out = StringIO()
    call_command("import_workbook", path, stdout=out, **{"what": "budget"} | options)
    return out.getvalue()


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "予算.xlsx"
    path.write_bytes(budget_book())
    return path


def test_the_command_saves_and_reports_each_figure(workbook, kofukin):
    report = run(workbook)
    assert "新規\t予算額 › E6\t地域づくり総合交付金・令和3年度（2021）・全道・明示なし 45億8,000万円" in report
    assert "4件を保存しました" in report
    assert BudgetFigure.objects.filter(run__uploaded_by=None).count() == 4


def test_a_dry_run_writes_nothing_at_all(workbook, kofukin):
    report = run(workbook, dry_run=True)
    assert "新規 4" in report
    assert "保存していません" in report
    assert not BudgetFigure.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.exhaustive
def test_a_dry_run_reads_by_the_layout_of_the_workbook_s_shape(tmp_path, budget, kofukin):
    path = tmp_path / "予算.xlsx"
    path.write_bytes(book(("予算額", [["制度名", "R3年度"], ["地域づくり総合交付金", 4_580]])))
    assert "質問 1" in run(path, dry_run=True)
    earlier, _ = preview(budget, path.read_bytes(), path.name)
    correct(budget, earlier, [Correction("予算額", 0, unit="百万円")])
    earlier.refresh_from_db()
    keep_layout(earlier, "予算額", make_headquarters_editor())
    assert "45億8,000万円" in run(path, dry_run=True)


def test_again_changes_nothing_and_says_so(workbook, kofukin):
    run(workbook)
    assert "保存するものはありません" in run(workbook)


def test_errors_save_nothing_and_fail(workbook):
    with pytest.raises(CommandError, match="誤り"):
        run(workbook)
    assert not BudgetFigure.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"ない\.xlsx を読めません"):
        run(tmp_path / "ない.xlsx")


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "メモ.xlsx"
    path.write_text("メモ")
    with pytest.raises(CommandError):
        run(path)
