"""What waits for a person in this app: editions, calls that close soon, and figures that a year lacks."""

from datetime import timedelta

from django.urls import reverse
from django.utils.http import urlencode

from sumairu.access import may, rows
from sumairu.admin.todo import Group, Place, WorkItem
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.publishing import awaiting
from support.models import ApplicationWindow, BudgetFigure, DispatchFigure, Program, ProgramEdition
from support.same_year import may_confirm, not_begun

SOON = timedelta(days=30)

PLACES = [Place("支援制度", "admin:support_program_changelist", Program, order=2)]

CLOSING = Group(
    "closing",
    "締切が近い募集",
    "30日以内。締切を過ぎると、公開ページは自動で「受付終了」になります",
    "30日以内に締め切る募集は、ここに並びます。",
    order=40,
    is_for=lambda user: may(user, ApplicationWindow, "change"),
)
NOT_BEGUN = Group(
    "not_begun",
    "今年度の版がない制度",
    "公開ページでは「今年度は未確認」になり、使えるとは示しません",
    "今年度の版がまだない制度は、ここに並びます。",
    order=50,
    is_for=may_confirm,
)
CARRIED_OVER = Group(
    "carried_over",
    "前年度のまま・未確認",
    "内容を確かめるまで公開できません",
    "前年度から写した版は、ここに並びます。",
    order=55,
    is_for=lambda user: may(user, ProgramEdition, "change"),
)
MISSING = Group(
    "missing",
    "まだない数値",
    "前の年度にあって、今年度にまだないもの。空きは0とは示しません",
    "前の年度にあって、今年度にまだない数値は、ここに並びます。",
    order=60,
    is_for=lambda user: may(user, BudgetFigure, "add") or may(user, DispatchFigure, "add"),
)
GROUPS = [CLOSING, NOT_BEGUN, CARRIED_OVER, MISSING]


def todo_for(user, on):
    yield from _editions(user, on)
    yield from _closing(user, on)
    if may_confirm(user):
        yield from _not_begun(on)
    for model in (BudgetFigure, DispatchFigure):
        if may(user, model, "add"):
            yield from _missing(model, on)


def _editions(user, on):
    editions = rows(user, ProgramEdition, "change").select_related("program").order_by("-updated_at")
    for edition in editions.filter(is_carried_over=True):
        yield WorkItem(
            CARRIED_OVER,
            title=edition.program.official_name,
            about=_about(edition),
            url=reverse("admin:support_programedition_change", args=[edition.pk]),
            action="内容を確かめる",
            day=edition.updated_at,
        )
    for edition in editions.filter(is_carried_over=False).awaiting(on):
        yield awaiting.item(edition, title=edition.program.official_name, about=_about(edition))


def _closing(user, on):
    windows = rows(user, ApplicationWindow, "change").closing_within(SOON, on)
    windows = windows.filter(edition__in=ProgramEdition.objects.published(on))
    for window in windows.select_related("edition__program", "subprefecture").order_by("closes_on"):
        office = f"（{window.subprefecture.short_name}）" if window.subprefecture else ""
        yield WorkItem(
            CLOSING,
            title=f"{window.edition.program.official_name}　{window.get_applicant_display()}{office}",
            about="受付期間" if office else "受付期間　全道共通",
            url=reverse("admin:support_applicationwindow_change", args=[window.pk]),
            action="締切を確かめる",
            state=window.state(on).label,
            day=window.closes_on,
            day_words="まで",
            days_left=window.days_left(on),
        )


def _not_begun(on):
    """Programmes without an edition of this year, public or not: a person says that it is the same, or writes it."""
    for edition in not_begun(on):
        yield WorkItem(
            NOT_BEGUN,
            title=edition.program.official_name,
            about=f"支援制度　{era_name(fiscal_year_on(on))}の版がありません",
            url=f"{reverse('admin:support_program_same')}?{urlencode({'id': edition.program_id})}",
            action="今年度も同じか確かめる",
            state=f"{edition.get_fiscal_year_display()}の版が最後{'　見本' if edition.is_sample else ''}",
        )


def _missing(model, on):
    """Programmes without a successor that have a figure of the whole prefecture for some year, but none for this one."""
    year, figures = fiscal_year_on(on), model.objects.of_the_prefecture()
    there = figures.in_year(year).values("program")
    earlier = figures.filter(fiscal_year__lt=year, program__successor=None).exclude(program__in=there)
    newest = {figure.program_id: figure for figure in earlier.select_related("program").order_by("fiscal_year")}
    for figure in newest.values():
        add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        given = urlencode({"program": figure.program_id, "fiscal_year": year})
        yield WorkItem(
            MISSING,
            title=f"{figure.program.official_name}　{model._meta.verbose_name}",
            about=era_name(year),
            url=f"{add}?{given}",
            action="入力する",
            state=f"{era_name(figure.fiscal_year)}は{figure.in_words}",
        )


def _about(edition):
    return f"制度の年度版　{edition.get_fiscal_year_display()}"
