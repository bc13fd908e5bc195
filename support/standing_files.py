"""Programmes as a page says they stand today, as tables to take away: with the verdict on each, or with all that is told of it."""

from django.conf import settings

from sumairu.lib.shown import Column, Shown
from support.descriptions import EDITIONS

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

ON_THE_DAY = [
    Column("states", "いまの状態"),
    Column("opens_on", "受付開始日", type="date"),
    Column("closes_on", "受付終了日", type="date"),
    Column("phone", "窓口の電話"),
]
ON_THAT_DAY = "支援制度ごとに、ページの示す年度の内容と、その日の受付です。"
AT_ONCE = 200  # editions that are read together


def shown_standings(rows, title, **told):
    """`rows` are quadruples of a standing, the heading it stands under, the verdict, and its reasons in a line."""
    told["notes"] = [*told.get("notes", ()), ON_THAT_DAY]
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


def shown_programs(said, title, slug="programs", **told):
    """The programmes of a list: of each the edition that the list tells of, in all its columns, and how it stands on that day.

    `said` are the standings, in the order of the list.
    """

    def rows():
        for first in range(0, len(said), AT_ONCE):
            some = said[first : first + AT_ONCE]
            public = EDITIONS.public().filter(pk__in=[standing.edition.pk for standing in some])
            editions = {edition.pk: edition for edition in public}
            for standing in some:
                if edition := editions.get(standing.edition.pk):
                    yield [*(part.cell(edition) for part in EDITIONS.parts_given), *_on_the_day(standing)]

    columns = [*(part.as_column for part in EDITIONS.parts_given), *ON_THE_DAY]
    told["notes"] = [*told.get("notes", ()), ON_THAT_DAY]
    return Shown(title, columns, rows, slug=slug, **told)


def _on_the_day(standing):
    call, desk = standing.call, standing.desk
    return [
        "、".join(state.label for state in standing.states),
        call and call.window.opens_on,
        call and call.window.closes_on,
        desk and desk.phone,
    ]
