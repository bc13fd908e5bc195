"""Calls as tables to take away: as the list and the months have them, and what past years lead to expect."""

from django.conf import settings

from sumairu.lib.days import full_day
from sumairu.lib.shown import Column, Shown
from support.descriptions import WINDOWS

ON_THE_DAY = [
    Column("pillar", "支援の柱"),
    Column("state", "いまの受付"),
    Column("days", "日数", "日", "integer", "受付中は締切までの残り、これからのものは始まるまでです。"),
    Column("page", "ページ"),
]
FOR_A_TOWN = [Column("verdict", "判定"), Column("reasons", "判定の理由")]
EXPECTED = [
    Column("month", "月", about="推定です。募集があることを約束するものではありません。"),
    Column("program_slug", "制度番号"),
    Column("program", "支援制度"),
    Column("applicant", "申し込む人"),
    Column("subprefecture", "振興局"),
    Column("fiscal_year", "何年度分か（西暦）", type="year"),
    Column("reason", "推定のもと"),
    Column("is_sample", "見本", choices=("はい", "いいえ")),
]
MONTHS = [
    Column("month", "月"),
    Column("count", "締め切る募集", "件", "integer"),
    Column("expected", "過去の年度からの推定", "件", "integer"),
]


def shown_calls(windows, judge, on, title, slug="calls", conditions=()):
    """All of `windows`, however many, as a list shows them by its `judge`."""
    asked = judge.asked
    columns = [*(part.as_column for part in WINDOWS.parts_given), *ON_THE_DAY, *(FOR_A_TOWN if asked.town else [])]
    told = [f"{full_day(on)}現在", *filter(None, [asked.words]), *conditions]
    return Shown(
        title,
        columns,
        lambda: map(_cells, judge.read(windows, on)),
        slug=slug,
        conditions=told,
        notes=[WINDOWS.about],
        count=lambda most: windows.order_by()[:most].count(),
    )


def _cells(each):
    call = each.call
    cells = [
        *(part.cell(call.window) for part in WINDOWS.parts_given),
        call.edition.program.get_pillar_display(),
        call.state.label,
        call.days,
        f"{settings.PUBLIC_ADDRESS}{call.address}",
    ]
    return [*cells, each.words, "、".join(each.verdict.reasons)] if each.verdict else cells


def shown_expected(expected, asked, title):
    rows = [
        [
            f"{each.month:%Y-%m}",
            each.program.slug,
            each.program.official_name,
            each.applicant_words,
            each.office.name if each.office else "全道",
            each.year,
            each.source_words,
            "はい" if each.is_sample else "いいえ",
        ]
        for each in expected
    ]
    notes = ["次の受付期間がまだ登録されていない募集を、過去の締切の月から推しはかったものです。"]
    return Shown(title, EXPECTED, lambda: rows, slug="expected", conditions=[*filter(None, [asked.words])], notes=notes)


def shown_months(months, asked, title):
    """`months` are those of `CallsPage`."""
    rows = [[f"{each['day']:%Y-%m}", each["count"], len(each["expected"])] for each in months]
    notes = ["それぞれの月に締め切る募集の数です。推定は、過去の年度の締切の月から推しはかったものです。"]
    return Shown(title, MONTHS, lambda: rows, slug="months", conditions=[*filter(None, [asked.words])], notes=notes)
