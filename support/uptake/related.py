"""What is said of what towns took on the pages of towns, programmes and initiatives."""

from django.urls import reverse
from django.utils.http import urlencode

from regions.models import Initiative, Municipality
from sumairu.lib.wareki import era_name, full_name
from sumairu.related import Block
from support.decision_sheet import DecisionSheet
from support.models import Program
from support.uptake import totals
from support.uptake.descriptions import shown_figures
from support.uptake.models import UptakeFigure
from support.uptake.records import read, sources_of, tabled, together
from support.uptake.town_map import map_of_uptake

YEARS, TOWNS, NEAR = 3, 20, 8  # the list has all


def uptake_of_town(town, on):
    """What the town took, in the newest years of which anything is recorded."""
    figures = UptakeFigure.objects.published(on).filter(municipality=town)
    years = figures.fiscal_years()[::-1]
    if not years:
        return None
    rows = together(read(figures.filter(fiscal_year__in=years[:YEARS])))
    return Block(
        title=f"{town}が使った制度",
        note="年度ごとの記録です。ここにない制度や年度は、使わなかったのではなく、記録がありません。",
        template="uptake/_of_town.html",
        context={
            "town": town,
            "table": tabled(rows),
            "earlier": len(years) - YEARS,
            "address": list_address(town=town.code),
            "sources": sources_of(rows, lambda figure: f"{era_name(figure.fiscal_year)}の{figure.program}"),
        },
        order=-20,
        shown=[shown_figures(figures, f"{town}が使った制度")],
    )


def uptake_of_program(program, on):
    """Which towns took it: the sums of each year, and the towns of the newest."""
    figures = UptakeFigure.objects.published(on).filter(program=program)
    by_year = totals.totals(figures, "fiscal_year")
    if not by_year:
        return None
    years = sorted(by_year, reverse=True)
    rows = together(read(figures.in_year(years[0])))
    drawn = map_of_uptake(figures, years[0])
    return Block(
        title="使ったまち",
        note=f"{full_name(years[0])}までの記録です。記録のないまちは、使わなかったとは限りません。",
        template="uptake/_of_program.html",
        context={
            "program": program,
            "years": totals.tabled([by_year[year] for year in years]),
            "year": years[0],
            "map": drawn,
            "table": tabled(rows[:TOWNS]),
            "left": len(rows) - TOWNS,
            "address": list_address(program=program.slug),
            "sources": sources_of(rows, lambda figure: f"{figure.municipality}"),
        },
        order=-20,
        shown=[
            shown_figures(figures, f"{program}を使ったまち"),
            totals.shown_years(by_year, f"{program}を使ったまちの年度ごとの合計"),
            drawn.shown("uptake-map", str(program)),
        ],
    )


def uptake_around_initiative(initiative, on):
    """What the initiative's towns took, in its year, of the programmes that share a theme with it."""
    towns = initiative.municipalities.all()
    figures = UptakeFigure.objects.published(on).in_year(initiative.fiscal_year)
    figures = figures.filter(program__in=Program.objects.filter(themes__in=initiative.themes.all()))
    figures = figures.filter(municipality__in=towns) if towns else figures.for_region(initiative.subprefecture)
    rows = together(read(figures))
    if not rows:
        return None
    return Block(
        title="関係するまちが使った制度",
        note=f"{full_name(initiative.fiscal_year)}に、この取組と同じ分野の制度を使った記録です。",
        template="uptake/_around_initiative.html",
        context={
            "table": tabled(rows[:TOWNS]),
            "left": len(rows) - TOWNS,
            "address": list_address(year=initiative.fiscal_year, office=initiative.subprefecture.slug),
            "sources": sources_of(rows, lambda figure: f"{figure.municipality}の{figure.program}"),
        },
        order=-20,
        shown=[shown_figures(figures, f"{initiative.title}に関係するまちが使った制度")],
    )


def uptake_near_town(sheet, on):
    """For those who decide: what the towns of the same office took of the programme, in the newest year of which anything is known."""
    office = sheet.town.subprefecture
    figures = UptakeFigure.objects.published(on).filter(program=sheet.program).for_region(office)
    years = figures.fiscal_years()
    if not years:
        return None
    rows = together(read(figures.in_year(years[-1])))
    return Block(
        title="近くのまちが使った記録",
        note=f"{office}管内、{full_name(years[-1])}。記録のないまちは、使わなかったとは限りません。",
        template="uptake/_near_town.html",
        context={
            "rows": rows[:NEAR],
            "left": len(rows) - NEAR,
            "address": list_address(program=sheet.program.slug, office=office.slug),
        },
        order=-20,
    )


def list_address(**asked):
    """The list of uses, narrowed."""
    return f"{reverse('uptake_list')}?{urlencode(asked)}"


RELATED = {
    Municipality: [uptake_of_town],
    Program: [uptake_of_program],
    Initiative: [uptake_around_initiative],
    DecisionSheet: [uptake_near_town],
}
