"""What of this app the public sees change: pages of initiatives and of offices' years."""

from regions.models import Initiative, RegionalPolicy
from sumairu.lib.days import full_day
from sumairu.lib.wareki import full_name
from sumairu.publishing.rehearsal import Shown

PAGES = "公開ページ"


def shown(on, touched):
    initiatives, policies, years = _narrowed(on, touched)
    for initiative in initiatives.select_related("subprefecture").prefetch_related("municipalities"):
        yield Shown(
            PAGES,
            initiative.get_absolute_url(),
            f"取組「{initiative.title}」",
            _said(initiative),
            initiative.get_absolute_url(),
        )
    policies = {
        (policy.subprefecture_id, policy.fiscal_year): policy for policy in policies.select_related("subprefecture")
    }
    for office, year, url in years:
        policy = policies.get((office.pk, year))
        said = {"推進方向": "載っています"} | _last_day(policy) if policy else {}
        yield Shown(PAGES, url, f"{office}の{full_name(year)}", said, url)


def counts(on):
    return {"公開している取組": Initiative.objects.published(on).count()}


def _narrowed(on, touched):
    """The public initiatives and directions to compare, and the offices' years that have a page for any of them."""
    initiatives, policies = Initiative.objects.published(on), RegionalPolicy.objects.published(on)
    rows = [row for row in touched or () if isinstance(row, Initiative | RegionalPolicy)]
    pairs = {(row.subprefecture_id, row.fiscal_year) for row in rows}
    public = [*_office_years(initiatives, pairs, touched), *_office_years(policies, pairs, touched)]
    if touched is not None:
        initiatives = initiatives.filter(pk__in=_keys(touched, Initiative))
        policies = policies.filter(subprefecture__in={office for office, _ in pairs})
    return initiatives, policies, dict.fromkeys(public)


def _office_years(rows, pairs, touched):
    """The page of each office and year in which there is any of `rows`: the office, the year and the address."""
    if touched is not None:
        rows = rows.filter(
            subprefecture__in={office for office, _ in pairs}, fiscal_year__in={year for _, year in pairs}
        )
    first = {
        (row.subprefecture_id, row.fiscal_year): row
        for row in rows.select_related("subprefecture").only("subprefecture", "fiscal_year")
    }
    for key, row in first.items():
        if touched is None or key in pairs:
            page = RegionalPolicy(subprefecture=row.subprefecture, fiscal_year=row.fiscal_year)
            yield row.subprefecture, row.fiscal_year, page.get_absolute_url()


def _keys(touched, model):
    return [row.pk for row in touched if isinstance(row, model) and row.pk]


def _said(initiative):
    """Where else the initiative appears, and until when."""
    towns = [town.name for town in initiative.municipalities.all()]
    where = "、".join(towns) if towns else f"{initiative.subprefecture}管内のすべての市町村"
    return {"市町村のページ": where} | _last_day(initiative)


def _last_day(row):
    return {"公開の最終日": full_day(row.unpublish_on) if row.unpublish_on else ""}
