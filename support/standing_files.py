"""Programmes as a page says they stand today, as a table to take away."""

from django.conf import settings

from sumairu.lib.shown import Column, Shown

COLUMNS = [
    Column("program_slug", "制度番号"),
    Column("program", "制度名"),
    Column("plain_name", "やさしい名称"),
    Column("pillar", "支援の柱"),
    Column("place", "まとめ", about="ページでその制度が並んでいる見出しです。"),
    Column("verdict", "判定"),
    Column("reasons", "判定の理由"),
    Column("states", "いまの状態"),
    Column("fiscal_year", "内容の年度（西暦）", type="year"),
    Column("opens_on", "受付開始日", type="date"),
    Column("closes_on", "受付終了日", type="date"),
    Column("desk", "窓口"),
    Column("phone", "窓口の電話"),
    Column("is_sample", "見本", choices=("はい", "いいえ")),
    Column("page", "ページ"),
]


def shown_standings(rows, title, **told):
    """`rows` are quadruples of a standing, the heading it stands under, the verdict, and its reasons in a line."""
    return Shown(title, COLUMNS, lambda: [_cells(*row) for row in rows], slug="support", **told)


def _cells(standing, place, verdict, reasons):
    program, edition, call, desk = standing.program, standing.edition, standing.call, standing.desk
    return [
        program.slug,
        program.official_name,
        program.plain_name,
        program.get_pillar_display(),
        place,
        verdict,
        reasons,
        "、".join(state.label for state in standing.states),
        edition and edition.fiscal_year,
        call and call.window.opens_on,
        call and call.window.closes_on,
        desk and desk.section,
        desk and desk.phone,
        "はい" if edition and edition.is_sample else "いいえ",
        f"{settings.PUBLIC_ADDRESS}{program.get_absolute_url()}",
    ]
