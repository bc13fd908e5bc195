"""Several people at once, on a database that several can open: one is served, the other is told, no figure is lost.

In each test one stands still between what it compared and what it writes, until the other is done or, as it should,
has waited in vain.
"""

from threading import Event, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from regions.models import Desk
from sumairu.imports import saving, undoing
from sumairu.imports.models import FigureChange, ImportRun, SourcedFigure
from sumairu.imports.saving import NotSaved, answer, preview, save
from sumairu.imports.undoing import plan, undo
from sumairu.versions.models import Version
from support.models import BudgetFigure
from tests.admin_forms import form_data
from tests.factories import make_desk, make_headquarters_editor
from tests.imports.books import budget_book
from tests.imports.test_undoing import OKU, amounts, assert_history_holds, figure, imported, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database", "read_here"), pytest.mark.exhaustive]

PATIENCE = 0.3  # seconds in which somebody who does not wait would be done


@pytest.fixture
def first(budget, kofukin):
    return imported(budget, (45.5, 45.5, 45.8, 45.8), "予算.xlsx")


@pytest.fixture
def meet(monkeypatch):
    """`meet(owner, name, one, other)`: what came of each; `other` begins while `one` stands before `owner.name`."""

    def meet(owner, name, one, other):
        arrived, over, outcomes = Event(), Event(), {}
        real = getattr(owner, name)

        def pausing(*args, **kwargs):
            if not arrived.is_set():
                arrived.set()
                over.wait(PATIENCE)
            return real(*args, **kwargs)

        def run(act, done):
            try:
                outcomes[act] = act()
            except Exception as error:
                outcomes[act] = error
            finally:
                connections.close_all()
                done.set()

        monkeypatch.setattr(owner, name, pausing)
        threads = [Thread(target=run, args=[one, Event()]), Thread(target=run, args=[other, over])]
        threads[0].start()
        assert arrived.wait(60)
        threads[1].start()
        for thread in threads:
            thread.join(300)
        return outcomes[one], outcomes[other]

    return meet


def previewed(kind, values, name="予算2.xlsx"):
    run, comparison = preview(kind, budget_book(values), name, make_headquarters_editor())
    return lambda: save(kind, run, comparison.digest)


def typed(amount):
    editor, changed = make_headquarters_editor(), figure()

    def type_in():
        changed.amount_yen = amount
        changed.type_in(editor)

    return type_in


def was_told(outcome, words):
    return isinstance(outcome, NotSaved) and words in str(outcome)


def test_of_two_who_confirm_the_same_run_one_is_told(budget, kofukin, meet):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    saves = [lambda: save(budget, run, comparison.digest) for _ in range(2)]
    saved, told = meet(saving, "_write", *saves)
    assert saved.counts["new"] == 4
    assert was_told(told, "保存済み")
    assert FigureChange.objects.count() == BudgetFigure.objects.count() == 4


def test_of_two_workbooks_with_the_same_figures_the_second_is_shown_again(budget, first, meet):
    saves = [previewed(budget, (45.5, 45.5, 45.8, amount), f"予算{amount}.xlsx") for amount in (46.1, 46.2)]
    _, told = meet(saving, "_write", *saves)
    assert was_told(told, "確かめたあとに")
    assert amounts()[2021] == 46.1
    assert ImportRun.objects.filter(state="previewed").count() == 1
    assert_history_holds()


def test_of_two_workbooks_with_the_same_new_figures_the_second_is_shown_again(budget, kofukin, meet):
    saves = [previewed(budget, [amount] * 4) for amount in (46.1, 46.2)]
    _, told = meet(saving, "_write", *saves)
    assert was_told(told, "確かめたあとに")
    assert set(amounts().values()) == {46.1}
    assert_history_holds()


def test_what_is_typed_during_a_save_comes_after_it(budget, first, meet):
    saved, _ = meet(saving, "_write", previewed(budget, (45.5, 45.5, 45.8, 46.1)), typed(47 * OKU))
    assert saved.counts["changed"] == 1
    assert (amounts()[2021], figure().run) == (47, None)
    assert_history_holds()


def test_a_save_during_typing_is_shown_again(budget, first, meet):
    _, told = meet(SourcedFigure, "come_from", typed(47 * OKU), previewed(budget, (45.5, 45.5, 45.8, 46.1)))
    assert was_told(told, "確かめたあとに")
    assert amounts()[2021] == 47
    assert_history_holds()


