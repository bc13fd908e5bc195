from io import StringIO
from stat import S_IMODE

import pytest
from django.core.management import CommandError, call_command

from regions.models import Desk, Initiative
from sumairu.accounts.models import User
from sumairu.imports.models import ImportRun
from sumairu.loading import demo as demo_module
from sumairu.loading.samples import remove_samples
from support.models import BudgetFigure, DispatchFigure


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@pytest.fixture(autouse=True)
def without_towns(monkeypatch):
    """The workbooks of towns take seconds to read, and have a test of their own (tests/regions/test_town_workbooks.py)."""
    monkeypatch.setattr(demo_module, "OF_TOWNS", ())


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_it_refuses_in_production(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="本番では動きません"):
        demo()
    assert not User.objects.exists()


def test_it_says_what_to_open_and_whom_to_sign_in_as(few_statistics, monkeypatch, var):
    monkeypatch.setenv("PORT", "8123")
    said = demo()
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    assert "http://127.0.0.1:8123/admin/" in said
    assert all(word in said for word in ("kushiro@example.jp", "kanri@example.jp", password))


def test_the_port_of_the_option_wins(few_statistics, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert "http://127.0.0.1:8001/" in demo(port="8001")


def test_four_years_of_both_figures_come_from_the_workbook(few_statistics):
    demo()
    budget = BudgetFigure.objects.order_by("fiscal_year").values_list("fiscal_year", "amount_yen")
    people = DispatchFigure.objects.order_by("fiscal_year").values_list("fiscal_year", "headcount")
    assert list(budget) == [
        (2018, 4_550_000_000),
        (2019, 4_550_000_000),
        (2020, 4_580_000_000),
        (2021, 4_580_000_000),
    ]
    assert list(people) == [(2018, 38), (2019, 38), (2020, 33), (2021, 32)]
    assert {figure.run.file.name for figure in BudgetFigure.objects.all()} == {"予算・派遣実績.xlsx"}


MAY = {
    "kushiro@example.jp": {"change_initiative"},
    "nemuro@example.jp": {"change_initiative"},
    "honcho@example.jp": {"change_program"},
    "kanri@example.jp": {"change_initiative", "change_program", "add_staffassignment"},
}


def test_everyone_signs_in_to_their_own_work(few_statistics, var, client):
    demo()
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    asked = ["regions.change_initiative", "support.change_program", "regions.add_staffassignment"]
    found = {}
    for user in User.objects.all():
        assert client.login(username=user.email, password=password)
        found[user.email] = {perm.partition(".")[2] for perm in asked if user.has_perm(perm)}
    assert found == MAY


def test_a_second_run_keeps_what_was_edited_and_imports_nothing_again(few_statistics):
    demo()
    Initiative.objects.filter(code="kushiro-2021-1").update(title="直した題名")
    BudgetFigure.objects.filter(fiscal_year=2021).update(amount_yen=1)
    said = demo()
    assert "取り込んでいます" not in said
    assert ImportRun.objects.count() == 2
    assert BudgetFigure.objects.get(fiscal_year=2021).amount_yen == 1
    assert Initiative.objects.get(code="kushiro-2021-1").title == "直した題名"


@pytest.mark.exhaustive
def test_samples_that_were_removed_do_not_come_back(few_statistics):
    demo()
    remove_samples()
    demo()
    assert not Desk.objects.exists()


def test_passwords_are_for_their_owner_alone_and_stay(few_statistics, var):
    demo()
    file = var / "demo-accounts.txt"
    before = file.read_text()
    demo()
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == before


@pytest.mark.exhaustive
def test_a_password_that_was_lost_is_replaced(few_statistics, var, client):
    demo()
    (var / "demo-accounts.txt").unlink()
    demo()
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    assert client.login(username="kushiro@example.jp", password=password)
