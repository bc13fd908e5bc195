"""Tables of this app that go out of the staff side, and those that come in: from a lookup to its column's title."""

from regions.models import (
    CooperationRegion,
    Desk,
    Fact,
    Indicator,
    IndicatorFigure,
    Initiative,
    MunicipalFact,
    Municipality,
    MunicipalityAlias,
    RegionalPolicy,
    StaffAssignment,
    Subprefecture,
    Theme,
)
from sumairu.admin.resources import table

PUBLISHING = {"status": "公開の状態", "publish_on": "公開する日", "unpublish_on": "公開の最終日", "is_sample": "見本"}
# Where a figure is from. Under these titles an export comes back through the import of figures, which passes them over.
SOURCE = {
    "run__file__name": "出どころ（ブック）",
    "sheet": "出どころ（シート）",
    "cell": "出どころ（セル）",
    "raw": "出どころ（資料の表記）",
    "unit": "出どころ（資料の単位）",
    "entered_by__name": "出どころ（入力した人）",
    "updated_at": "出どころ（更新日時）",
}

COOPERATION_REGIONS = table(CooperationRegion, {"slug": "URL名", "name": "名称", "order": "順序"})
SUBPREFECTURES = table(
    Subprefecture,
    {
        "slug": "URL名",
        "name": "名称",
        "short_name": "短い名称",
        "kind": "種別",
        "seat": "所在地",
        "cooperation_region__name": "連携地域",
    },
)
MUNICIPALITIES = table(
    Municipality,
    {
        "code": "団体コード",
        "name": "名称",
        "kana": "よみ",
        "romaji": "ローマ字",
        "kind": "種別",
        "subprefecture__name": "振興局",
        "population": "国勢調査人口（2020年）",
        "area_km2": "面積（平方キロメートル）",
        "latitude": "役所の緯度",
        "longitude": "役所の経度",
        "url": "公式サイト",
    },
)
MUNICIPALITY_ALIASES = table(
    MunicipalityAlias, {"municipality__code": "団体コード", "municipality__name": "市町村", "name": "別名"}
)
FACTS = table(
    Fact, {"slug": "キー", "label": "名称", "unit": "単位", "kind": "種類", "source": "出どころ", "order": "順序"}
)
MUNICIPAL_FACTS = table(
    MunicipalFact,
    {
        "municipality__code": "団体コード",
        "municipality__name": "市町村",
        "fact__label": "分かること",
        "year": "年",
        "value": "値",
        "fact__unit": "単位",
        "source": "出どころ",
    },
)
INDICATORS = table(
    Indicator,
    {
        "slug": "URL名",
        "name": "名称",
        "aliases": "別名",
        "measure": "数えるもの",
        "counts_by": "年の数え方",
        "counted_on": "時点",
        "stage": "段階",
        "source": "出どころ",
        "source_url": "出どころのページ",
        "note": "注記",
        "order": "順序",
    },
)
INDICATOR_FIGURES = table(
    IndicatorFigure,
    {
        "municipality__code": "団体コード",
        "municipality__name": "市町村",
        "municipality__subprefecture__name": "振興局",
        "indicator__name": "指標",
        "year_name": "年度・年",
        "amount": "値",
        "indicator__unit": "単位",
    }
    | SOURCE,
)
THEMES = table(Theme, {"slug": "URL名", "name": "名称", "order": "順序"})
POLICIES = table(
    RegionalPolicy,
    {"subprefecture__name": "振興局", "fiscal_year": "年度", "text": "本文", "source": "出どころ"} | PUBLISHING,
)
INITIATIVES = table(
    Initiative,
    {
        "code": "取組コード",
        "subprefecture__name": "振興局",
        "fiscal_year": "年度",
        "title": "取組名",
        "summary": "要約",
        "body": "本文",
        "themes__name": "分野",
        "municipalities__code": "関係する市町村",
        "partners": "連携する人・団体",
        "predecessor__code": "前年度の取組",
        "source": "出どころ",
        "source_note": "出どころについての注記",
        "order": "順序",
    }
    | PUBLISHING,
    key=["code"],
)
DESKS = table(
    Desk,
    {
        "subprefecture__name": "振興局",
        "section": "課・係",
        "phone": "電話",
        "email": "メール",
        "hours": "受付時間",
        "confirmed_on": "確認日",
        "is_sample": "見本",
    },
)
ASSIGNMENTS = table(
    StaffAssignment,
    {
        "user__name": "氏名",
        "user__email": "メールアドレス",
        "subprefecture__name": "振興局",
        "role": "役割",
        "starts_on": "いつから",
        "ends_on": "いつまで",
    },
)
