"""What of this app the public sees change: pages of cases."""

from regions.public import PAGES
from sumairu.lib.days import full_day
from sumairu.publishing.rehearsal import Shown
from support.cases.models import Case


def shown(on, touched):
    cases = Case.objects.published(on)
    if touched is not None:
        cases = cases.filter(pk__in=[row.pk for row in touched if isinstance(row, Case) and row.pk])
    for case in cases.select_related("subprefecture").prefetch_related("municipalities", "programs"):
        url = case.get_absolute_url()
        says = {
            "場所": case.place,
            "利用した支援制度": "、".join(map(str, case.programs.all())),
            "公開の最終日": full_day(case.unpublish_on) if case.unpublish_on else "",
        }
        yield Shown(PAGES, url, f"先行事例「{case.title}」", says, url)


def counts(on):
    return {"公開している先行事例": Case.objects.published(on).count()}
