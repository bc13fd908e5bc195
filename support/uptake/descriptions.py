"""What towns took, as a file that anybody may download."""

from regions.descriptions import years
from sumairu.descriptions import Part, Table, part
from sumairu.imports.sources import SOURCE, with_sources
from support.uptake.models import Counted, UptakeFigure

UPTAKE = Table(
    slug="uptake",
    label="市町村の活用実績",
    about="公開している制度の、市町村ごとの交付決定額、交付確定額、交付決定件数、派遣者数。記録のないものは行がない",
    public=lambda: (
        with_sources(UptakeFigure.objects.published())
        .select_related("program", "municipality__subprefecture")
        .order_by("program__slug", "municipality__code", "fiscal_year", Counted.in_order())
    ),
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

KINDS = []
TABLES = [UPTAKE]
FACETS = []
