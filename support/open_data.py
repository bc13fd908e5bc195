"""The figures that anyone may download, column by column (行政データにおける機械可読性に関するルール)."""

from django.db.models import F

from sumairu.imports.sources import SOURCE_TITLES
from sumairu.imports.stages import Stage
from sumairu.lib.wareki import era_name
from support.charts import with_sources
from support.models import BudgetFigure, DispatchFigure

HOKKAIDO = "010006"  # its 全国地方公共団体コード; subprefectures have none

_WHOSE = {
    "全国地方公共団体コード": lambda figure: HOKKAIDO,
    "年度（西暦）": lambda figure: figure.fiscal_year,
    "年度（和暦）": lambda figure: era_name(figure.fiscal_year),
    "制度番号": lambda figure: figure.program.slug,
    "制度名": lambda figure: figure.program.official_name,
    "振興局": lambda figure: figure.subprefecture.name if figure.subprefecture else "全道",
}
BUDGET_COLUMNS = {
    **_WHOSE,
    "段階": lambda figure: figure.get_stage_display(),
    "補正": lambda figure: figure.supplement,
    "予算額（円）": lambda figure: figure.amount_yen,
    **SOURCE_TITLES,
}
DISPATCH_COLUMNS = {**_WHOSE, "派遣者数（人）": lambda figure: figure.headcount, **SOURCE_TITLES}


_PREFECTURE_FIRST = F("subprefecture__order").asc(nulls_first=True)


def budget_rows():
    """Every public budget, of all offices and stages."""
    order = ["program__slug", "fiscal_year", _PREFECTURE_FIRST, Stage.in_order(), "supplement"]
    return with_sources(BudgetFigure.objects.published()).order_by(*order).iterator(chunk_size=1000)


def dispatch_rows():
    order = ["program__slug", "fiscal_year", _PREFECTURE_FIRST]
    return with_sources(DispatchFigure.objects.published()).order_by(*order).iterator(chunk_size=1000)
