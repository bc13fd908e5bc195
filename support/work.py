"""What waits for a person in this app: editions, calls that close soon, and figures that a year lacks."""

from datetime import timedelta

from django.urls import reverse
from django.utils.http import urlencode

from regions.work import publishing_item
from sumairu.access import may, rows
from sumairu.admin.work import Group, Place, WorkItem
from sumairu.lib.wareki import era_name
from support.models import ApplicationWindow, BudgetFigure, DispatchFigure, Program, ProgramEdition

SOON = timedelta(days=30)

PLACES = [Place("支援制度", "admin:support_program_changelist", Program, order=2)]


def work_for(user, on):
    yield from _editions(user, on)
    yield from _closing(user, on)
    for model in (BudgetFigure, DispatchFigure):
        if may(user, model, "add"):
            yield from _missing(model)


def _editions(user, on):
    editions = rows(user, ProgramEdition, "change").select_related("program").order_by("-updated_at")
    for edition in editions.filter(is_carried_over=True):
        yield WorkItem(
            Group.CARRIED_OVER,
            title=edition.program.official_name,
            about=_about(edition),
            url=reverse("admin:support_programedition_change", args=[edition.pk]),
            action="内容を確かめる",
            day=edition.updated_at,
        )
    for edition in editions.filter(is_carried_over=False).awaiting(on):
        yield publishing_item(edition, on, title=edition.program.official_name, about=_about(edition))


def _closing(user, on):
    windows = rows(user, ApplicationWindow, "change").closing_within(SOON, on)
    for window in windows.select_related("edition__program", "subprefecture").order_by("closes_on"):
        yield WorkItem(
            Group.CLOSING,
            title=f"{window.edition.program.official_name}　{window.get_applicant_display()}",
            about=f"受付期間　{window.subprefecture.short_name if window.subprefecture else '全道共通'}",
            url=reverse("admin:support_applicationwindow_change", args=[window.pk]),
            action="締切を確かめる",
            state="● 受付中",
            day=window.closes_on,
            day_words="まで",
            days_left=window.days_left(on),
        )


def _missing(model):
    """Programmes that have a figure of the whole prefecture in the year before the newest on record, and none in it."""
    figures = model.objects.of_the_prefecture()
    newest = figures.newest_year()
    if newest is None:
        return
    there = figures.in_year(newest).values("program")
    before = {}
    for figure in figures.in_year(newest - 1).exclude(program__in=there).select_related("program"):
        before.setdefault(figure.program_id, figure)
    for figure in before.values():
        add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        given = urlencode({"program": figure.program_id, "fiscal_year": newest})
        yield WorkItem(
            Group.MISSING,
            title=f"{figure.program.official_name}　{model._meta.verbose_name}",
            about=era_name(newest),
            url=f"{add}?{given}",
            action="入力する",
            state=f"{era_name(newest - 1)}は{figure.in_words}",
        )


def _about(edition):
    return f"制度の年度版　{edition.get_fiscal_year_display()}"
