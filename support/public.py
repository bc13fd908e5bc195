"""What of this app the public sees change: pages of programmes and their years, calls and whom they reach, and desks."""

from django.db.models import Q

from regions.models import Desk
from regions.public import PAGES
from sumairu.lib.days import full_day, period
from sumairu.lib.wareki import full_name
from sumairu.publishing.rehearsal import LIMIT, Shown
from support.models import (
    ApplicationWindow,
    EligibilityRule,
    LocalNote,
    Program,
    ProgramAlias,
    ProgramDesk,
    ProgramEdition,
)
from support.reach import reaches
from support.standing import open_calls, standings

CALLS = "募集"


def shown(on, touched):
    yield from _desks_asked(on, touched)
    programs = _programs(on, touched)
    if not programs:
        return
    said = standings(on, programs)
    for standing, reach in zip(said, reaches([each.edition for each in said]), strict=True):
        program = standing.program
        upcoming = standing.upcoming if standing.in_force else None
        says = {
            "名称": program.official_name,
            "支援の柱": program.get_pillar_display(),
            "使い方": program.get_use_display(),
            "分野": "、".join(map(str, program.themes.all())),
            "表示する年度": full_name(standing.edition.fiscal_year),
            "あわせて案内する年度": full_name(upcoming.fiscal_year) if upcoming else "",
            "状態": standing.words,
            "窓口": _desks(program),
        }
        url = program.get_absolute_url()
        yield Shown(PAGES, url, f"支援制度「{program}」", says, url, reach if standing.is_applied_for else None)
        for call in standing.calls:
            if call.is_live:
                yield _shown(call, on)
    for edition in ProgramEdition.objects.published(on).filter(program__in=programs).select_related("program"):
        url = edition.get_absolute_url()
        last = full_day(edition.unpublish_on) if edition.unpublish_on else ""
        yield Shown(
            PAGES, url, f"「{edition.program}」の{full_name(edition.fiscal_year)}版", {"公開の最終日": last}, url
        )


def _desks_asked(on, touched):
    """Of the desks touched those that a public programme names: what one dials there."""
    named = Program.objects.published(on)
    desks = Desk.objects.filter(pk__in=[row.pk for row in touched or () if isinstance(row, Desk)])
    for desk in desks.select_related("subprefecture"):
        count = named.filter(Q(desk=desk) | Q(desks__desk=desk)).distinct().count()
        if count:
            says = {"課・係": desk.section, "電話": desk.phone, "メール": desk.email, "受付時間": desk.hours}
            yield Shown("窓口", str(desk.pk), f"{desk}（{count}件の支援制度で案内）", says)


def counts(on):
    return {"公開している支援制度": Program.objects.published(on).count(), "受付中の募集": len(open_calls(on))}


def _shown(call, on):
    window, edition = call.window, call.edition
    office = f"{window.subprefecture}管内" if window.subprefecture else "全道共通"
    key = f"{edition.get_absolute_url()} {window.subprefecture_id} {window.applicant} {window.pk}"
    says = {"受付期間": period(window.opens_on, window.closes_on, on.year), "受付": call.state.label}
    label = f"「{edition.program}」{full_name(edition.fiscal_year)}（{window.get_applicant_display()}、{office}）"
    return Shown(CALLS, key, label, says)


def _desks(program):
    """The desk of each office that has its own, and that of everywhere else."""
    own = [f"{row.subprefecture.short_name}は{row.desk}" for row in program.desks.all() if row.subprefecture_id]
    return "、".join(filter(None, [str(program.desk_for(None) or ""), *own]))


def _programs(on, touched):
    """The keys of the programmes that `touched` have to do with."""
    if touched is None:
        return list(Program.objects.published(on).values_list("pk", flat=True)[:LIMIT])
    return list({key for row in touched if (key := _program_of(row))})


def _program_of(row):
    if isinstance(row, Program):
        return row.pk
    if isinstance(row, ProgramEdition | ProgramDesk | ProgramAlias):
        return row.program_id
    if isinstance(row, ApplicationWindow | LocalNote | EligibilityRule):
        return row.edition.program_id
    return None