def test_a_figure_taken_out_during_a_save_says_what_it_was(budget, first, meet):
    editor, going = make_headquarters_editor(), figure()
    meet(saving, "_write", previewed(budget, (45.5, 45.5, 45.8, 46.1)), lambda: going.take_out(editor))
    assert 2021 not in amounts()
    assert_history_holds()


def test_two_who_type_at_once_are_both_in_the_history(budget, first, meet):
    meet(SourcedFigure, "come_from", typed(47 * OKU), typed(48 * OKU))
    assert amounts()[2021] == 48
    assert_history_holds()


def test_two_who_take_a_figure_out_take_it_out_once(budget, first, meet):
    editor, figures = make_headquarters_editor(), [figure(), figure()]
    outcomes = meet(SourcedFigure, "come_from", *[lambda each=each: each.take_out(editor) for each in figures])
    assert outcomes == (None, None)
    assert_history_holds()


def test_of_two_who_take_a_run_back_one_is_told(budget, first, meet):
    editor, digest = make_headquarters_editor(), plan(budget, first).digest
    undos = [lambda: undo(budget, first, editor, digest) for _ in range(2)]
    run, told = meet(undoing, "_put_back", *undos)
    assert (run.undoes, run.changed) == (first, 4)
    assert was_told(told, "すでに取り消されています")
    assert amounts() == {}
    assert_history_holds()


def test_a_save_while_a_run_is_taken_back_is_shown_again(budget, first, meet):
    save_second = previewed(budget, (45.5, 45.5, 45.8, 46.1))
    _, told = meet(undoing, "_put_back", lambda: undone(budget, first), save_second)
    assert was_told(told, "確かめたあとに")
    assert amounts() == {}
    assert_history_holds()


def test_what_a_save_changes_is_not_taken_back_unseen(budget, first, meet):
    editor, digest = make_headquarters_editor(), plan(budget, first).digest
    save_second = previewed(budget, (45.5, 45.5, 45.8, 46.1))
    _, told = meet(saving, "_write", save_second, lambda: undo(budget, first, editor, digest))
    assert was_told(told, "確かめたあとに")
    assert amounts()[2021] == 46.1
    assert_history_holds()


@pytest.mark.parametrize("late", ["drop", "answer"])
def test_a_run_that_is_being_saved_can_neither_be_dropped_nor_answered(budget, kofukin, meet, late):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    acts = {"drop": lambda: run.drop(), "answer": lambda: answer(budget, run, {"cell:予算額!B6": "skip"}, [])}
    _, told = meet(saving, "_write", lambda: save(budget, run, comparison.digest), acts[late])
    assert isinstance(told, NotSaved)
    run.refresh_from_db()
    assert (run.state, run.answers, len(amounts())) == ("saved", {}, 4)


def headquarters():
    client = Client()
    client.force_login(make_headquarters_editor())
    return client


def test_of_two_who_add_the_same_figure_one_is_told(kofukin, meet):
    data = {"program": kofukin.pk, "fiscal_year": "令和3年度", "amount_yen": "100"}
    clients = [headquarters() for _ in range(2)]
    posts = [lambda client=client: client.post(reverse("admin:support_budgetfigure_add"), data) for client in clients]
    added, told = meet(SourcedFigure, "come_from", *posts)
    assert (added.status_code, told.status_code) == (302, 200)
    assert "すでにあります" in told.content.decode()
    assert_history_holds()


def test_a_page_left_open_during_a_save_does_not_write_over_it(budget, first, meet):
    client, url = headquarters(), reverse("admin:support_budgetfigure_change", args=[figure().pk])
    data = form_data(client.get(url)) | {"fiscal_year": "令和4年度"}
    save_second = previewed(budget, (45.5, 45.5, 45.8, 46.1))
    _, told = meet(saving, "_write", save_second, lambda: client.post(url, data))
    assert "46億1,000万円に変わりました" in told.content.decode()
    assert amounts()[2021] == 46.1
    assert_history_holds()


def test_of_two_who_save_one_record_at_once_the_second_is_asked(meet):
    desk = make_desk(section="もとの係")
    url, clients = reverse("admin:regions_desk_change", args=[desk.pk]), [headquarters() for _ in range(2)]
    pages = [client.get(url) for client in clients]
    posts = [
        lambda client=client, page=page, section=section: client.post(url, form_data(page) | {"section": section})
        for client, page, section in zip(clients, pages, ("一人目の係", "二人目の係"), strict=True)
    ]
    saved, asked = meet(Desk, "save", *posts)
    assert (saved.status_code, asked.status_code) == (302, 200)
    assert "一人目の係" in asked.content.decode()
    assert Desk.objects.get().section == "一人目の係"
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
