"""Tables of this app that go out of the staff side, and those that come in: from a lookup to its column's title."""

from regions.exports import PUBLISHING, SOURCE
from sumairu.admin.resources import table
from support.models import (
    ApplicationWindow,
    BudgetFigure,
    Dispatch,
    DispatchDuty,
    DispatchFigure,
    LocalNote,
    Program,
    ProgramDesk,
    ProgramEdition,
)

PROGRAM = {"program__slug": "制度番号", "program__official_name": "支援制度"}
EDITION = {
    "edition__program__slug": "制度番号",
    "edition__program__official_name": "支援制度",
    "edition__fiscal_year": "年度",
}
OFFICE = {"subprefecture__name": "振興局"}

PROGRAMS = table(
    Program,
    {
        "slug": "制度番号",
        "pillar": "支援の柱",
        "use": "使い方",
        "official_name": "正式な名称",
        "plain_name": "やさしい名称",
        "themes__name": "分野",
        "successor__slug": "後継の制度",
        "order": "順序",
        "is_sample": "見本",
    },
    key=["slug"],
)
EDITIONS = table(
    ProgramEdition,
    PROGRAM
    | {
        "fiscal_year": "年度",
        "summary": "概要",
        "body": "内容",
        "target": "対象者",
        "pays_for": "用途・対象になるもの",
        "excludes": "対象にならないもの",
        "rate": "支援の割合",
        "ceiling": "上限と下限",
        "decided_by": "決めるところ",
        "how_to_apply": "利用・申請方法",
        "legal_basis": "根拠",
        "ended_fields": "今年度はなくなった項目",
        "source": "出どころ",
        "source_note": "出どころについての注記",
        "is_carried_over": "前年度のまま・未確認",
    }
    | PUBLISHING,
    key=["program", "fiscal_year"],
    readonly=["program__official_name"],
)
DISPATCHES = table(
    Dispatch,
    {
        "code": "台帳番号",
        "program__slug": "制度番号",
        "municipality__code": "派遣先の市町村コード",
        "municipality__name": "派遣先の市町村",
        "duties": "業務",
        "state": "状態",
        "starts_on": "いつから",
        "ends_on": "いつまで",
        "is_sample": "見本",
    },
    key=["code"],
    readonly=["municipality__name"],
)
NOTES = table(LocalNote, EDITION | OFFICE | {"text": "注記", "source": "出どころ", "is_sample": "見本"})
WINDOWS = table(
    ApplicationWindow,
    EDITION
    | OFFICE
    | {
        "applicant": "申し込む人",
        "opens_on": "受付開始日",
        "closes_on": "受付終了日",
        "note": "受付備考",
        "is_sample": "見本",
    },
)
PROGRAM_DESKS = table(
    ProgramDesk, PROGRAM | OFFICE | {"desk__section": "窓口", "desk__phone": "電話", "is_sample": "見本"}
)
DUTIES = table(DispatchDuty, PROGRAM | {"fiscal_year": "年度", "name": "業務", "order": "順序", "source": "出どころ"})
BUDGETS = table(
    BudgetFigure,
    PROGRAM
    | {"fiscal_year": "年度"}
    | OFFICE
    | {"stage": "段階", "supplement": "補正", "amount_yen": "予算額（円）"}
    | SOURCE,
)
HEADCOUNTS = table(
    DispatchFigure, PROGRAM | {"fiscal_year": "年度"} | OFFICE | {"headcount": "派遣者数（人）"} | SOURCE
)
