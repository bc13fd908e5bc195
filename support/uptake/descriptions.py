"""What towns took, as a file that anybody may download."""

from regions.descriptions import years
from sumairu.descriptions import Part, Table, part
from sumairu.imports.sources import SOURCE, with_sources, workbooks_of
from support.uptake.models import Counted, UptakeFigure

NOT_RECORDED = "行のない市町村、制度、年度は、記録がないもので、0ではありません。"


def _in_order(figures):
    return (
        with_sources(figures)
        .select_related("program", "municipality__subprefecture")
        .order_by("program__slug", "municipality__code", "fiscal_year", Counted.in_order())
    )


UPTAKE = Table(
    slug="uptake",
    label="市町村の活用実績",
    about="公開している制度の、市町村ごとの交付決定額、交付確定額、交付決定件数、派遣者数。記録のないものは行がない",
    public=lambda: _in_order(UptakeFigure.objects.published()),
    sources=workbooks_of,
    parts=[
        part(UptakeFigure, "municipality__code", "全国地方公共団体コード"),
        part(UptakeFigure, "municipality__name"),
        part(UptakeFigure, "municipality__subprefecture__name", "振興局"),
        *years(UptakeFigure)[1:],
        part(UptakeFigure, "program__slug", "制度番号"),
        part(UptakeFigure, "program__official_name", "制度名"),
        part(UptakeFigure, "fiscal_year", "年度", name="year", is_given=False),
        part(UptakeFigure, "counted", "実績"),
        part(UptakeFigure, "amount"),
        Part("counted_unit", "単位", lambda figure: figure.counted_unit, column="counted_unit"),
        part(UptakeFigure, "is_sample"),
        *SOURCE,
    ],
)


def shown_figures(figures, title, **kw):
    """`figures` as they are taken away from where they are shown: one in each row, each with its source."""
    return UPTAKE.shown(_in_order(figures), title=title, notes=[NOT_RECORDED], **kw)


KINDS = []
TABLES = [UPTAKE]
FACETS = []
