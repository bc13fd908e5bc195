"""The tables of a town's page, as they can be taken away: what it may use, its figures, its basic statistics."""

from regions.descriptions import INITIATIVES, TOWN_FIGURES, figures_of
from regions.models import Fact, Indicator
from sumairu.lib.days import full_day
from sumairu.lib.shown import Column, Shown
from sumairu.related import tables_beside
from support.standing_files import shown_standings


def tables_of(page):
    """All that `page`, a `TownPage`, offers."""
    town = page.town
    figures = TOWN_FIGURES.public().filter(municipality=town)
    return [
        shown_standings(
            [(each.standing, each.group.label, each.word, each.reasons) for each in page.answers],
            f"{town}と支援制度",
            conditions=[f"{full_day(page.today)}現在"],
            notes=[page.judged_by],
        ),
        INITIATIVES.shown(INITIATIVES.public().in_year(page.initiative_year).concerning(town), title=f"{town}の取組"),
        TOWN_FIGURES.shown(figures, title=f"{town}の数値"),
        *(
            figures_of(indicator).shown(
                figures.filter(indicator=indicator),
                slug=indicator.slug,
                title=f"{town}の{indicator}",
                sources=[indicator.source],
                notes=[*filter(None, [indicator.note])],
            )
            for indicator in Indicator.objects.with_figures().filter(
                pk__in=[each.indicator.pk for each in page.indicators]
            )
        ),
        *map(_trend, page.trends),
        _facts(page),
        *tables_beside(town),
    ]


def _trend(chart):
    pair = chart.pair
    columns = [
        Column("year", "年（西暦）", type="year"),
        *(
            Column(name, label, "人", "integer")
            for name, label in ((pair.slug, pair.name), (pair.other_slug, pair.other_name))
        ),
    ]
    return Shown(
        pair.caption,
        columns,
        lambda: [[year, chart.values.get(year), chart.other_values.get(year)] for year in chart.years],
        slug=chart.slug,
        sources=[chart.source],
    )


def _facts(page):
    columns = [
        Column("municipality_code", "全国地方公共団体コード"),
        Column("municipality", "市町村"),
        Column("fact", "項目"),
        Column("value", "値", type="number", about="はい・いいえの項目は、はいが1、いいえが0です。"),
        Column("unit", "単位"),
        Column("year", "年（西暦）", type="year"),
        Column("source", "出どころ"),
    ]
    town = page.town
    return Shown(
        f"{town}の基本の統計",
        columns,
        lambda: [
            [town.code, town.name, row.fact.label, _number(row), row.fact.unit, row.year, row.source]
            for row in page.facts
        ],
        slug="facts",
    )


def _number(row):
    return int(row.value) if row.fact.kind == Fact.Kind.YES_NO or row.value == int(row.value) else row.value.normalize()
