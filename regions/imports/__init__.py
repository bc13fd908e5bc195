"""Figures of each municipality as the import reads them: of which town a row speaks, and of which indicator a column."""

from django.urls import reverse
from django.utils.timezone import localdate

from regions.imports.indicators import Indicators
from regions.imports.towns import Towns, remember
from regions.models import (
    CooperationRegion,
    Indicator,
    IndicatorFigure,
    Municipality,
    MunicipalityAlias,
    Subprefecture,
)
from sumairu.imports.kinds import Asked, FigureKind, LeftOut, Unidentified, names_of
from sumairu.lib.blank_workbooks import Blank, Column, Whole
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS
from sumairu.lib.wareki import fiscal_year_on


def indicator_identifier(answers):
    towns, indicators = Towns(answers), Indicators(answers)
    answered_rows = {}

    def town_of(figure, titles):
        """What `towns` say of a row, or refuse to: once for all the columns of a wide table."""
        row = figure.sheet, figure.labels, figure.beside, figure.code
        if row not in answered_rows:
            known = (label for label in figure.beside if towns.know(*label))
            labels = [label for label in dict.fromkeys((*names_of(figure), *known)) if not indicators.claims(*label)]
            try:
                answered_rows[row] = towns.whose(figure, labels, titles)
            except (Unidentified, LeftOut, Asked) as refusal:
                answered_rows[row] = refusal
        if isinstance(answered_rows[row], Exception):
            raise answered_rows[row].with_traceback(None)
        return answered_rows[row]

    def identify(figure, titles):
        municipality = town_of(figure, titles)
        return {"indicator": indicators.counted_in(figure, titles), "municipality": municipality}

    return identify


def blank_indicators():
    """A table for the indicators of fiscal years, and one for those of years of the calendar, as far as there are any."""
    indicators = list(Indicator.objects.all())
    fiscal = [indicator for indicator in indicators if indicator.calendar.is_fiscal]
    others = [indicator for indicator in indicators if not indicator.calendar.is_fiscal]
    tables = [(FISCAL_YEARS, fiscal_year_on(localdate()), fiscal), (CALENDAR_YEARS, localdate().year, others)]
    tables = [table for table in tables if table[-1]] or tables[:1]
    return [_blank(*table, apart=table[0].noun if tables[1:] else "") for table in tables]


def _blank(calendar, year, indicators, apart):
    """One row for each municipality of this year, a column for each indicator, with the figures on record."""
    figures = {
        (figure.municipality_id, figure.indicator_id): figure.value for figure in IndicatorFigure.objects.in_year(year)
    }
    years = f"{calendar.noun}（西暦）", f"{calendar.noun}（和暦）"
    named = [Column(header) for header in ("団体コード", "市町村", *years)]
    counted = [
        Column(
            f"{indicator.name}（{indicator.unit}）",
            Whole(f"{indicator.name}を、{indicator.unit}の整数で入れてください。分からなければ空欄にします。"),
            is_figure=True,
        )
        for indicator in indicators
    ]
    rows = [
        [
            *(town.code, town.name, year, calendar.name(year)),
            *(figures.get((town.pk, indicator.pk)) for indicator in indicators),
        ]
        for town in Municipality.objects.governed()
    ]
    return Blank(named + counted, rows, apart)


def pages_of(parts):
    indicator, year = parts["indicator"], parts["fiscal_year"]
    return [
        (
            reverse("indicator_year", args=[indicator.slug, year]),
            f"{indicator} {indicator.calendar.full_name(year)}の一覧",
        ),
        (reverse("indicator_csv", args=[indicator.slug]), "CSV"),
    ]


KINDS = [
    FigureKind(
        slug="indicator",
        label="市町村別の数値",
        about="指標（普通交付税、ふるさと納税など）・市町村・年度や年ごとの金額、人数、件数",
        model=IndicatorFigure,
        measures=frozenset(Indicator.Measure.values),
        entity="municipality",
        names={
            Municipality: ("code", "name", "county", "subprefecture"),
            MunicipalityAlias: ("municipality", "name"),
            Subprefecture: ("slug", "name"),
            CooperationRegion: ("name",),
            Indicator: ("slug", "name", "aliases", "measure", "stage", "counts_by"),
        },
        series=lambda parts: parts["indicator"].name,
        pages_of=pages_of,
        is_public=lambda parts: True,
        identifier=indicator_identifier,
        remember=remember,
        blanks=blank_indicators,
        public_url="indicator_list",
    )
]
